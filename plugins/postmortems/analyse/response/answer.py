"""Questions of the card, and an answer with what it rests on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from postmortems.model.action_item import ActionItem
from postmortems.model.place import Place
from postmortems.model.postmortem import Postmortem

MOST_EVIDENCE = 3
"""The most pieces of evidence of one answer: enough to judge it by."""

_LONGEST = 5_000
_LINK_TARGET = re.compile(r"\]\([^()\s]{0,2000}\)")
_MARKS = re.compile(r"[\[\]*_`]")


class Area(StrEnum):
    """Part of the card."""

    PEOPLE = "people"
    PROCESS = "process"
    TOOLING = "tooling"


class Question(StrEnum):
    """Question of the card, in its order."""

    OTHER_RESPONDERS = "other-responders"
    PREPARED = "prepared"
    FEW_PAGED = "few-paged"
    RIGHT_TEAM = "right-team"
    WORKING_HOURS = "working-hours"
    STATUS_KEPT = "status-kept"
    PUBLIC_STATUS = "public-status"
    TICKET = "ticket"
    ACTIONS_OWNED = "actions-owned"
    NO_REPEAT = "no-repeat"
    NO_OPEN_PREVENTION = "no-open-prevention"
    COULD_COMMUNICATE = "could-communicate"
    MONITORING_ALERTED = "monitoring-alerted"
    TOOLS_WORKED = "tools-worked"
    RUNBOOK_GUIDED = "runbook-guided"

    @property
    def area(self) -> Area:
        """The part of the card that it is in."""
        return _area_of(self)


@cache
def _area_of(question: Question) -> Area:
    places = list(Question)
    place = places.index(question)
    if place < places.index(Question.STATUS_KEPT):
        return Area.PEOPLE
    return Area.PROCESS if place < places.index(Question.NO_OPEN_PREVENTION) else Area.TOOLING


class Basis(StrEnum):
    """Ground of an answer, or what the files say about a question that they leave open."""

    STATUS_ENTRY = "status-entry"
    STATUS_EVENT = "status-event"
    STATUS_LINK = "status-link"
    INCIDENT_LINK = "incident-link"
    OWNERS = "owners"
    OWNERS_TO_DO = "owners-to-do"
    NONE_TO_DO = "none-to-do"
    NO_ITEMS = "no-items"
    REPEAT_DECLARED = "repeat-declared"
    REPEAT_DENIED = "repeat-denied"
    REPEAT_SUSPECTED = "repeat-suspected"
    OPEN_AT_START = "open-at-start"
    OPEN_ELSEWHERE = "open-elsewhere"
    DETECTED_BY = "detected-by"
    ALERTS_TOO = "alerts-too"
    RUNBOOK_FOLLOWED = "runbook-followed"
    RUNBOOK_LINKED = "runbook-linked"
    RUNBOOK_LACKING = "runbook-lacking"
    RUNBOOK_NAMED = "runbook-named"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A piece of a file that an answer rests on: its words as Markdown, and where they are.

    `event` is the index of an entry of the timeline, `item` an action item, `postmortem` another incident, whose
    action item it is if both are given, and `url` an address that the file names.
    """

    place: Place
    quote: str
    event: int | None = None
    item: ActionItem | None = None
    postmortem: Postmortem | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """A question with what the files say; `says` is None where it is left to the review.

    `number` of `total` belong to a basis that counts: the action items that have an owner.
    """

    question: Question
    says: bool | None = None
    basis: Basis | None = None
    evidence: tuple[Evidence, ...] = ()
    number: int = 0
    total: int = 0


def searched(markdown: str) -> str:
    """The words of one block's Markdown on one line, as the patterns of this room read them."""
    return " ".join(_MARKS.sub("", _LINK_TARGET.sub("", markdown[:_LONGEST])).split())


def key_evidence(postmortem: Postmortem, key: str, value: str, *keys: str | int) -> Evidence:
    """A value of the front matter as it is written; `keys` lead to it, the key itself by default."""
    return Evidence(postmortem.place_of(*(keys or (key,))), f"`{key}: {value}`")
