"""A knowledge base written as a mapping of files, checked as the command checks it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.kept_repeats import compared_by
from postmortems.analyse.tokens import words_of
from postmortems.check.examiner import LocalExaminer
from postmortems.check.facts import NEVER_ASKED, Facts, facts_of, moved
from postmortems.check.rule import Context
from postmortems.check.run import Document, check_corpus, local_problems
from postmortems.check.summary import Examined
from postmortems.model.corpus import Corpus
from postmortems.model.diagnostic import Diagnostic, Problem
from postmortems.model.front_matter import FrontMatter
from postmortems.model.postmortem import Postmortem
from postmortems.read.catalogue import read_catalogue
from postmortems.read.corpus import read_corpus
from postmortems.read.exclusions import Exclusions
from postmortems.read.postmortems import Examination, PostmortemReader
from postmortems.read.site_options import SiteOptions
from postmortems.read.zensical_config import builds_docs
from postmortems.settings import Settings
from postmortems.settings.parsing import parse_settings

PATH = "postmortems/2024/01-database-connection-pool/postmortem.md"
PATTERN = """\
---
title: Database issues
family: database
aliases: [postgres]
---

## What it looks like

The database waits.

## How to notice it

Count the sessions that wait.

## What helps

Stop the writes.

## How to prevent it

Set a lock timeout.
"""
FILLED_TEMPLATE = (Path(__file__).parent / "fixtures" / "filled-template.md").read_text("utf-8")

NOW = datetime(2024, 3, 1, 12, tzinfo=UTC)

Check = Callable[..., tuple[Diagnostic, ...]]


def found_locally(document: Document, corpus: Corpus, settings: Settings, today: date) -> list[Problem]:
    """What reading and the local rules find in a document that is part of this corpus."""
    return list(local_problems(document, Context(corpus, settings, Analysis(corpus, settings, today), today, NOW)))


def assert_locality(corpus: Corpus, settings: Settings, today: date) -> None:
    """Assert that local rules find in each document what they find in it alone: every check of these tests proves it
    for the case that it is about."""
    for document in (*corpus.postmortems, *corpus.patterns):
        among_others = found_locally(document, corpus, settings, today)
        assert found_locally(document, corpus.alone(document), settings, today) == among_others
        if isinstance(document, Postmortem):
            assert_kept_soundly(document, corpus, settings, today)


def assert_kept_soundly(postmortem: Postmortem, corpus: Corpus, settings: Settings, today: date) -> None:
    """Assert that what an examination says of a later day is what one on that day finds, wherever it says that it
    holds."""
    one, other = (
        LocalExaminer(settings, day, NOW, words_of, compared_by, lambda alone, on: Analysis(alone, settings, on))
        for day in (today, max(today, date.max - timedelta(days=800)))
    )
    examined, later = (examiner.examine(postmortem, corpus.template_texts) for examiner in (one, other))
    assert list(examined.problems) == found_locally(postmortem, corpus, settings, today)
    if other.holds(examined):
        assert examined.problems == later.problems


Shared = tuple[Corpus, Examination, list[Problem]]


def assert_facts_decide(read: Callable[[Examination], Corpus], docs: Path, settings: Settings, today: date) -> None:
    """Assert that a sentence more in a postmortem moves the findings in it that other files decide, too, and changes
    none, wherever its facts stay the same."""

    def found() -> Shared:
        analysis = partial(Analysis, settings=settings, today=today)
        examiner = LocalExaminer(settings, today, NOW, words_of, compared_by, lambda alone, _: analysis(alone))
        examination, problems = Examination(examiner, drops_texts=True), list[Problem]()
        corpus = read(examination)
        known = {path: each for path, each in examination.known.items() if isinstance(each, Examined)}
        examination.asked.clear()
        with nobody_asks_for(NEVER_ASKED):
            check_corpus(corpus, settings, analysis(corpus), today, NOW, examined=known, shared=problems)
        return corpus, examination, problems

    before = found()
    for path in before[0].by_path:
        asked = {name for of, name in before[1].asked if of == path}
        one = _facts(before, path, asked)
        written = (docs / path).read_bytes()
        head, fence, body = written.partition(b"\n---\n")
        (docs / path).write_bytes(head + fence + b"\nOne more sentence.\n" + body)
        after = found()
        other = _facts(after, path, asked)
        (docs / path).write_bytes(written)
        if fence and one.said == other.said:
            assert moved(_in_file(before, path), one, other, [path]) == _in_file(after, path)
            others = ([problem for problem in each[2] if problem.place.path != path] for each in (before, after))
            assert next(others) == next(others)


@contextmanager
def nobody_asks_for(keys: Set[str]) -> Iterator[None]:
    """Assert that no rule asks any front matter for these keys."""

    read_again, reading = PostmortemReader._read_again, list[str]()

    def watched(matter: FrontMatter, name: str) -> object:
        assert reading or name not in keys, f"a rule of the corpus asks for {name}: see `check.facts`"
        return object.__getattribute__(matter, name)

    def read(reader: PostmortemReader, path: str) -> Postmortem:
        reading.append(path)
        found = read_again(reader, path)
        reading.pop()
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(FrontMatter, "__getattribute__", watched)
        patch.setattr(PostmortemReader, "_read_again", read)
        yield


def _facts(found: Shared, path: str, asked: set[str]) -> Facts:
    examined = found[1].known[path]
    assert isinstance(examined, Examined)
    return facts_of(found[0].by_path[path], examined, asked)


def _in_file(found: Shared, path: str) -> list[Problem]:
    return [problem for problem in found[2] if problem.place.path == path]


@pytest.fixture(scope="session")
def filled_template() -> str:
    """The reference text's template, filled in: sound by all rules."""
    return FILLED_TEMPLATE


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """Check the filled-in template with some of its text replaced, or other files (by their path below docs).

    `catalogue` is the text of a catalogue of services, `exclude_docs` that of MkDocs' setting, `zensical` that of a configuration beside it; `only` leaves out what other rules say. What is left are settings.
    """

    def check_files(
        *replaced: tuple[str, str],
        files: Mapping[str, str | bytes | None] | None = None,
        today: date = date(2024, 3, 1),
        catalogue: str | None = None,
        exclude_docs: str | None = None,
        zensical: str | None = None,
        only: str | None = None,
        **options: object,
    ) -> tuple[Diagnostic, ...]:
        postmortem = FILLED_TEMPLATE
        for old, new in replaced:
            assert old in postmortem, f"the filled-in template does not hold {old!r}"
            postmortem = postmortem.replace(old, new)
        written = {PATH: postmortem, "patterns/database-issues.md": PATTERN} | dict(files or {})
        for number, (path, content) in enumerate(written.items()):
            if path != PATH and isinstance(content, str):
                # A copy of the template by the same owner would be an undeclared repeat, which few tests are about.
                content = content.replace("owner: storage-team", f"owner: storage-team-{number}")
            if content is not None:
                (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
                (tmp_path / path).write_bytes(content.encode() if isinstance(content, str) else content)
        # What these tests leave a draft is about something else than its age, unless they give the policy.
        settings, wrong = parse_settings({"publish_within": "365d"} | options)
        services, unusable = read_catalogue("services.yml", catalogue.encode()) if catalogue else (None, ())
        assert not wrong
        assert not unusable
        home = Path("/kb")
        is_taken = zensical is not None and builds_docs(zensical, home, home / "docs")
        site = SiteOptions(zensical="../zensical.toml" if is_taken else "")
        exclusions = Exclusions.of_texts(exclude_docs, None)
        read = partial(read_corpus, tmp_path, settings, catalogue=services, exclusions=exclusions, site=site)
        corpus = read()
        insight = Analysis(corpus, settings, today)
        found = check_corpus(corpus, settings, insight, today, NOW)
        assert_locality(corpus, settings, today)
        assert_facts_decide(lambda examination: read(examination=examination), tmp_path, settings, today)
        return tuple(one for one in found if only in (None, one.rule))

    return check_files


@pytest.fixture
def assert_local() -> Callable[[Corpus, Settings, date], None]:
    """The assertion that one file decides what local rules find, for a corpus that a test has read itself."""
    return assert_locality


@pytest.fixture
def settings() -> Settings:
    """The settings of an empty block."""
    return Settings()
