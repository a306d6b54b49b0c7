"""Tables for a terminal: columns as wide as what is in them, and cut where they must be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortems.cli.table import Column, cut, table_text
from postmortems.text.terminal import width

COLUMNS = (
    Column("Day"),
    Column("Open", is_number=True),
    Column("Title", may_be_cut=True),
    Column("Id", may_be_cut=True),
)


def lines(rows: list[list[str]], widest: int | None = None) -> list[str]:
    return table_text(COLUMNS, rows, widest, colour=False).splitlines()


def test_columns_are_as_wide_as_what_is_in_them() -> None:
    assert lines([["1 May", "3", "Slow", "a"], ["12 May", "12345", "x", "b"]]) == [
        "Day      Open  Title  Id",
        "1 May       3  Slow   a",
        "12 May  12345  x      b",
    ]


def test_wide_letters_take_two_cells() -> None:
    assert lines([["1", "1", "結帳", "a"], ["1", "1", "abcdef", "b"]])[1:] == [
        "1       1  結帳    a",
        "1       1  abcdef  b",
    ]


def test_the_widest_is_cut_first_and_the_rest_stays() -> None:
    assert lines([["12345678", "1", "a long title that does not fit", "id-of-ten."]], 44)[1] == (
        "12345678     1  a long title th…  id-of-ten."
    )
    assert (
        lines([["12345678", "1", "a long title that does not fit", "id-of-ten."]], 34)[1]
        == "12345678     1  a long…   id-of-t…"
    )


def test_columns_that_may_not_be_cut_run_on() -> None:
    assert lines([["a day that is long", "1", "title title", "id"]], 10)[1] == "a day that is long     1  title t…  id"


@pytest.mark.parametrize(
    ("text", "widest", "expected"),
    [("abcdef", 6, "abcdef"), ("abcdefg", 6, "abcde…"), ("結帳結帳", 6, "結帳…"), ("ab cd efg", 7, "ab cd…")],
)
def test_cut_counts_cells(text: str, widest: int, expected: str) -> None:
    assert cut(text, widest) == expected


def test_what_a_file_says_cannot_break_a_line() -> None:
    assert lines([["\x1b[2J", "1", "a\nb\tc", "\u202eid"]])[1] == "\\x1b[2J     1  a\\nb\\tc  \\u202eid"


@given(st.lists(st.tuples(st.text(max_size=30), st.text(max_size=30)), max_size=3), st.integers(60, 120))
def test_no_line_is_wider_than_the_terminal(texts: list[tuple[str, str]], widest: int) -> None:
    rows = [["2026-03-02", "12", title, name] for title, name in texts]
    assert all(width(line) <= widest for line in lines(rows, widest))


def test_only_the_head_is_bold_and_only_where_colours_are_wanted() -> None:
    assert table_text(COLUMNS[:1], [["x"]], None, colour=True) == "\x1b[1mDay\x1b[0m\nx\n"
