"""How often the rules on language are right: over the lists beside this file, and as the guide says it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.check.language.measure import Case, Reading, blaming, figures, harmless, new_sentences, problems, readings

GUIDE = (Path(__file__).parents[3] / "docs/guide/blameless.md").read_text("utf-8")

MISSED = {
    "Lindqvist approved the change without reading it.",
    "Hadn't the engineer restarted the node, the data would still be there.",
    "The managers should have listened to the warnings.",
}
"""The blaming sentences that are not found, and are known not to be: whoever finds one of them takes it from here."""


@pytest.mark.parametrize("case", blaming(), ids=lambda case: case.text)
def test_blame_is_found_once_and_by_its_own_rule(case: Case) -> None:
    expected = [] if case.text in MISSED else [case.rule]
    assert [problem.rule for problem in problems(case.text)] == expected


@pytest.mark.parametrize("case", harmless(), ids=lambda case: f"{case.why}: {case.text}")
def test_what_only_looks_like_blame_is_left_alone(case: Case) -> None:
    assert [problem.message for problem in problems(case.text, case.section)] == []


@pytest.mark.parametrize("case", new_sentences("by-kind"), ids=lambda case: f"{case.why}: {case.text}")
def test_every_kind_of_blame_is_found_and_its_look_alikes_are_not(case: Case) -> None:
    assert bool(problems(case.text)) is (case.rule == "blame" and case.text not in MISSED)


def test_four_of_five_blaming_sentences_are_found() -> None:
    for cases in (blaming(), tuple(case for case in blaming() if case.held_out)):
        assert sum(case.text not in MISSED for case in cases) >= 0.8 * len(cases)


def test_the_lists_are_as_long_as_the_guide_says() -> None:
    for cases in (blaming(), harmless()):
        assert len({case.text for case in cases}) == 100
        assert sum(case.held_out for case in cases) == 30


@pytest.mark.parametrize(
    "reading", {one.shape: one for group in readings().values() for one in group}.values(), ids=str
)
def test_the_shapes_of_findings_in_public_postmortems_are_found(reading: Reading) -> None:
    assert problems(reading.shape)


def test_nine_of_ten_findings_in_public_postmortems_are_right() -> None:
    first = next(iter(readings().values()))
    assert sum(one.right for one in first) >= 0.9 * len(first)


def test_the_guide_shows_these_figures() -> None:
    expected = [(re.sub(r" \(.*\)$", "", name), figure) for name, figure in figures().items()]
    table = GUIDE.split("| Measured on | Figure |\n|---|---|\n")[1].split("\n\n")[0]
    assert re.findall(r"^\| (.+?) \| (.+?) \|$", table, re.MULTILINE) == expected


def test_what_the_guide_writes_before_is_found_and_after_is_not() -> None:
    rows = re.findall(r'^\| "(.+?)" \| .+? \| "(.+?)" \|$', GUIDE, re.MULTILINE)
    assert len(rows) == 5
    for before, after in rows:
        assert problems(before), before
        assert not problems(after), after


def test_what_the_guide_says_is_left_alone_is_left_alone() -> None:
    part = GUIDE.split("## What it leaves alone")[1].split("\n## ")[0]
    quoted = re.findall(r'"([^"]+\.)"', part)
    assert len(quoted) > 15
    assert {text: problems(text) for text in quoted if problems(text)} == {}


def test_the_guide_prints_a_finding_as_it_is() -> None:
    (found,) = problems("The on-call engineer ignored the disk alert.")
    assert found.message in GUIDE
    assert f"help: {found.help}\n" in GUIDE
