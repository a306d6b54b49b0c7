"""Agenda of a review as data: what `postmortems agenda --format json` prints, and Markdown and calendar are made of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from postmortems.analyse.agenda.meeting import Agenda, Part, Point, Stage, Topic
from postmortems.render.base.addresses import month_name
from postmortems.render.base.agenda_evidence import evidence_of
from postmortems.render.base.context import PageContext
from postmortems.render.data.data_context import DataContext
from postmortems.render.data.head import Head, head
from postmortems.render.data.json_text import Count, Moment, lines_document, moment_text, one_of
from postmortems.render.words.agenda import STAGES, agenda_title, point_words

SCHEMA = "schema/agenda.schema.json"

Minutes = Annotated[int, Field(ge=0)]


class EvidenceRecord(TypedDict):
    """Place, incident, pattern or action item that a point uses."""

    words: Annotated[str, Field(description="Name of the place, the incident, the pattern or the action item")]
    url: Annotated[str, Field(description="Its page: a whole URL where `site_url` is set, else relative to the root")]
    path: Annotated[str | None, Field(description="Its file below the docs folder; null where it is a page alone")]
    line: Annotated[Count | None, Field(description="Its line in that file")]


class PointRecord(TypedDict):
    """One point, as plain text. `fact` follows from the evidence; `question` and `prompts` are fixed for a topic."""

    topic: Annotated[str, one_of(Topic), Field(description="What it is about")]
    fact: Annotated[str, Field(description="What is known, or unknown; empty for a question alone")]
    quotes: Annotated[list[str], Field(description="Passages of the postmortem, cut where they are long")]
    question: Annotated[str, Field(description="What to ask; empty for a fact alone")]
    prompts: Annotated[list[str], Field(description="Questions to ask one after the other: the five whys")]
    evidence: Annotated[list[EvidenceRecord], Field(description="What it uses; empty where the fact is an absence")]


class PartRecord(TypedDict):
    """One part of the meeting."""

    stage: Annotated[str, one_of(Stage)]
    title: str
    purpose: str
    begins: Annotated[Minutes, Field(description="Minutes after the start of the meeting")]
    minutes: Annotated[Minutes, Field(description="Its length")]
    points: list[PointRecord]


class AgendaRecord(Head):
    """Agenda of the review of one postmortem or of a month."""

    postmortem: Annotated[str | None, Field(description="The postmortem's id; null for a month")]
    month: Annotated[str | None, Field(description="The month, such as `2026-11`; null for a postmortem")]
    title: str
    url: Annotated[str, Field(description="The page of the postmortem or the month")]
    start: Annotated[Moment | None, Field(description="Start of the meeting; null where none was given")]
    minutes: Annotated[Minutes, Field(description="Length of the meeting")]
    parts: list[PartRecord]


def agenda_record(agenda: Agenda, data_context: DataContext, start: datetime | None = None) -> AgendaRecord:
    """The record of an agenda."""
    context, url = data_context.pages, data_context.url
    addresses = context.addresses
    page = addresses.review(agenda.month) if agenda.month else ""
    return {
        **head(data_context),
        "postmortem": agenda.postmortem.id if agenda.postmortem else None,
        "month": month_name(agenda.month) if agenda.month else None,
        "title": agenda_title(agenda),
        "url": url(addresses.postmortem(agenda.postmortem) if agenda.postmortem else page),
        "start": moment_text(start),
        "minutes": agenda.minutes,
        "parts": [part_record(part, agenda, context, url) for part in agenda.parts],
    }


def part_record(part: Part, agenda: Agenda, context: PageContext, url: Callable[[str], str]) -> PartRecord:
    """One part of an agenda; `url` makes an address of the context one for the reader."""
    title, purpose = STAGES[part.stage]
    return {
        "stage": part.stage.value,
        "title": title,
        "purpose": purpose,
        "begins": part.begins,
        "minutes": part.minutes,
        "points": [_point_record(point, agenda, context, url) for point in part.points],
    }


def _point_record(point: Point, agenda: Agenda, context: PageContext, url: Callable[[str], str]) -> PointRecord:
    words = point_words(point, agenda)
    return {
        "topic": point.topic.value,
        "fact": words.fact,
        "quotes": list(words.quotes),
        "question": words.question,
        "prompts": list(words.prompts),
        "evidence": [
            {
                "words": evidence.words,
                "url": url(evidence.address),
                "path": evidence.place.path if evidence.place else None,
                "line": evidence.place.line if evidence.place else None,
            }
            for evidence in evidence_of(point, agenda, context)
        ],
    }


def agenda_json(record: AgendaRecord) -> str:
    """An agenda as the text of a file, each of its values on a line."""
    return lines_document(f"../{SCHEMA}", record)


def clock_words(record: AgendaRecord, minutes: int) -> str:
    """A time in the meeting: of the clock in UTC where its start is known (`10:05`), else minutes from it (`0:05`)."""
    if record["start"]:
        return f"{datetime.fromisoformat(record['start']) + timedelta(minutes=minutes):%H:%M}"
    return f"{minutes // 60}:{minutes % 60:02}"
