"""`/data/postmortems/<id>.json`: all of one postmortem, its events and its text included."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from postmortems.model.front_matter import KEYS
from postmortems.model.postmortem import Postmortem
from postmortems.model.related import Reason, ReasonKind
from postmortems.render.base.addresses import record_file
from postmortems.render.data.action_record import ActionRecord
from postmortems.render.data.data_context import DataContext
from postmortems.render.data.head import Head, head
from postmortems.render.data.json_text import Count, lines_document, one_of
from postmortems.render.data.postmortem_record import PostmortemRecord
from postmortems.render.data.response_record import QuestionRecord, question_records
from postmortems.render.data.text_records import (
    EventRecord,
    Line,
    LinkRecord,
    SectionRecord,
    event_records,
    link_records,
    section_records,
)

SCHEMA = "schema/record.schema.json"

_DEEPEST = 2
"""Number of keys that lead to a value whose line is told: a list's element is a place to go to, its parts are in it."""


class ReasonRecord(TypedDict):
    """One thing that two postmortems share."""

    kind: Annotated[Annotated[str, one_of(ReasonKind)], Field(description="What it is")]
    values: Annotated[
        list[str],
        Field(description="The labels or words that both have; of a link `out` or `in`, as seen from this one"),
    ]


class RelatedRecord(TypedDict):
    """Another postmortem that resembles this one."""

    id: Annotated[str, Field(description="Its id")]
    title: Annotated[str, Field(description="What happened, in one line")]
    score: Annotated[float, Field(ge=0, description="How much they share, from 0 to 1")]
    is_strong: Annotated[bool, Field(description="False for a weak match: one in two of those helps")]
    reasons: Annotated[list[ReasonRecord], Field(description="What they share, strongest first")]


class SuspectedRepeatRecord(TypedDict):
    """An earlier postmortem of the same owner that this one seems to repeat, while no author says so or denies it."""

    id: Annotated[str, Field(description="The earlier postmortem")]
    reasons: Annotated[list[ReasonRecord], Field(description="What both share")]
    days_apart: Annotated[Count | None, Field(description="Days between the two; null if a day is unknown")]


class WholeRecord(Head):
    """All that is known of one postmortem."""

    postmortem: Annotated[
        PostmortemRecord, Field(description="Its facts, as an element of `data/postmortems.json` has them")
    ]
    events_path: Annotated[
        str | None, Field(description="The file of its events below the docs folder, which may be a `timeline.json`")
    ]
    events: Annotated[list[EventRecord], Field(description="Its timeline, in the order in which it is written")]
    actions: Annotated[
        list[ActionRecord], Field(description="Its action items, as elements of `data/actions.json`, in document order")
    ]
    sections: Annotated[
        list[SectionRecord],
        Field(description="Its text by headings, in document order, subsections after their section"),
    ]
    links: Annotated[list[LinkRecord], Field(description="The links and images of the text, in document order")]
    related: Annotated[
        list[RelatedRecord],
        Field(description="Others that are worth reading, most alike first, without repeats that an author declares"),
    ]
    repeated_by: Annotated[list[str], Field(description="The later postmortems that name this one in `repeat_of`")]
    suspected_repeats: Annotated[
        list[SuspectedRepeatRecord], Field(description="Earlier ones that it seems to repeat, strongest first")
    ]
    response: Annotated[
        list[QuestionRecord], Field(description="Fifteen questions about the response; empty for a near miss")
    ]
    lines: Annotated[
        dict[str, Line],
        Field(description="Line of each value of the front matter, by its key: `severity`, `patterns.0` for the first"),
    ]


def whole_record(postmortem: Postmortem, data_context: DataContext) -> WholeRecord:
    """The whole record of one postmortem; costs what it holds, never the corpus."""
    analysis = data_context.pages.analysis
    facts = data_context.record(postmortem)
    return WholeRecord(
        **head(data_context),
        postmortem=facts,
        events_path=postmortem.timeline.events[0].place.path if postmortem.timeline.events else None,
        events=list(event_records(postmortem)),
        actions=list(data_context.actions_of(postmortem)),
        sections=list(section_records(postmortem.body)),
        links=list(link_records(postmortem)),
        related=list(_related(postmortem, data_context)),
        repeated_by=[later.id for later in analysis.repeated_by.get(postmortem.id, ())],
        suspected_repeats=[
            SuspectedRepeatRecord(
                id=suspicion.earlier.id, reasons=_reasons(suspicion.reasons), days_apart=suspicion.days_apart
            )
            for suspicion in analysis.recurrence_of(postmortem).suspected
        ],
        response=list(question_records(postmortem, analysis)),
        lines={
            ".".join(map(str, keys)): place.line
            for keys, place in postmortem.places.items()
            if 1 <= len(keys) <= _DEEPEST and keys[0] in KEYS
        },
    )


def whole_record_json(data_context: DataContext, postmortem: Postmortem) -> str:
    """The text of its file."""
    up = "../" * record_file(postmortem.id).count("/")
    return lines_document(f"{up}{SCHEMA}", whole_record(postmortem, data_context))


def _related(postmortem: Postmortem, data_context: DataContext) -> Iterator[RelatedRecord]:
    for related in data_context.pages.analysis.worth_reading(postmortem):
        yield RelatedRecord(
            id=related.postmortem.id,
            title=related.postmortem.title,
            score=round(related.score, 3),
            is_strong=related.is_strong,
            reasons=_reasons(related.reasons),
        )


def _reasons(reasons: Iterable[Reason]) -> list[ReasonRecord]:
    return [ReasonRecord(kind=reason.kind.value, values=list(reason.values)) for reason in reasons]
