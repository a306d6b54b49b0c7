"""The pages of the guide that are made from the code: the settings from their declaration, the rules from themselves.

They are Markdown, since the theme renders them like any other page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from enum import StrEnum

from pydantic import BaseModel, ByteSize

from postmortems.check.pages import rule_page
from postmortems.check.registry import RULES
from postmortems.check.rule import Rule
from postmortems.model.duration import duration_text
from postmortems.settings import Settings

SETTINGS = "guide/settings.md"
RULES_INDEX = "guide/rules/index.md"

_GROUPS = {
    "0": "Files and front matter",
    "1": "Sections",
    "2": "Timeline",
    "3": "Impact and detection",
    "4": "Patterns and repeats",
    "5": "Action items",
    "6": "Language",
    "7": "Files, links and HTML",
    "8": "Secrets and personal data",
    "9": "Calendar and waivers",
}


def guide_pages() -> Mapping[str, str]:
    """The Markdown of each generated page of the guide, by its place below the docs folder."""
    pages = {SETTINGS: settings_page(), RULES_INDEX: rules_page()}
    pages |= {f"guide/rules/{rule.name}.md": rule_page(rule) for rule in RULES}
    return pages


def rules_page() -> str:
    """All rules in the order of their codes, grouped by what they are about."""
    lines = [
        "# Rules",
        "",
        "What `postmortems check` and every build look for. A rule's level can be changed in the"
        " [settings](../settings.md#levels) by its name or its code, and `off` disables it."
        " `postmortems explain RULE` prints a rule's page in a terminal.",
        "",
    ]
    for digit, group in _GROUPS.items():
        rules = [rule for rule in RULES if rule.code[2] == digit]
        if rules:
            lines += [f"## {group}", "", "| Code | Rule | Level | In a draft |", "|---|---|---|---|"]
            lines += [_rule_row(rule) for rule in rules]
            lines.append("")
    return "\n".join(lines)


def _rule_row(rule: Rule) -> str:
    draft = "warning" if rule.softened_in_drafts and rule.level == "error" else rule.level
    return f"| {rule.code} | [{rule.name}](./{rule.name}.md) | {rule.level} | {draft} |"


def settings_page() -> str:
    """Every option of the plugin with its default and what it means."""
    lines = [
        "# Settings",
        "",
        "Settings go in the plugin's block in `mkdocs.yml`; the command reads the same block."
        " Every option has a default, so this is a whole configuration:",
        "",
        "```yaml",
        "plugins:",
        "  - search",
        "  - postmortems",
        "```",
        "",
        "An unknown option is an error; the message suggests the closest name.",
        "",
    ]
    for name in Settings.model_fields:
        lines += [f"## `{name}`", "", *_setting_lines(name), ""]
    return "\n".join(lines)


def setting_page(name: str) -> str:
    """One option, as the command prints it. Raises KeyError if there is none of this name."""
    return "\n".join([f"# {name}", "", *_setting_lines(name)])


def _setting_lines(name: str) -> list[str]:
    field = Settings.model_fields[name]
    return [str(field.description), "", "Default:", "", "```yaml", *_yaml(name, field.get_default()), "```"]


def _yaml(name: str, value: object) -> Iterator[str]:
    if isinstance(value, BaseModel):
        value = {option: getattr(value, option) for option in type(value).model_fields}
    if isinstance(value, Mapping) and value:
        yield f"{name}:"
        for key, below in value.items():
            if isinstance(below, tuple) and below:
                yield f"  {key}:"
                yield from (f"    - {item}" for item in below)
            else:
                yield f"  {key}: {_scalar(below)}"
    elif isinstance(value, tuple | list) and value:
        yield f"{name}:"
        yield from (f"  - {_scalar(item)}" for item in value)
    else:
        yield f"{name}: {_scalar(value)}"


def _scalar(value: object) -> str:
    if value is None:
        return "# none"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, timedelta):
        return duration_text(value)
    if isinstance(value, ByteSize):
        return value.human_readable().replace(".0", "")
    if isinstance(value, Mapping | tuple | list):
        return "{}" if isinstance(value, Mapping) else "[]"
    return value.value if isinstance(value, StrEnum) else str(value)
