"""Which patterns grow and which have gone quiet, held against scipy's exact test."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control, fisher_exact
from tests.builders import incident

from postmortems.analyse.occurrences import occurrences
from postmortems.analyse.trends import RATE, SUPPORT, Direction, trends
from postmortems.model.postmortem import Postmortem

TODAY = date(2026, 6, 1)


def incidents(lately: int, before: int, pattern: str) -> list[Postmortem]:
    """So many incidents of the last year and of the years before, all with one pattern."""
    days = [TODAY - timedelta(days=10 + number) for number in range(lately)]
    days += [TODAY - timedelta(days=400 + number) for number in range(before)]
    return [
        incident(f"{pattern}-{number}", None, date=day.isoformat(), patterns=[pattern])
        for number, day in enumerate(days)
    ]


def found(**counts: tuple[int, int]) -> dict[str, Direction]:
    members = [one for name, (lately, before) in counts.items() for one in incidents(lately, before, name)]
    return {name: trend.direction for name, trend in trends(occurrences(members, ()), members, TODAY).items()}


@pytest.mark.parametrize(
    ("db", "rest", "direction"),
    [
        pytest.param((9, 1), (10, 40), Direction.GROWS, id="nine of ten lately"),
        pytest.param((0, 20), (20, 20), Direction.QUIET, id="none of twenty lately"),
        pytest.param((2, 0), (10, 40), Direction.NEITHER, id="two are no trend"),
        pytest.param((5, 20), (10, 40), Direction.NEITHER, id="the same share"),
        pytest.param((0, 0), (10, 40), Direction.NEITHER, id="none at all"),
    ],
)
def test_what_a_trend_is(db: tuple[int, int], rest: tuple[int, int], direction: Direction) -> None:
    assert found(db=db, rest=rest).get("db", Direction.NEITHER) is direction


def test_a_trend_says_what_it_rests_on() -> None:
    members = [*incidents(3, 1, "db"), *incidents(2, 6, "net"), incident("unknown", None, patterns=["db"])]
    trend = trends(occurrences(members, ()), members, TODAY)["db"]
    assert (trend.lately, trend.of_lately, trend.before, trend.of_before) == (3, 5, 1, 7)


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=1, max_size=5))
def test_directions_are_those_of_scipy(counts: list[tuple[int, int]]) -> None:
    members = [one for number, pair in enumerate(counts) for one in incidents(*pair, f"p{number}")]
    ours = trends(occurrences(members, ()), members, TODAY)
    of_lately, of_before = sum(one for one, _ in counts), sum(one for _, one in counts)
    named = {f"p{number}": pair for number, pair in enumerate(counts) if sum(pair)}
    chances = [
        fisher_exact([[lately, of_lately - lately], [before, of_before - before]], alternative=side).pvalue
        for lately, before in named.values()
        for side in ("greater", "less")
    ]
    rates = false_discovery_control(chances) if chances else []
    for number, (name, (lately, before)) in enumerate(named.items()):
        grows, quiet = rates[2 * number : 2 * number + 2]
        if abs(grows - RATE) > 1e-6 and abs(quiet - RATE) > 1e-6:
            assert (ours[name].direction is Direction.GROWS) == (grows < RATE and lately >= SUPPORT)
            assert (ours[name].direction is Direction.QUIET) == (quiet < RATE and before >= SUPPORT)
