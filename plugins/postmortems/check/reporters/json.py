"""The report for machines; its shape is versioned and documented in the guide."""

from __future__ import annotations

from postmortems.check.report import Report
from postmortems.text.json import json_text

VERSION = 1


def report_json(report: Report) -> str:
    """The report as one JSON object, in ASCII, so that no terminal or log can be misled by what authors wrote."""
    shape = {
        "version": VERSION,
        "files": report.files,
        "counts": {level.value: count for level, count in report.counts.items()},
        "diagnostics": [
            {
                "code": diagnostic.code,
                "rule": diagnostic.rule,
                "level": diagnostic.level.value,
                "path": report.shown(diagnostic.place.path),
                "line": diagnostic.place.line,
                "column": diagnostic.place.column,
                "end_line": diagnostic.place.end_line,
                "end_column": diagnostic.place.end_column,
                "message": diagnostic.message,
                "help": diagnostic.help,
            }
            for diagnostic in report.diagnostics
        ],
    }
    return json_text(shape)
