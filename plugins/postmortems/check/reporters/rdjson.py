"""Reviewdog's diagnostic format, with the suggestions that a reviewer can accept with a click.

Its columns count bytes of UTF-8, from 1, and its ends are exclusive.
Source: reviewdog, proto/rdf/reviewdog.proto.
"""

from __future__ import annotations

import json
from typing import Any

from postmortems.check.report import Report
from postmortems.model.diagnostic import Diagnostic, Level
from postmortems.model.place import Place

_SEVERITIES = {Level.ERROR: "ERROR", Level.WARNING: "WARNING", Level.INFO: "INFO"}


def report_rdjson(report: Report) -> str:
    """The report as one JSON object, in ASCII."""
    shape = {
        "source": {"name": "postmortems"},
        "diagnostics": [_diagnostic(one, report) for one in report.diagnostics],
    }
    return json.dumps(shape, indent=2) + "\n"


def _diagnostic(one: Diagnostic, report: Report) -> dict[str, Any]:
    made: dict[str, Any] = {
        "message": f"{one.message}\n{one.help}" if one.help else one.message,
        "location": {"path": report.shown(one.place.path), "range": _range(one.place, report)},
        "severity": _SEVERITIES[one.level],
        "code": {"value": f"{one.code} {one.rule}"},
    }
    # Reviewdog suggests within the file that it comments on.
    suggestions = [
        {"range": _range(edit.place, report), "text": edit.text}
        for edit in report.edits(one)
        if edit.place.path == one.place.path
    ]
    return made | ({"suggestions": suggestions} if suggestions else {})


def _range(place: Place, report: Report) -> dict[str, dict[str, int]]:
    return {
        "start": {"line": place.line, "column": _byte_column(place.path, place.line, place.column, report)},
        "end": {"line": place.end_line, "column": _byte_column(place.path, place.end_line, place.end_column, report)},
    }


def _byte_column(path: str, line: int, column: int, report: Report) -> int:
    before = (report.source_line(path, line) or "")[: column - 1]
    # Behind the end of the line, or where the line is not known, a character counts as one byte.
    return len(before.encode("utf-8", "surrogatepass")) + 1 + (column - 1 - len(before))
