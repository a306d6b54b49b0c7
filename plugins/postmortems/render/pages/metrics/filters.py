"""The choices of the metrics page, and each incident in a few numbers that `assets/metrics.js` counts from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from postmortems.analyse.actions import ActionCounts, action_counts
from postmortems.analyse.analysis import Analysis
from postmortems.analyse.clocks import by_severity
from postmortems.analyse.detection import is_late
from postmortems.analyse.measures import Measure
from postmortems.analyse.metrics import Metrics, metrics_of
from postmortems.analyse.year_change import two_years
from postmortems.model.dated_action import DatedAction
from postmortems.model.postmortem import Postmortem
from postmortems.model.quarter import quarter_of
from postmortems.render.base.context import MANY, PageContext
from postmortems.render.data.data_context import DataContext

SCRIPT = "assets/postmortems/metrics.js"
FILE = "metrics/incidents.txt"
"""The incidents of a site that has more than a page lists, below its root."""


@dataclass(frozen=True, slots=True)
class MetricsFilters:
    """The values that can be chosen, and the incidents in a line, or the address of the file with that line (`source`).
    `this` is the ordinal of the running quarter.

    Incidents are parted by blanks and in the order of `data-at` in the pictures; their numbers by commas, empty where
    unknown: quarter, severity and owner as places in the lists here, seconds to detect, to resolve and at least to
    resolve, 1 for late, 1 for a repeat, and action items as numbers parted by dots: all by status, and those that fell
    due in the last four whole quarters and in the four before. What is empty or nought at the end is left out.
    """

    severities: tuple[str, ...]
    owners: tuple[str, ...]
    years: tuple[int, ...]
    this: int
    incidents: str
    source: str


def metrics_filters(metrics: Metrics, context: PageContext) -> MetricsFilters | None:
    """The filters; None where there is nothing to choose."""
    analysis = context.analysis
    severities, owners = _severities(context), _owners(analysis)
    years = sorted({day.year for day in analysis.days}, reverse=True)
    if max(len(severities), len(owners), len(years)) < 2:
        return None
    this, are_many = quarter_of(metrics.today).ordinal, _are_many(analysis)
    incidents, source = ("", context.addresses.file(FILE)) if are_many else (_incidents(context), "")
    return MetricsFilters(severities, owners, tuple(years), this, incidents, source)


def metrics_files(data_context: DataContext) -> Mapping[str, Callable[[], str]]:
    """The file that the page's script asks for, by its place below the site's root; none where the page holds all."""
    context = data_context.pages
    return {FILE: lambda: _incidents(context)} if _are_many(context.analysis) else {}


def _are_many(analysis: Analysis) -> bool:
    return len(analysis.incidents) > MANY


def _severities(context: PageContext) -> tuple[str, ...]:
    groups = by_severity(context.analysis.incidents, tuple(context.settings.severities))
    return tuple(name for name, _ in groups if name)


def _owners(analysis: Analysis) -> tuple[str, ...]:
    return tuple(sorted({name for incident in analysis.incidents if (name := analysis.owner_name(incident))}))


def _incidents(context: PageContext) -> str:
    analysis = context.analysis
    repeats = {repeat.postmortem.path for repeat in analysis.once(metrics_of).recurrence.declared}
    places = {name: place for place, name in enumerate(_severities(context))}
    owned = {name: place for place, name in enumerate(_owners(analysis))}
    rows = (
        ",".join(
            (
                str(quarter_of(incident.day).ordinal) if incident.day else "",
                _place(places, incident.front_matter.severity),
                _place(owned, analysis.owner_name(incident)),
                _seconds(analysis.length(incident, Measure.DETECT)),
                _seconds(analysis.length(incident, Measure.RECOVER)),
                _seconds(analysis.at_least(incident, Measure.RECOVER)),
                _flag(is_late(incident, analysis)),
                "1" if incident.path in repeats else "",
                *_actions(incident, context),
            )
        ).rstrip(",")
        for incident in analysis.incidents
    )
    return " ".join(rows)


def _place(places: dict[str, int], name: str | None) -> str:
    return str(places[name]) if name in places else ""


def _seconds(length: timedelta | None) -> str:
    return "" if length is None else f"{length.total_seconds():.0f}"


def _flag(answer: bool | None) -> str:
    return "" if answer is None else str(int(answer))


def _actions(incident: Postmortem, context: PageContext) -> tuple[str, str, str]:
    """All action items of an incident by status, and those of each of the last two whole years."""
    analysis = context.analysis
    latest, before = two_years(quarter_of(analysis.today))
    items = analysis.actions_of(incident)
    return (
        _counts(analysis.action_counts_of(incident)),
        _counts(action_counts(_due(items, latest, analysis.today))),
        _counts(action_counts(_due(items, before, analysis.today))),
    )


def _due(items: Iterable[DatedAction], quarters: range, today: date) -> list[DatedAction]:
    return [
        item
        for item in items
        if item.period_day and item.period_day < today and quarter_of(item.period_day).ordinal in quarters
    ]


def _counts(counts: ActionCounts) -> str:
    """The numbers of each status, without the noughts at the end."""
    if not counts.total:
        return ""
    numbers = [counts.done, counts.open, counts.overdue, counts.dropped, counts.unknown]
    while not numbers[-1]:
        numbers.pop()
    return ".".join(map(str, numbers))
