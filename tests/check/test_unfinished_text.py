"""PM106: what says that something is still to be written, and what only looks like it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from postmortems.check.unfinished import suspicious_lines, unfinished
from postmortems.model.diagnostic import Diagnostic

Check = Callable[..., tuple[Diagnostic, ...]]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("TBD", "TBD"),
        ("todo", "todo"),
        ("**TODO**", "**TODO**"),
        ("T.B.D.", "T.B.D."),
        ("???", "???"),
        ("??", "??"),
        ("To be written.", "To be written."),
        ("This section is still to be written", "This section is still to be written"),
        ("More details to follow", "More details to follow"),
        ("To be determined after the vendor answers", "To be determined after the vendor answers"),
        ("n/a yet", "n/a yet"),
        ("TODO add the graph", "TODO"),
        ("FIXME: wrong figure", "FIXME"),
        ("Impact: TBD", "TBD"),
        ("Impact: tbd", "tbd"),
        ("Cause: to be confirmed", "to be confirmed"),
        ("The figure (TBC) is from the shop", "TBC"),
        ("The owner is TBD until Monday", "TBD"),
        ("Why did it stop ???", "???"),
        ("We will ask the vendor TODO.", "TODO"),
    ],
)
def test_what_is_unfinished(text: str, words: str) -> None:
    assert [found for _, found in unfinished(text)] == [words]
    assert suspicious_lines(f"a\n{text}\nb") == [1]


@pytest.mark.parametrize(
    "text",
    [
        "The TODO app returned errors",
        "TODO app returned errors",
        "TODO-12 was closed",
        "see TODO.md and docs/TODO",
        "a TODO in the code was older than the team",
        "TBC Bank was cut off",
        "What???",
        "The migration to be completed by Friday failed",
        "The runbook is to be written by the team, which took a week",
        "placeholder values were cached",
        "the work in progress was lost",
        "None: nothing was to be done",
        "N/A",
        "unknown",
        "A sixxxth node",
    ],
)
def test_what_is_not(text: str) -> None:
    assert list(unfinished(text)) == []


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("TBD", [1]),
        ("- TBD", [3]),
        ("1. TODO: ask", [4]),
        ("| 14:20 | ??? | TBD |\n|---|---|---|\n| 1 | ?? | a |", [11, 17, 7]),
        ("### Open (TBD)\n\nText", [11]),
        ("Text\nTBD", [1]),
        ("`TODO`, `TBD`", []),
        ("```\nTODO\n```", []),
        ("    TODO", []),
        ("<!-- TODO -->", []),
        ("> TBD", []),
        ('The log said "TBD".', []),
        ("[TODO](https://example.com/TODO)", []),
        ("See https://example.com/TBD", []),
        ("None: TODO-12 says all of it.", []),
    ],
)
def test_where_in_a_section(text: str, columns: list[int], check: Check) -> None:
    found = check(("A pool is a queue, and a queue wants an alert on its length.", text), only="unfinished-text")
    assert [one.place.column for one in found] == columns
    assert {one.level.value for one in found} <= {"error"}


@pytest.mark.parametrize(
    ("replaced", "expected"),
    [
        (("root_cause: connection pool exhaustion", "root_cause: TBD"), ['"root_cause" is "TBD", which is not an answer yet']),
        (("root_cause: connection pool exhaustion", "root_cause: '???'"), ['"root_cause" is "???", which is not an answer yet']),
        (("owner: storage-team", "owner: tbd"), ['"owner" is "tbd", which is not an answer yet']),
        (("services: [api]", "services: [api, TBD]"), ['"services" is "TBD", which is not an answer yet']),
        (("services: [api]", "services: [todo]"), []),
        (("root_cause: connection pool exhaustion", "root_cause: unknown"), []),
    ],
)  # fmt: skip
def test_values_of_front_matter(replaced: tuple[str, str], expected: list[str], check: Check) -> None:
    assert [one.message for one in check(replaced, only="unfinished-text")] == expected


def test_in_a_draft_it_is_a_warning(check: Check) -> None:
    found = check(("status: published", "status: draft"), ("root_cause: connection pool exhaustion", "root_cause: TBD"))
    assert [(one.code, one.level.value) for one in found] == [("PM106", "warning")]


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("- [ ] [storage-team] TBD (kind: prevent)", 1),
        ("- [ ] [storage-team] TODO list: drop its cache (kind: prevent)", 0),
        ("- [ ] [TBD] Run the load tests with timeouts (kind: prevent)", 0),
    ],
)
def test_action_items_have_rules_of_their_own(item: str, expected: int, check: Check) -> None:
    replaced = ("- [ ] [storage-team] Run the load tests with timeouts (kind: prevent)", item)
    assert len(check(replaced, only="unfinished-text")) == expected


def test_time_grows_with_the_length() -> None:
    assert suspicious_lines("?? x\n" * 100_000) == list(range(100_000))
    assert not list(unfinished("to be " * 100_000))
