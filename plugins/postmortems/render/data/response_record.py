"""Records of the card of the response: each question with its answer, as far as the files hold one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.response.answer import Area, Question
from postmortems.analyse.response.card import response_card
from postmortems.model.postmortem import Postmortem
from postmortems.render.base.event_anchors import evidence_anchor
from postmortems.render.data.json_text import one_of
from postmortems.render.words.plain import plain_words
from postmortems.render.words.response import QUESTIONS, response_words

YesNo = Annotated[Literal["yes", "no"], one_of(("yes", "no"))]


class EvidenceRecord(TypedDict):
    """A place in a file that supports an answer."""

    quote: Annotated[str, Field(description="What is written there, in plain words")]
    path: Annotated[str, Field(description="The file, below the docs folder")]
    line: Annotated[int, Field(ge=1, description="Its line")]
    anchor: Annotated[str | None, Field(description="Its place on this postmortem's page, behind `#`")]
    postmortem: Annotated[str | None, Field(description="The id of another postmortem that it is about")]
    url: Annotated[str | None, Field(description="An address that the file names there")]


class QuestionRecord(TypedDict):
    """A question about the response."""

    question: Annotated[Annotated[str, one_of(Question)], Field(description="Which one")]
    area: Annotated[Annotated[str, one_of(Area)], Field(description="Its part of the card")]
    text: Annotated[str, Field(description="The question in words")]
    answer: Annotated[YesNo | None, Field(description="The answer; null if the question is left to the review")]
    basis: Annotated[
        str | None, Field(description="Where the answer comes from, or what the files say without answering")
    ]
    evidence: Annotated[list[EvidenceRecord], Field(description="The places that support it, at most three")]


def question_records(postmortem: Postmortem, analysis: Analysis) -> Iterator[QuestionRecord]:
    """The questions about the response of one incident, in their order."""
    for answer in response_card(postmortem, analysis):
        yield {
            "question": answer.question.value,
            "area": answer.question.area.value,
            "text": QUESTIONS[answer.question],
            "answer": None if answer.says is None else "yes" if answer.says else "no",
            "basis": response_words(answer) or None,
            "evidence": [
                {
                    "quote": plain_words(evidence.quote),
                    "path": evidence.place.path,
                    "line": evidence.place.line,
                    "anchor": evidence_anchor(evidence, postmortem) or None,
                    "postmortem": evidence.postmortem.id if evidence.postmortem else None,
                    "url": evidence.url or None,
                }
                for evidence in answer.evidence
            ],
        }
