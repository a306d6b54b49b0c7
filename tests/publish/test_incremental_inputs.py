"""What answers about a whole knowledge base see of it: no more than their inputs tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.publish.knowledge_base import FILES, FIRST, SECOND
from tests.publish.random_changes import edited

from postmortems.analyse.kept_repeats import found_anew
from postmortems.analyse.tokens import words_of
from postmortems.model.postmortem import NOT_READ, Postmortem, attribute_of
from postmortems.pipeline import run_pipeline
from postmortems.publish.incremental.answers import ABOUT_ALL, Read, asked_again
from postmortems.publish.incremental.inputs import Inputs, inputs_of
from postmortems.publish.incremental.memo import Memo
from postmortems.publish.incremental.parts import Parts
from postmortems.read.store import FOLDER, open_store
from postmortems.render.pages.site import Site
from postmortems.results import Run
from postmortems.settings import Completeness, Settings

OWN_DOCS = Path(__file__).parents[2] / "docs"
DAY = date(2026, 4, 1)
NOT_TOLD = {"body", "excerpts", "waivers"}
SEEN_OF_TEXT = {("says_partial",), ("passages", "Contributing Factors"), ("exercise_of",)}
"""An exercise is made of the timeline's events, which are told."""
A_KIND = 6
"""Number of questions of one kind that are asked: each of a new analysis."""

Seen = set[str | tuple[str, ...]]


def written(folder: Path) -> Path:
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder / "docs"


def asked_by_all_parts(run: Run, project: Path) -> Iterator[Read]:
    """The questions about the whole knowledge base that the pages and data files of a site ask, some of each kind."""
    memo = Memo(open_store(project, "inputs"), b"")
    site = Site(run.corpus, run.analysis, run.settings, run.today)
    parts = Parts(memo, site, run.key)
    for uri in [*site.pages, *run.corpus.by_path, *(pattern.path for pattern in run.corpus.patterns)]:
        parts.part(uri, "../../")
    for uri, make in site.data("Site", "", "", parts.remember).items():
        parts.text(uri, make)
    memo.close()
    kinds: defaultdict[tuple[object, ...], list[Read]] = defaultdict(list)
    for read in parts._made.numbers:
        if read[0] in ABOUT_ALL:
            once = read[2][1] if read[1] == "once" else ""
            kinds[read[0], read[1], once, *(step[0] for step in read[2:])].append(read)
    assert len(kinds) > 40
    for reads in kinds.values():
        yield from reads[:: max(1, len(reads) // A_KIND)]


@contextmanager
def seen_of_documents(monkeypatch: pytest.MonkeyPatch) -> Iterator[Seen]:
    """Collect the names of what is read of postmortems, and the own answers that they are asked for."""
    seen: Seen = set()
    within: list[object] = []

    def of_document(document: Postmortem, name: str) -> object:
        if not within and name in NAMES:
            seen.add(name)
        return attribute_of(document, name)

    def own_answer(document: Postmortem, function: Callable[..., object], *given: Any) -> object:
        if not within:
            seen.add((function.__name__, *given))
        within.append(document)
        try:
            return function(document, *given)
        finally:
            within.pop()

    with monkeypatch.context() as patch:
        patch.setattr(Postmortem, "__getattribute__", of_document)
        patch.setattr(Postmortem, "own_answer", own_answer)
        yield seen


NAMES = {each.name for each in fields(Postmortem)} - {*NOT_READ}


@pytest.mark.parametrize("docs", ["made", "own"])
def test_answers_see_no_more_than_their_inputs(docs: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FOLDER, str(tmp_path / "cache"))
    folder = OWN_DOCS if docs == "own" else written(tmp_path / "site")
    run = run_pipeline(folder, Settings(corpus=Completeness.COMPLETE), DAY)
    paths = {document.path: document for document in (*run.corpus.patterns, *run.corpus.postmortems)}
    anything = replace(Inputs(b"all"), words={"": b"before"})
    otherwise = Inputs(b"all", words={"": b"after"}).may_change(anything)
    with_text = Inputs(b"all", words={"": b"before"}).may_change(anything)
    for read in [*asked_by_all_parts(run, tmp_path / "site")]:
        with seen_of_documents(monkeypatch) as seen:

            def words(postmortem: Postmortem, seen: Seen = seen) -> list[str]:
                seen.add("words")
                return postmortem.own_answer(words_of.__wrapped__)  # type: ignore[attr-defined, no-any-return]

            analysis = replace(run.analysis, words_of=words, keep_repeats=found_anew)
            with suppress(KeyError):
                asked_again(read, {"analysis": analysis, "corpus": analysis.corpus}, paths)
        if not otherwise(read):
            assert "words" not in seen, read
        if not with_text(read):
            told = {name for name in seen if isinstance(name, tuple) and name != ("words_of",)}
            assert NOT_TOLD.isdisjoint(seen), read
            assert told <= SEEN_OF_TEXT, read


@pytest.mark.parametrize(
    ("change", "of_words", "of_all"),
    [
        (edited(FIRST, "12 % of requests", "13 % of requests"), False, False),
        (edited(FIRST, "Connections leaked", "All connections leaked"), True, False),
        (edited(FIRST, "- The error path had no test.", "- No test.\n- No error path."), True, True),
        (edited(FIRST, "Response time is normal", "Response time is good"), False, True),
        (edited(SECOND, "Cart is empty", "Cart is full"), True, True),
        (edited(SECOND, "- [ ]", "- [x]"), False, True),
        (edited("docs/patterns/lost-leader.md", "Sessions wait.", "Nobody leads."), False, True),
        (lambda folder: (folder / FIRST).unlink(), True, True),
        (lambda folder: (folder / "docs/new.md").write_text("New\n"), False, True),
    ],
    ids=["text", "words", "factors", "timeline", "title", "action", "pattern", "removed", "other file"],
)  # fmt: skip
def test_only_what_sees_a_change_is_asked_again(
    change: Callable[[Path], object], of_words: bool, of_all: bool, tmp_path: Path
) -> None:
    docs = written(tmp_path)
    before = inputs_of(run_pipeline(docs, Settings(), DAY).analysis)
    assert inputs_of(run_pipeline(docs, Settings(), DAY).analysis) == before
    change(tmp_path)
    may_change = inputs_of(run_pipeline(docs, Settings(), DAY).analysis).may_change(before)
    assert may_change(("analysis", "board")) is of_all
    assert may_change(("analysis", "worth_reading", ("call", ("document", FIRST)))) is (of_words or of_all)
    assert may_change(("analysis", "once", ("call", ("function", "", "metrics_of")))) is (of_words or of_all)


def test_on_another_day_everything_is_asked_again(tmp_path: Path) -> None:
    docs = written(tmp_path)
    before = inputs_of(run_pipeline(docs, Settings(), DAY).analysis)
    assert inputs_of(run_pipeline(docs, Settings(), date(2026, 4, 2)).analysis).may_change(before)(
        ("analysis", "board")
    )
