"""PM204 and PM209: moments against each other, and against the present."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from postmortems.model.diagnostic import Diagnostic

Check = Callable[..., tuple[Diagnostic, ...]]

PATH = "postmortems/2024/01-database-connection-pool/postmortem.md"


def with_moments(text: str, *moments: str) -> str:
    """The postmortem with these four moments, as times of 6 February or whole; its day is stated, too."""
    names = ("started_at", "detected_at", "mitigated_at", "resolved_at")
    lines = [line for line in text.splitlines(keepends=True) if not line.startswith(names)]
    written = [one if len(one) > 5 else f"2024-02-06T{one}:00Z" for one in moments]
    lines[1:1] = [f"{name}: {value}\n" for name, value in zip(names, written, strict=True)] + ["date: 2024-02-06\n"]
    return "".join(lines)


@pytest.mark.parametrize(
    ("moments", "expected"),
    [
        pytest.param(("14:20", "14:23", "14:45", "16:00"), [], id="in order"),
        pytest.param(("14:20", "14:20", "14:20", "14:20"), [], id="all at once"),
        pytest.param(("14:20", "15:00", "14:45", "16:00"), [], id="noticed after it was over"),
        pytest.param(("14:20", "17:00", "14:45", "16:00"), [], id="noticed after the fault was gone"),
        pytest.param(
            ("14:20", "14:19", "14:45", "16:00"),
            [(3, '"detected_at" (2024-02-06 14:19:00 UTC) is before "started_at" (2024-02-06 14:20:00 UTC)')],
            id="detected before it started",
        ),
        pytest.param(
            ("14:20", "14:23", "14:10", "16:00"),
            [(4, '"mitigated_at" (2024-02-06 14:10:00 UTC) is before "started_at" (2024-02-06 14:20:00 UTC)')],
            id="mitigated before it started",
        ),
        pytest.param(
            ("14:20", "14:23", "14:45", "14:40"),
            [(5, '"resolved_at" (2024-02-06 14:40:00 UTC) is before "mitigated_at" (2024-02-06 14:45:00 UTC)')],
            id="resolved before it was mitigated",
        ),
        pytest.param(
            ("14:20", "14:23", "unknown", "14:10"),
            [(5, '"resolved_at" (2024-02-06 14:10:00 UTC) is before "started_at" (2024-02-06 14:20:00 UTC)')],
            id="resolved before it started, mitigation unknown",
        ),
        pytest.param(("unknown", "14:23", "14:10", "16:00"), [], id="the start is unknown"),
        pytest.param(("unknown", "unknown", "unknown", "unknown"), [], id="nothing is known"),
        pytest.param(("14:20", "2024-02-06T15:21:00+01:00", "14:45", "16:00"), [], id="in another zone"),
    ],
)
def test_order_of_moments(
    moments: tuple[str, ...], expected: list[tuple[int, str]], check: Check, filled_template: str
) -> None:
    found = check(files={PATH: with_moments(filled_template, *moments)})
    assert [(one.place.line, one.message) for one in found] == expected
    assert {one.rule for one in found} <= {"moments-out-of-order"}


@pytest.mark.parametrize(
    ("resolved", "today", "found"),
    [
        pytest.param("2024-03-02T11:59:00Z", date(2024, 3, 1), 0, id="within a day of the clock"),
        pytest.param("2024-03-02T12:01:00Z", date(2024, 3, 1), 1, id="more than a day after the clock"),
        pytest.param("2024-03-02T11:59:00Z", date(2020, 1, 1), 0, id="an earlier --today moves nothing"),
        pytest.param("2024-03-09T12:00:00Z", date(2024, 3, 9), 0, id="a later --today does"),
        pytest.param("2024-03-11T00:00:00Z", date(2024, 3, 9), 1, id="and a day more"),
        pytest.param("9999-12-31T23:59:00Z", date(9999, 12, 31), 0, id="at the end of the calendar"),
    ],
)
def test_moments_in_the_future(resolved: str, today: date, found: int, check: Check) -> None:
    replaced = ("resolved_at: 2024-02-06T16:00:00Z", f"resolved_at: {resolved}")
    reported = check(replaced, today=today, levels={"overdue-action": "off"})
    assert [(one.rule, one.place.line) for one in reported] == [("time-in-the-future", 10)] * found


@pytest.mark.parametrize(
    ("replaced", "line", "message"),
    [
        pytest.param(
            ("| 16:00 |", "| 2025-02-06 16:00 |"), 35, "the event is in the future: 2025-02-06 16:00 UTC", id="an event"
        ),
        pytest.param(
            ("owner: storage-team", "date: 2042-02-06"), 6, '"date" is in the future: 2042-02-06', id="the day"
        ),
    ],
)
def test_other_times_in_the_future(replaced: tuple[str, str], line: int, message: str, check: Check) -> None:
    assert [(one.rule, one.place.line, one.message) for one in check(replaced)] == [
        ("time-in-the-future", line, message)
    ]


def test_an_action_item_may_fall_due_in_the_future(check: Check) -> None:
    assert check(("due: 2024-03-01", "due: 2042-03-01")) == ()
