"""Comments in a text: where they begin and end, and a text without those at its end."""

from __future__ import annotations

import pytest

from postmortems.text.inline import comments, without_code, without_escapes, without_last_comment


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a <!-- b --> c", ["<!-- b -->"]),
        ("<!-- a --><!-- b --!> c", ["<!-- a -->", "<!-- b --!>"]),
        ("<!--> a <!---> b -->", ["<!-->", "<!--->"]),
        ("<!-- a <!-- b --> c -->", ["<!-- a <!-- b -->"]),
        ("<!-- a", []),
        ("a `<!-- b -->` <!-- c -->", ["<!-- c -->"]),
        ("<!-- a ` b --> c ` d", ["<!-- a ` b -->"]),
    ],
)
def test_comments(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in comments(text, without_code(text))] == found


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("a <!-- b -->", "a"),
        ("a <!-- b --> <!-- c --> ", "a"),
        ("a <!-- b --> c", "a <!-- b --> c"),
        ("a `<!-- b -->`", "a `<!-- b -->`"),
        ("a `<!--` <!-- b -->", "a `<!--`"),
        ("a -->", "a -->"),
        ("<!-- a -->", ""),
        ("a ", "a "),
    ],
)
def test_without_the_comments_at_the_end(text: str, bare: str) -> None:
    assert without_last_comment(text) == bare


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"\[x\] \[data\_team\] 100\%", "[x] [data_team] 100%"),
        (r"C:\Users\new", r"C:\Users\new"),
        (r"\\[", r"\["),
        ("\\", "\\"),
    ],
)
def test_without_escapes(written: str, read: str) -> None:
    assert without_escapes(written) == read
