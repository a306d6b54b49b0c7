"""A baseline knows findings by their text, only shrinks, and is a file that a person can review."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from postmortems.check.baseline import (
    NotABaselineError,
    compare,
    entries_of,
    parse_baseline,
    write_baseline,
)
from postmortems.check.fingerprint import fingerprints
from postmortems.check.report import Report
from postmortems.model.diagnostic import Diagnostic, Level
from postmortems.model.place import Place

PATH = "postmortems/2024/01-a/postmortem.md"


def finding(line: int, message: str = "it is wrong", rule: str = "missing-section", path: str = PATH) -> Diagnostic:
    return Diagnostic("PM101", rule, Level.ERROR, Place.at(path, line), message, "mend it")


def report(*diagnostics: Diagnostic, lines: Mapping[int, str] | None = None) -> Report:
    return Report(diagnostics, 1, source_line=lambda path, line: (lines or {}).get(line))


def test_a_finding_is_known_again_when_its_line_has_moved() -> None:
    before = report(finding(3), lines={3: "## Timeline"})
    after = report(finding(9), lines={9: "##  Timeline "})
    assert fingerprints(before) == fingerprints(after)


@pytest.mark.parametrize(
    "other",
    [
        report(finding(3, "it is worse"), lines={3: "## Timeline"}),
        report(finding(3, rule="empty-section"), lines={3: "## Timeline"}),
        report(finding(3, path="postmortems/2024/02-b/postmortem.md"), lines={3: "## Timeline"}),
        report(finding(3), lines={3: "## Impact"}),
    ],
    ids=["message", "rule", "file", "text"],
)
def test_a_finding_with_another_text_is_another(other: Report) -> None:
    assert fingerprints(report(finding(3), lines={3: "## Timeline"})) != fingerprints(other)


def test_numbers_in_a_message_count_lines_and_days_and_do_not_tell_findings_apart() -> None:
    assert fingerprints(report(finding(3, "overdue by 4 days"))) == fingerprints(
        report(finding(3, "overdue by 41 days"))
    )


def test_two_that_are_alike_are_two() -> None:
    assert len(set(fingerprints(report(finding(3), finding(4))))) == 2


def test_the_file_is_sorted_and_reads_back() -> None:
    entries = entries_of(
        report(finding(4, "second"), finding(3, "first: \u00fc \u202e"), finding(1, path="patterns/a.md"))
    )
    text = write_baseline(entries, "known.json")
    assert [one.message for one in parse_baseline(text).findings] == ["it is wrong", "first: \u00fc \u202e", "second"]
    assert "Known findings, which do not fail a run. The list can only shrink" in text
    assert "postmortems check --baseline known.json --write-baseline" in text
    assert "\u202e" not in text


def test_what_is_new_what_is_known_and_what_is_gone() -> None:
    before = parse_baseline(write_baseline(entries_of(report(finding(1, "old"), finding(2, "mended"))), "b.json"))
    compared = compare(report(finding(5, "old"), finding(6, "new")), before)
    assert [one.message for one in compared.new] == ["new"]
    assert [one.message for one in compared.known] == ["old"]
    assert [one.message for one in compared.gone] == ["mended"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "1:1: is not valid JSON: Expecting value"),
        ("[]", "1:1: is not a baseline: the file: Input should be a valid dictionary or instance of Baseline"),
        ('{"version": 1,\n"findings": [', "2:14: is not valid JSON: Expecting value"),
        ('{"version": 2}', "1:1: is not a baseline: version: Input should be less than or equal to 1"),
        ('{"version": 1, "findings": [{"path": "a"}]}', "1:1: is not a baseline: findings.0.rule: Field required"),
        ('{"version": 1, "findings": 3}', "1:1: is not a baseline: findings: Input should be a valid tuple"),
        ('{"version": 1, "finding": []}', "1:1: is not a baseline: finding: Extra inputs are not permitted"),
        ("[" * 100_000, "1:1: is not a baseline: it is nested too deeply, or holds too long a number"),
        ("9" * 5000, "1:1: is not a baseline: it is nested too deeply, or holds too long a number"),
    ],
)
def test_a_file_that_is_no_baseline(text: str, said: str) -> None:
    with pytest.raises(NotABaselineError) as caught:
        parse_baseline(text)
    assert str(caught.value) == said
