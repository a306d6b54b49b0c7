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
                "code": one.code,
                "rule": one.rule,
                "level": one.level.value,
                "path": report.shown(one.place.path),
                "line": one.place.line,
                "column": one.place.column,
                "end_line": one.place.end_line,
                "end_column": one.place.end_column,
                "message": one.message,
                "help": one.help,
            }
            for one in report.diagnostics
        ],
    }
    return json_text(shape)
