"""What the reporters write: whole outputs, and nothing that a terminal would obey."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postmortems.check.report import Report
from postmortems.check.reporters.json import report_json
from postmortems.check.reporters.text import report_text
from postmortems.model.diagnostic import Diagnostic, Level
from postmortems.model.place import Place

PATH = "postmortems/2026/03-checkout/postmortem.md"
PLACE = Place.at(PATH, 7, 3, 4)


def diagnostic(place: Place = PLACE, message: str = "it is so", level: Level = Level.WARNING) -> Diagnostic:
    return Diagnostic("PM502", "action-without-owner", level, place, message, "name a team")


def excerpt(source: str, column: int, length: int) -> list[str]:
    """The two lines that show a source line and its carets."""
    place = Place.at(PATH, 7, column, length)
    report = Report((diagnostic(place),), 1, source_line=lambda path, line: source)
    return report_text(report).splitlines()[2:4]


def test_text_in_full() -> None:
    lines = {7: "- [ ] Fix retry storm\n"}
    found = (
        Diagnostic(
            "PM502",
            "action-without-owner",
            Level.WARNING,
            Place.at(PATH, 7, 7, 15),
            'action item "Fix retry storm" has no owner',
            "name a person or team: - [ ] [checkout-team] Fix retry storm",
        ),
        Diagnostic("PM001", "unreadable-file", Level.ERROR, Place.at("patterns/db.md"), "it is not UTF-8", ""),
    )
    report = Report(found, 12, lambda path: f"docs/{path}", lambda path, line: lines.get(line))
    assert report_text(report) == (
        "docs/postmortems/2026/03-checkout/postmortem.md:7:7 PM502 action-without-owner [warning]\n"
        '  action item "Fix retry storm" has no owner\n'
        "    7 | - [ ] Fix retry storm\n"
        "      |       ^^^^^^^^^^^^^^^\n"
        "  help: name a person or team: - [ ] [checkout-team] Fix retry storm\n"
        "\n"
        "docs/patterns/db.md:1:1 PM001 unreadable-file [error]\n"
        "  it is not UTF-8\n"
        "\n"
        "1 error, 1 warning in 12 files\n"
    )


@pytest.mark.parametrize(
    ("levels", "files", "line"),
    [
        ([], 12, "12 files, nothing to report\n"),
        ([], 1, "1 file, nothing to report\n"),
        ([Level.ERROR, Level.ERROR, Level.WARNING], 12, "2 errors, 1 warning in 12 files\n"),
        ([Level.INFO, Level.INFO], 1, "2 info in 1 file\n"),
    ],
)
def test_the_summary(levels: list[Level], files: int, line: str) -> None:
    found = tuple(diagnostic(level=level) for level in levels)
    assert report_text(Report(found, files)).splitlines(keepends=True)[-1] == line


@pytest.mark.parametrize(
    ("source", "column", "length", "shown", "carets"),
    [
        pytest.param("abcdef", 3, 2, "abcdef", "  ^^", id="the exact columns"),
        pytest.param("abc", 2, 0, "abc", " ^", id="a point gets one caret"),
        pytest.param("abc", 9, 3, "abc", "   ^", id="a place behind the end"),
        pytest.param("a\tbc", 3, 1, "a   bc", "    ^", id="a tab runs to its stop"),
        pytest.param("日本 x", 4, 1, "日本 x", "     ^", id="a wide letter takes two cells"),
        pytest.param("cafe\u0301 x", 7, 1, "cafe\u0301 x", "     ^", id="an accent takes none"),
        pytest.param("a\x1b[2Jb", 6, 1, "a\\x1b[2Jb", "        ^", id="escape"),
        pytest.param("a\u202eb", 3, 1, "a\\u202eb", "       ^", id="right-to-left override"),
        pytest.param("a\x9b2Jb", 2, 1, "a\\x9b2Jb", " ^^^^", id="C1 control"),
    ],
)
def test_the_excerpt(source: str, column: int, length: int, shown: str, carets: str) -> None:
    assert excerpt(source, column, length) == [f"    7 | {shown}", f"      | {carets}"]


@pytest.mark.parametrize("column", [1, 60, 500, 960, 1000])
def test_a_long_line_is_cut_around_the_caret(column: int) -> None:
    source = "".join(chr(ord("a") + n % 26) for n in range(1000))
    shown, carets = excerpt(source, column, 1)
    assert len(shown) < 120
    assert shown[carets.index("^")] == source[column - 1]


def test_a_place_of_several_lines_is_underlined_to_the_end_of_its_first() -> None:
    report = Report((diagnostic(Place(PATH, 7, 3, 9, 1)),), 1, source_line=lambda path, line: "abcdef")
    assert report_text(report).splitlines()[3] == "      |   ^^^^"


@pytest.mark.parametrize("source", [None, "", "   "])
def test_without_a_source_line_there_is_no_excerpt(source: str | None) -> None:
    report = Report((diagnostic(),), 1, source_line=lambda path, line: source)
    assert report_text(report).splitlines()[1:3] == ["  it is so", "  help: name a team"]


def test_colours_only_where_asked_for() -> None:
    report = Report((diagnostic(),), 1)
    assert "\x1b" not in report_text(report)
    assert "\x1b[33mPM502 action-without-owner [warning]\x1b[0m" in report_text(report, colour=True)


@settings(deadline=None)
@given(st.text(), st.text(), st.text())
def test_no_author_can_speak_to_the_terminal(message: str, path: str, source: str) -> None:
    found = diagnostic(Place.at(path or "x", 7, 2, 3), message)
    written = report_text(Report((found,), 1, source_line=lambda path, line: source.replace("\n", "")))
    assert all(character.isprintable() for character in written.replace("\n", ""))
    assert written.count("\n") in (5, 7)


def test_json_in_full() -> None:
    report = Report((diagnostic(message="é \x1b"),), 12, lambda path: f"docs/{path}")
    assert json.loads(report_json(report)) == {
        "version": 1,
        "files": 12,
        "counts": {"error": 0, "warning": 1, "info": 0},
        "diagnostics": [
            {
                "code": "PM502",
                "rule": "action-without-owner",
                "level": "warning",
                "path": "docs/postmortems/2026/03-checkout/postmortem.md",
                "line": 7,
                "column": 3,
                "end_line": 7,
                "end_column": 7,
                "message": "é \x1b",
                "help": "name a team",
            }
        ],
    }
    assert report_json(report).isascii()


def test_json_without_diagnostics() -> None:
    assert json.loads(report_json(Report((), 0))) == {
        "version": 1,
        "files": 0,
        "counts": {"error": 0, "warning": 0, "info": 0},
        "diagnostics": [],
    }
