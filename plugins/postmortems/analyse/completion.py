"""Completion: the share of incidents that qualify whose postmortem is published within the policy's days.

Only a register can tell: a postmortem that was never written leaves no file to count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from postmortems.analyse.statistics import Interval, wilson_interval
from postmortems.model.published import Rate, figure, form, number, rate_interval
from postmortems.model.register import Publication, RegisterStatus


@dataclass(frozen=True, slots=True)
class Completion:
    """The entries of the incident register, counted. Which they are stands nowhere on the site.

    The register names incidents that nobody may have told the site's readers about. Each entry is in one of seven
    groups, in the order of the file. Nobody knows when `unknown` ones were resolved, or when their postmortem was
    published.
    """

    in_time: tuple[RegisterStatus, ...] = ()
    late: tuple[RegisterStatus, ...] = ()
    unpublished: tuple[RegisterStatus, ...] = ()
    unknown: tuple[RegisterStatus, ...] = ()
    not_due: tuple[RegisterStatus, ...] = ()
    waived: tuple[RegisterStatus, ...] = ()
    not_required: tuple[RegisterStatus, ...] = ()

    published: ClassVar = form(
        "CompletionForm",
        figure("n", "Number of values of the rate: on time, late and unpublished ones"),
        number("missing", "How many qualify and cannot be counted", "unknown"),
        figure("rate", "The share that was published in time"),
        *rate_interval("Its 95 % interval; null below six"),
        number("in_time", "Published within the policy's days"),
        number("late", "Published after them"),
        number("unpublished", "Not published though their time has passed"),
        number("not_due", "Their time has not passed"),
        number("waived", "There will be none, for a reason"),
        number("not_required", "The policy asks for none"),
    )

    @property
    def n(self) -> int:
        """Number of entries that the rate rests on."""
        return len(self.in_time) + len(self.late) + len(self.unpublished)

    @property
    def missing(self) -> int:
        """Number of entries that qualify and cannot be counted."""
        return len(self.unknown)

    @property
    def rate(self) -> Rate | None:
        """The share that was published in time, from 0 to 1; None where nothing is counted."""
        return len(self.in_time) / self.n if self.n else None

    @property
    def interval(self) -> Interval | None:
        """The 95 % interval of the rate, taken as how likely the next postmortem is in time; None below n = 6."""
        return wilson_interval(len(self.in_time), self.n)


def completion_of(statuses: Iterable[RegisterStatus]) -> Completion:
    """The completion of some entries, those of one severity for instance."""
    groups: defaultdict[Publication, list[RegisterStatus]] = defaultdict(list)
    for status in statuses:
        groups[status.publication].append(status)
    return Completion(
        in_time=tuple(groups[Publication.IN_TIME]),
        late=tuple(groups[Publication.LATE]),
        unpublished=tuple(groups[Publication.UNPUBLISHED]),
        unknown=tuple(groups[Publication.UNKNOWN]),
        not_due=tuple(groups[Publication.NOT_DUE]),
        waived=tuple(groups[Publication.WAIVED]),
        not_required=tuple(groups[Publication.NOT_REQUIRED]),
    )
