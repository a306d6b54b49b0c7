"""`/data/exercises.json`: the exercises as the game *Wheel of Misfortune* reads them.

The form is the game's own: a bare array of objects. The game puts `title` and `scenario` into its page as HTML, so both
are escaped here, and `scenario` has the elements of its paragraphs.
Source: dastergon/wheel-of-misfortune, static/wheel.js.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from typing import Annotated

from pydantic import Field
from pydantic_core import to_json
from typing_extensions import TypedDict

from postmortems.analyse.exercise import Exercise
from postmortems.analyse.reading_list import exercises
from postmortems.render.data.data_context import DataContext
from postmortems.render.words.exercise import FIRST_QUESTION, exercise_name, scenario_words
from postmortems.render.words.plain import plain_words

FILE = "data/exercises.json"
SCHEMA = "schema/exercises.schema.json"


class GameIncident(TypedDict):
    """One exercise as the game *Wheel of Misfortune* reads it."""

    ID: Annotated[str, Field(description="Id of the postmortem that it is made from")]
    title: Annotated[str, Field(description="Owner, day and time, which spoil nothing; as HTML")]
    scenario: Annotated[
        str, Field(description="What was known first, as HTML, with a link to the sheet if the site has an address")
    ]
    inkstory: Annotated[None, Field(description="Always null: there is no Ink story")]


GameIncidents = list[GameIncident]


Masked = Callable[[str, str], str]
"""Words about the file at a path, without what must not be shown of it."""


def game_incident(exercise: Exercise, data_context: DataContext, masked: Masked | None = None) -> GameIncident:
    """One exercise as the game reads it."""
    path = exercise.postmortem.path
    name, first = exercise_name(exercise), plain_words(exercise.steps[0].text)
    if masked:
        name, first = masked(path, name), masked(path, first)
    paragraphs = [scenario_words(exercise), first, FIRST_QUESTION]
    scenario = "".join(f"<p>{escape(words)}</p>" for words in paragraphs if words)
    if data_context.site_url:
        sheet = data_context.url(data_context.pages.addresses.exercise(exercise.postmortem))
        scenario += f'<p><a href="{escape(sheet)}">Sheet of the game master</a></p>'
    return GameIncident(ID=exercise.postmortem.id, title=escape(name), scenario=scenario, inkstory=None)


def exercises_json(
    data_context: DataContext, chosen: Iterable[Exercise] | None = None, masked: Masked | None = None
) -> str:
    """Some exercises, or all of them, newest first, as the text of the file."""
    if chosen is None:
        chosen = [*data_context.pages.analysis.once(exercises).by_path.values()][::-1]
    lines = ",\n".join(to_json(game_incident(exercise, data_context, masked)).decode() for exercise in chosen)
    return f"[\n{lines}\n]\n" if lines else "[]\n"
