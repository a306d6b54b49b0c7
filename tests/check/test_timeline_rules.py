"""What the rules say about times that are read: shifted timelines, zones that are not stated, detection at the start."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from postmortems.model.diagnostic import Diagnostic

Check = Callable[..., tuple[Diagnostic, ...]]
TIMES = ("14:20", "14:23", "14:32", "14:45", "16:00")
MISSING, SHIFTED = "moment-missing-from-timeline", "shifted-timeline"


def at(*times: str) -> list[tuple[str, str]]:
    """The filled-in template with other times in its timeline."""
    return [(f"\n| {old} |", f"\n| {new} |") for old, new in zip(TIMES, times, strict=True)]


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        pytest.param(TIMES, [], id="as the front matter"),
        pytest.param(("15:20", "15:23", "15:32", "15:45", "17:00"), [SHIFTED], id="an hour late"),
        pytest.param(("08:50", "08:53", "09:02", "09:15", "10:30"), [SHIFTED], id="five hours and a half early"),
        pytest.param(("15:20", "15:23", "15:32", "15:40", "17:00"), [MISSING] * 4, id="an hour, but one time differs"),
        pytest.param(("14:27", "14:30", "14:39", "14:52", "16:07"), [MISSING] * 4, id="seven minutes are no zone"),
        pytest.param(("14:20", "15:23", "15:32", "15:45", "17:00"), [MISSING] * 3, id="the first one is right"),
        pytest.param(
            ("2024-02-05 14:20", "14:23", "14:32", "14:45", "16:00"), [MISSING], id="an older day does not carry on"
        ),
        pytest.param(("2024-02-08 14:20", "14:23", "14:32", "14:45", "16:00"), [SHIFTED], id="two whole days late"),
        pytest.param(("15:20", "15:23", "J+1", "15:45", "17:00"), ["unreadable-time"], id="a time that is not read"),
        pytest.param(("~15:20", "15:23", "15:32", "15:45", "17:00"), [MISSING] * 4, id="about is no proof"),
    ],
)
def test_a_shift_is_one_finding_in_place_of_four(times: tuple[str, ...], expected: list[str], check: Check) -> None:
    assert [one.rule for one in check(*at(*times))] == expected


def test_the_shift_is_told(check: Check) -> None:
    (found,) = check(*at("09:20", "09:23", "09:32", "09:45", "11:00"))
    assert (found.place.line, found.message) == (
        27,
        "all events of the timeline are 5h before the times in the front matter",
    )


def test_a_zone_that_is_not_known_is_the_only_finding(check: Check) -> None:
    (found,) = check(("Time (UTC)", "Time (XKT)"))
    assert (found.rule, found.place.line, found.message) == (
        "unknown-zone",
        29,
        '"XKT" is not a known time zone',
    )


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("| 14:20 |", "they are read as UTC"),
        ("| 14:20 UTC |", "they are read as UTC, which line 31 names"),
    ],
)
def test_a_zone_that_is_not_stated_says_how_times_are_read(row: str, message: str, check: Check) -> None:
    (found,) = check(("Time (UTC)", "Time"), ("\n| 14:20 |", f"\n{row}"))
    assert (found.rule, found.message) == (
        "time-zone-not-stated",
        f'section "Timeline" has times without a time zone; {message}',
    )


@pytest.mark.parametrize(
    ("sentence", "is_found"),
    [
        ("", True),
        ("The alert fired at once.", False),
        ("It was noticed within a minute.", False),
        ("Detection was immediate: the probe is what failed.", False),
        ("Everything failed at once. The alert came by mail.", True),
        ("The retries came immediately.", True),
    ],
)
def test_one_clock_time_for_start_and_detection(sentence: str, is_found: bool, check: Check) -> None:
    found = check(
        ("detected_at: 2024-02-06T14:23:00Z", "detected_at: 2024-02-06T14:20:30Z"),
        ("## Lessons Learned\n", f"## Lessons Learned\n\n{sentence}\n"),
        only="detected-at-start",
    )
    assert [(one.level.value, one.place.line) for one in found] == [("info", 8)] * is_found
