"""`postmortems agenda ID`: the review meeting of one postmortem, or of a month, minute by minute."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import cast

import click

from postmortems.analyse.agenda.incident import incident_agenda
from postmortems.analyse.agenda.meeting import LONGEST, SHORTEST, STEP, Agenda
from postmortems.analyse.agenda.month import month_agenda
from postmortems.analyse.reviews import Month
from postmortems.cli.completion import complete_ids
from postmortems.cli.data_format import put
from postmortems.cli.knowledge import load_project, named_content
from postmortems.cli.new_values import moment_value
from postmortems.cli.project import config_option, refuse, today_option
from postmortems.loading import LoadedProject
from postmortems.render.base.addresses import month_name
from postmortems.render.data.agenda_calendar import agenda_ics, proposed_day
from postmortems.render.data.agenda_record import AgendaRecord, agenda_json, agenda_record
from postmortems.render.data.agenda_text import agenda_markdown
from postmortems.text.json import with_texts

_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")


@click.command("agenda")
@click.argument("name", metavar="[ID]", required=False, shell_complete=complete_ids)
@click.option("--month", metavar="MONTH", help="The monthly review instead, such as 2026-11.")
@click.option("--start", metavar="TIME", help="Start of the meeting, such as 2026-12-02T10:00Z.")
@click.option(
    "--minutes",
    type=click.IntRange(SHORTEST, LONGEST),
    help="Length of the meeting, a multiple of 5 (default: 80; of a month's review 60).",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["markdown", "json", "ics"]),
    default="markdown",
    help="Output format: markdown (default), json, or ics for a calendar.",
)
@today_option
@config_option
def command(
    name: str | None,
    month: str | None,
    start: str | None,
    minutes: int | None,
    form: str,
    today: datetime.date | None,
    config: Path | None,
) -> None:
    """Print the agenda of a review meeting, minute by minute, filled from the postmortem and the knowledge base.

    ID is a postmortem's id, its file or folder, or any unique part of the id. With --month the agenda is that of the
    month's review.

    Without --start, a calendar event takes a whole day: of an unpublished postmortem the last day on which publishing
    is in time, of a month the first weekday after it. Where neither is known or still ahead, --format ics needs
    --start.

    \b
    Examples:
      postmortems agenda github-mysql
      postmortems agenda github-mysql --start 2026-12-02T10:00Z --format ics > review.ics
      postmortems agenda --month 2026-11 --minutes 75
    """
    if (name is None) == (month is None):
        refuse("agenda needs a postmortem's ID or --month, one of the two; `postmortems list` lists all ids")
    if minutes is not None and minutes % STEP:
        refuse(f"--minutes is {minutes}, which is not a multiple of {STEP}")
    begin = None if start is None else _moment(start)
    knowledge = load_project(config, today)
    agenda = _of_month(month, minutes, knowledge) if month else _of_postmortem(name or "", minutes, knowledge)
    data_context = knowledge.data_context
    record = _masked(agenda_record(agenda, data_context, begin), agenda, knowledge)
    day = None if begin else proposed_day(agenda.subject, data_context.pages.analysis)
    if form == "ics" and not begin and day is None:
        refuse(f"{record['title']}: no day ahead follows from the file; add --start, such as --start 2026-12-02T10:00Z")
    put(
        form,
        {
            "markdown": lambda: agenda_markdown(record),
            "json": lambda: agenda_json(record),
            "ics": lambda: agenda_ics(record, data_context, day),
        },
    )


def _moment(words: str) -> datetime.datetime:
    """The start of the meeting; ends the command with exit code 2 where the words are none."""
    value = moment_value("--start", words, may_be_unknown=False)
    try:
        start = datetime.datetime.fromisoformat(value).astimezone(datetime.UTC)
        start + datetime.timedelta(minutes=LONGEST)
    except (ValueError, OverflowError):
        refuse(f'--start is "{value}"; write day, time and zone, such as 2026-12-02T10:00Z')
    return start


def _masked(record: AgendaRecord, agenda: Agenda, knowledge: LoadedProject) -> AgendaRecord:
    """The record with nothing in its words that must not be shown: an agenda is sent to others."""
    path = agenda.postmortem.path if agenda.postmortem else ""
    masked = with_texts(record, lambda text: knowledge.run.masking.message(path, text))
    return cast(AgendaRecord, masked)


def _of_postmortem(name: str, minutes: int | None, knowledge: LoadedProject) -> Agenda:
    return incident_agenda(named_content(name, knowledge), knowledge.data_context.pages.analysis, minutes)


def _of_month(text: str, minutes: int | None, knowledge: LoadedProject) -> Agenda:
    found = _MONTH.fullmatch(text)
    if not found:
        refuse(f'"{text}" is not a month of the form 2026-11')
    month: Month = (int(found[1]), int(found[2]))
    analysis = knowledge.data_context.pages.analysis
    months = analysis.reviews.months
    if month not in months:
        newest = f"the newest month with one is {month_name(months[-1])}" if months else "there are no incidents yet"
        refuse(f"no incident is dated in {text}; {newest}")
    return month_agenda(month, analysis, minutes)
