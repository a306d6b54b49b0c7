"""Pictures of shares: incidents that were noticed late, action items that are done, and findings."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from postmortems.analyse.actions import NO_ACTIONS, ActionCounts
from postmortems.analyse.closure import ActionFigures, DueQuarter, tells_a_rate
from postmortems.analyse.detection import AgainstTarget
from postmortems.analyse.findings.finding import Finding
from postmortems.render.base.context import PageContext
from postmortems.render.charts.due_rows import DueRow, due_rows
from postmortems.render.charts.dumbbell import dumbbell
from postmortems.render.charts.units import Unit, units
from postmortems.render.words.figures import quarter_words
from postmortems.render.words.formats import count_words, duration_words
from postmortems.render.words.incident import short_name

_QUARTERS = 10
"""The number of quarters that have a bar, the newest first; earlier ones share one."""


def target_picture(against: AgainstTarget, context: PageContext) -> Markup:
    """A square an incident that has a target and a known time, filled where it was noticed late."""
    late = {incident.path for incident in against.late}
    squares = []
    for incident in sorted((*against.in_time, *against.late), key=lambda incident: incident.chronology):
        length = duration_words(context.analysis.durations_of(incident).to_detect)
        title = f"{short_name(incident)}: noticed after {length}"
        squares.append(Unit(context.addresses.postmortem(incident), title, incident.path in late))
    return units(squares, f"{len(against.late)} of {against.n} noticed later than their target")


def closure_picture(figures: ActionFigures) -> Markup:
    """Every action item by the quarter in which it fell due: what is not counted is seen beside what is."""
    newest: Sequence[DueQuarter] = figures.due[::-1]
    rows = [_other_row("to come", figures.not_due)] if figures.not_due.total else []
    rows += [
        DueRow(quarter_words(quarter.quarter), quarter.counts, _rate(quarter.counts, figures))
        for quarter in newest[:_QUARTERS]
    ]
    earlier = [quarter.counts for quarter in newest[_QUARTERS:]]
    if earlier:
        together = sum(earlier, NO_ACTIONS)
        rows.append(DueRow("earlier", together, _rate(together, figures), note=_few_words(together)))
    if figures.undated.total:
        rows.append(_other_row("no date", figures.undated))
    return due_rows(rows, "What became of action items, by the quarter in which they fell due")


def _rate(counts: ActionCounts, figures: ActionFigures) -> str:
    return f"{counts.done} of {counts.n}" if tells_a_rate(counts, figures.all) else ""


def _other_row(name: str, counts: ActionCounts) -> DueRow:
    """The items that are not due, or have no date: they have no rate of their own."""
    return DueRow(name, counts, "", note=_few_words(counts))


def _few_words(counts: ActionCounts) -> str:
    """The number of items, and those that are to come or to be found out: no more has room beside a rate."""
    later = counts.open - counts.overdue
    parts = [f"{later} not due"] * bool(later) + [f"{counts.unknown} unknown"] * bool(counts.unknown)
    return ", ".join((count_words(counts.total, "item"), *parts))


def finding_picture(finding: Finding) -> Markup:
    """The share of a group in which a finding holds, against that of all others."""
    label = f"{finding.support} of {finding.n}, against {finding.rest_matching} of {finding.rest} others"
    return dumbbell(finding.support / finding.n, finding.interval, finding.rest_matching / finding.rest, label)
