"""The five figures of the first page of a complete corpus, each a link to its chart among the metrics."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.headlines import FEW
from postmortems.analyse.measures import Measure
from postmortems.analyse.metrics import metrics_of
from postmortems.render.words.formats import count_words
from postmortems.render.words.metrics import rate_words, summary_words


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, its name, what it is of, and the anchor of its chart."""

    name: str
    number: str
    of: str
    anchor: str
    is_bad: bool = False


def home_figures(analysis: Analysis) -> tuple[Figure, ...]:
    """The figures; none of a sample, and none of fewer than ten incidents, which would be single ones."""
    metrics = analysis.once(metrics_of)
    return () if metrics.frequency is None or metrics.incidents < FEW else tuple(_figures(analysis))


def _figures(analysis: Analysis) -> Iterator[Figure]:
    metrics = analysis.once(metrics_of)
    for measure, name, anchor in (
        (Measure.DETECT, "Time to detect", "detection"),
        (Measure.RECOVER, "Time to resolve", "times"),
    ):
        summary = metrics.clock(measure).all.summary
        unknown = f"; {summary.missing:,} unknown" if summary.missing else ""
        yield Figure(name, summary_words(summary).capitalize(), f"median of {summary.n:,}{unknown}", anchor)
    repeats, year = metrics.recurrence.declared, analysis.today.year
    this_year = sum(incident.year == year for incident in analysis.incidents)
    latest = sum(repeat.postmortem.year == year for repeat in repeats)
    yield Figure(
        "Repeat incidents",
        f"{len(repeats):,} of {metrics.incidents:,}",
        f"{latest} of {this_year} in {year}" if this_year else f"no incident in {year}",
        "recurrence",
    )
    counts = analysis.board.counts
    unknown = f"; {counts.unknown:,} unknown" if counts.unknown else ""
    yield Figure(
        "Overdue action items",
        f"{counts.overdue:,}",
        f"of {counts.open:,} open{unknown}",
        "closure",
        counts.overdue > 0,
    )
    frequency = metrics.frequency
    if frequency is not None:
        whole = f"{frequency.count:,} in {count_words(frequency.whole, 'whole quarter')}"
        rate = rate_words(frequency.rate) if frequency.rate is not None else "Too few"
        yield Figure("Incidents per quarter", rate, whole if frequency.whole else "no quarter is over", "frequency")
