"""`postmortems explain RULE`."""

from __future__ import annotations

import click

from postmortems.check.pages import rule_page
from postmortems.check.registry import RULES, find_rule, suggest_rule
from postmortems.cli.project import refuse
from postmortems.cli.streams import print_lines


@click.command("explain")
@click.argument("rule", required=False)
def command(rule: str | None) -> None:
    """Print the page of a RULE, by its name or code; without one, list all rules.

    \b
    Examples:
      postmortems explain missing-section
      postmortems explain PM101
      postmortems explain
    """
    if rule is None:
        width = max(len(known.name) for known in RULES)
        print_lines(*(f"{known.code}  {known.name:<{width}}  {known.level}" for known in RULES))
        return
    found = find_rule(rule)
    if found is None:
        refuse(f'no rule has the name or code "{rule}"; {suggest_rule(rule)}')
    print_lines(rule_page(found).rstrip())
