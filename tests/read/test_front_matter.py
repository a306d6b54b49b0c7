"""Every trap of front matter is caught at its line, and what is sound reads without a word."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortems.model.front_matter import DetectedBy, Occurrence, Status
from postmortems.model.pattern import Role
from postmortems.model.source import Source
from postmortems.read.front_matter import split_front_matter, typed_front_matter

PATH = "postmortems/2026/01-checkout/postmortem.md"


def read(text: str) -> tuple[object, list[tuple[str, int, int, str]]]:
    split = split_front_matter(Source(PATH, text))
    matter, problems = typed_front_matter(split)
    found = [(one.rule, one.place.line, one.place.column, one.message) for one in [*split.problems, *problems]]
    return matter, found


WHOLE = """\
---
title: "Checkout: timeouts"
status: published
severity: SEV2
services: [checkout, payments]
owner: Payments
started_at: 2026-11-20T14:23Z
detected_at: 2026-11-20T15:30:00+01:00
mitigated_at: unknown
resolved_at: 2026-11-20 16:00:00Z
detected_by: alert
detection_target: 1h30m
root_cause: connection pool exhaustion
patterns:
  - database-issues
  - {pattern: deployment-problems, role: trigger}
repeat_of: 2025/03-checkout
not_repeat_of: {id: 2024/01-pool, reason: another mechanism}
published_on: 2026-11-25
sources: [https://status.example.com/1]
hide: [toc]
x-team: {any: thing}
---
Body
"""


def test_a_whole_front_matter_is_read_typed() -> None:
    matter, found = read(WHOLE)
    assert found == []
    assert matter.title == "Checkout: timeouts"
    assert matter.status is Status.PUBLISHED
    assert matter.services == ("checkout", "payments")
    assert matter.started_at == datetime(2026, 11, 20, 14, 23, tzinfo=UTC)
    assert matter.detected_at == datetime(2026, 11, 20, 14, 30, tzinfo=UTC)
    assert matter.mitigated_at is None
    assert matter.resolved_at == datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
    assert matter.detected_by is DetectedBy.ALERT
    assert matter.detection_target == timedelta(minutes=90)
    assert matter.patterns == (
        Occurrence(pattern="database-issues"),
        Occurrence(pattern="deployment-problems", role=Role.TRIGGER),
    )
    assert matter.repeat_of == ("2025/03-checkout",)
    assert matter.not_repeat_of[0].reason == "another mechanism"
    assert matter.published_on == date(2026, 11, 25)
    assert matter.host == {"hide": ["toc"], "x-team": {"any": "thing"}}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param(
            "started_at: 14:23",
            ("invalid-value", 2, 13, '"started_at" is 14:23, which YAML reads as the number 863'),
            id="a time that YAML takes for a number",
        ),
        pytest.param(
            "root_cause: no", ("invalid-value", 2, 13, '"root_cause" is no, which YAML reads as false'), id="no"
        ),
        pytest.param(
            "started_at: 2026-11-20T14:23",
            ("time-without-zone", 2, 13, '"started_at" is "2026-11-20T14:23", a time without a time zone'),
            id="no zone",
        ),
        pytest.param(
            "started_at: 2026-11-20 14:23:00",
            ("time-without-zone", 2, 13, '"started_at" is "2026-11-20 14:23:00", a time without a time zone'),
            id="no zone, as YAML's own timestamp",
        ),
        pytest.param(
            "started_at: 2026-11-20",
            ("invalid-value", 2, 13, '"started_at" is "2026-11-20", which names a day but no time'),
            id="a day alone",
        ),
        pytest.param(
            "started_at: 2026-02-30T10:00Z",
            ("invalid-value", 2, 13, '"started_at" is "2026-02-30T10:00Z", which is not an ISO 8601 time'),
            id="a day that does not exist",
        ),
        pytest.param(
            "title: a\ntitle: b", ("duplicate-key", 3, 1, '"title" is set twice; the first is on line 2'), id="twice"
        ),
        pytest.param(
            "titel: a", ("unknown-field", 2, 1, '"titel" is not a valid key in the front matter'), id="misspelt"
        ),
        pytest.param(
            "services: checkout", ("invalid-value", 2, 11, '"services" is "checkout", not a list'), id="no list"
        ),
        pytest.param(
            "services:\n  - checkout\n  - 404",
            ("invalid-value", 4, 5, '"services[1]" is 404, which YAML reads as the number 404'),
            id="one item of a list",
        ),
        pytest.param(
            "status: publshed",
            ("invalid-value", 2, 9, '"status" is "publshed", which is not an allowed value'),
            id="misspelt value",
        ),
        pytest.param(
            "patterns: [{pattern: a, role: cause}]",
            ("invalid-value", 2, 31, '"patterns[0]" is "cause", which is not an allowed value'),
            id="misspelt role",
        ),
        pytest.param(
            "patterns: [{patern: a}]",
            ("unknown-field", 2, 13, '"patern" is not a valid key in an entry of "patterns"'),
            id="misspelt inner key",
        ),
        pytest.param("title:", ("missing-field", 2, 1, '"title" has no value'), id="required and empty"),
        pytest.param("owner: ~", ("invalid-value", 2, 1, '"owner" has no value'), id="optional and empty"),
        pytest.param(
            "sources: ['javascript:alert(1)']",
            (
                "invalid-value",
                2,
                11,
                '"sources[0]" is "javascript:alert(1)", which is not a URL that starts with https:// or http://',
            ),
            id="a source that runs",
        ),
        pytest.param(
            "title: a: b",
            (
                "invalid-yaml",
                2,
                9,
                'the front matter is not valid YAML: mapping values are not allowed in this context, at "title: a: b"',
            ),
            id="a colon",
        ),
        pytest.param("- a\n- b", ("invalid-yaml", 2, 1, "the front matter has no keys"), id="a list"),
        pytest.param("title: !!python/object:os.system x", ("invalid-yaml", 2, 8, None), id="a tag that would build"),
        pytest.param("a: " + "[" * 300, ("invalid-yaml", 2, 1, "the YAML is nested too deeply"), id="deep"),
    ],
)
def test_a_trap_is_caught_at_its_place(line: str, expected: tuple[str, int, int, str | None]) -> None:
    _, found = read(f"---\n{line}\n---\nBody\n")
    traps = [one for one in found if one[0] != "unknown-field" or expected[0] == "unknown-field"]
    rule, at, column, message = expected
    assert (rule, at, column) in [one[:3] for one in traps]
    if message is not None:
        assert message in [one[3] for one in traps]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        pytest.param("", 1, "the file is empty", id="empty"),
        pytest.param("  \n\n", 1, "the file is empty", id="blank"),
        pytest.param("# Title\n", 1, "the file has no front matter", id="none"),
        pytest.param(
            "\n\n---\ntitle: a\n---\n", 3, "the front matter starts on line 3, so it is not recognised", id="late"
        ),
        pytest.param("---\ntitle: a\n", 1, 'the front matter opens with "---" but is never closed', id="open"),
    ],
)
def test_front_matter_that_is_not_there(text: str, line: int, message: str) -> None:
    split = split_front_matter(Source(PATH, text))
    assert [(one.rule, one.place.line, one.message) for one in split.problems] == [
        ("missing-front-matter", line, message)
    ]


@pytest.mark.parametrize(
    ("text", "body", "body_line"),
    [
        pytest.param("---\ntitle: a\n---\nBody\n", "Body\n", 4, id="dashes"),
        pytest.param("---\ntitle: a\n...\nBody\n", "Body\n", 4, id="dots as the closing fence"),
        pytest.param("---  \ntitle: a\n---\t\n\nBody", "\nBody", 4, id="blanks behind the fences"),
        pytest.param("---\ntitle: a\n---", "", 4, id="nothing below"),
        pytest.param("---\n---\nBody", "Body", 3, id="nothing between"),
    ],
)
def test_the_body_begins_on_its_own_line(text: str, body: str, body_line: int) -> None:
    split = split_front_matter(Source(PATH, text))
    assert (split.body.text, split.body.first, split.problems) == (body, body_line, [])


def test_everything_wrong_is_said_at_once_and_the_rest_is_kept() -> None:
    matter, found = read("---\ntitle: Kept\nstatus: x\nstarted_at: 14:23\nservices: [a, 1, b]\nfoo: 1\n---\n")
    assert sorted(one[1] for one in found) == [3, 4, 5, 6]
    assert (matter.title, matter.status, matter.started_at, matter.services) == ("Kept", None, None, ("a", "b"))


def test_places_follow_the_items_that_are_kept() -> None:
    split = split_front_matter(Source(PATH, "---\npatterns:\n  - a\n  - 1\n  - {pattern: b, role: trigger}\n---\n"))
    matter, _ = typed_front_matter(split)
    assert [one.pattern for one in matter.patterns] == ["a", "b"]
    assert split.document.places[("patterns", 1)].line == 5
    assert split.document.places[("patterns", 1, "pattern")].column == 15
    assert ("patterns", 2) not in split.document.places


def test_aliases_that_multiply_stay_bounded() -> None:
    levels = "\n".join(f"x-{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12))
    _, found = read(f"---\nx-0: &a0 [1]\n{levels}\n---\n")
    assert [one[0] for one in found] == ["invalid-yaml"]


@given(st.text(max_size=300))
def test_no_front_matter_raises(text: str) -> None:
    read(f"---\n{text}\n---\n")
    read(text)


@given(st.dictionaries(st.text("abcdefgh_", min_size=1), st.text(max_size=40), max_size=6))
def test_the_body_is_never_changed(values: dict[str, str]) -> None:
    body = "  \n# Heading  \n\ttext\n\n"
    front = "".join(f"{key}: {value!r}\n" for key, value in values.items() if "\\" not in repr(value))
    assert split_front_matter(Source(PATH, f"---\n{front}---\n{body}")).body.text == body
