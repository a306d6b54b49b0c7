"""Repeats, counted: incidents that say so, and apart from them those that only look like it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.statistics import Interval, wilson_interval
from postmortems.model.published import Rate, Seconds, figure, form, rate_interval
from postmortems.model.related import Repeat, SuspectedRepeat
from postmortems.settings import Completeness


@dataclass(frozen=True, slots=True)
class RecurrenceFigures:
    """Number of incidents that repeat an earlier one.

    Repeats are oldest first; no incident is in both groups. `is_counted` is False of a sample, which has no rate.
    """

    window: timedelta
    incidents: int
    is_counted: bool
    declared: tuple[Repeat, ...] = ()
    suspected: tuple[SuspectedRepeat, ...] = ()

    published: ClassVar = form(
        "RecurrenceForm",
        figure("window_seconds", "How far apart two may be to be suspected by their labels"),
        figure("incidents", "Of how many incidents"),
        figure("rate", "The share that declares a repeat; null of a sample"),
        *rate_interval("Its 95 % interval; null below six"),
        figure("declared", "Those that declare one"),
        figure("suspected", "Those that only look like one, none of them declared"),
    )

    @property
    def window_seconds(self) -> Seconds:
        """The window in seconds."""
        return self.window.total_seconds()

    @property
    def rate(self) -> Rate | None:
        """The share of incidents that declare a repeat, from 0 to 1; None of a sample, and of nothing."""
        return len(self.declared) / self.incidents if self.is_counted and self.incidents else None

    @property
    def interval(self) -> Interval | None:
        """The 95 % interval of the rate; None of a sample, and below n = 6."""
        return wilson_interval(len(self.declared), self.incidents) if self.is_counted else None


def recurrence_figures(analysis: Analysis) -> RecurrenceFigures:
    """The repeats of all counted incidents; `recurrences` are told by path."""
    found = [(incident, analysis.recurrence_of(incident)) for incident in analysis.incidents]
    return RecurrenceFigures(
        window=analysis.settings.repeat_window,
        incidents=len(analysis.incidents),
        is_counted=analysis.settings.corpus is Completeness.COMPLETE,
        declared=tuple(Repeat(incident, recurrence.declared) for incident, recurrence in found if recurrence.declared),
        suspected=tuple(
            SuspectedRepeat(incident, recurrence.suspected[0])
            for incident, recurrence in found
            if recurrence.suspected and not recurrence.declared
        ),
    )
