"""Lengths of time as authors write them, read and written."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortems.model.duration import duration_text, parse_duration


@pytest.mark.parametrize(
    ("length", "text"),
    [
        (timedelta(minutes=5), "5m"),
        (timedelta(minutes=90), "1h30m"),
        (timedelta(days=14), "14d"),
        (timedelta(days=1, seconds=61), "1d1m1s"),
        (timedelta(), "0m"),
    ],
)
def test_a_length_is_written_in_its_units(length: timedelta, text: str) -> None:
    assert duration_text(length) == text


@given(st.integers(0, 10**9))
def test_what_is_written_is_read_again(seconds: int) -> None:
    length = timedelta(seconds=seconds)
    assert parse_duration(duration_text(length)) == length
