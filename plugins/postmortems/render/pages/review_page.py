"""The review of a month: what happened, what recurs, what fell due, anniversaries, and an agenda for the meeting."""

from __future__ import annotations

from postmortems.analyse.action_board import board
from postmortems.analyse.agenda import agenda
from postmortems.analyse.reviews import Month
from postmortems.model.dated_action import ActionStatus
from postmortems.render.base.context import PageContext
from postmortems.render.base.environment import render_body
from postmortems.render.base.page import Body
from postmortems.render.charts.progress_bar import progress_bar
from postmortems.render.charts.strip import strip_head
from postmortems.render.pages.action_rows import CLOSED_SECTIONS, OPEN_SECTIONS, action_rows
from postmortems.render.pages.agenda_words import agenda_lines
from postmortems.render.pages.index_list import summary_note, targets_words
from postmortems.render.pages.prev_next import Link, ways
from postmortems.render.pages.row import chip_of, rows
from postmortems.render.words.formats import LONG_MONTHS

SHOWN = 100
_ITEMS, _OVERDUE, _SUSPECTED, _ANNIVERSARIES = 30, 20, 20, 8


def title_of(month: Month) -> str:
    """The page's title."""
    return f"Review of {month_words(month)}"


def month_words(month: Month) -> str:
    """`February 2024`."""
    return f"{LONG_MONTHS[month[1] - 1]} {month[0]}"


def review_page(month: Month, context: PageContext) -> Body:
    """The generated parts of `/reviews/<yyyy-mm>/`; costs that month. Only the newest tells what is overdue today."""
    analysis = context.analysis
    review = analysis.reviews.review(month)
    is_newest = month == analysis.reviews.months[-1]
    overdue = analysis.board.by_status[ActionStatus.OVERDUE] if is_newest else ()
    fell_due = board(review.fell_due)
    points = agenda(review, analysis.durations_of, analysis.actions_of, len(overdue))
    due_items = [one for status, *_ in (*OPEN_SECTIONS, *CLOSED_SECTIONS) for one in fell_due.by_status[status]]
    lede = f"{summary_note(review.postmortems, context)}."
    return render_body(
        "review.html",
        lede,
        ways=_ways(month, context),
        points=agenda_lines(points, context),
        rows=rows([*reversed(review.postmortems)][:SHOWN], context),
        more=max(0, len(review.postmortems) - SHOWN),
        year_href=f"{context.addresses.year(month[0])}#m{month[1]:02}",
        review=review,
        addresses=context.addresses,
        patterns=context.corpus.pattern_by_id,
        suspected=review.suspected[:_SUSPECTED],
        again=[(one, chip_of(one.pattern, context)) for one in review.again],
        is_sample=context.is_sample,
        month=month_words(month),
        progress=fell_due.counts,
        bar=progress_bar(fell_due.counts),
        due=action_rows(due_items[:_ITEMS], context),
        due_more=max(0, len(due_items) - _ITEMS),
        is_newest=is_newest,
        overdue=action_rows(overdue[:_OVERDUE], context),
        overdue_total=len(overdue),
        unknown=analysis.board.count(ActionStatus.UNKNOWN),
        actions_href=context.addresses.actions(),
        most_anniversaries=_ANNIVERSARIES,
        ticks=strip_head(),
        targets=targets_words(context),
        today=analysis.today,
    )


def _ways(month: Month, context: PageContext) -> list[Link]:
    """The reviews before and after, and all of them."""
    return ways(
        context.analysis.reviews.months,
        month,
        lambda other: (month_words(other), context.addresses.review(other)),
        ("All reviews", context.addresses.reviews()),
    )
