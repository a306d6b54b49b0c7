"""Headlines of the corpus: which hold, in which order, and for which incidents."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests.builders import BEGIN, TODAY, corpus, incident, pattern

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.headlines import Headline, Topic, headlines
from postmortems.settings import Settings

DATABASE = [{"pattern": "database-issues", "role": "trigger"}]
PLAIN = [{"pattern": "database-issues", "role": "contributing"}]


def found(*groups: tuple[int, dict[str, Any]]) -> tuple[Headline, ...]:
    """The headlines of so many incidents of each kind."""
    members = [
        incident(f"{place}-{number}", BEGIN + timedelta(days=10 * place + number), **{"severity": "SEV3"} | matter)
        for place, (count, matter) in enumerate(groups)
        for number in range(count)
    ]
    return headlines(Analysis(corpus(*members, patterns=(pattern("database-issues"),)), Settings(), TODAY))


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        pytest.param([(5, {"patterns": PLAIN}), (5, {})], [(Topic.PATTERN, 5, 10)], id="a pattern of half of them"),
        pytest.param([(4, {"patterns": PLAIN}), (6, {})], [], id="a pattern of less than half"),
        pytest.param([(3, {"patterns": DATABASE}), (7, {})], [(Topic.TRIGGER, 3, 10)], id="a trigger of a quarter"),
        pytest.param([(2, {"patterns": DATABASE}), (8, {})], [], id="a trigger of a fifth"),
        pytest.param(
            [(2, {"detected_by": "customer"}), (8, {"detected_by": "alert"})],
            [(Topic.DETECTED_OUTSIDE, 2, 10)],
            id="a fifth detected outside",
        ),
        pytest.param(
            [(2, {"detected_by": "third-party"}), (7, {"detected_by": "alert"}), (9, {})],
            [],
            id="too few of which that is known",
        ),
        pytest.param(
            [(2, {"severity": "SEV1", "detected": 6}), (4, {"severity": "SEV1", "detected": 1}), (4, {})],
            [(Topic.DETECTED_LATE, 2, 6)],
            id="a third of a severity detected late",
        ),
        pytest.param(
            [(2, {"severity": "SEV1", "detected": 6}), (3, {"severity": "SEV1", "detected": 1}), (5, {})],
            [],
            id="too few of a severity",
        ),
        pytest.param([(4, {"root_cause": "pool"}), (6, {})], [], id="too few known causes"),
        pytest.param([(9, {"patterns": PLAIN})], [], id="too few incidents"),
        pytest.param([(10, {"patterns": PLAIN})], [], id="what holds for all"),
        pytest.param([], [], id="none"),
    ],
)
def test_a_headline_needs_its_share(
    groups: list[tuple[int, dict[str, Any]]], expected: list[tuple[Topic, int, int]]
) -> None:
    assert [(one.topic, len(one.matching), one.known) for one in found(*groups)] == expected


def test_a_shared_cause_tells_the_most_frequent_one() -> None:
    alone = [(1, {"root_cause": f"cause {number}"}) for number in range(6)]
    (one,) = found((3, {"root_cause": "pool"}), (2, {"root_cause": "disk"}), *alone, (1, {}))
    assert (one.topic, len(one.matching), one.known, one.missing) == (Topic.SHARED_CAUSE, 5, 11, 1)
    assert (one.subject, one.next_count) == ("pool", 3)


def test_their_order_is_fixed() -> None:
    both = found((6, {"patterns": DATABASE, "detected_by": "customer"}), (6, {"detected_by": "alert"}))
    assert [one.topic for one in both] == [Topic.PATTERN, Topic.DETECTED_OUTSIDE, Topic.TRIGGER]


def test_drills_are_not_counted() -> None:
    assert found((5, {"patterns": PLAIN}), (5, {}), (5, {"kind": "drill"}))[0].known == 10
