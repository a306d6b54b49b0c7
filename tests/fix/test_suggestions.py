"""The edits that reports show for a diagnostic, and that nothing is done for reports that show none."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from tests.conftest import POSTMORTEM
from tests.fix.one_fix import PATH

from postmortems.check.reporters import FORMATS, reporter
from postmortems.fix import suggestions
from postmortems.fix.rewrite import rewritten
from postmortems.results import Run

Look = Callable[..., Run]

BAD = (
    POSTMORTEM.replace("severity:", "severty:")
    .replace("[database-issues]", "[db]")
    .replace("14:20:00Z", "14:20Z")
    .replace("detected_by: alert", "detected_by: nobody")
)


def test_each_finding_that_can_be_put_right_has_its_edit(look: Look) -> None:
    report = look({PATH: BAD}).report()
    found = {one.code: report.edits(one) for one in report.diagnostics}
    assert {code: [edit.text for edit in edits] for code, edits in found.items()} == {
        "PM005": [],
        "PM006": ["severity"],
        "PM007": [],
        "PM401": ["database-issues"],
    }
    made = rewritten(BAD.encode(), [*found["PM006"], *found["PM401"]]).decode()
    assert made == BAD.replace("severty", "severity").replace("[db]", "[database-issues]")


def test_of_findings_that_share_an_edit_the_first_has_it(look: Look) -> None:
    rows = [line for line in POSTMORTEM.split("\n") if line.startswith(("| 2026", "| 14", "| 16"))]
    text = POSTMORTEM.replace("\n".join(rows[1:3]), "\n".join(rows[2:0:-1])).replace("## Response Evaluation\n", "")
    text = text.replace("### What Went Well\n", "").replace("### Areas for Improvement\n", "")
    report = look({PATH: text}).report()
    assert [(one.code, len(report.edits(one))) for one in report.diagnostics] == [
        ("PM101", 1),
        ("PM101", 0),
        ("PM101", 0),
        ("PM203", 1),
    ]


def test_reviewdog_and_sarif_show_them(look: Look) -> None:
    report = look({PATH: BAD}).report()
    shown = json.loads(reporter("rdjson")(report))["diagnostics"]
    assert [one["suggestions"][0]["text"] for one in shown if "suggestions" in one] == ["severity", "database-issues"]
    results = json.loads(reporter("sarif")(report))["runs"][0]["results"]
    changes = [one["fixes"][0]["artifactChanges"][0]["replacements"][0] for one in results if "fixes" in one]
    assert [one["insertedContent"]["text"] for one in changes] == ["severity", "database-issues"]


@pytest.mark.parametrize("form", [form for form in FORMATS if form not in ("rdjson", "sarif")])
def test_other_reports_cost_nothing(form: str, look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> Iterator[None]:
        raise AssertionError("a document was looked at")

    run = look({PATH: BAD})
    monkeypatch.setattr(suggestions, "proposals", never)
    assert reporter(form)(run.report())


def test_a_file_is_looked_at_once_and_only_if_a_finding_in_it_may_be_fixed(
    look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    real = suggestions.proposals
    monkeypatch.setattr(suggestions, "proposals", lambda one, context: looked.append(one.path) or real(one, context))
    report = look({PATH: BAD, "postmortems/2026/02-x/postmortem.md": POSTMORTEM + "![](gone.png)\n"}).report()
    reporter("rdjson")(report)
    assert looked == [PATH]


def test_a_file_that_is_gone_has_none(look: Look) -> None:
    run = look({PATH: BAD})
    (run.docs / PATH).unlink()
    report = run.report()
    assert [report.edits(one) for one in report.diagnostics] == [()] * len(report.diagnostics)


def test_a_diagnostic_of_another_text_has_none(look: Look) -> None:
    report = look({PATH: BAD}).report()
    one = next(one for one in report.diagnostics if one.code == "PM401")
    assert report.edits(replace(one, place=one.place._replace(line=1, end_line=1))) == ()


@pytest.mark.parametrize(
    "path",
    [
        "notes.md",
        "postmortems/README.md",
        PATH.replace("postmortem.md", "artifacts/notes.md"),
        "patterns/index.md",
        "a/b.md",
    ],
)
def test_a_page_that_is_neither_postmortem_nor_pattern_has_no_edit_and_no_fix(path: str, look: Look) -> None:
    run = look({PATH: BAD, path: "---\ntags: {a: b}\nsearch: 5\n---\n\n## Executive Summary\n\n- [X] x\n"})
    found = [one for one in run.diagnostics if one.place.path == path]
    assert "invalid-value" in {one.rule for one in found}
    report = run.report()
    assert [report.edits(one) for one in found] == [()] * len(found)
    assert run.suggested(run.diagnostics) == look({PATH: BAD}).suggested(look({PATH: BAD}).diagnostics) > 0
    assert [file.path for file in run.fixes(run.diagnostics)] == [PATH]
