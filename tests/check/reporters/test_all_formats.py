"""Every format, read back by a program that is not ours, and what no author can do to any of them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree as Xml

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, validators
from junitparser import JUnitXml
from markdown_it import MarkdownIt

from postmortems.check.report import Report
from postmortems.check.reporters import FORMATS, reporter
from postmortems.model.changes import Changes
from postmortems.model.diagnostic import Diagnostic, Level
from postmortems.model.edit import Edit
from postmortems.model.place import Place
from postmortems.text.markdown import escaped

PATH = "postmortems/2026/03-zwölf: a, b/postmortem.md"
LINE = '- [ ] [Owner] Größer als "x" machen'
NASTY = "<b>&'\"|`* \x1b[2J\u202e\x00\r\n::error::x ]]> @team https://example.com %0A $x \ud800"

ERROR = Diagnostic(
    "PM103",
    "leftover-template-text",
    Level.ERROR,
    Place.at(PATH, 41, 15, 5),
    f"it is wrong {NASTY}",
    "replace it",
)
WARNING = Diagnostic("PM104", "repeated-section", Level.WARNING, Place(PATH, 41, 7, 43, 2), "twice", "")
INFO = Diagnostic("PM010", "duplicate-number", Level.INFO, Place.at("patterns/db.md"), "not used", "link to it")


def edits(one: Diagnostic) -> tuple[Edit, ...]:
    return (Edit(Place.at(PATH, 41, 15, 5), "bigger"),) if one is ERROR else ()


REPORT = Report((ERROR, WARNING), 12, lambda path: f"docs/{path}", lambda path, line: LINE, edits)


def many(number: int, level: Level, path: str = PATH) -> list[Diagnostic]:
    return [
        Diagnostic("PM103", "leftover-template-text", level, Place.at(path, line), f"finding {line}", "")
        for line in range(1, number + 1)
    ]


@pytest.mark.parametrize("form", FORMATS)
def test_the_form_has_a_reporter_and_reports_nothing_soundly(form: str) -> None:
    written = reporter(form)(Report((), 3))
    assert written.endswith("\n")


@pytest.mark.parametrize("form", FORMATS)
@settings(deadline=None, max_examples=50)
@given(st.text(max_size=60), st.text(max_size=60), st.text(min_size=1, max_size=20), st.text(max_size=40))
def test_no_author_can_break_out_of_a_format(form: str, message: str, advice: str, path: str, source: str) -> None:
    found = Diagnostic("PM103", "leftover-template-text", Level.ERROR, Place.at(path, 2, 3, 4), message, advice)
    report = Report((found,), 1, source_line=lambda path, line: source.replace("\n", " "))
    written = reporter(form)(report)
    # Whoever prints it: no control character but line breaks, and the same number of those whatever an author wrote.
    # Only Markdown has a joiner, its own, in what would mention somebody.
    assert all(character.isprintable() or character in "\n\u2060" for character in written)
    escape_controls = Report((Diagnostic("PM103", "leftover-template-text", Level.ERROR, found.place, "m", "h"),), 1)
    if form not in ("text",):
        assert len(written.splitlines()) - len(reporter(form)(escape_controls).splitlines()) in (0, -1)
    written.encode("utf-8", "surrogateescape")


# GitHub ------------------------------------------------------------------------------------------------------------


def annotations(text: str) -> list[tuple[str, dict[str, str], str]]:
    """Workflow commands as the runner reads them (actions/runner, ActionCommand.TryParseV2)."""
    found = []
    for line in text.splitlines():
        if match := re.fullmatch(r"::(\w+)(?: ([^:]*))?::(.*)", line):
            pairs = (pair.split("=", 1) for pair in (match[2] or "").split(",") if pair)
            plain = {name: unescaped(value, ":,") for name, value in pairs}
            found.append((match[1], plain, unescaped(match[3], "")))
    return [one for one in found if one[0] in ("error", "warning", "notice")]


def unescaped(text: str, more: str) -> str:
    for sign in ("\r", "\n", *more, "%"):
        text = text.replace(f"%{ord(sign):02X}", sign)
    return text


def test_github_annotates_file_line_and_columns() -> None:
    first, second = annotations(reporter("github")(REPORT))
    assert first[:2] == (
        "error",
        {
            "file": f"docs/{PATH}",
            "line": "41",
            "endLine": "41",
            "col": "15",
            "endColumn": "20",
            "title": "PM103 leftover-template-text",
        },
    )
    assert first[2].startswith("it is wrong <b>&'\"|`* \\x1b[2J\\u202e\\x00\\r\\n::error::x")
    assert first[2].endswith("\nhelp: replace it")
    # GitHub refuses columns of a place that ends on another line.
    assert second[1].keys() == {"file", "line", "endLine", "title"}


def test_github_shows_ten_so_changed_files_come_first_and_the_rest_is_said() -> None:
    old = many(23, Level.ERROR, "postmortems/2020/01-old/postmortem.md")
    new = many(3, Level.ERROR, "postmortems/2026/01-new/postmortem.md")
    changes = Changes(frozenset({"postmortems/2026/01-new/postmortem.md"}))
    text = reporter("github")(Report((*old, *new), 2, changes=changes))
    shown = annotations(text)
    assert len(shown) == 10
    assert [one[1]["file"].split("/")[1] for one in shown[:-1]] == ["2026"] * 3 + ["2020"] * 6
    assert shown[-1][2] == ("17 more errors in 1 file not annotated (GitHub shows 10 per step): see this step's log")
    log = text.split("::group::")[1]
    assert log.count("PM103 leftover-template-text [error]") == 17


@pytest.mark.parametrize(("number", "annotated", "in_log"), [(10, 10, 0), (11, 10, 2)])
def test_github_at_the_limit(number: int, annotated: int, in_log: int) -> None:
    text = reporter("github")(Report(tuple(many(number, Level.WARNING)), 1))
    assert len(annotations(text)) == annotated
    assert len(re.findall(r"^  \S.*\[warning\]", text, re.MULTILINE)) == in_log


# GitLab ------------------------------------------------------------------------------------------------------------

# From GitLab's documentation, "Code Quality report format".
GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "additionalProperties": False,
        "properties": {
            "description": {"type": "string"},
            "check_name": {"type": "string"},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "not": {"pattern": r"^(\./|/)"}},
                    "lines": {"type": "object", "required": ["begin"]},
                },
            },
        },
    },
}


def test_gitlab_fits_its_format_and_tells_findings_apart_without_lines() -> None:
    written = json.loads(reporter("gitlab")(REPORT))
    Draft202012Validator(GITLAB).validate(written)
    assert written[0]["location"] == {"path": f"docs/{PATH}", "lines": {"begin": 41, "end": 41}}
    moved = Report(
        (Diagnostic("PM103", ERROR.rule, Level.ERROR, Place.at(PATH, 90, 15, 5), ERROR.message, ERROR.help),),
        12,
        source_line=lambda path, line: LINE,
    )
    assert json.loads(reporter("gitlab")(moved))[0]["fingerprint"] == written[0]["fingerprint"]


# SARIF -------------------------------------------------------------------------------------------------------------


def test_sarif_is_valid_against_its_schema(tool: Callable[[str], Path]) -> None:
    schema = json.loads(tool("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json").read_text("utf-8"))
    validator = validators.validator_for(schema)(schema)
    for report in (REPORT, Report((), 0), Report((INFO,), 1)):
        log = json.loads(reporter("sarif")(report))
        # The schema is that of a draft, whose own address differs from the final one's.
        del log["$schema"]
        assert [error.message for error in validator.iter_errors(log)] == []


def test_sarif_holds_places_rules_fingerprints_and_fixes() -> None:
    run = json.loads(reporter("sarif")(REPORT))["runs"][0]
    first, second = run["results"]
    place = first["locations"][0]["physicalLocation"]
    assert unquote(place["artifactLocation"]["uri"]) == f"docs/{PATH}"
    assert ":" not in place["artifactLocation"]["uri"]
    assert place["region"] == {"startLine": 41, "startColumn": 15, "endLine": 41, "endColumn": 20}
    assert [run["tool"]["driver"]["rules"][one["ruleIndex"]]["id"] for one in (first, second)] == ["PM103", "PM104"]
    assert first["partialFingerprints"] != second["partialFingerprints"]
    replaced = first["fixes"][0]["artifactChanges"][0]["replacements"][0]
    assert replaced["insertedContent"] == {"text": "bigger"}
    assert "fixes" not in second
    assert run["tool"]["driver"]["rules"][0]["fullDescription"]["text"].startswith("Finds text of the template")


# JUnit -------------------------------------------------------------------------------------------------------------


def test_junit_is_read_by_another_program() -> None:
    (suite,) = JUnitXml.fromstring(reporter("junit")(REPORT).encode())
    assert (suite.tests, suite.failures, suite.errors) == (3, 1, 0)
    run, error, warning = suite
    assert run.system_out == "1 error, 1 warning in 12 files"
    assert error.result[0].type == "leftover-template-text"
    assert "it is wrong <b>&'\"|`* \\x1b[2J" in error.result[0].message
    assert error.classname == f"docs/{PATH}"
    assert (warning.result, warning.name) == ([], "PM104 repeated-section, line 41, column 7")


def test_junit_without_a_finding_is_not_an_empty_suite() -> None:
    (suite,) = JUnitXml.fromstring(reporter("junit")(Report((), 12)).encode())
    assert (suite.tests, suite.failures) == (1, 0)


@settings(deadline=None)
@given(st.text(), st.text(min_size=1))
def test_junit_is_xml_whatever_authors_write(message: str, path: str) -> None:
    found = Diagnostic("PM103", "leftover-template-text", Level.ERROR, Place.at(path), message, message)
    Xml.fromstring(reporter("junit")(Report((found,), 1)).encode("utf-8"))


# Markdown ----------------------------------------------------------------------------------------------------------


@settings(deadline=None)
@given(st.text(), st.text(min_size=1))
def test_markdown_shows_what_authors_write_as_text(message: str, path: str) -> None:
    found = Diagnostic("PM103", "leftover-template-text", Level.ERROR, Place.at(path), f"a {message}", "")
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(reporter("markdown")(Report((found,), 1)))
    inline = [child for token in tokens for child in token.children or ()]
    assert {child.type for child in inline} <= {"text", "text_special", "code_inline", "strong_open", "strong_close"}
    assert sum(token.type == "tr_open" for token in tokens) == 2
    assert sum(token.type == "td_open" for token in tokens) == 5
    assert not any(re.search(r"[@#!&~%$]\w|GH-\d", child.content) for child in inline if child.type == "text")


@pytest.mark.parametrize(
    ("written", "in_markdown"),
    [
        ("www.example.com (WWW.a.b) _www.a.b", "www\\.example.com \\(WWW\\.a.b\\) \\_www\\.a.b"),
        ("https://a.bc ftp://x.y mailto:a@b.cc", "https\\://a.bc ftp\\://x.y mailto\\:a@\u2060b.cc"),
        ("@team a@b.cc", "@\u2060team a@\u2060b.cc"),
        ("#12 o/r#12 GH-12 gh-1", "\\#\u206012 o/r\\#\u206012 GH-\u206012 gh-\u20601"),
        ("!3 &4 ~label $5 %6 @ 7", "\\!\u20603 \\&\u20604 \\~\u2060label \\$\u20605 %\u20606 @ 7"),
    ],
)
def test_nothing_in_markdown_becomes_a_link_or_calls_somebody(written: str, in_markdown: str) -> None:
    assert escaped(written) == in_markdown


def test_markdown_in_full() -> None:
    report = Report((WARNING, INFO, many(1, Level.ERROR)[0]), 3, lambda path: f"docs/{path}")
    assert reporter("markdown")(report) == (
        "**1 error, 1 warning, 1 info in 3 files**\n"
        "\n"
        f"`docs/{PATH}`\n"
        "\n"
        "| Line | Level | Rule | Finding | Next step |\n"
        "|---:|---|---|---|---|\n"
        "| 41 | warning | PM104 repeated-section | twice |  |\n"
        "\n"
        "`docs/patterns/db.md`\n"
        "\n"
        "| Line | Level | Rule | Finding | Next step |\n"
        "|---:|---|---|---|---|\n"
        "| 1 | info | PM010 duplicate-number | not used | link to it |\n"
        "\n"
        f"`docs/{PATH}`\n"
        "\n"
        "| Line | Level | Rule | Finding | Next step |\n"
        "|---:|---|---|---|---|\n"
        "| 1 | error | PM103 leftover-template-text | finding 1 |  |\n"
    )


# Reviewdog ---------------------------------------------------------------------------------------------------------

# From reviewdog's proto/rdf/reviewdog.proto, message DiagnosticResult.
_POSITION = {
    "type": "object",
    "required": ["line", "column"],
    "properties": {"line": {"type": "integer", "minimum": 1}, "column": {"type": "integer", "minimum": 1}},
    "additionalProperties": False,
}
_RANGE = {"type": "object", "required": ["start"], "properties": {"start": _POSITION, "end": _POSITION}}
RDJSON = {
    "type": "object",
    "required": ["source", "diagnostics"],
    "properties": {
        "diagnostics": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["message", "location", "severity"],
                "additionalProperties": False,
                "properties": {
                    "message": {"type": "string"},
                    "severity": {"enum": ["ERROR", "WARNING", "INFO"]},
                    "location": {
                        "type": "object",
                        "required": ["path", "range"],
                        "properties": {"path": {"type": "string"}, "range": _RANGE},
                    },
                    "code": {"type": "object", "required": ["value"]},
                    "suggestions": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["range", "text"],
                            "properties": {"range": _RANGE, "text": {"type": "string"}},
                        },
                    },
                },
            },
        }
    },
}


def test_rdjson_counts_columns_in_bytes_and_suggests() -> None:
    written = json.loads(reporter("rdjson")(REPORT))
    Draft202012Validator(RDJSON).validate(written)
    first = written["diagnostics"][0]
    start, end = first["location"]["range"]["start"], first["location"]["range"]["end"]
    assert LINE.encode()[start["column"] - 1 : end["column"] - 1].decode() == LINE[14:19] == "Größe"
    assert first["suggestions"] == [{"range": {"start": start, "end": end}, "text": "bigger"}]
    assert "suggestions" not in written["diagnostics"][1]


@given(st.text("aé決𝄞\ud800", max_size=12), st.lists(st.integers(1, 20), min_size=1, max_size=5))
def test_rdjson_measures_a_line_once_for_all_findings_on_it(line: str, columns: list[int]) -> None:
    asked: list[int] = []

    def source(path: str, number: int) -> str:
        asked.append(number)
        return line

    found = tuple(Diagnostic("PM103", "x", Level.ERROR, Place.at(PATH, 1, one), "m", "") for one in columns)
    written = json.loads(reporter("rdjson")(Report(found, 1, source_line=source)))
    starts = [one["location"]["range"]["start"]["column"] for one in written["diagnostics"]]
    # Behind its end a line goes on in single bytes.
    assert starts == [len(line.ljust(20)[: one - 1].encode("utf-8", "surrogatepass")) + 1 for one in columns]
    assert asked == [1]
