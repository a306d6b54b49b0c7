"""`reviews/<year>-q<quarter>.yml` → what teams answered in that quarter, each answer with its line.

    - team: Payments
      day: 2026-09-30
      safe_to_speak_up: [0, 1, 2, 5, 4]

The counts go from "strongly disagree" to "strongly agree". There are no names in it, and no single answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import ErrorDetails, PydanticCustomError

from postmortems.model.diagnostic import Problem
from postmortems.model.front_matter import Day, Text
from postmortems.model.place import Place
from postmortems.model.postmortem import KeyPath
from postmortems.model.quarter import Quarter, quarter_at
from postmortems.model.survey import FOLDER, SCALE, Statement, Survey, named_quarter
from postmortems.read.declared import Declaration, wrong_value
from postmortems.read.text import read_text
from postmortems.read.yaml_nodes import Bounds, YamlDocument, read_yaml
from postmortems.text.slug import slug

_BOUNDS = Bounds(100_000, 20_000)
_MOST = 100_000
_LATEST = timedelta(days=45)
"""A review of a quarter may be held some weeks after its end."""


def _counts(value: object) -> tuple[int, ...]:
    if not isinstance(value, list):
        raise PydanticCustomError("counts", "is not a list of counts")
    for count in value:
        if isinstance(count, bool) or not isinstance(count, int) or not 0 <= count <= _MOST:
            raise PydanticCustomError("counts", "has a value that is not a whole number from 0 on")
    if len(value) != len(SCALE):
        raise PydanticCustomError(
            "counts", "has {number} counts in place of {all}", {"number": len(value), "all": len(SCALE)}
        )
    return tuple(value)


_WrittenCounts = Annotated[list[Annotated[int, Field(ge=0)]], Field(min_length=len(SCALE), max_length=len(SCALE))]
Counts = Annotated[tuple[int, ...], BeforeValidator(_counts, json_schema_input_type=_WrittenCounts)]


class WrittenSurvey(BaseModel):
    """Answers of one team as people write them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    team: Text | None = Field(None, description="The team that was asked; without it all teams together")
    day: Day | None = Field(None, description="Day of the review")
    safe_to_speak_up: Counts | None = Field(None, description="It is safe to speak up about mistakes")
    we_share_what_we_learn: Counts | None = Field(None, description="We share what we learn from incidents")
    improvements_happen: Counts | None = Field(None, description="Improvements that we agree on happen")
    teams_work_together: Counts | None = Field(None, description="Teams work together during and after incidents")


KEYS = tuple(WrittenSurvey.model_fields)
_ADVICE = {
    "team": "write the team's name, or remove the line",
    "day": "write the day as 2026-09-30, or remove the line",
}
_COUNTS = f"write one count for each of {', '.join(SCALE)}: [0, 1, 2, 5, 4]"


def _empty(key: str, place: Place) -> Problem:
    rule = "invalid-value" if key in _ADVICE else "missing-field"
    return Problem(rule, place, f'"{key}" has no value', _ADVICE.get(key, _COUNTS))


def _wrong(error: ErrorDetails, document: YamlDocument, location: KeyPath) -> Problem:
    key = str(location[1])
    return wrong_value(error, document, location[:2], key, _ADVICE.get(key, _COUNTS), quotable=key == "team")


_DECLARATION = Declaration(WrittenSurvey, KEYS, "a team's answers", _empty, _wrong)


def read_survey(path: str, data: bytes) -> tuple[tuple[Survey, ...], list[Problem]]:
    """The answers in a file of the folder of surveys, and a problem for everything that could not be read."""
    source, unreadable = read_text(path, data)
    if unreadable:
        return (), [unreadable]
    quarter = named_quarter(path)
    if quarter is None:
        name = path.removeprefix(f"{FOLDER}/")[:80]
        message = f'"{name}" is not the name of a quarter\'s file, so its answers are in no figure'
        return (), [Problem("misplaced-file", source.place(1), message, f"call it {FOLDER}/2026-q3.yml")]
    document = read_yaml(source, called="the survey", bounds=_BOUNDS)
    problems = list(document.problems)
    entries = document.data if isinstance(document.data, list) else [document.data]
    if problems or not document.whole:
        return (), problems
    if not isinstance(document.data, list):
        message, advice = "the survey is not a list of teams' answers", 'start the answers of each team with "- "'
        return (), [Problem("invalid-yaml", source.place(1), message, advice)]
    found: list[Survey] = []
    for index, value in enumerate(entries):
        survey, more = _entry(index, value, quarter, document, source.place(1))
        problems += more
        if survey:
            problems += _repeated(survey, found)
            found.append(survey)
    return tuple(found), problems


def _entry(
    index: int, value: object, quarter: Quarter, document: YamlDocument, begin: Place
) -> tuple[Survey | None, list[Problem]]:
    place = document.places.get((index,), begin)
    place = Place.at(place.path, place.line, place.column)
    if not isinstance(value, dict):
        return None, [Problem("invalid-value", place, "a team's answers have no keys", _COUNTS)]
    fields, _, problems = _DECLARATION.read(value, document, (index,))
    problems += [
        Problem("missing-field", place, f'a team\'s answers have no "{key}"', _COUNTS)
        for key in map(str, Statement)
        if key not in value
    ]
    counts = {statement: given for statement in Statement if (given := getattr(fields, statement)) is not None}
    survey = Survey(quarter, place, counts, fields.team or "", fields.day)
    if len({sum(given) for given in counts.values()}) > 1:
        told = ", ".join(f"{statement} {sum(given)}" for statement, given in counts.items())
        message = f"the statements have different numbers of answers: {told}"
        problems.append(Problem("invalid-value", place, message, "count the same people for each statement"))
    problems += _of_another_quarter(survey, document.places.get((index, "day"), place))
    return survey if counts else None, problems


def _of_another_quarter(survey: Survey, place: Place) -> Iterator[Problem]:
    quarter, day = survey.quarter, survey.day
    if day is None:
        return
    after = quarter_at(quarter.ordinal + 1)
    if after.year > 9999 or not quarter.first <= day < after.first + _LATEST:
        message = f'"day" is {day}, which is neither in the quarter of the file\'s name nor in the 45 days after it'
        yield Problem("invalid-value", place, message, "correct the day, or the file's name")


def _repeated(survey: Survey, before: list[Survey]) -> Iterator[Problem]:
    for other in before:
        if slug(other.team) == slug(survey.team):
            named = f'the team "{survey.team[:80]}"' if survey.team else "a team without a name"
            message = f"{named} is listed twice; the first is on line {other.place.line}"
            yield Problem("duplicate-key", survey.place, message, "keep one of the two")
            return
