"""Pictures over quarters: how many incidents, how many repeats among them, and what became of action items."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from postmortems.analyse.frequency import Frequency
from postmortems.analyse.overview import Overview, QuarterFigures
from postmortems.render.base.context import PageContext
from postmortems.render.charts.columns import HALF, NARROW, WIDE, Column, Part, columns, rows
from postmortems.render.words.figures import quarter_words, severity_words
from postmortems.render.words.formats import count_words
from postmortems.render.words.severity import severity_weight


def frequency_columns(overview: Overview, frequency: Frequency, context: PageContext) -> Markup:
    """The incidents of each quarter by severity, the worst at the foot."""
    scale = tuple(context.settings.severities)
    framed = {quarter.quarter for quarter in frequency.quarters if quarter.stands_out}
    items = [
        Column(
            quarter.quarter,
            tuple(Part(f"pm-sv--{severity_weight(name, scale)}", count) for name, count in quarter.severities.items()),
            _title(quarter, _severities(quarter)),
            _year(quarter, context),
            number=f"{quarter.incidents:,}" if quarter.incidents else "",
            is_framed=quarter.quarter in framed,
        )
        for quarter in overview.quarters
    ]
    return _both(items, "Incidents per quarter by severity")


def repeat_columns(overview: Overview, context: PageContext) -> Markup:
    """The declared repeats of each quarter within the outline of all incidents."""
    items = [
        Column(
            quarter.quarter,
            (Part("pm-cl--done", quarter.repeats),),
            _title(quarter, f"{quarter.repeats} declared repeats" if quarter.repeats != 1 else "1 declared repeat"),
            _year(quarter, context),
            number=f"{quarter.repeats:,}" if quarter.repeats else "",
            total=quarter.incidents,
        )
        for quarter in overview.quarters
    ]
    return _both(items, "Declared repeats per quarter, of all incidents")


def closure_columns(quarters: Sequence[QuarterFigures], context: PageContext) -> Markup:
    """The action items of each quarter in which they fell due, by status; unknown is a part of its own."""
    items = [
        Column(
            quarter.quarter,
            (
                Part("pm-cl--done", quarter.due.done, "pm-t-in"),
                Part("pm-cl--drop", quarter.due.dropped),
                Part("pm-cl--unk", quarter.due.unknown),
                Part("pm-cl--late", quarter.due.overdue, "pm-t-inbad", "pm-t-bad"),
            ),
            f"{quarter_words(quarter.quarter)}{_so_far(quarter)}: {quarter.due.done:,} done, "
            f"{quarter.due.overdue:,} overdue, {quarter.due.unknown:,} unknown, {quarter.due.dropped:,} dropped",
            context.addresses.actions(),
        )
        for quarter in quarters
    ]
    label = "Action items by due quarter and status"
    return columns(items, label, WIDE, "pm-chart--wide") + rows(items, label, "pm-chart--narrow")


def _both(items: Sequence[Column], label: str) -> Markup:
    return columns(items, label, HALF, "pm-panel2 pm-w2") + columns(items, label, NARROW, "pm-panel2 pm-n2")


def _title(quarter: QuarterFigures, facts: str) -> str:
    lead = f"{quarter_words(quarter.quarter)}{_so_far(quarter)}: {count_words(quarter.incidents, 'incident')}"
    return f"{lead}, {facts}" if facts else lead


def _severities(quarter: QuarterFigures) -> str:
    return ", ".join(f"{count:,} {severity_words(name)}" for name, count in quarter.severities.items())


def _so_far(quarter: QuarterFigures) -> str:
    return "" if quarter.is_over else " so far"


def _year(quarter: QuarterFigures, context: PageContext) -> str:
    """The page of the year; empty where the quarter has no incident, and the year perhaps no page."""
    return context.addresses.year(quarter.quarter.year) if quarter.incidents else ""
