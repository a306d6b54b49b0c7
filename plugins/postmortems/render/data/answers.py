"""Answers of a search as JSON: what `postmortems search --format json` prints."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from postmortems.analyse.search.documents import Document
from postmortems.analyse.search.evidence import Evidence
from postmortems.analyse.search.index import Answer
from postmortems.model.pattern import Pattern
from postmortems.render.words.search import helps_now, passage_words


class ReasonRecord(TypedDict):
    """A label that holds words of the question."""

    where: Annotated[str, Field(description="The kind of label: title, signal, alias, service, owner, root cause, …")]
    words: Annotated[str, Field(description="The label as its author wrote it")]


class PassageRecord(TypedDict):
    """A passage of the text."""

    section: Annotated[str, Field(description="The heading above it; empty where there is none")]
    text: Annotated[str, Field(description="Its words around what was asked for")]


class AnswerRecord(TypedDict):
    """A pattern or a postmortem that answers a question."""

    kind: Annotated[str, Field(description="`pattern` or `postmortem`")]
    id: Annotated[str, Field(description="The id of the pattern or the postmortem")]
    title: Annotated[str, Field(description="Its title")]
    score: Annotated[float, Field(description="How well it answers; to be compared within one question alone")]
    why: Annotated[list[ReasonRecord], Field(description="The labels that hold words of the question")]
    passage: Annotated[PassageRecord | None, Field(description="The passage that tells most; null if only labels do")]
    helps_now: Annotated[str | None, Field(description="Of a pattern the first thing to do; null if it says none")]


def answer_record(answer: Answer, evidence: Evidence) -> AnswerRecord:
    """One answer with its evidence."""
    document = answer.document
    subject = document.subject
    return {
        "kind": document.kind.value,
        "id": subject.id,
        "title": subject.title,
        "score": answer.score,
        "why": [{"where": reason.where.value, "words": reason.words} for reason in evidence.reasons(document)],
        "passage": _passage(evidence, document),
        "helps_now": (helps_now(subject) or None) if isinstance(subject, Pattern) else None,
    }


def _passage(evidence: Evidence, document: Document) -> PassageRecord | None:
    found = evidence.passage(document)
    return {"section": found.section, "text": passage_words(found.text, evidence.is_asked)} if found else None
