"""Calendars across pictures, and marks moved apart on them."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortems.render.charts.time_axis import TimeAxis, spread


def test_an_axis_is_linear_in_days() -> None:
    axis = TimeAxis(2023, 2024, 0, 731)
    assert [axis.x(day) for day in (date(2023, 1, 1), date(2024, 1, 1), date(2024, 12, 31))] == [0, 365, 730]


@pytest.mark.parametrize(
    ("axis", "room", "expected"),
    [
        pytest.param(TimeAxis(2024, 2024, 0, 480), 30, "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec", id="months"),
        pytest.param(TimeAxis(2022, 2024, 0, 480), 30, "2022 2023 2024", id="years"),
        pytest.param(TimeAxis(2015, 2024, 0, 100), 30, "2015 2018 2021 2024", id="every third year"),
        pytest.param(TimeAxis(1, 9999, 0, 100), 50, "1 5001", id="a mistyped year"),
    ],
)
def test_ticks_leave_room_for_their_names(axis: TimeAxis, room: float, expected: str) -> None:
    assert " ".join(tick.label for tick in axis.ticks(room)) == expected


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        pytest.param([], [], id="none"),
        pytest.param([10, 20], [10, 20], id="room enough"),
        pytest.param([50, 50], [48, 52], id="the same place: both give way"),
        pytest.param([50, 50, 50], [46, 50, 54], id="a crowd grows around its middle"),
        pytest.param([0, 0], [0, 4], id="not over the left edge"),
        pytest.param([100, 100], [96, 100], id="not over the right edge"),
    ],
)
def test_marks_move_apart_as_little_as_possible(places: list[float], expected: list[float]) -> None:
    assert spread(places, 4, 0, 100) == pytest.approx(expected)


@given(st.lists(st.floats(0, 1000), max_size=60).map(sorted))
def test_moved_marks_keep_their_order_and_the_picture(places: list[float]) -> None:
    moved = spread(places, 4.2, 0, 1000)
    assert len(moved) == len(places)
    assert all(-0.001 <= x <= 1000.001 for x in moved)
    assert all(left <= right + 0.001 for left, right in pairwise(moved))


def test_a_great_crowd_stays_near_its_time() -> None:
    moved = spread([500.0] * 200, 4.2, 0, 1000)
    assert max(abs(x - 500) for x in moved) <= 24


@pytest.mark.parametrize(
    ("places", "gaps", "expected"),
    [
        pytest.param([50, 50, 50], [10, 1], [43, 53, 54], id="a gap of its own for each pair"),
        pytest.param([10, 50, 50], [30, 4], [10, 48, 52], id="a gap that is there already"),
        pytest.param([0, 0, 0], [80, 80], [0, 12.5, 25], id="no room: all shrink alike, and nobody tells another time"),
    ],
)
def test_neighbours_that_would_cover_each_other_stand_further_apart(
    places: list[float], gaps: list[float], expected: list[float]
) -> None:
    assert spread(places, gaps, 0, 100, most=40) == pytest.approx(expected)
