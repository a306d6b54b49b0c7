"""What becomes of action items, and of the postmortems that had to be written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from postmortems.analyse.actions import NO_ACTIONS, ActionCounts
from postmortems.analyse.closure import ActionFigures, DueQuarter, tells_a_rate
from postmortems.analyse.completion import Completion
from postmortems.render.charts.due_rows import DueRow, due_rows
from postmortems.render.pages.metrics.figure_words import quarter_words, share_words
from postmortems.render.words.formats import count_words

SHOWN = 10
"""How many quarters have a bar, the newest first; earlier ones share one."""

MOST_ROWS = 40
"""How many quarters the table lists, the newest first; the data file has all."""


@dataclass(frozen=True, slots=True)
class ActionRateRow:
    """Some action items in a table: `rate` is "7 of 9", or why there is none; `interval` that of the share."""

    name: str
    counts: ActionCounts
    rate: str
    interval: str


@dataclass(frozen=True, slots=True)
class ActionPart:
    """The action items as the page shows them."""

    figures: ActionFigures
    picture: Markup
    rows: Sequence[ActionRateRow]
    more: int
    all: ActionRateRow
    other: Sequence[tuple[str, ActionCounts]]
    has: frozenset[str]


def action_part(figures: ActionFigures) -> ActionPart:
    """The section on action items, newest quarter first."""
    newest = [*reversed(figures.due)]
    return ActionPart(
        figures=figures,
        picture=_picture(newest, figures) if figures.all.total else Markup(""),
        rows=[_row(quarter_words(one.quarter), one.counts, figures) for one in newest[:MOST_ROWS]],
        more=max(0, len(newest) - MOST_ROWS),
        all=_row("All", figures.all, figures),
        other=[("Not yet due", figures.not_due), ("Without a due date", figures.undated)],
        has=frozenset(state for state in ("done", "open", "unknown", "dropped") if getattr(figures.all, state)),
    )


def _row(name: str, counts: ActionCounts, figures: ActionFigures) -> ActionRateRow:
    if not tells_a_rate(counts, figures.all):
        return ActionRateRow(name, counts, "none told", share_words(None))
    return ActionRateRow(name, counts, _rate(counts, figures), share_words(counts.interval))


def _rate(counts: ActionCounts, figures: ActionFigures) -> str:
    return f"{counts.done} of {counts.n}" if tells_a_rate(counts, figures.all) else ""


def _picture(newest: Sequence[DueQuarter], figures: ActionFigures) -> Markup:
    """Every item, so that what is not counted is seen beside what is."""
    rows = [_other_row("to come", figures.not_due)] if figures.not_due.total else []
    rows += [DueRow(quarter_words(one.quarter), one.counts, _rate(one.counts, figures)) for one in newest[:SHOWN]]
    earlier = [one.counts for one in newest[SHOWN:]]
    if earlier:
        together = sum(earlier, NO_ACTIONS)
        rows.append(DueRow("earlier", together, _rate(together, figures), note=_few_words(together)))
    if figures.undated.total:
        rows.append(_other_row("no date", figures.undated))
    return due_rows(rows, "What became of action items, by the quarter in which they fell due")


def _other_row(name: str, counts: ActionCounts) -> DueRow:
    """The items that are not due, or have no date: they have no rate of their own."""
    return DueRow(name, counts, "", note=_few_words(counts))


def _few_words(counts: ActionCounts) -> str:
    """So many items, and the states of which more is to come or to be found out: no more has room beside a rate."""
    later = counts.open - counts.overdue
    parts = [f"{later} not due"] * bool(later) + [f"{counts.unknown} unknown"] * bool(counts.unknown)
    return ", ".join((count_words(counts.total, "item"), *parts))


@dataclass(frozen=True, slots=True)
class CompletionPart:
    """How many of the postmortems that were due were published in time; `groups` has all groups with their numbers."""

    rate: str
    interval: str
    n: int
    missing: int
    groups: Sequence[tuple[str, int]]


def completion_part(completion: Completion) -> CompletionPart:
    """The section on what gets written."""
    return CompletionPart(
        rate=f"{len(completion.in_time)} of {completion.n}" if completion.n else "",
        interval=share_words(completion.interval),
        n=completion.n,
        missing=completion.missing,
        groups=[
            ("Published in time", len(completion.in_time)),
            ("Published late", len(completion.late)),
            ("Not published, although its time has passed", len(completion.unpublished)),
            ("Unknown", len(completion.unknown)),
            ("Not yet due", len(completion.not_due)),
            ("Waived, with a reason", len(completion.waived)),
            ("Not required", len(completion.not_required)),
        ],
    )
