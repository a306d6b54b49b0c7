"""`postmortems list`: the postmortems, newest first."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from postmortems.analyse.actions import ActionCounts
from postmortems.cli.data_format import format_option, put, terminal_width, wants_colour
from postmortems.cli.filters import incident_options, owner_option, read_selection
from postmortems.cli.knowledge import load_project
from postmortems.cli.project import config_option, today_option
from postmortems.cli.table import Column, table_text
from postmortems.model.front_matter import Status
from postmortems.model.postmortem import Postmortem
from postmortems.render.data.data_context import DataContext
from postmortems.render.data.lists import postmortem_lines, postmortems_csv
from postmortems.render.data.postmortem_record import postmortem_record
from postmortems.render.words.formats import UNKNOWN, duration_words
from postmortems.text.spelling import count_words

_WITH_TITLE = 110
"""Minimum cells of a line for the title beside the id, which tells most of it."""


@click.command("list")
@incident_options
@owner_option
@format_option
@today_option
@config_option
def command(form: str, today: datetime.date | None, config: Path | None, **asked: Any) -> None:
    """List postmortems, newest first, with time to detect and time to resolve.

    Options combine (AND); repeating one adds values (OR).

    \b
    Examples:
      postmortems list
      postmortems list --severity SEV1 --since 2026-01-01
      postmortems list --service checkout --pattern database-issues
      postmortems list --status draft --format json
    """
    knowledge = load_project(config, today)
    data_context, analysis = knowledge.data_context, knowledge.data_context.pages.analysis
    found = list(read_selection(asked, analysis, knowledge.run.settings).of(analysis.postmortems[::-1]))
    # Each record is written and forgotten: all at once would be half of what the command needs of memory.
    records = (postmortem_record(postmortem, data_context.pages, data_context.url) for postmortem in found)
    put(
        form,
        {
            "table": lambda: _table(found, data_context),
            "json": lambda: postmortem_lines(data_context, records),
            "csv": lambda: postmortems_csv(records),
        },
    )


def _table(found: Sequence[Postmortem], data_context: DataContext) -> str:
    count = f"{count_words(len(found), 'postmortem')} of {len(data_context.pages.analysis.postmortems)}"
    if not found:
        return f"{count}\n"
    widest = terminal_width()
    with_status = any(postmortem.front_matter.status is not Status.PUBLISHED for postmortem in found)
    with_kind = not all(postmortem.is_incident for postmortem in found)
    with_title = widest is None or widest >= _WITH_TITLE
    columns = [
        Column("Day"),
        Column("Severity"),
        *([Column("Status")] if with_status else []),
        *([Column("Kind")] if with_kind else []),
        Column("Detected", is_number=True),
        Column("Recovered", is_number=True),
        Column("Open", is_number=True),
        Column("Postmortem", may_be_cut=True),
        *([Column("Title", may_be_cut=True)] if with_title else []),
    ]
    rows = []
    for postmortem in found:
        lengths = data_context.pages.analysis.durations_of(postmortem)
        counts = data_context.pages.analysis.action_counts_of(postmortem)
        rows.append(
            [
                postmortem.day.isoformat() if postmortem.day else UNKNOWN,
                postmortem.front_matter.severity or UNKNOWN,
                *([postmortem.front_matter.status or UNKNOWN] if with_status else []),
                *([postmortem.front_matter.kind] if with_kind else []),
                duration_words(lengths.to_detect),
                duration_words(lengths.to_recover),
                _open(counts),
                postmortem.id,
                *([postmortem.title] if with_title else []),
            ]
        )
    late = "; ! = some overdue" if any("!" in row[-2 - with_title] for row in rows) else ""
    note = f"{count}; open action items as of {data_context.pages.analysis.today}{late}"
    return f"{table_text(columns, rows, widest, colour=wants_colour())}\n{note}\n"


def _open(counts: ActionCounts) -> str:
    """Number of open action items: `2!` with overdue ones; never 0 if that is not known."""
    if not counts.total:
        return "none"
    if counts.unknown and not counts.open:
        return UNKNOWN
    unknown = f", {counts.unknown} {UNKNOWN}" if counts.unknown else ""
    return f"{counts.open}{'!' if counts.overdue else ''}{unknown}"
