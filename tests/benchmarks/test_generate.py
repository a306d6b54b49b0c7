"""The made-up knowledge base: the same for the same seed, of the promised size, and sound by every rule."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from benchmarks.generate import generate
from benchmarks.incident import FIRST_DAY, LAST_DAY, draw_incidents, pattern_words, service_names
from tests.benchmarks.fingerprint import fingerprint

from postmortems.analyse.analysis import Analysis
from postmortems.check.run import check_corpus, fails
from postmortems.model.action_item import ActionState
from postmortems.model.corpus import Corpus
from postmortems.model.timeline import Shape
from postmortems.read.corpus import read_corpus
from postmortems.settings import Settings

COUNT = 200
SETTINGS = Settings(levels={"undeclared-repeat": "off"})
"""Made-up texts are put together from few sentences, so that some tell the same story by chance."""


@pytest.fixture(scope="module")
def docs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made-up") / "docs"
    generate(folder, COUNT)
    return folder


@pytest.fixture(scope="module")
def corpus(docs: Path) -> Corpus:
    return read_corpus(docs, SETTINGS)


def test_a_seed_gives_the_same_folder_every_time(tmp_path: Path) -> None:
    for name, seed in (("one", 7), ("again", 7), ("other", 8)):
        generate(tmp_path / name, 30, seed=seed)
    assert fingerprint(tmp_path / "one") == fingerprint(tmp_path / "again")
    assert fingerprint(tmp_path / "one") != fingerprint(tmp_path / "other")


@pytest.mark.parametrize(
    ("count", "patterns", "services"),
    [
        pytest.param(0, 12, 40, id="no postmortem"),
        pytest.param(1, 1, 1, id="one of each"),
        pytest.param(40, 20, 150, id="more patterns and services than the vocabulary has"),
        pytest.param(20, 3, 2, id="fewer patterns than causes name"),
    ],
)
def test_any_size_is_whole(tmp_path: Path, count: int, patterns: int, services: int) -> None:
    generate(tmp_path, count, patterns=patterns, services=services)
    corpus = read_corpus(tmp_path, SETTINGS)
    named = {service for one in corpus.postmortems for service in one.front_matter.services}
    assert (len(corpus.postmortems), len(corpus.patterns)) == (count, patterns)
    assert len(named) <= services
    assert not fails(check_corpus(corpus, SETTINGS, Analysis(corpus, SETTINGS, LAST_DAY), LAST_DAY), strict=True)


def test_nothing_is_wrong_with_it(corpus: Corpus) -> None:
    weighty = [
        one
        for one in check_corpus(corpus, SETTINGS, Analysis(corpus, SETTINGS, LAST_DAY), LAST_DAY)
        if fails([one], strict=True)
    ]
    assert weighty == []


def test_every_postmortem_is_read_once(docs: Path, corpus: Corpus) -> None:
    files = sorted(path.relative_to(docs).as_posix() for path in docs.rglob("postmortem.md"))
    assert sorted(one.path for one in corpus.postmortems) == files
    assert len({one.id for one in corpus.postmortems}) == len(files) == COUNT


def test_each_has_about_four_kilobytes(docs: Path) -> None:
    sizes = sorted(path.stat().st_size for path in docs.rglob("postmortem.md"))
    assert 2_800 < sizes[0] < 3_800 < sizes[COUNT // 2] < 4_500 < sizes[-1] < 5_300


def test_they_are_spread_over_ten_years_and_none_is_later(corpus: Corpus) -> None:
    days = [one.day for one in corpus.postmortems if one.day]
    assert len(days) == COUNT
    assert days[0] == FIRST_DAY
    assert days[-1] < LAST_DAY
    assert {day.year for day in days} == set(range(2015, 2025))


def test_severities_shapes_and_states_vary(corpus: Corpus) -> None:
    severities = Counter(one.front_matter.severity for one in corpus.postmortems)
    shapes = Counter(one.timeline.shape for one in corpus.postmortems)
    states = Counter(item.state for one in corpus.postmortems for item in one.actions.items)
    assert severities["SEV3"] > severities["SEV4"] > severities["SEV2"] > severities["SEV1"] > 0
    assert shapes[Shape.TABLE] > COUNT / 2
    assert set(shapes) == set(Shape)
    assert set(states) == set(ActionState)


def test_each_tells_a_whole_story(corpus: Corpus) -> None:
    for one in corpus.postmortems:
        assert 8 <= len(one.timeline.timed) == len(one.timeline.events) <= 14, one.path
        assert 5 <= len(one.actions.items) <= 9, one.path
        assert all(item.owner and item.kind and item.horizon for item in one.actions.items), one.path


def test_links_lead_to_files_that_exist(docs: Path) -> None:
    links = 0
    for path in docs.rglob("*.md"):
        for target in re.findall(r"\]\(([^)]+)\)", path.read_text("utf-8")):
            links += 1
            assert (path.parent / target).is_file(), f"{path}: {target}"
    assert links > COUNT / 5


def test_of_two_on_one_day_none_is_said_to_come_after_the_other() -> None:
    patterns = [pattern.id for pattern in pattern_words(12)]
    incidents = [*draw_incidents(Random(1), 5_000, patterns, service_names(40))]
    assert len({one.day for one in incidents}) < len(incidents)
    # Ids, since to show an incident is to show all those that it refers to.
    named = [(one, other) for one in incidents for other in (*one.no_repeats_of, one.repeat_of) if other]
    assert [(one.id, other.id) for one, other in named if other.day >= one.day] == []
