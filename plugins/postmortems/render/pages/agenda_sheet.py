"""Agendas as pages of their own outside the theme's frame: light, for the meeting's screen or on one or two sheets of
paper, each with its calendar where a day for it is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from importlib.resources import files
from zlib import crc32

from postmortems.analyse.agenda.incident import incident_agenda
from postmortems.analyse.agenda.meeting import Agenda
from postmortems.analyse.agenda.month import month_agenda
from postmortems.analyse.agenda.offered import offered, offered_months
from postmortems.analyse.reviews import Month
from postmortems.model.front_matter import Status
from postmortems.model.postmortem import Postmortem
from postmortems.render.base.addresses import agenda_file, month_agenda_file
from postmortems.render.data.agenda_calendar import agenda_ics, proposed_day
from postmortems.render.data.agenda_record import agenda_record, clock_words
from postmortems.render.data.agenda_text import agenda_markdown
from postmortems.render.data.data_context import DataContext
from postmortems.render.pages.layout import render

STYLE = files("postmortems.render").joinpath("assets", "agenda.css").read_text("utf-8")
STYLESHEET = f"assets/postmortems/agenda.main.{crc32(STYLE.encode()):08x}.min.css"
"""The style sheet of these pages alone, below the site's root; named as the site's own is."""

_CALENDAR = "agenda.ics"
"""The name of the calendar beside a page."""


def agenda_files(data_context: DataContext) -> Mapping[str, Callable[[], str]]:
    """The page of each agenda that the site offers, and its calendar, by their place below the site's root."""
    analysis, corpus = data_context.pages.analysis, data_context.pages.corpus
    reviews: list[tuple[str, Postmortem | Month, Callable[[], Agenda]]] = [
        (agenda_file(corpus.folder, name), corpus.by_id[name], partial(incident_agenda, corpus.by_id[name], analysis))
        for name in sorted(analysis.once(offered))
    ]
    reviews += [
        (month_agenda_file(month), month, partial(month_agenda, month, analysis)) for month in offered_months(analysis)
    ]
    found: dict[str, Callable[[], str]] = {}
    for file, subject, make in reviews:
        day = proposed_day(subject, analysis)
        found[file] = partial(_page, file, make, day, data_context)
        if day:
            found[f"{file.rpartition('/')[0]}/{_CALENDAR}"] = partial(_calendar, make, day, data_context)
    return found


def _calendar(make: Callable[[], Agenda], day: date, data_context: DataContext) -> str:
    return agenda_ics(agenda_record(make(), data_context), data_context, day)


def _page(file: str, make: Callable[[], Agenda], day: date | None, data_context: DataContext) -> str:
    context, agenda = data_context.pages, make()
    addresses = replace(context.addresses, root="../" * file.count("/"))
    # Without the site's address, links are relative to this page.
    seen_from_here = replace(data_context, pages=replace(context, addresses=addresses), site_url="")
    record = agenda_record(agenda, seen_from_here)
    reviewed = agenda.postmortem
    is_ahead = day is not None or (reviewed is not None and reviewed.front_matter.status is not Status.PUBLISHED)
    return render(
        "agenda.html",
        agenda=record,
        incident=agenda.postmortem,
        clock=partial(clock_words, record),
        # To copy it is of use before the meeting, and would be a third of the page's cost after it.
        markdown=agenda_markdown(agenda_record(agenda, data_context)) if is_ahead else "",
        stylesheet=addresses.file(STYLESHEET),
        calendar=_CALENDAR if day else "",
        day=day,
        today=context.analysis.today,
    )
