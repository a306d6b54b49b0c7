"""SARIF 2.1.0, which code scanning services and editors read.

Source: OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0.
"""

from __future__ import annotations

from collections.abc import Iterable
from inspect import cleandoc
from typing import Any
from urllib.parse import quote

from postmortems import __version__
from postmortems.check.fingerprint import fingerprints
from postmortems.check.registry import RULES
from postmortems.check.report import Report
from postmortems.check.rule import Rule
from postmortems.model.diagnostic import Diagnostic, Level
from postmortems.model.edit import Edit
from postmortems.model.place import Place
from postmortems.text.json import json_text

_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "note"}
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def report_sarif(report: Report) -> str:
    """The report as one SARIF log with one run, in ASCII."""
    named = {diagnostic.rule for diagnostic in report.diagnostics}
    rules = [rule for rule in RULES if rule.name in named]
    index = {rule.name: number for number, rule in enumerate(rules)}
    run = {
        "tool": {"driver": {"name": "postmortems", "version": __version__, "rules": [_rule(rule) for rule in rules]}},
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(diagnostic, index[diagnostic.rule], fingerprint, report)
            for diagnostic, fingerprint in zip(report.diagnostics, fingerprints(report), strict=True)
        ],
    }
    return json_text({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(rule: Rule) -> dict[str, Any]:
    page = cleandoc(rule.page or "")
    does = page.split("\n\n")[1] if page.startswith("## What it does") else rule.name
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.name.replace("-", " ")},
        "fullDescription": {"text": " ".join(does.split())},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"level": _LEVELS[rule.level]},
    }


def _result(diagnostic: Diagnostic, index: int, fingerprint: str, report: Report) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "ruleIndex": index,
        "level": _LEVELS[diagnostic.level],
        "message": {"text": f"{diagnostic.message}\n{diagnostic.help}" if diagnostic.help else diagnostic.message},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": _file(diagnostic.place, report),
                    "region": _region(diagnostic.place),
                }
            }
        ],
        "partialFingerprints": {"postmortems/v1": fingerprint},
    }
    if edits := report.edits(diagnostic):
        result["fixes"] = [
            {"description": {"text": diagnostic.help or diagnostic.message}, "artifactChanges": _changes(edits, report)}
        ]
    return result


def _changes(edits: Iterable[Edit], report: Report) -> list[dict[str, Any]]:
    by_file: dict[str, list[Edit]] = {}
    for edit in edits:
        by_file.setdefault(edit.place.path, []).append(edit)
    return [
        {
            "artifactLocation": _file(several[0].place, report),
            "replacements": [
                {"deletedRegion": _region(edit.place), "insertedContent": {"text": edit.text}} for edit in several
            ],
        }
        for several in by_file.values()
    ]


def _file(place: Place, report: Report) -> dict[str, str]:
    return {"uri": quote(report.repository_path(place.path).encode("utf-8", "surrogateescape"), safe="/~")}


def _region(place: Place) -> dict[str, int]:
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
