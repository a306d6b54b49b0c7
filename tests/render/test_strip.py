"""The course of one incident in a row."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortems.model.durations import Durations
from postmortems.render.base.stylesheet import style_sheet
from postmortems.render.charts.strip import strip


def lengths(
    detect: float | None, mitigate: float | None, recover: float | None, target: float | None = None
) -> Durations:
    detected, mitigated, recovered, aim = (
        None if minutes is None else timedelta(minutes=minutes) for minutes in (detect, mitigate, recover, target)
    )
    return Durations(detected, mitigated, recovered, None, aim, None)


@pytest.mark.parametrize(
    ("known", "drawn"),
    [
        pytest.param(lengths(None, None, None), "", id="nothing known, nothing drawn"),
        pytest.param(lengths(3, 30, 60), "run mit res det", id="all known"),
        pytest.param(lengths(None, 30, 60), "mit res", id="detection unknown: no run from a guess"),
        pytest.param(lengths(3, 30, None), "run mit det", id="end unknown"),
        pytest.param(lengths(3, None, None), "det", id="only detection"),
        pytest.param(lengths(9, None, 60, target=5), "run res over", id="over target"),
        pytest.param(lengths(0, 0, 0), "run mit res det", id="all at once"),
    ],
)
def test_only_what_is_known_is_drawn(known: Durations, drawn: str) -> None:
    names = {"pm-run": "run", "pm-s-mit": "mit", "pm-s-res": "res", "pm-s-det": "det", "pm-s-det is-over": "over"}
    found = [names[one] for one in re.findall(r'class="([^"]+)"', strip(known)) if one in names]
    assert " ".join(found) == drawn


def test_a_tenfold_is_a_tenfold_everywhere() -> None:
    xs = [
        float(re.findall(r'cx="([\d.]+)"', strip(lengths(None, None, minutes)))[0])
        for minutes in (10, 100, 1000, 10000)
    ]
    steps = [right - left for left, right in pairwise(xs)]
    assert max(steps) - min(steps) < 0.21


def test_the_style_sheet_draws_the_axis_that_the_moments_are_on() -> None:
    drawn = re.findall(r"var\(--tick\) ([\d.]+)px [\d.]+px / ([\d.]+)px", style_sheet())
    (begin, length), *ticks = [(float(left), float(width)) for left, width in drawn]
    expected = [begin, begin + length, *(left + width / 2 for left, width in ticks)]
    minutes = (1, 60 * 24 * 30, 60, 60 * 24, 60 * 24 * 7)
    xs = [float(re.findall(r'cx="([\d.]+)"', strip(lengths(None, None, each)))[0]) for each in minutes]
    assert xs == pytest.approx(expected, abs=0.11)


@given(st.floats(0, 60 * 24 * 4000))
def test_no_length_leaves_the_picture(minutes: float) -> None:
    drawn = strip(lengths(minutes, minutes, minutes))
    assert all(6 <= float(x) <= 170 for x in re.findall(r'cx="([\d.]+)"', drawn))
