"""`postmortems exercise`: an exercise from a real incident, as a sheet in Markdown or for the game."""

from __future__ import annotations

import datetime
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from postmortems.analyse.exercise import Exercise, NoExercise, exercise_of
from postmortems.analyse.reading_list import exercises
from postmortems.cli.completion import complete_ids
from postmortems.cli.data_format import put, terminal_width, wants_colour
from postmortems.cli.filters import pattern_option, read_selection, service_option
from postmortems.cli.knowledge import load_project, named_content
from postmortems.cli.project import config_option, refuse, today_option
from postmortems.cli.table import Column, table_text
from postmortems.loading import LoadedProject
from postmortems.render.data.exercises import exercises_json
from postmortems.render.words.exercise import WHY_NONE, exercise_name, none_words
from postmortems.render.words.exercise_sheet import exercise_sheet
from postmortems.text.spelling import count_words, listed


@click.command("exercise")
@click.argument("name", metavar="[ID]", required=False, shell_complete=complete_ids)
@pattern_option
@service_option
@click.option("--random", "at_random", is_flag=True, help="Choose one of those that match.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["markdown", "json"]),
    default="markdown",
    help="Output format: markdown (default), or json as the game Wheel of Misfortune reads it.",
)
@today_option
@config_option
def command(
    name: str | None,
    at_random: bool,
    form: str,
    today: datetime.date | None,
    config: Path | None,
    **asked: Any,
) -> None:
    """Make an exercise from an incident: its timeline step by step, and the game master's notes.

    ID is the id of a postmortem, its file or folder, or any unique part of the id. Without ID, list the exercises.

    \b
    Examples:
      postmortems exercise github-mysql > exercise.md
      postmortems exercise --pattern retry-storms
      postmortems exercise --service checkout --random > exercise.md
      postmortems exercise --format json > incidents/general_incidents.json
    """
    if name and (at_random or asked["pattern"] or asked["service"]):
        refuse("give an ID, or choose by --pattern, --service and --random, not both")
    knowledge = load_project(config, today)
    chosen = [_named(name, knowledge)] if name else _matching(asked, knowledge)
    if at_random:
        if not chosen:
            refuse(f"no exercise to choose from: {_count(chosen, knowledge)}")
        chosen = [random.choice(chosen)]  # noqa: S311 - for a game, not for a secret
    is_one = bool(name) or at_random
    data_context, masking = knowledge.data_context, knowledge.run.masking
    # A sheet is Markdown for a file, as data is; a list is a table for a terminal.
    put(
        "json" if form == "json" else "csv" if is_one else "table",
        {
            # Both are sent to others.
            "json": lambda: exercises_json(data_context, chosen, masking.message),
            "csv": lambda: masking.markdown(exercise_sheet(chosen[0], data_context.pages.analysis)),
            "table": lambda: _table(chosen, knowledge),
        },
    )


def _named(name: str, knowledge: LoadedProject) -> Exercise:
    postmortem = named_content(name, knowledge)
    found = exercise_of(postmortem)
    if isinstance(found, NoExercise):
        refuse(f"{postmortem.id} makes no exercise: {WHY_NONE[found]}")
    return found


def _matching(asked: dict[str, Any], knowledge: LoadedProject) -> list[Exercise]:
    """The exercises that the options choose, newest first."""
    analysis = knowledge.data_context.pages.analysis
    by_path = analysis.once(exercises).by_path
    found = read_selection(asked, analysis, knowledge.run.settings).of(analysis.postmortems[::-1])
    return [by_path[postmortem.path] for postmortem in found if postmortem.path in by_path]


def _count(chosen: Sequence[Exercise], knowledge: LoadedProject) -> str:
    found = knowledge.data_context.pages.analysis.once(exercises)
    total = len(found.by_path) + sum(found.without.values())
    count = f"{len(chosen)} of {count_words(len(found.by_path), 'exercise')} from {count_words(total, 'postmortem')}"
    reasons = listed(none_words(reason, number) for reason, number in found.without.items())
    return f"{count}; no exercise: {reasons}" if reasons else count


def _table(chosen: Sequence[Exercise], knowledge: LoadedProject) -> str:
    note = _count(chosen, knowledge)
    if not chosen:
        return f"{note}\n"
    columns = [
        Column("Name", may_be_cut=True),
        Column("Steps", is_number=True),
        Column("Minutes", is_number=True),
        Column("Length"),
        Column("Postmortem", may_be_cut=True),
    ]
    rows = [
        [
            exercise_name(exercise),
            str(len(exercise.steps)),
            str(exercise.minutes),
            exercise.length.value,
            exercise.postmortem.id,
        ]
        for exercise in chosen
    ]
    return f"{table_text(columns, rows, terminal_width(), colour=wants_colour())}\n{note}\n"
