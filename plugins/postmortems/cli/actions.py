"""`postmortems actions`: what was promised, the most urgent first."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from postmortems.cli.completion import complete_owners
from postmortems.cli.data_format import format_option, put, terminal_width, wants_colour
from postmortems.cli.filters import incident_options, read_selection, unknown_value
from postmortems.cli.knowledge import load_project
from postmortems.cli.project import Length, config_option, refuse, today_option
from postmortems.cli.table import Column, table_text
from postmortems.model.action_item import ActionState
from postmortems.render.data.action_record import ActionRecord
from postmortems.render.data.lists import actions_csv, actions_json
from postmortems.text.slug import slug
from postmortems.text.spelling import count_words

_STATES = (ActionState.OPEN, ActionState.UNKNOWN, ActionState.DONE, ActionState.DROPPED)
"""The order of the list: what may still ask for something comes first."""


@click.command("actions")
@click.option("--open", "only_open", is_flag=True, help="Only open items.")
@click.option("--overdue", is_flag=True, help="Only open items past their due date.")
@click.option(
    "--due-within",
    metavar="DURATION",
    type=Length(),
    help="Only open items due within this time, such as 14d, or already overdue.",
)
@click.option(
    "--owner",
    metavar="NAME",
    multiple=True,
    shell_complete=complete_owners,
    help="Only items owned by this person or team. Repeatable.",
)
@incident_options
@format_option
@today_option
@config_option
def command(
    only_open: bool,
    overdue: bool,
    due_within: datetime.timedelta | None,
    owner: tuple[str, ...],
    form: str,
    today: datetime.date | None,
    config: Path | None,
    **asked: Any,
) -> None:
    """List action items, open ones first, earliest due date at the top.

    Items without a due date take one from their heading.

    \b
    Examples:
      postmortems actions --overdue
      postmortems actions --due-within 14d --owner payments
      postmortems actions --open --pattern database-issues --format csv > open.csv
    """
    knowledge = load_project(config, today)
    data_context, analysis = knowledge.data_context, knowledge.data_context.pages.analysis
    selection = read_selection(asked, analysis, knowledge.run.settings)
    owners = {slug(name): name for record in data_context.actions if (name := record["owner"])}
    if problems := [unknown_value("owner", name, owners.values()) for name in owner if slug(name) not in owners]:
        refuse(*problems)
    wanted = {postmortem.id for postmortem in selection.of(analysis.postmortems)}
    last = _day_after(analysis.today, due_within)
    records = [
        record
        for record in data_context.actions
        if record["postmortem"] in wanted
        and (not owner or (record["owner"] and slug(record["owner"]) in {slug(name) for name in owner}))
        and (not (only_open or overdue or last) or record["state"] == ActionState.OPEN)
        and (not overdue or record["is_overdue"])
        and (last is None or (record["due"] is not None and record["due"] <= last))
    ]
    records.sort(key=lambda record: (_STATES.index(record["state"]), record["due"] is None, record["due"] or ""))
    put(
        form,
        {
            "table": lambda: _table(records, len(data_context.actions), analysis.today),
            "json": lambda: actions_json(data_context, records),
            "csv": lambda: actions_csv(records),
        },
    )


def _day_after(today: datetime.date, length: datetime.timedelta | None) -> str | None:
    """The last day of a stretch that begins today, as records write it."""
    if length is None:
        return None
    try:
        return (today + length).isoformat()
    except OverflowError:
        return datetime.date.max.isoformat()


def _table(records: Sequence[ActionRecord], total: int, today: datetime.date) -> str:
    count = f"{count_words(len(records), 'action item')} of {total}, as of {today}"
    if not records:
        return f"{count}\n"
    columns = [
        Column("Due"),
        Column("State"),
        Column("Owner", may_be_cut=True),
        Column("Action item", may_be_cut=True),
        Column("Postmortem", may_be_cut=True),
    ]
    rows = [
        [
            (record["due"] or "none") + ("*" if record["due_is_derived"] else ""),
            ", ".join(filter(None, (_state(record, today), _past(record)))),
            record["owner"] or "none",
            record["text"],
            record["postmortem"],
        ]
        for record in records
    ]
    if any(record["due_is_derived"] for record in records):
        count += "; * no due date given; derived from the heading"
    return f"{table_text(columns, rows, terminal_width(), colour=wants_colour())}\n{count}\n"


def _state(record: ActionRecord, today: datetime.date) -> str:
    if record["is_overdue"] and record["due"]:
        return f"overdue {count_words((today - datetime.date.fromisoformat(record['due'])).days, 'day')}"
    return record["state"]


def _past(record: ActionRecord) -> str:
    moved, reopened = record["due_moved"] or 0, record["reopened"] or 0
    return ", ".join([f"due moved {moved}×"] * bool(moved) + [f"reopened {reopened}×"] * bool(reopened))
