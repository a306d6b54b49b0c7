"""`postmortems explain RULE|SETTING`."""

from __future__ import annotations

import click

from postmortems.check.pages import rule_page
from postmortems.check.registry import BY_NAME, RULES, find_rule, suggest_rule
from postmortems.cli.completion import complete_rules_and_settings
from postmortems.cli.project import refuse
from postmortems.cli.streams import print_lines
from postmortems.render.pages.guide_pages import setting_page
from postmortems.settings import Settings
from postmortems.text.spelling import did_you_mean


@click.command("explain")
@click.argument("name", metavar="[RULE|SETTING]", required=False, shell_complete=complete_rules_and_settings)
def command(name: str | None) -> None:
    """Explain a RULE (name or code) or a SETTING. Without one, list all.

    \b
    Examples:
      postmortems explain missing-section
      postmortems explain PM101
      postmortems explain detection_targets
      postmortems explain
    """
    if name is None:
        width = max(len(rule.name) for rule in RULES)
        print_lines(*(f"{rule.code}  {rule.name:<{width}}  {rule.level}" for rule in RULES))
        print_lines("", "settings:", *(f"  {setting}" for setting in Settings.model_fields))
        return
    # A key below a setting, such as `levels.missing-section`, is explained where the setting is.
    setting = name.strip().partition(".")[0]
    if found := find_rule(name):
        print_lines(rule_page(found).rstrip())
    elif setting in Settings.model_fields:
        print_lines(setting_page(setting))
    else:
        hint = did_you_mean(name.strip(), [*BY_NAME, *Settings.model_fields]) or suggest_rule(name)
        refuse(f'no rule has the name or code "{name}", and no setting; {hint}')
