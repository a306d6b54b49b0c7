"""The neighbours of this repository's own incidents: what they are, and that most of them help."""

from __future__ import annotations

import re
from difflib import unified_diff

import pytest
from tests.analyse.related_golden import GOLDEN, golden


def test_the_neighbours_are_those_that_a_person_has_read() -> None:
    kept, now = GOLDEN.read_text("utf-8"), golden()
    if kept != now:
        diff = unified_diff(kept.splitlines(), now.splitlines(), "as it was read", "as it is now", n=3, lineterm="")
        pytest.fail("\n".join([*diff, "", "python -m tests.analyse.related_golden writes it anew"]), pytrace=False)


def test_most_of_them_are_useful_and_of_the_strong_ones_nearly_all() -> None:
    found = re.findall(r"^  ([+-]) (\d\.\d\d) ", GOLDEN.read_text("utf-8"), re.MULTILINE)
    strong = [mark for mark, score in found if float(score) >= 0.3]
    assert len(found) >= 100
    assert [mark for mark, _ in found].count("+") / len(found) >= 0.7
    assert strong.count("+") / len(strong) >= 0.9
