"""How many incidents repeat an earlier one: those that say so, and apart from them those that only look like it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.statistics import Interval, wilson_interval
from postmortems.model.postmortem import Postmortem
from postmortems.model.related import Suspicion
from postmortems.settings import Completeness


@dataclass(frozen=True, slots=True)
class Repeat:
    """An incident that repeats earlier ones, as its author declares."""

    postmortem: Postmortem
    earlier: tuple[Postmortem, ...]


@dataclass(frozen=True, slots=True)
class SuspectedRepeat:
    """An incident that seems to repeat an earlier one and declares no repeat, with the strongest suspicion."""

    postmortem: Postmortem
    suspicion: Suspicion


@dataclass(frozen=True, slots=True)
class RecurrenceFigures:
    """The repeats among the counted incidents, oldest first; no incident is in both groups.

    `window` is how far apart two incidents may be to be suspected by their labels. `is_counted` is False of a sample,
    which has no rate.
    """

    window: timedelta
    incidents: int
    is_counted: bool
    declared: tuple[Repeat, ...] = ()
    suspected: tuple[SuspectedRepeat, ...] = ()

    @property
    def rate(self) -> float | None:
        """The share of incidents that declare a repeat, from 0 to 1; None of a sample, and of nothing."""
        return len(self.declared) / self.incidents if self.is_counted and self.incidents else None

    @property
    def interval(self) -> Interval | None:
        """The 95 % interval of the rate; None of a sample, and below n = 6."""
        return wilson_interval(len(self.declared), self.incidents) if self.is_counted else None


def recurrence_figures(analysis: Analysis) -> RecurrenceFigures:
    """The repeats of all counted incidents; `recurrences` are told by path."""
    found = [(one, analysis.recurrence_of(one)) for one in analysis.incidents]
    return RecurrenceFigures(
        window=analysis.settings.repeat_window,
        incidents=len(analysis.incidents),
        is_counted=analysis.settings.corpus is Completeness.COMPLETE,
        declared=tuple(Repeat(one, recurrence.declared) for one, recurrence in found if recurrence.declared),
        suspected=tuple(
            SuspectedRepeat(one, recurrence.suspected[0])
            for one, recurrence in found
            if recurrence.suspected and not recurrence.declared
        ),
    )
