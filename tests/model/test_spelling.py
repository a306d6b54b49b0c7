"""What a misspelt word may be meant for."""

from __future__ import annotations

import pytest

from postmortems.model.spelling import only_near

WORDS = ("draft", "in-review", "published", "SEV1", "SEV2", "P1")


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("draft", "draft"),
        ("Draft", "draft"),
        ("In Review", "in-review"),
        ("in_review", "in-review"),
        ("inreview", "in-review"),
        ("publshed", "published"),
        ("publlished", "published"),
        ("publisked", "published"),
        ("pulbished", "published"),
        ("dratf", "draft"),
        ("sev-1", "SEV1"),
        ("p1", "P1"),
        ("SEVV2", "SEV2"),
        ("pblshed", None),
        ("SEV3", None),
        ("SEV12", None),
        ("SEV", None),
        ("1P", None),
        ("P", None),
        ("", None),
        ("-", None),
        ("x" * 10_000, None),
    ],
)
def test_one_slip_of_the_hand(word: str, meant: str | None) -> None:
    assert only_near(word, WORDS) == meant


def test_a_word_near_to_two_is_meant_for_neither() -> None:
    assert only_near("mjor", ("major", "minor")) == "major"
    assert only_near("mjor", ("major", "mijor")) is None
    assert only_near("major", ("Major", "MAJOR")) is None
