"""Which day a time belongs to, and which steps back are reported."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from postmortems.model.diagnostic import Problem
from postmortems.model.source import Source
from postmortems.model.timeline import Event
from postmortems.read.body import read_body
from postmortems.read.timeline import read_timeline
from postmortems.read.timeline.incident_times import IncidentTimes
from postmortems.settings import DateOrder, Settings

DAY = date(2024, 2, 6)


def read(
    lines: list[str],
    *,
    day: date | None = DAY,
    order: DateOrder = DateOrder.ISO,
    last: datetime | None = None,
    first: datetime | None = None,
    heading: str = "## Timeline (UTC)",
) -> tuple[list[Event], list[Problem]]:
    body = read_body(Source("x.md", heading + "\n\n" + "\n".join(f"- {line}" for line in lines)), {})
    moments = [moment for moment in (first, last) if moment]
    times = IncidentTimes(day, first, tuple(moments))
    timeline, problems = read_timeline(body, times, Settings(date_order=order))
    return list(timeline.events), problems


def days(events: list[Event]) -> list[str]:
    return [f"{event.at:%m-%d %H:%M}" if event.at else "unknown" for event in events]


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2024, 2, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("lines", "last", "expected", "back"),
    [
        pytest.param(["14:23 a", "14:25 b"], None, ["02-06 14:23", "02-06 14:25"], [], id="the incident's day"),
        pytest.param(["23:50 a", "00:10 b"], None, ["02-06 23:50", "02-07 00:10"], [], id="midnight: more than 12 h"),
        pytest.param(["13:00 a", "01:00 b"], None, ["02-06 13:00", "02-06 01:00"], [4], id="12 h exactly is no more"),
        pytest.param(["13:00 a", "00:59 b"], None, ["02-06 13:00", "02-07 00:59"], [], id="a minute more"),
        pytest.param(
            ["20:00 a", "09:00 b"], at(7, 9), ["02-06 20:00", "02-07 09:00"], [], id="11 h, within the known moments"
        ),
        pytest.param(
            ["20:00 a", "09:00 b"], at(7, 8, 59), ["02-06 20:00", "02-06 09:00"], [4], id="11 h, after the last moment"
        ),
        pytest.param(["20:00 a", "09:00 b"], None, ["02-06 20:00", "02-06 09:00"], [4], id="11 h, no moment known"),
        pytest.param(
            ["20:00 a", "17:00 b"], at(9, 0), ["02-06 20:00", "02-06 17:00"], [4], id="3 h exactly is a step back"
        ),
        pytest.param(
            ["20:00 a", "19:00 b", "19:30 c"], None, ["02-06 20:00", "02-06 19:00", "02-06 19:30"], [4], id="once"
        ),
        pytest.param(
            ["20:00 a", "~19:50 b", "20:05 c"], None, ["02-06 20:00", "02-06 19:50", "02-06 20:05"], [], id="about"
        ),
        pytest.param(
            ["20:00 a", "~19:50 b", "19:55 c"],
            None,
            ["02-06 20:00", "02-06 19:50", "02-06 19:55"],
            [5],
            id="exact after about",
        ),
        pytest.param(
            ["20:00 a", "19:00 - 21:00 b", "20:30 c"],
            None,
            ["02-06 20:00", "02-06 19:00", "02-06 20:30"],
            [],
            id="a range",
        ),
        pytest.param(
            ["20:00 a", "unknown b", "20:00 c"], None, ["02-06 20:00", "unknown", "02-06 20:00"], [], id="unknown"
        ),
        pytest.param(
            ["7 Feb 10:00 a", "11:00 b"], None, ["02-07 10:00", "02-07 11:00"], [], id="a day carries forward"
        ),
        pytest.param(
            ["7 Feb 10:00 a", "6 Feb 11:00 b", "12:00 c"],
            None,
            ["02-07 10:00", "02-06 11:00", "02-06 12:00"],
            [4],
            id="a named day that goes back",
        ),
        pytest.param(
            ["7 Feb 22:00 a", "6 Feb b"], None, ["02-07 22:00", "02-06 00:00"], [4], id="a whole day that goes back"
        ),
        pytest.param(
            ["7 Feb 22:00 a", "7 Feb b"], None, ["02-07 22:00", "02-07 00:00"], [], id="a whole day that does not"
        ),
        pytest.param(["24:00 a", "00:10 b"], None, ["02-07 00:00", "02-07 00:10"], [], id="24:00 is the day's end"),
        pytest.param(
            ["Wed 10:00 a", "Tue 11:00 b"], None, ["02-07 10:00", "02-13 11:00"], [], id="weekdays go forward"
        ),
        pytest.param(
            ["Sun 10:00 a", "Tue 11:00 b"], None, ["02-04 10:00", "02-06 11:00"], [], id="a weekday before the incident"
        ),
        pytest.param(
            ["31 Dec 23:00 a", "1 Jan 01:00 b"], None, ["12-31 23:00", "01-01 01:00"], [], id="over the year's end"
        ),
    ],
)
def test_days(lines: list[str], last: datetime | None, expected: list[str], back: list[int]) -> None:
    events, problems = read(lines, last=last)
    assert days(events) == expected
    assert [(one.rule, one.place.line) for one in problems] == [("timeline-goes-back", number) for number in back]


def test_a_year_is_the_nearest_one() -> None:
    events, _ = read(["31 Dec 23:00 a", "1 Jan 01:00 b"])
    assert [event.at.year for event in events if event.at] == [2023, 2024]


@pytest.mark.parametrize(
    ("written", "until"),
    [
        ("14:23 - 14:40 x", "02-06 14:40"),
        ("23:50 - 00:10 x", "02-07 00:10"),
        ("6 Feb 23:50 - 8 Feb 00:10 x", "02-08 00:10"),
        ("6 Feb - 8 Feb x", "02-08 00:00"),
        ("6-8 Feb x", "02-08 00:00"),
    ],
)
def test_ranges_end(written: str, until: str) -> None:
    (event,), problems = read([written])
    assert event.until is not None
    assert (f"{event.until:%m-%d %H:%M}", problems) == (until, [])


@pytest.mark.parametrize(
    ("lines", "order", "expected"),
    [
        pytest.param(["04-05-2024 10:00 a"], DateOrder.ISO, ["unknown"], id="in doubt"),
        pytest.param(["04-05-2024 10:00 a"], DateOrder.DAY_FIRST, ["05-04 10:00"], id="the setting: day first"),
        pytest.param(["04-05-2024 10:00 a"], DateOrder.MONTH_FIRST, ["04-05 10:00"], id="the setting: month first"),
        pytest.param(["27-05-2024 10:00 a"], DateOrder.ISO, ["05-27 10:00"], id="the number decides"),
        pytest.param(["27-05-2024 10:00 a"], DateOrder.MONTH_FIRST, ["05-27 10:00"], id="the number beats the setting"),
        pytest.param(["05-05-2024 10:00 a"], DateOrder.ISO, ["05-05 10:00"], id="both readings are one day"),
        pytest.param(["02/06/2024 10:00 a"], DateOrder.ISO, ["02-06 10:00"], id="the incident's day decides"),
        pytest.param(
            ["06.02.2024 10:00 a", "07.02.2024 b"], DateOrder.ISO, ["02-06 10:00", "02-07 00:00"], id="and for the rest"
        ),
        pytest.param(
            ["05-06-2024 10:00 a", "27-06-2024 b"],
            DateOrder.ISO,
            ["06-05 10:00", "06-27 00:00"],
            id="a later date decides",
        ),
        pytest.param(
            ["27-05-2024 a", "05-27-2024 b", "06-05-2024 c"],
            DateOrder.ISO,
            ["05-27 00:00", "05-27 00:00", "unknown"],
            id="two orders",
        ),
    ],
)
def test_figures(lines: list[str], order: DateOrder, expected: list[str]) -> None:
    events, problems = read(lines, order=order)
    assert days(events) == expected
    assert [one.rule for one in problems] == ["unreadable-time"] * expected.count("unknown")


def test_the_incidents_day_is_that_of_its_zone() -> None:
    # 23:30 UTC is half past midnight in Berlin, where the clocks on the wall say the next day.
    events, problems = read(["00:35 a"], first=at(6, 23, 30), heading="## Timeline (CET)")
    assert (days(events), problems) == (["02-06 23:35"], [])


def test_without_any_day_times_are_unknown() -> None:
    events, problems = read(["10:00 a", "7 Feb 2024 11:00 b", "12:00 c"], day=None)
    assert (days(events), problems) == (["unknown", "02-07 11:00", "02-07 12:00"], [])


def test_a_step_back_quotes_both_times() -> None:
    _, (problem,) = read(["14:40 a", "14:23 b"])
    assert problem.message == '"14:23" is listed after "14:40" but is earlier'
    assert (problem.place.line, problem.place.column, problem.place.end_column) == (4, 3, 8)


@pytest.mark.parametrize(
    "sentence",
    [
        "Unless otherwise noted all events happened on 2026-02-06, and all times are in\nUTC.",
        "All times are UTC on 6 February 2026.",
        "The events took place on the 6th of February 2026.",
    ],
)
def test_a_day_that_a_sentence_states_for_all_entries(sentence: str) -> None:
    section = f"{sentence}\n\n- **2026-02-05 00:55: old change**\n- **01:38: alert**\n- 23:50: back\n- 00:10: closed\n"
    body = read_body(Source("x.md", f"## Timeline\n\n{section}"), {})
    events = read_timeline(body, IncidentTimes(date(2026, 2, 5)), Settings())[0].events
    assert days(list(events)) == ["02-05 00:55", "02-06 01:38", "02-06 23:50", "02-07 00:10"]


def test_a_day_of_some_events_is_stated_for_no_entry() -> None:
    section = "The event on 6 February 2026 was the last one.\n\n- 01:38: alert\n"
    body = read_body(Source("x.md", f"## Timeline\n\n{section}"), {})
    events = read_timeline(body, IncidentTimes(date(2026, 2, 5)), Settings())[0].events
    assert days(list(events)) == ["02-05 01:38"]
