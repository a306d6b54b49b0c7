"""Level of a finding: by its rule, by the settings, and by the postmortem that it is in."""

from __future__ import annotations

from collections.abc import Mapping

from postmortems.check.registry import BY_NAME, find_rule, suggest_rule
from postmortems.check.rule import Rule
from postmortems.model.diagnostic import Level, Problem
from postmortems.model.front_matter import Status
from postmortems.model.postmortem import Postmortem
from postmortems.settings import Settings
from postmortems.settings.option_types import DEFAULT, RuleLevel
from postmortems.settings.parsing import SettingProblem

Table = Mapping[str, RuleLevel]
"""Settings of one rule: a level by status, by severity and for all others (`default`)."""


def chosen_levels(settings: Settings) -> dict[str, Table]:
    """Levels that the settings give to rules, by name. If a rule has both, its name outweighs its code."""
    by_code_first = sorted(settings.levels.items(), key=lambda item: item[0] in BY_NAME)
    return {rule.name: table for key, table in by_code_first if (rule := find_rule(key))}


def unknown_rules(settings: Settings) -> tuple[SettingProblem, ...]:
    """The keys of `levels` that name no rule."""
    return tuple(
        SettingProblem(f"levels.{key}", f"no rule has this name or code; {suggest_rule(key)}")
        for key in settings.levels
        if find_rule(key) is None
    )


def is_off(table: Table | None) -> bool:
    """True if a rule is off everywhere."""
    return table is not None and DEFAULT in table and set(table.values()) == {RuleLevel.OFF}


def effective_level(problem: Problem, rule: Rule, table: Table | None, owner: Postmortem | None) -> Level | None:
    """The level of one problem, or None where its rule is off.

    What the settings choose outweighs the rule. Of what they choose, the status of the postmortem comes before its
    severity, and both before `default`: a text that is not finished is not measured by what it will have to be. A
    draft may have parts missing whatever the settings choose, unless they name drafts themselves. `owner` is None for
    what belongs to no postmortem.
    """
    status, severity = _status_and_severity(owner)
    table = table or {}
    chosen = next((table[key] for key in (status, severity, DEFAULT) if key in table), None)
    if chosen is RuleLevel.OFF:
        return None
    level = Level(chosen.value) if chosen else problem.level or rule.level
    softened = (
        status == Status.DRAFT and rule.softened_in_drafts and not problem.even_in_drafts and Status.DRAFT not in table
    )
    return Level.WARNING if softened and level is Level.ERROR else level


def _status_and_severity(owner: Postmortem | None) -> tuple[str, str]:
    if owner is None:
        return "", ""
    matter, salvaged = owner.front_matter, owner.salvaged
    return matter.status or salvaged.get("status", ""), matter.severity or salvaged.get("severity", "")
