"""`/data/surveys.json`: what teams answered in their quarterly reviews, all teams together; and the schema of the files
that the answers are written in."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any

from pydantic import Field, TypeAdapter
from typing_extensions import TypedDict

from postmortems.analyse.surveys import surveyed_quarters
from postmortems.model.survey import SCALE, Statement
from postmortems.read.survey import WrittenSurvey
from postmortems.render.data.data_context import DataContext
from postmortems.render.data.head import Head, head
from postmortems.render.data.json_text import Count, json_document, one_of
from postmortems.render.data.schema import DIALECT, Plain

FILE, SCHEMA = "data/surveys.json", "schema/surveys.schema.json"
WRITTEN_SCHEMA = "schema/survey.schema.json"


class AnswersRecord(TypedDict):
    """The answers to one statement."""

    statement: Annotated[str, one_of(Statement), Field(description="The statement, as the survey's key")]
    n: Annotated[Count | None, Field(description="Number of answers; null if there are fewer than four")]
    counts: Annotated[
        list[Count] | None,
        Field(description=f"Answers from {SCALE[0]} to {SCALE[-1]}; null if there are fewer than four"),
    ]


class QuarterRecord(TypedDict):
    """The answers of one quarter."""

    quarter: Annotated[str, Field(description="The quarter, such as `2026-q3`")]
    surveys: Annotated[Count, Field(description="Number of surveys that the answers are from")]
    answers: Annotated[list[AnswersRecord], Field(description="The answers to each statement")]


class Surveys(Head):
    """Surveys of teams by quarter."""

    quarters: Annotated[list[QuarterRecord], Field(description="One object per quarter, newest first")]


def surveys_json(data_context: DataContext) -> str:
    """The answers as the text of the file."""
    rows: list[QuarterRecord] = [
        {
            "quarter": str(found.quarter),
            "surveys": found.surveys,
            "answers": [
                {
                    "statement": answers.statement.value,
                    "n": answers.n,
                    "counts": None if answers.counts is None else list(answers.counts),
                }
                for answers in found.answers
            ],
        }
        for found in surveyed_quarters(data_context.pages.corpus.surveys)
    ]
    return json_document(f"../{SCHEMA}", head(data_context), "quarters", rows)


@cache
def written_schema() -> dict[str, Any]:
    """The schema of a file of answers, for editors."""
    declared = TypeAdapter(list[WrittenSurvey]).json_schema(mode="validation", schema_generator=Plain)
    entry = next(iter(declared["$defs"].values()))
    properties = {
        name: {"description": shape["description"], **_without_null(shape)}
        for name, shape in entry["properties"].items()
    }
    return {
        "$schema": DIALECT,
        "title": "Survey of teams in a quarter",
        "type": "array",
        "items": {
            "type": "object",
            "properties": properties,
            "required": [statement.value for statement in Statement],
            "patternProperties": {"^x-": {"description": "A key of your own"}},
            "additionalProperties": False,
        },
    }


def _without_null(shape: dict[str, Any]) -> dict[str, Any]:
    (found,) = [choice for choice in shape["anyOf"] if choice.get("type") != "null"]
    return dict(found)
