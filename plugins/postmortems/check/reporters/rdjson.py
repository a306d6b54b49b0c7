"""Reviewdog's diagnostic format, with the suggestions that a reviewer can accept with a click.

Its columns count bytes of UTF-8, from 1, and its ends are exclusive.
Source: reviewdog, proto/rdf/reviewdog.proto.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Any

from postmortems.check.report import Report
from postmortems.model.diagnostic import Diagnostic, Level
from postmortems.model.place import Place
from postmortems.text.json import json_text

_SEVERITIES = {Level.ERROR: "ERROR", Level.WARNING: "WARNING", Level.INFO: "INFO"}


ByteColumn = Callable[[str, int, int], int]
"""The column in bytes of a column in characters, in a file's line."""


def report_rdjson(report: Report) -> str:
    """The report as one JSON object, in ASCII."""
    byte_column = _byte_columns(report)
    shape = {
        "source": {"name": "postmortems"},
        "diagnostics": [_diagnostic(diagnostic, report, byte_column) for diagnostic in report.diagnostics],
    }
    return json_text(shape)


def _diagnostic(diagnostic: Diagnostic, report: Report, byte_column: ByteColumn) -> dict[str, Any]:
    made: dict[str, Any] = {
        "message": f"{diagnostic.message}\n{diagnostic.help}" if diagnostic.help else diagnostic.message,
        "location": {
            "path": report.repository_path(diagnostic.place.path),
            "range": _range(diagnostic.place, byte_column),
        },
        "severity": _SEVERITIES[diagnostic.level],
        "code": {"value": f"{diagnostic.code} {diagnostic.rule}"},
    }
    # Reviewdog suggests within the file that it comments on.
    suggestions = [
        {"range": _range(edit.place, byte_column), "text": edit.text}
        for edit in report.edits(diagnostic)
        if edit.place.path == diagnostic.place.path
    ]
    return made | ({"suggestions": suggestions} if suggestions else {})


def _range(place: Place, byte_column: ByteColumn) -> dict[str, dict[str, int]]:
    return {
        "start": {"line": place.line, "column": byte_column(place.path, place.line, place.column)},
        "end": {"line": place.end_line, "column": byte_column(place.path, place.end_line, place.end_column)},
    }


def _byte_columns(report: Report) -> ByteColumn:
    """The columns in the report's files. A line is measured once for all findings on it, since it may have a megabyte
    and a thousand of them."""

    @lru_cache(maxsize=16)  # findings come sorted by place
    def bytes_before(path: str, line: int) -> Sequence[int]:
        """Number of bytes before each character of a line, and before its end."""
        text = report.source_line(path, line) or ""
        if text.isascii():
            return range(len(text) + 1)
        widths = (len(character.encode("utf-8", "surrogatepass")) for character in text)
        return array("L", accumulate(widths, initial=0))

    def byte_column(path: str, line: int, column: int) -> int:
        before = bytes_before(path, line)
        # Behind the end of the line, or where the line is not known, a character counts as one byte.
        inside = min(column - 1, len(before) - 1)
        return before[inside] + 1 + (column - 1 - inside)

    return byte_column
