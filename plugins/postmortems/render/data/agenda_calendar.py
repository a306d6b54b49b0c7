"""Agenda of a review as a calendar with one event (RFC 5545): a meeting, or a day for which a time has to be found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.reviews import Month
from postmortems.model.front_matter import Status
from postmortems.model.postmortem import Postmortem
from postmortems.render.data.agenda_record import AgendaRecord
from postmortems.render.data.agenda_text import agenda_plain
from postmortems.render.data.data_context import DataContext
from postmortems.render.data.ical_text import calendar_text, stamp, text_value

_UIDS = UUID("1f6d0a52-7a80-5f0e-8f5c-2a3f4f8d9c11")
"""The space of names in which a review becomes its UID, so that a second file moves the first one's event."""

_SATURDAY = 5


def agenda_ics(record: AgendaRecord, data_context: DataContext, day: date | None = None) -> str:
    """The text of the file: a meeting where the record has a start, else a whole day. One of the two is known."""
    return calendar_text("agenda", (), _event(record, data_context, day))


def proposed_day(subject: Postmortem | Month, analysis: Analysis) -> date | None:
    """A day for the review where no start is given; None if it is over, or if nothing tells.

    An unpublished postmortem is reviewed by the last day on which publishing it is in time, and if that has passed,
    today. A month is reviewed on the first weekday after it.
    """
    if isinstance(subject, Postmortem):
        if subject.front_matter.status is Status.PUBLISHED:
            return None
        due = analysis.publication_due(subject)
        return max(due, analysis.today) if due else None
    if subject == (date.max.year, date.max.month):
        return None
    year, month = subject
    day = date(year + month // 12, month % 12 + 1, 1)
    while day.weekday() >= _SATURDAY:
        day += timedelta(days=1)
    return day if day >= analysis.today else None


def _event(record: AgendaRecord, data_context: DataContext, day: date | None) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    name = f"{data_context.site_id}/{record['postmortem'] or record['month']}"
    yield f"UID:{uuid5(_UIDS, name)}"
    yield stamp(data_context.pages.analysis.today)
    words = agenda_plain(record)
    if record["start"]:
        yield f"DTSTART:{datetime.fromisoformat(record['start']):%Y%m%dT%H%M%SZ}"
        yield f"DURATION:PT{record['minutes']}M"
    else:
        assert day
        yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
        yield "STATUS:TENTATIVE"
        yield "TRANSP:TRANSPARENT"
        words = f"No time is set: move this event to one, for {record['minutes']} minutes.\n{words}"
    yield f"SUMMARY:{text_value(record['title'])}"
    if record["url"].startswith("http"):
        yield f"URL:{record['url']}"
    yield f"DESCRIPTION:{text_value(words)}"
    yield "END:VEVENT"
