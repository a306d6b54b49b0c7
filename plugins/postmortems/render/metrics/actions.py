"""What becomes of action items, and of the postmortems that had to be written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from postmortems.analyse.closure import ActionFigures, Closure, DueQuarter
from postmortems.analyse.completion import Completion
from postmortems.render.charts.due_rows import DueRow, due_rows
from postmortems.render.metrics.figure_words import quarter_words, share_words
from postmortems.render.words import count_words

SHOWN = 10
"""How many quarters have a bar, the newest first; earlier ones share one."""

MOST_ROWS = 40
"""How many quarters the table lists, the newest first; the data file has all."""


@dataclass(frozen=True, slots=True)
class ClosureRow:
    """Some action items in a table: `rate` is "7 of 9", `interval` that of the share."""

    name: str
    closure: Closure
    rate: str
    interval: str


@dataclass(frozen=True, slots=True)
class ActionPart:
    """The action items as the page shows them."""

    figures: ActionFigures
    picture: Markup
    rows: Sequence[ClosureRow]
    more: int
    fallen_due: ClosureRow
    other: Sequence[ClosureRow]
    has: frozenset[str]


def action_part(figures: ActionFigures) -> ActionPart:
    """The section on action items, newest quarter first."""
    newest = [*reversed(figures.due)]
    everything = (figures.fallen_due, figures.not_due, figures.undated)
    return ActionPart(
        figures=figures,
        picture=_picture(newest, figures) if figures.total else Markup(""),
        rows=[_row(quarter_words(one.quarter), one.closure) for one in newest[:MOST_ROWS]],
        more=max(0, len(newest) - MOST_ROWS),
        fallen_due=_row("All that fell due", figures.fallen_due),
        other=[_row("Not yet due", figures.not_due), _row("Without a due date", figures.undated)],
        has=frozenset(
            state for state in ("done", "open", "unknown", "dropped") if any(getattr(one, state) for one in everything)
        ),
    )


def _row(name: str, closure: Closure) -> ClosureRow:
    rate = f"{closure.done} of {closure.n}" if closure.n else "nothing counted"
    return ClosureRow(name, closure, rate, share_words(closure.interval))


def _picture(newest: Sequence[DueQuarter], figures: ActionFigures) -> Markup:
    """Every item, so that what is not counted is seen beside what is."""
    rows = [_other_row("to come", figures.not_due)] if figures.not_due.total else []
    rows += [_due_row(quarter_words(one.quarter), one.closure) for one in newest[:SHOWN]]
    earlier = [one.closure for one in newest[SHOWN:]]
    if earlier:
        rows.append(_other_row("earlier", _together(earlier)))
    if figures.undated.total:
        rows.append(_other_row("no date", figures.undated))
    return due_rows(rows, "What became of action items, by the quarter in which they fell due")


def _due_row(name: str, closure: Closure) -> DueRow:
    return DueRow(name, closure, f"{closure.done} of {closure.n}" if closure.n else "")


def _other_row(name: str, closure: Closure) -> DueRow:
    unknown = f", {closure.unknown} unknown" if closure.unknown else ""
    return replace(_due_row(name, closure), note=count_words(closure.total, "item") + unknown)


def _together(closures: Sequence[Closure]) -> Closure:
    return Closure(
        done=sum(one.done for one in closures),
        open=sum(one.open for one in closures),
        dropped=sum(one.dropped for one in closures),
        unknown=sum(one.unknown for one in closures),
    )


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
