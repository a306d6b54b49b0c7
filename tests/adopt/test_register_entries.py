"""The incidents of an import for the register."""

from __future__ import annotations

import pytest

from postmortems.adopt.plan import Plan
from postmortems.adopt.record import Record, RegisterRow, stated
from postmortems.adopt.register_entries import RegisterChange, changed_register
from postmortems.read.register import read_register
from postmortems.settings import Settings

PATH = "postmortems/register.yml"
ROWS = (
    RegisterRow("a.json", "P1A", "P1", "2026-03-02T15:10Z", "Slow: a day"),
    RegisterRow("a.json", "P1B", "SEV3"),
    RegisterRow("a.json", "P1C", "", "2026-03-02T15:10Z"),
)
RECORD = Record("a.json", {"title": stated("Slow", "a")}, "2026/01-slow", incident="P1B")


def test_rows_become_entries() -> None:
    change = changed_register(Plan((RECORD,), register=ROWS), PATH, None, Settings(), {})
    assert (change.after.decode(), change.new, change.without_severity) == (
        '- id: P1A\n  # check: the pager: "P1"\n  severity: SEV1\n  resolved_at: 2026-03-02T15:10Z\n'
        "  title: 'Slow: a day'\n\n- id: P1B\n  severity: SEV3\n  resolved_at: unknown\n  postmortem: 2026/01-slow\n",
        2,
        1,
    )
    register, problems = read_register(PATH, change.after)
    assert (problems, len(register.entries)) == ([], 2)


@pytest.mark.parametrize("before", ["# Ours\n- id: P1A\n  severity: SEV2\n  resolved_at: unknown\n", "[]\n", ""])
def test_what_is_there_stays_and_a_second_time_adds_nothing(before: str) -> None:
    plan = Plan((), register=ROWS)
    change = changed_register(plan, PATH, before.encode(), Settings(), {"P1": "SEV1"})
    assert change.after.decode().startswith(before.replace("[]\n", ""))
    register, problems = read_register(PATH, change.after)
    assert (problems, [entry.id for entry in register.entries]) == ([], ["P1A", "P1B"])
    again = changed_register(plan, PATH, change.after, Settings(), {"P1": "SEV1"})
    assert (again.after, again.new) == (change.after, 0)


def test_postmortems_alone_begin_no_register() -> None:
    assert changed_register(Plan((RECORD,)), PATH, None, Settings(), {}) == RegisterChange()


def test_a_register_that_cannot_be_read_is_left_alone() -> None:
    change = changed_register(Plan((), register=ROWS), PATH, b"- id: [a\n", Settings(), {})
    assert (change.new, change.problem.partition(": ")[0]) == (0, "postmortems/register.yml:1")
