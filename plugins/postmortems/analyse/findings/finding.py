"""Findings: something that is true of a group of incidents more often than of the others.

Every question compares, since a number alone surprises nobody: "9 of 9 have no preventing action" tells of those nine
only beside the others. What nearly all incidents share is no finding, and neither is what a list would say that is not
known to be whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import ClassVar

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.fisher import fisher_p_value
from postmortems.analyse.measures import Subject, SubjectKind
from postmortems.analyse.statistics import Interval, wilson_interval
from postmortems.model.postmortem import Postmortem
from postmortems.model.published import Rate, figure, form, rate_interval

GROUP_FROM = 5
"""Minimum known answers in the group, and outside it, to make a comparison."""

SUPPORT = 3
"""Minimum matching incidents of a finding: two may be a coincidence that everybody remembers."""

SHARED_BY_ALL = 0.9
"""Share of all known answers from which a match surprises in no group."""


class Claim(Enum):
    """Statement that holds in the incidents of a finding; its words are in `render/words/findings.py`."""

    NOTICED_LATE = auto()
    NOTICED_OUTSIDE = auto()
    SLOW_RECOVERY = auto()
    SLOW_AFTER_LATE = auto()
    SECOND_PATTERN_TOO = auto()
    SET_OFF_BY_PATTERN = auto()
    PATTERN_CONTRIBUTED = auto()
    HIDDEN_BY_PATTERN = auto()
    SLOWED_BY_PATTERN = auto()
    SHARED_ROOT_CAUSE = auto()
    NO_DETECT_ACTION = auto()
    NO_PREVENT_ACTION = auto()


class Others(Enum):
    """Incidents that a group is held against."""

    INCIDENTS = auto()
    OTHER_PATTERNS = auto()


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence about the whole system, with its evidence.

    It answers one question, asked of one group of incidents. `asked` are the incidents of the group whose answer is
    known, oldest first; `matching` are those of them in which the claim holds.
    """

    question: str
    subjects: tuple[Subject, ...]
    claim: Claim
    asked: tuple[Postmortem, ...]
    matching: tuple[Postmortem, ...]
    missing: int
    rest_matching: int
    rest: int
    others: Others = Others.INCIDENTS

    published: ClassVar = form(
        "FindingForm",
        figure("maker", "The question that it answers", "question"),
        figure("subjects", "What the incidents share; empty for all incidents"),
        figure("claim", "Statement that continues `7 of 9`"),
        figure("support", "In how many incidents it holds"),
        figure("n", "Of how many of the group the answer is known"),
        figure("missing", "Of how many it is not"),
        *rate_interval("The 95 % interval of the share; null below six"),
        figure("rest_support", "In how many of all others it holds", "rest_matching"),
        figure("rest", "Of how many others the answer is known"),
        figure("others", "What the others are, in words that continue `of`"),
        figure("chance", "One-sided p-value"),
    )

    @property
    def support(self) -> int:
        """Number of incidents in which it holds."""
        return len(self.matching)

    @property
    def n(self) -> int:
        """Number of incidents of the group whose answer is known."""
        return len(self.asked)

    @property
    def interval(self) -> Interval | None:
        """The 95 % interval of the share, taken as how likely it is in the next such incident; None below n = 6."""
        return wilson_interval(self.support, self.n)

    @property
    def chance(self) -> Rate:
        """Probability that chance alone gives the group at least as many."""
        return fisher_p_value(self.support, self.n, self.rest_matching, self.rest)


@dataclass(frozen=True, slots=True)
class Question:
    """One question, asked of the whole corpus in the same way each time.

    `text` is what it asks, in words for the guide. `find` gives every answer that rests on enough incidents,
    whatever it says: which of them to believe is decided over all together.
    """

    name: str
    text: str
    find: Callable[[Analysis], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Answers:
    """The answer of every incident of which it is known, by its path; and how many say yes."""

    of: Mapping[str, bool] = field(default_factory=dict)
    matching: int = 0


def groups(analysis: Analysis) -> Iterator[tuple[Subject, tuple[Postmortem, ...]]]:
    """The counted incidents of every pattern, then those of every service."""
    yield from by_pattern(analysis)
    yield from by_service(analysis)


def by_pattern(analysis: Analysis) -> Iterator[tuple[Subject, tuple[Postmortem, ...]]]:
    """The counted incidents of every pattern."""
    for name, found in analysis.occurrences.items():
        subject = Subject(SubjectKind.PATTERN, name, analysis.pattern_name(name))
        yield subject, tuple(occurrence.postmortem for occurrence in found.counted)


def by_service(analysis: Analysis) -> Iterator[tuple[Subject, tuple[Postmortem, ...]]]:
    """The counted incidents of every service."""
    for service in analysis.services.values():
        yield Subject(SubjectKind.SERVICE, service.slug, service.name), service.incidents


def ask(incidents: Iterable[Postmortem], question: Callable[[Postmortem], bool | None]) -> Answers:
    """The answers of some incidents, each of which may be None for unknown."""
    known = {incident.path: answer for incident in incidents if (answer := question(incident)) is not None}
    return Answers(known, sum(known.values()))


def compared(
    question: str, subjects: Sequence[Subject], claim: Claim, group: Iterable[Postmortem], answers: Answers
) -> Iterator[Finding]:
    """The group held against all others that have answered, where there are enough of both; costs the group alone."""
    members = tuple(group)
    asked = tuple(member for member in members if member.path in answers.of)
    matching = tuple(member for member in asked if answers.of[member.path])
    found = Finding(
        question,
        tuple(subjects),
        claim,
        asked,
        matching,
        missing=len(members) - len(asked),
        rest_matching=answers.matching - len(matching),
        rest=len(answers.of) - len(asked),
    )
    if can_surprise(found):
        yield found


def can_surprise(found: Finding) -> bool:
    """True if enough incidents were asked, in the group and beside it, and not nearly all of them answer alike."""
    return found.n >= GROUP_FROM <= found.rest and found.support + found.rest_matching < SHARED_BY_ALL * (
        found.n + found.rest
    )
