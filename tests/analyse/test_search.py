"""Search: which patterns and postmortems answer a question, why, and in which passage."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import incident, pattern
from tests.growth import grows_with_its_length

from postmortems.analyse.search.documents import Kind, subjects
from postmortems.analyse.search.evidence import Evidence
from postmortems.analyse.search.index import SearchIndex, told, vocabulary_of, words_held
from postmortems.analyse.search.words import forms, parts, stem, words
from postmortems.model.corpus import Corpus
from postmortems.model.pattern import Pattern
from postmortems.model.postmortem import Postmortem
from postmortems.read.corpus import read_corpus
from postmortems.settings import Settings

ROOT = Path(__file__).parents[2]
QUESTIONS: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    Path(__file__).with_name("questions.yml").read_text("utf-8")
)
SHOWN = 3


def index_of(*documents: Pattern | Postmortem) -> SearchIndex:
    patterns = tuple(document for document in documents if isinstance(document, Pattern))
    postmortems = tuple(document for document in documents if isinstance(document, Postmortem))
    return SearchIndex(Corpus(postmortems=postmortems, patterns=patterns))


def answers(index: SearchIndex, question: str, kind: Kind = Kind.POSTMORTEM) -> list[str]:
    found = index.answers(index.question(question))
    return [answer.document.subject.id for answer in found if answer.document.kind is kind]


@pytest.fixture(scope="module")
def own() -> SearchIndex:
    """The index of this repository's own knowledge base."""
    return SearchIndex(read_corpus(ROOT / "docs", Settings()))


@pytest.mark.parametrize("part", QUESTIONS)
def test_nine_of_ten_questions_of_somebody_on_call_are_answered_in_the_first_three(part: str, own: SearchIndex) -> None:
    missed = {}
    for question in QUESTIONS[part]:
        wanted = {Kind.PATTERN: question.get("patterns", []), Kind.POSTMORTEM: question.get("incidents", [])}
        for kind, names in wanted.items():
            first = answers(own, question["ask"], kind)[:SHOWN]
            if not set(names) <= set(first):
                missed[question["ask"]] = {"wanted": names, "got": first}
    assert len(missed) <= len(QUESTIONS[part]) // 10, missed


def test_every_answer_of_a_question_exists(own: SearchIndex) -> None:
    known = {document.subject.id for document in own.documents}
    asked = [question for part in QUESTIONS.values() for question in part]
    assert {name for question in asked for key in ("patterns", "incidents") for name in question.get(key, [])} <= known
    assert len(asked) == len({question["ask"] for question in asked})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("us-east-1", ["us", "east", "1", "useast1"]),
        ("Café über", ["cafe", "uber"]),
        ("won't", ["won"]),
        ("db/db2", ["db", "db2"]),
        (
            "See v1.2.3, eu-1, -x- and a_b-c.",
            ["see", "v1", "2", "3", "eu", "1", "x", "and", "a", "b", "c", "v123", "eu1", "bc"],
        ),
        ("a-b ab", ["a", "b", "ab"]),
        ("", []),
    ],
)
def test_words_of_a_text(text: str, expected: list[str]) -> None:
    assert list(forms(text)) == expected


@given(st.text(alphabet="ab1é-._'’ \n", max_size=60))
def test_forms_are_the_parts_and_then_what_only_the_whole_words_are(text: str) -> None:
    pieces = parts(text)
    assert list(forms(text)) == [*pieces, *(word for word in words(text) if word not in pieces)]


def test_the_vocabulary_needs_no_index(own: SearchIndex) -> None:
    corpus = read_corpus(ROOT / "docs", Settings())
    assert vocabulary_of([*map(words_held, subjects(corpus))]) == own.vocabulary


def test_forms_of_a_word_have_one_stem() -> None:
    assert len({stem(word) for word in words("exhausted exhaustion exhausting")}) == 1


def test_the_title_tells_more_than_the_text() -> None:
    index = index_of(
        incident("a", body="## Executive Summary\n\nThe gizmo was fine.\n", title="Search was slow"),
        incident("b", body="## Executive Summary\n\nIt was slow.\n", title="The gizmo stopped"),
    )
    assert answers(index, "gizmo") == ["2024/b", "2024/a"]


def test_a_pattern_is_found_by_its_signals_and_aliases() -> None:
    index = index_of(
        Pattern(
            "x", "patterns/x.md", "Slow things", "other", pattern().body, aliases=("gizmo",), signals=("lock queue",)
        ),
        Pattern("y", "patterns/y.md", "Other things", "other", pattern().body),
    )
    assert answers(index, "gizmo", Kind.PATTERN) == answers(index, "queue of locks", Kind.PATTERN) == ["x"]


@pytest.mark.parametrize(
    ("asked", "became"),
    [
        ("conection", "connection"),
        ("Replicaton lag", "replication lag"),
        ("gizmos", "gizmos"),
        ("connect", "connect"),
    ],
)
def test_a_word_that_nobody_has_written_is_put_right(asked: str, became: str) -> None:
    texts = [f"## Executive Summary\n\nThe connection and the replication lag of gizmo {name}.\n" for name in "ab"]
    index = index_of(*(incident(name, body=text) for name, text in zip("ab", texts, strict=True)))
    question = index.question(asked)
    assert question.asked == became
    assert len(index.answers(question)) == 2


def test_two_words_are_found_as_one_and_one_as_two() -> None:
    index = index_of(
        incident("a", title="CircleCI stopped"), incident("b", title="The kill switch failed"), incident("c")
    )
    assert answers(index, "circle ci") == ["2024/a"]
    assert answers(index, "killswitch") == ["2024/b"]


def test_what_nobody_knows_is_said_and_nothing_is_found() -> None:
    index = index_of(incident("a"), incident("b"))
    question = index.question("qqqqqqqq")
    assert question.unknown == ("qqqqqqqq",)
    assert index.answers(question) == ()


@pytest.mark.parametrize("text", ["", " ", "!?", "a" * 100_000, "a-" * 50_000, "the and of", "\x00\x1b[1m", "日本語"])
def test_any_text_may_be_asked(text: str) -> None:
    index = index_of(incident("a", title="The and of"), pattern())
    assert isinstance(index.answers(index.question(text)), tuple)


def test_a_question_of_small_words_alone_is_asked_with_them() -> None:
    index = index_of(incident("a", title="Who is on it?"), incident("b"))
    assert answers(index, "who is on") == ["2024/a"]


def test_no_corpus_has_no_answer() -> None:
    index = index_of()
    assert index.answers(index.question("anything")) == ()


def test_the_passage_is_the_block_that_holds_most_of_the_question() -> None:
    body = "## Executive Summary\n\nThe gizmo.\n\n## Timeline\n\nOne gizmo had a lock queue.\n\nA queue.\n"
    index = index_of(incident("a", body=body, services=["gizmo-api"]), incident("b"))
    question = index.question("gizmo lock queue")
    (answer,) = index.answers(question)
    evidence = Evidence(index, question)
    passage = evidence.passage(answer.document)
    assert passage is not None
    assert (passage.section, passage.text) == ("Timeline", "One gizmo had a lock queue.")
    assert [(reason.where.value, reason.words) for reason in evidence.reasons(answer.document)] == [
        ("service", "gizmo-api")
    ]


def test_patterns_that_answer_far_less_well_are_not_told_of() -> None:
    strong = Pattern("x", "patterns/x.md", "Lock queue", "other", pattern().body, signals=("lock queue",))
    weak = pattern("y", prose="Much text about other things, and once a queue of something else than that. " * 30)
    index = index_of(strong, weak)
    patterns, _ = told(index.answers(index.question("lock queue")))
    assert [answer.document.subject.id for answer in patterns] == ["x"]


def test_the_time_of_an_index_grows_with_the_text() -> None:
    def build(text: str) -> None:
        index = index_of(incident("a", body=f"## Executive Summary\n\n{text}\n"), incident("b"))
        index.answers(index.question(text[:1000]))

    assert grows_with_its_length(build, lambda length: "".join(f"w{number}-x " for number in range(length // 4)))
