"""Resemblance of two incidents, as values; `analyse` computes them, `check` and `render` put them into words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from postmortems.model.postmortem import Postmortem
from postmortems.model.published import figure, form

STRONG = 0.3
"""The score from which a likeness helps nine times in ten; below it, every other time (read on real incidents)."""


class ReasonKind(StrEnum):
    """Kind of thing that two postmortems may share."""

    ROOT_CAUSE = "root cause"
    PATTERN = "pattern"
    SERVICE = "service"
    TRIGGER = "trigger"
    WORDS = "words"
    LINK = "link"


class LinkDirection(StrEnum):
    """Direction of a link between two postmortems, seen from the one that was asked about."""

    OUT = "out"
    IN = "in"


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that two postmortems share.

    `values` are the shared labels as the postmortem that was asked about spells them, in its own order; of `WORDS`
    they are the ones that tell most, first; of `LINK` they are `LinkDirection`s. `weight` is
    what this reason adds to the score.
    """

    kind: ReasonKind
    values: tuple[str, ...]
    weight: float

    published: ClassVar = form(
        "SharedForm", figure("kind", "What it is"), figure("values", "The labels or words that both have")
    )


@dataclass(frozen=True, slots=True)
class Related:
    """Another postmortem that resembles the one asked about.

    `score` lies between 0 and 1 and is the sum of the reasons' weights; `reasons` are never empty, strongest first.
    """

    postmortem: Postmortem
    score: float
    reasons: tuple[Reason, ...]

    @property
    def is_linked(self) -> bool:
        """True if the author of one of the two links to the other."""
        return any(reason.kind is ReasonKind.LINK for reason in self.reasons)

    @property
    def is_strong(self) -> bool:
        """True if a reader in a hurry should see it first."""
        return self.score >= STRONG


@dataclass(frozen=True, slots=True)
class Suspicion:
    """An earlier incident of the same owner that this one seems to repeat, while no document says so or denies it.

    `reasons` are only those that arouse the suspicion: the root cause; or a pattern together with a service; or the
    words. `days_apart` is the distance between the days of the two, None where one of them is unknown.
    """

    earlier: Postmortem
    reasons: tuple[Reason, ...]
    days_apart: int | None


@dataclass(frozen=True, slots=True)
class Recurrence:
    """Earlier incidents that one incident repeats, as far as its owner's incidents tell.

    `declared` are the incidents that its `repeat_of` names, as far as they exist; `suspected` begins with the
    strongest suspicion.
    """

    declared: tuple[Postmortem, ...] = ()
    suspected: tuple[Suspicion, ...] = ()


@dataclass(frozen=True, slots=True)
class Repeat:
    """An incident that says that it repeats others."""

    postmortem: Postmortem
    earlier: tuple[Postmortem, ...]

    published: ClassVar = form(
        "DeclaredRepeat",
        figure("postmortem", "Its id"),
        figure("earlier", "The ids of those that it repeats"),
    )


@dataclass(frozen=True, slots=True)
class SuspectedRepeat:
    """An incident that seems to repeat another and declares nothing.

    The suspicion is its strongest.
    """

    postmortem: Postmortem
    suspicion: Suspicion

    published: ClassVar = form(
        "SuspectedForm",
        figure("postmortem", "Its id"),
        figure("earlier", "The id of the other", "suspicion.earlier"),
        figure("shares", "What both share", "suspicion.reasons"),
        figure("days_apart", "The days between them; null where one is unknown", "suspicion.days_apart"),
    )
