"""The review of a month: what happened, what recurs, what fell due, anniversaries, and an agenda for the meeting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from postmortems.analyse.action_board import board
from postmortems.analyse.agenda import agenda
from postmortems.analyse.reviews import Month, RecurringPattern, Review
from postmortems.model.dated_action import ActionStatus
from postmortems.model.postmortem import Postmortem
from postmortems.model.related import SuspectedRepeat
from postmortems.render.base.context import PageContext
from postmortems.render.base.environment import render_body
from postmortems.render.base.families import mark_of
from postmortems.render.base.page import Body
from postmortems.render.charts.progress_bar import progress_bar
from postmortems.render.charts.strip import strip_head
from postmortems.render.pages.action_rows import CLOSED_SECTIONS, OPEN_SECTIONS, action_rows
from postmortems.render.pages.agenda_words import agenda_lines
from postmortems.render.pages.index_list import summary_note, targets_words
from postmortems.render.pages.prev_next import Link, ways
from postmortems.render.pages.row import Chip, rows
from postmortems.render.words.formats import LONG_MONTHS, count_words, day_words
from postmortems.render.words.incident import clipped, short_name
from postmortems.render.words.reasons import ReasonWords, reason_words

SHOWN = 100
_ITEMS, _OVERDUE, _SUSPECTED, _ANNIVERSARIES = 30, 20, 20, 8
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class AgainLine:
    """A pattern that had been seen before, and what is known of the last time."""

    chip: Chip
    here: int
    before: int
    last: str
    last_href: str
    last_title: str


@dataclass(frozen=True, slots=True)
class SuspectedLine:
    """An incident that looks like an earlier one, and why."""

    own: tuple[str, str, str]
    earlier: tuple[str, str, str]
    apart: str
    reasons: tuple[ReasonWords, ...]


@dataclass(frozen=True, slots=True)
class AnniversaryLine:
    """Incidents so many years ago."""

    ago: str
    links: tuple[tuple[str, str, str], ...]
    more: int


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
        repeats=[(_links([one.postmortem], context), _links(one.earlier, context)) for one in review.repeats],
        suspected=[_suspected(one, context) for one in review.suspected[:_SUSPECTED]],
        suspected_more=max(0, len(review.suspected) - _SUSPECTED),
        again=[_again(one, context) for one in review.again],
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
        anniversaries=_anniversaries(review, context),
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


def _suspected(one: SuspectedRepeat, context: PageContext) -> SuspectedLine:
    (own, earlier), apart = _links([one.postmortem, one.suspicion.earlier], context), one.suspicion.days_apart
    words = f"{count_words(apart, 'day')} earlier" if apart is not None else "on an unknown day"
    return SuspectedLine(own, earlier, words, reason_words(one.suspicion.reasons, context.corpus.pattern_by_id))


def _again(one: RecurringPattern, context: PageContext) -> AgainLine:
    pattern = context.corpus.pattern_by_id.get(one.pattern)
    chip = (
        Chip(pattern.title, context.addresses.pattern(pattern.id), mark_of(pattern.family, context.settings))
        if pattern
        else Chip(clipped(one.pattern, _LONGEST))
    )
    last = day_words(one.last.day) if one.last.day else "on an unknown day"
    return AgainLine(
        chip,
        len(one.members),
        one.before,
        last,
        context.addresses.postmortem(one.last),
        clipped(one.last.title, _LONGEST),
    )


def _anniversaries(review: Review, context: PageContext) -> list[AnniversaryLine]:
    return [
        AnniversaryLine(
            f"{count_words(one.years, 'year')} ago",
            tuple(_links(one.incidents[:_ANNIVERSARIES], context)),
            max(0, len(one.incidents) - _ANNIVERSARIES),
        )
        for one in review.anniversaries
    ]


def _links(members: Sequence[Postmortem], context: PageContext) -> list[tuple[str, str, str]]:
    """Each incident's title, its address, and who and when."""
    return [(clipped(one.title, _LONGEST), context.addresses.postmortem(one), short_name(one)) for one in members]
