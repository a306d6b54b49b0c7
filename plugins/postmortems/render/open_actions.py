"""The open action items of some incidents, newest incident first, as pages list them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from postmortems.analyse.actions import standings
from postmortems.model.action_item import ActionState
from postmortems.model.postmortem import Postmortem
from postmortems.read.headings import plain_heading
from postmortems.render.action_ids import action_href
from postmortems.render.incident_words import clipped, short_name
from postmortems.render.surroundings import Surroundings
from postmortems.render.words import day_words

SHOWN = 20
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class OpenAction:
    """One open item, its words in plain text, and the incident that it follows from."""

    text: str
    is_overdue: bool
    kind: str
    due: str
    owner: str
    href: str
    incident: str


@dataclass(frozen=True, slots=True)
class OpenActions:
    """The first items of a list, and what the whole list counts."""

    shown: Sequence[OpenAction] = ()
    total: int = 0
    overdue: int = 0
    unknown: int = 0
    postmortems: int = 0


def open_actions(members: Sequence[Postmortem], around: Surroundings, most: int = SHOWN) -> OpenActions:
    """The open items of incidents given oldest first; overdue ones are told in words."""
    counts = [around.analysis.progress_of(one) for one in members]
    shown: list[OpenAction] = []
    for one in reversed(members):
        if len(shown) >= most:
            break
        if around.analysis.progress_of(one).open:
            shown += _of(one, around)
    return OpenActions(
        shown=shown[:most],
        total=sum(one.open for one in counts),
        overdue=sum(one.overdue for one in counts),
        unknown=sum(one.unknown for one in counts),
        postmortems=sum(one.open > 0 for one in counts),
    )


def _of(one: Postmortem, around: Surroundings) -> list[OpenAction]:
    return [
        OpenAction(
            text=clipped(plain_heading(standing.item.text), _LONGEST),
            is_overdue=standing.is_overdue,
            kind=standing.item.kind or standing.item.horizon or "",
            due=f"due {day_words(standing.due)}" if standing.due else "",
            owner=standing.item.owner,
            href=action_href(one, standing.item, around.addresses),
            incident=short_name(one),
        )
        for standing in standings(one, around.settings, around.analysis.today)
        if standing.item.state is ActionState.OPEN
    ]
