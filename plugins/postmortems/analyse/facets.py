"""Filters of a list of incidents: the groups, and the values of one incident in each."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from postmortems.analyse.analysis import Analysis
from postmortems.model.front_matter import Status
from postmortems.model.postmortem import Postmortem
from postmortems.text.slug import slug


class Group(StrEnum):
    """A way to narrow a list, in the order of the filters. The values are names in addresses: they stay."""

    SEVERITY = "severity"
    SERVICE = "service"
    PATTERN = "pattern"
    OWNER = "owner"
    STATE = "state"


class State(StrEnum):
    """State of an incident that asks for attention. The values are part of addresses: they stay."""

    OVER = "over"
    """Detected later than its target asks."""
    UNKNOWN = "unknown"
    """An unknown length, and so at least one unknown moment."""
    OPEN = "open"
    """Open action items, the overdue ones among them."""
    OVERDUE = "overdue"
    """Overdue action items."""
    REPEAT = "repeat"
    """Declared to repeat an earlier one."""
    DRAFT = "draft"
    """A draft, or in review."""
    APART = "apart"
    """A drill or a near miss, which no figure counts."""


class Facet(NamedTuple):
    """One value of a group, spelled as in addresses: a service is its slug, a pattern its id."""

    group: Group
    value: str


def facets(postmortem: Postmortem, analysis: Analysis) -> tuple[Facet, ...]:
    """Everything that one postmortem can be found by, each once; what it does not say is not among it."""
    matter = postmortem.front_matter
    found = [
        *(Facet(Group.SEVERITY, value) for value in (matter.severity,) if value),
        *(Facet(Group.SERVICE, slug(name)) for name in matter.services),
        *(Facet(Group.PATTERN, occurrence.pattern) for occurrence in matter.patterns),
        *(Facet(Group.OWNER, value) for value in (analysis.owner_name(postmortem),) if value),
        *(Facet(Group.STATE, value) for value in _states(postmortem, analysis)),
    ]
    return tuple(dict.fromkeys(found))


def _states(postmortem: Postmortem, analysis: Analysis) -> list[State]:
    lengths, progress = analysis.durations_of(postmortem), analysis.action_counts_of(postmortem)
    holds = {
        State.OVER: lengths.over_target is not None,
        State.UNKNOWN: None in (lengths.to_detect, lengths.to_mitigate, lengths.to_recover),
        State.OPEN: progress.open > 0,
        State.OVERDUE: progress.overdue > 0,
        State.REPEAT: bool(postmortem.front_matter.repeat_of),
        State.DRAFT: postmortem.front_matter.status in (Status.DRAFT, Status.IN_REVIEW),
        State.APART: not postmortem.is_incident,
    }
    return [state for state, does in holds.items() if does]
