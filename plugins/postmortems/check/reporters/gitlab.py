"""A Code Quality report for GitLab, which shows in a merge request what is new and what is gone.

GitLab compares by the fingerprint alone, so it is made of the finding's text and not of its line.
Source: GitLab documentation, Code Quality, "Code Quality report format".
"""

from __future__ import annotations

from postmortems.check.fingerprint import fingerprints
from postmortems.check.report import Report
from postmortems.model.diagnostic import Level
from postmortems.text.json import json_text

_SEVERITIES = {Level.ERROR: "critical", Level.WARNING: "minor", Level.INFO: "info"}


def report_gitlab(report: Report) -> str:
    """The report as a JSON array, in ASCII."""
    shape = [
        {
            "description": f"{diagnostic.code} {diagnostic.rule}: {diagnostic.message}"
            + (f" ({diagnostic.help})" if diagnostic.help else ""),
            "check_name": diagnostic.rule,
            "fingerprint": fingerprint,
            "severity": _SEVERITIES[diagnostic.level],
            "location": {
                "path": report.repository_path(diagnostic.place.path),
                "lines": {"begin": diagnostic.place.line, "end": diagnostic.place.end_line},
            },
        }
        for diagnostic, fingerprint in zip(report.diagnostics, fingerprints(report), strict=True)
    ]
    return json_text(shape)
