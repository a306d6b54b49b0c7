"""Monthly reviews: the incidents of a month, their repeats and patterns seen before, the action items that fell due in
it, and anniversaries.

A month without an incident has no review; a drill or a near miss alone makes none.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from postmortems.analyse.occurrences import Occurrences, involvements
from postmortems.model.dated_action import DatedAction
from postmortems.model.postmortem import Postmortem
from postmortems.model.related import Recurrence, Repeat, SuspectedRepeat

Month = tuple[int, int]
"""A year and a month, from 1."""


@dataclass(frozen=True, slots=True)
class RecurringPattern:
    """A pattern of a month's incidents, and what it did before that month: how often, and in which incident last."""

    pattern: str
    members: tuple[Postmortem, ...]
    before: int
    last: Postmortem


@dataclass(frozen=True, slots=True)
class Anniversary:
    """Incidents of the same month, so many years ago."""

    years: int
    incidents: tuple[Postmortem, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """One month. `postmortems` are oldest first, drills and near misses included; `incidents` are those without.

    `again` are the patterns that had been seen before, those with most incidents in the month first. `fell_due` are
    the action items of all incidents whose day is in the month, whatever became of them, by that day; those of unknown
    state by the end of their horizon, so that the month does not look better than anybody knows.
    """

    month: Month
    postmortems: tuple[Postmortem, ...]
    incidents: tuple[Postmortem, ...]
    repeats: tuple[Repeat, ...] = ()
    suspected: tuple[SuspectedRepeat, ...] = ()
    again: tuple[RecurringPattern, ...] = ()
    fell_due: tuple[DatedAction, ...] = ()
    anniversaries: tuple[Anniversary, ...] = ()


class Reviews:
    """The reviews of all months that have an incident; each is made when it is asked for, and costs that month."""

    def __init__(
        self,
        postmortems: Iterable[Postmortem],
        occurrences: Mapping[str, Occurrences],
        actions: Iterable[DatedAction],
        recurrence_of: Callable[[Postmortem], Recurrence],
    ) -> None:
        self._occurrences = occurrences
        self._recurrence_of = recurrence_of
        members: defaultdict[Month, list[Postmortem]] = defaultdict(list)
        for postmortem in postmortems:
            if postmortem.day:
                members[postmortem.day.year, postmortem.day.month].append(postmortem)
        self._members = members
        self._due: defaultdict[Month, list[DatedAction]] = defaultdict(list)
        for action in actions:
            if day := action.period_day:
                self._due[day.year, day.month].append(action)
        self.months: Sequence[Month] = tuple(
            sorted(month for month, found in members.items() if any(member.is_incident for member in found))
        )
        """The months that have an incident, oldest first."""

    def review(self, month: Month) -> Review:
        """The review of one of `months`."""
        members = tuple(self._members[month])
        incidents = tuple(member for member in members if member.is_incident)
        return Review(
            month=month,
            postmortems=members,
            incidents=incidents,
            repeats=tuple(
                Repeat(incident, found) for incident in incidents if (found := self._recurrence_of(incident).declared)
            ),
            suspected=tuple(
                SuspectedRepeat(incident, likely[0])
                for incident in incidents
                if (likely := self._recurrence_of(incident).suspected)
            ),
            again=self._again(month, incidents),
            fell_due=tuple(sorted(self._due.get(month, ()), key=lambda action: action.period_day or date.max)),
            anniversaries=tuple(self._anniversaries(month)),
        )

    def incidents(self, month: Month) -> tuple[Postmortem, ...]:
        """The incidents of any month, oldest first."""
        return tuple(member for member in self._members.get(month, ()) if member.is_incident)

    def _again(self, month: Month, incidents: Iterable[Postmortem]) -> tuple[RecurringPattern, ...]:
        members: defaultdict[str, list[Postmortem]] = defaultdict(list)
        for incident in incidents:
            for name in involvements(incident):
                members[name].append(incident)
        found = []
        for name, of_month in members.items():
            counted = self._occurrences[name].counted
            # Those whose day nobody knows come first in time, and count as seen before.
            before = bisect_left(counted, date(*month, 1), key=lambda occurrence: occurrence.postmortem.day or date.min)
            if before:
                found.append(RecurringPattern(name, tuple(of_month), before, counted[before - 1].postmortem))
        return tuple(
            sorted(found, key=lambda recurring: (-len(recurring.members), -recurring.before, recurring.pattern))
        )

    def _anniversaries(self, month: Month) -> Iterable[Anniversary]:
        year, number = month
        first = self.months[0][0]
        for years in range(1, year - first + 1):
            if is_round(years) and (incidents := self.incidents((year - years, number))):
                yield Anniversary(years, incidents)


def is_round(years: int) -> bool:
    """True if an anniversary is one that people mark: one, two, five, ten, fifteen … years."""
    return years in (1, 2) or years % 5 == 0
