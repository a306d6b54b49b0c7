"""The tiles: five figures of a complete collection, four of a sample, each with what it is made of and a verdict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from markupsafe import Markup

from postmortems.analyse.measures import Measure
from postmortems.analyse.metrics import Metrics
from postmortems.analyse.overview import Overview
from postmortems.analyse.statistics import Summary
from postmortems.analyse.year_change import YearChange
from postmortems.render.base.context import PageContext
from postmortems.render.charts.tile import count_columns, length_dots, median_line, share_parts
from postmortems.render.words.figures import (
    between_words,
    count_between_words,
    length_words,
    measure_words,
    quarter_words,
    share_words,
)
from postmortems.render.words.formats import count_words
from postmortems.render.words.metrics import rate_words, share_of_words, summary_words, verdict_words


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure. `first` and `last` name the ends of its picture; `is_change` makes the verdict bold."""

    key: str
    name: str
    anchor: str
    number: str
    of: str
    picture: Markup
    first: str
    last: str
    verdict: str
    is_change: bool = False
    is_bad: bool = False


def tiles_of(metrics: Metrics, overview: Overview | None, context: PageContext) -> tuple[Tile, ...]:
    """The tiles in the order in which they stand."""
    return tuple(_complete(metrics, overview, context) if overview else _sample(metrics, context))


def _complete(metrics: Metrics, overview: Overview, context: PageContext) -> Iterator[Tile]:
    quarters = overview.quarters
    ends = (quarter_words(quarters[0].quarter), f"Q{quarters[-1].quarter.number} so far")
    detect = [quarter.detect for quarter in quarters]
    recover = [quarter.recover for quarter in quarters]
    target = _one_target(context)
    yield _length_tile(Measure.DETECT, "detection", metrics, median_line(detect, target), ends, overview.detect)
    yield _length_tile(Measure.RECOVER, "times", metrics, median_line(recover), ends, overview.recover)
    recurrence = metrics.recurrence
    yield Tile(
        "repeats",
        "Repeat incidents",
        "recurrence",
        f"{len(recurrence.declared):,} of {recurrence.incidents:,}",
        f"declared; 95 % interval {share_words(recurrence.interval)}",
        count_columns([quarter.repeats for quarter in quarters]),
        *ends,
        verdict_words(overview.repeats, share_of_words),
        overview.repeats.is_change,
    )
    yield _overdue_tile(metrics, overview, ends)
    frequency = metrics.frequency
    assert frequency is not None  # there is an overview of a complete collection only
    change = overview.incidents
    yield Tile(
        "incidents",
        "Incidents per quarter",
        "frequency",
        rate_words(frequency.rate) if frequency.rate is not None else "Too few",
        f"95 % interval {count_between_words(frequency.rate_interval)}; {frequency.count:,} in "
        f"{count_words(frequency.whole, 'whole quarter')}"
        if frequency.rate_interval
        else "no quarter is over",
        count_columns([quarter.incidents for quarter in quarters]),
        *ends,
        verdict_words(change, str, "More", "Fewer"),
        change is not None and change.is_change,
    )


def _overdue_tile(metrics: Metrics, overview: Overview, ends: tuple[str, str]) -> Tile:
    counts = metrics.actions.all
    unknown = f"; {counts.unknown:,} unknown" if counts.unknown else ""
    picture = count_columns([quarter.due.overdue for quarter in overview.quarters])
    return Tile(
        "overdue",
        "Action items overdue",
        "closure",
        f"{counts.overdue:,}",
        f"of {counts.open:,} open{unknown}" + (". Columns: overdue by due quarter" if picture else ""),
        picture,
        *ends,
        verdict_words(overview.overdue, lambda share: f"{share_of_words(share)} due"),
        overview.overdue.is_change,
        is_bad=bool(counts.overdue),
    )


def _length_tile(
    clock: Measure,
    anchor: str,
    metrics: Metrics,
    picture: Markup,
    ends: tuple[str, str],
    change: YearChange[Summary] | None,
) -> Tile:
    summary = metrics.clock(clock).all.summary
    return Tile(
        clock.name.lower(),
        measure_words(clock).capitalize(),
        anchor,
        "Too few" if summary.median is None else length_words(summary.median),
        _of_words(summary),
        picture,
        *(ends if picture else ("", "")),
        verdict_words(change, summary_words, "Longer", "Shorter") if change else "Sample: years are not compared",
        change is not None and change.is_change,
    )


def _of_words(summary: Summary) -> str:
    """The values that a median is made of: `median of 184, 95 % interval 8–12 min; 9 unknown`."""
    unknown = f"; {summary.missing - summary.censored:,} unknown" if summary.missing > summary.censored else ""
    bounds = f", {summary.censored:,} of them lower bounds" if summary.censored else ""
    if summary.median is None:
        return f"{summary.n:,} known{unknown}"
    interval = f", 95 % interval {between_words(summary.low, summary.high)}" if summary.low is not None else ""
    return f"median of {summary.counted:,}{bounds}{interval}{unknown}"


def _one_target(context: PageContext) -> timedelta | None:
    """The detection target, where one holds for all incidents."""
    targets = {context.analysis.durations_of(incident).target for incident in context.analysis.incidents}
    return targets.pop() if len(targets) == 1 else None


def _sample(metrics: Metrics, context: PageContext) -> Iterator[Tile]:
    days = context.analysis.days
    ends = (str(days[0].year), str(days[-1].year)) if days else ("", "")
    for clock, anchor in ((Measure.DETECT, "detection"), (Measure.RECOVER, "times")):
        yield _length_tile(clock, anchor, metrics, _sample_dots(clock, metrics, context), ends, None)
    against = metrics.detection.all
    in_time, late, unknown = len(against.in_time), len(against.late), against.unknown + against.without_target
    yield Tile(
        "target",
        "Detected within target",
        "detection",
        f"{in_time:,} of {against.n:,}" if against.n else "Unknown",
        f"{late:,} over target; {unknown:,} unknown or no target",
        share_parts(
            (
                ("pm-cl--done", in_time, "within"),
                ("pm-cl--late", late, "over"),
                ("pm-cl--unk", unknown, "unknown"),
            )
        ),
        "within, over, unknown",
        "",
        _targets_words(context),
    )
    counts = metrics.actions.all
    yield Tile(
        "overdue",
        "Action items",
        "closure",
        f"{counts.done:,} of {counts.total:,} done",
        f"{counts.unknown:,} unknown" + ("" if counts.tells_a_rate else ": no rate"),
        share_parts(
            (
                ("pm-cl--done", counts.done, "done"),
                ("pm-cl--late", counts.overdue, "overdue"),
                ("pm-cl--open", counts.open - counts.overdue, "open"),
                ("pm-cl--drop", counts.dropped, "dropped"),
                ("pm-cl--unk", counts.unknown, "unknown"),
            )
        ),
        "done, open, unknown",
        "",
        "Most reports do not say what became of them" if counts.unknown > counts.total / 2 else "",
    )


def _sample_dots(clock: Measure, metrics: Metrics, context: PageContext) -> Markup:
    analysis = context.analysis
    if not analysis.days:
        return Markup("")
    first, last = analysis.days[0].toordinal(), analysis.days[-1].toordinal()
    lengths = [
        ((incident.day.toordinal() - first) / ((last - first) or 1), length)
        for incident in analysis.incidents
        if incident.day and (length := analysis.length(incident, clock)) is not None
    ]
    return length_dots(lengths[-300:], metrics.clock(clock).all.summary.median)


def _targets_words(context: PageContext) -> str:
    targets = context.settings.detection_targets
    named = ", ".join(f"{name} {length_words(target)}" for name, target in targets.items())
    return f"Targets from the settings: {named}" if named else "The settings name no targets"
