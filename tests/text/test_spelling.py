"""What a misspelt word may be meant for."""

from __future__ import annotations

import pytest

from postmortems.text.spelling import nearest, only_near

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


@pytest.mark.parametrize(
    ("word", "choices", "meant"),
    [
        ("chekout", ("checkout", "search"), "checkout"),
        ("alrt", ("alert", "staff"), "alert"),
        ("SEV9", ("SEV1", "SEV2", "SEV3", "SEV4"), None),
        ("SEV", ("SEV1", "SEV2"), None),
        ("SEV-2", ("SEV1", "SEV2"), "SEV2"),
        ("PM999", ("PM909", "PM990"), None),
        ("priority-7", ("priority-1", "priority-2"), None),
        ("cart", ("card", "mail"), None),
        ("crat", ("cart", "mail"), "cart"),
        ("2024/02-checkout-slow", ("2024/01-checkout-slow",), "2024/01-checkout-slow"),
    ],
)
def test_the_nearest_word_is_no_other_figure_and_no_other_short_word(
    word: str, choices: tuple[str, ...], meant: str | None
) -> None:
    assert nearest(word, choices) == meant
