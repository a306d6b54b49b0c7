"""Initials in place of names."""

from __future__ import annotations

import pytest

from postmortems.adopt.exports.people import People

NAMES = ("Ann Gray", "Anton Gold", "ann.gray", "Will", "kim.lee@example.com", "山田 太郎", "")


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Ann Gray", "AG"),
        (" Anton  Gold ", "AG2"),
        ("kim.lee@example.com", "KL"),
        ("山田 太郎", "山太"),
        ("Somebody Else", "SE"),
        ("123", "?"),
        ("", ""),
    ],
)
def test_each_has_initials_of_their_own(name: str, called: str) -> None:
    assert People(NAMES, shown=False).called(name) == called


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("Acknowledged by Ann Gray.", "Acknowledged by AG."),
        ("ann gray's shift, then ANTON GOLD", "AG shift, then AG2"),
        ("Will will call @Will and @ann.gray", "Will will call W and AG3"),
        ("Ann Grayson stays", "Ann Grayson stays"),
        ("Ann, Gray and others", "Ann, Gray and others"),
    ],
)
def test_a_text_names_nobody(text: str, without: str) -> None:
    people = People(NAMES, shown=False)
    assert people.without_names(text) == without
    assert People(NAMES, shown=True).without_names(text) == text
