"""What metrics are made from: the incidents that figures count, and what is known about each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from postmortems.analyse.occurrences import Occurrences
from postmortems.analyse.services import Service
from postmortems.analyse.statistics import summarise
from postmortems.model.action_item import ActionStanding
from postmortems.model.durations import Durations
from postmortems.model.pattern import Pattern
from postmortems.model.postmortem import Postmortem
from postmortems.settings import Settings


class Clock(StrEnum):
    """A length that is measured in every incident. All but the last begin with `started_at`."""

    DETECT = "time to detect"
    MITIGATE = "time to mitigate"
    RECOVER = "time to recover"
    RESPONSE = "response time"


LENGTHS: Mapping[Clock, Callable[[Durations], timedelta | None]] = {
    Clock.DETECT: lambda lengths: lengths.to_detect,
    Clock.MITIGATE: lambda lengths: lengths.to_mitigate,
    Clock.RECOVER: lambda lengths: lengths.to_recover,
    Clock.RESPONSE: lambda lengths: lengths.response,
}


AT_LEAST: Mapping[Clock, Callable[[Durations], timedelta | None]] = {
    Clock.RECOVER: lambda lengths: lengths.to_recover_at_least,
    Clock.RESPONSE: lambda lengths: lengths.response_at_least,
}
"""How long an unknown length is known to have lasted at least; of the other clocks nothing tells that."""


def at_least(clock: Clock, lengths: Durations) -> timedelta | None:
    """How long one incident took at least, where its length is unknown and that is not."""
    bound = AT_LEAST.get(clock)
    return bound(lengths) if bound and LENGTHS[clock](lengths) is None else None


class SubjectKind(StrEnum):
    """What a group of incidents shares."""

    PATTERN = "pattern"
    SERVICE = "service"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a group of incidents shares: a pattern by its id or a service by its slug, and its name."""

    kind: SubjectKind
    key: str
    name: str


@dataclass(frozen=True)
class Evidence:
    """The counted incidents, oldest first (no drills, no near misses), on a day, with the settings that judge them.

    `patterns` are those that have a page, by id. `standings` are all action items of an incident, by its path, as are
    its `durations`.
    """

    incidents: tuple[Postmortem, ...]
    durations: Mapping[str, Durations]
    standings: Mapping[str, tuple[ActionStanding, ...]]
    occurrences: Mapping[str, Occurrences]
    services: Mapping[str, Service]
    patterns: Mapping[str, Pattern]
    settings: Settings
    today: date

    def length(self, postmortem: Postmortem, clock: Clock) -> timedelta | None:
        """One length of one incident; None where it is unknown."""
        return LENGTHS[clock](self.durations[postmortem.path])

    def at_least(self, postmortem: Postmortem, clock: Clock) -> timedelta | None:
        """How long one incident took at least, where its length is unknown and that is not."""
        return at_least(clock, self.durations[postmortem.path])

    def median_of(self, clock: Clock, members: Iterable[Postmortem]) -> timedelta | None:
        """The median of one length over some incidents; None where it cannot be told."""
        lengths = [self.durations[one.path] for one in members]
        known = sorted(value for one in lengths if (value := LENGTHS[clock](one)) is not None)
        censored = sorted(value for one in lengths if (value := at_least(clock, one)) is not None)
        return summarise(known, len(lengths) - len(known), censored).median

    def is_longer(self, postmortem: Postmortem, clock: Clock, than: timedelta) -> bool | None:
        """Whether one incident took longer; None where that is unknown."""
        length = self.length(postmortem, clock)
        if length is not None:
            return length > than
        bound = self.at_least(postmortem, clock)
        return True if bound is not None and bound > than else None

    def pattern_name(self, pattern: str) -> str:
        """What the pages call a pattern: its title, or its id where it has no page."""
        page = self.patterns.get(pattern)
        return page.title if page else pattern

    def groups(self) -> Iterator[tuple[Subject, tuple[Postmortem, ...]]]:
        """The counted incidents of every pattern, then those of every service."""
        yield from self.by_pattern()
        yield from self.by_service()

    def by_service(self) -> Iterator[tuple[Subject, tuple[Postmortem, ...]]]:
        """The counted incidents of every service."""
        for service in self.services.values():
            yield Subject(SubjectKind.SERVICE, service.slug, service.name), service.incidents

    def by_pattern(self) -> Iterator[tuple[Subject, tuple[Postmortem, ...]]]:
        """The counted incidents of every pattern."""
        for name, found in self.occurrences.items():
            subject = Subject(SubjectKind.PATTERN, name, self.pattern_name(name))
            yield subject, tuple(one.postmortem for one in found.counted)
