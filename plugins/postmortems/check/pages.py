"""The documentation of the rules, as Markdown: for the site's reference and for `postmortems explain`."""

from __future__ import annotations

from inspect import cleandoc

from postmortems.check.rule import Rule
from postmortems.model.diagnostic import Level

HEADINGS = ("What it does", "Why this matters", "Example", "Use instead", "Options")
"""The headings of every rule's page, in this order."""


def rule_page(rule: Rule) -> str:
    """The whole page of one rule, its title included."""
    return f"# {rule.code} {rule.name}\n\n{_weight(rule)}\n\n{cleandoc(rule.page or '')}\n"


def _weight(rule: Rule) -> str:
    sentences = [f"Level: **{rule.level}**."]
    if rule.softened_in_drafts and rule.level is Level.ERROR:
        sentences.append("In a draft: **warning**.")
    if rule.follows_calendar:
        sentences.append("Follows the calendar, so it never fails a run.")
    if not rule.may_be_waived:
        sentences.append("Cannot be waived.")
    return " ".join(sentences)
