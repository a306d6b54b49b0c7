"""PM803: values that an import was not sure of, and what other rules say of them meanwhile."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from postmortems.model.diagnostic import Diagnostic
from postmortems.model.source import Source
from postmortems.read.unsure_values import read_unsure_values

Check = Callable[..., tuple[Diagnostic, ...]]


def test_the_values_below_comments() -> None:
    text = '---\ntitle: A\n# check: line 3: "High"\n# a note\nseverity: SEV2\n# check:\n---\n# check: text\nstatus: x\n'
    assert [(value.key, value.place.line, value.reason) for value in read_unsure_values(Source("a.md", text))] == [
        ("severity", 3, 'line 3: "High"'),
        ("", 6, ""),
    ]


@pytest.mark.parametrize(
    ("replaced", "expected"),
    [
        ((("severity: SEV2", "severity: unknown"),), [("PM005", 4, '"severity" is unknown')]),
        (
            (
                ("severity: SEV2", "# check: none\nseverity: unknown"),
                ("services: [api]", "# check: none\nservices: []"),
            ),
            [("PM803", 4, "2 values from an import, not yet checked: severity (line 4), services (line 6)")],
        ),
        (
            (("severity: SEV2", "# check: none\nseverity: SEV7"),),
            [
                ("PM007", 5, '"severity" is "SEV7", which is not on the scale'),
                ("PM803", 4, "1 value from an import, not yet checked: severity (line 4)"),
            ],
        ),
        (
            (("severity: SEV2\n", ""), ("services: [api]", "# check: none\nservices: [api]")),
            [
                ("PM005", 1, 'the front matter has no "severity"'),
                ("PM803", 4, "1 value from an import, not yet checked: services (line 4)"),
            ],
        ),
    ],
)
def test_unknown_values_are_told_of_once(
    replaced: tuple[tuple[str, str], ...], expected: list[tuple[str, int, str]], check: Check
) -> None:
    found = check(*replaced, levels={"pattern-without-incident": "off"})
    assert sorted((finding.code, finding.place.line, finding.message) for finding in found) == expected


def test_a_draft_lacks_its_severity_too(check: Check) -> None:
    found = check(("severity: SEV2", "severity: unknown"), ("status: published", "status: draft"))
    assert [(finding.code, str(finding.level)) for finding in found if finding.code == "PM005"] == [("PM005", "error")]
