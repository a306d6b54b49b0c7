"""The review of a month: incidents, repeats, due action items, anniversaries, and an agenda for the meeting."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from postmortems.analyse.action_board import board
from postmortems.analyse.agenda.meeting import Agenda, Part, Topic
from postmortems.analyse.agenda.month import month_agenda
from postmortems.analyse.agenda.offered import offered_months
from postmortems.analyse.incident_group import IncidentGroup
from postmortems.analyse.reviews import Month
from postmortems.model.dated_action import ActionStatus
from postmortems.render.base.context import PageContext
from postmortems.render.base.page import Body
from postmortems.render.data.agenda_record import part_record
from postmortems.render.pages.layout import render_body
from postmortems.render.words.incident_group import group_words


def review_page(month: Month, context: PageContext) -> Body:
    """The generated parts of `/reviews/<yyyy-mm>/`; costs that month. Only the newest tells what is overdue today."""
    analysis = context.analysis
    review = analysis.reviews.review(month)
    is_newest = month == analysis.reviews.months[-1]
    overdue = analysis.board.by_status[ActionStatus.OVERDUE] if is_newest else ()
    agenda = month_agenda(month, analysis)
    return render_body(
        "review.html",
        f"{group_words(IncidentGroup(review.postmortems, analysis))}.",
        context=context,
        review=review,
        agenda=agenda,
        has_agenda=month in offered_months(analysis),
        parts=[part_record(part, agenda, context, str) for part in _to_decide(agenda) if part.points],
        fell_due=board(review.fell_due),
        is_newest=is_newest,
        overdue=overdue,
    )


def _to_decide(agenda: Agenda) -> Iterator[Part]:
    """The parts with what only some months have; the incidents are listed below."""
    for part in agenda.parts:
        points = (point for point in part.points if point.topic not in (Topic.TONE, Topic.HAPPENED))
        yield replace(part, points=tuple(points))
