"""The measure of growth: it lets linear work pass, and sees work that grows with the square."""

from __future__ import annotations

import re

from tests.growth import grows_with_its_length


def test_linear_work_passes() -> None:
    assert grows_with_its_length(lambda text: [character.upper() for character in text], lambda length: "x" * length)


def test_a_pattern_that_backtracks_is_seen() -> None:
    slow = re.compile(r"x+y")
    assert not grows_with_its_length(slow.search, lambda length: "x" * length, few=2_000, many=8_000)
