"""JUnit XML, the form of test results that every CI system shows.

A finding is a test case: an error fails, and what does not fail carries its words as output. A case for the run itself
keeps a report without findings from being an empty one, which some systems take for a failure.
"""

from __future__ import annotations

from xml.etree import ElementTree as Xml

from postmortems.check.report import Report
from postmortems.check.reporters.text import summary
from postmortems.model.diagnostic import Diagnostic, Level
from postmortems.text.terminal import escape_controls


def report_junit(report: Report) -> str:
    """The report as an XML document."""
    failures = str(report.counts[Level.ERROR])
    tests = str(len(report.diagnostics) + 1)
    counts = {"name": "postmortems", "tests": tests, "failures": failures, "errors": "0"}
    suites = Xml.Element("testsuites", counts)
    suite = Xml.SubElement(suites, "testsuite", counts | {"skipped": "0"})
    run = Xml.SubElement(suite, "testcase", {"classname": "postmortems", "name": "check", "time": "0"})
    Xml.SubElement(run, "system-out").text = summary(report)
    for diagnostic in report.diagnostics:
        _case(suite, diagnostic, report)
    Xml.indent(suites)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + Xml.tostring(suites, encoding="unicode") + "\n"


def _case(suite: Xml.Element, diagnostic: Diagnostic, report: Report) -> None:
    # XML has no way to write most control characters, not even escaped ones.
    path, message, help_text = (
        escape_controls(report.repository_path(diagnostic.place.path)),
        escape_controls(diagnostic.message),
        escape_controls(diagnostic.help),
    )
    name = f"{diagnostic.code} {diagnostic.rule}, line {diagnostic.place.line}, column {diagnostic.place.column}"
    case = Xml.SubElement(
        suite,
        "testcase",
        {"classname": path, "name": name, "file": path, "line": str(diagnostic.place.line), "time": "0"},
    )
    text = (
        f"{path}:{diagnostic.place.line}:{diagnostic.place.column} [{diagnostic.level}]\n{message}\nhelp: {help_text}"
    )
    if diagnostic.level is Level.ERROR:
        Xml.SubElement(case, "failure", {"type": diagnostic.rule, "message": message}).text = text
    else:
        Xml.SubElement(case, "system-out").text = text
