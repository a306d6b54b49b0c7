"""PM204 to PM206, PM208 and PM209: moments against each other, against the timeline and against the present."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from postmortems.model.diagnostic import Diagnostic, Level

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
    found = check(files={PATH: with_moments(filled_template, *moments)}, only="moments-out-of-order")
    assert [(one.place.line, one.message) for one in found] == expected


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
    reported = check(
        ("resolved_at: 2024-02-06T16:00:00Z", f"resolved_at: {resolved}"), today=today, only="time-in-the-future"
    )
    assert [one.place.line for one in reported] == [10] * found


@pytest.mark.parametrize(
    ("replaced", "line", "message"),
    [
        pytest.param(
            ("| 16:00 |", "| 2025-02-06 16:00 |"), 35, "the event is in the future: 2025-02-06 16:00 UTC", id="an event"
        ),
        pytest.param(
            ("owner: storage-team", "date: 2042-02-06"), 6, '"date" is in the future: 2042-02-06', id="the day"
        ),
        pytest.param(
            ("published_on: 2024-02-12", "published_on: 2042-02-06"),
            15,
            '"published_on" is in the future: 2042-02-06',
            id="the day of publication",
        ),
    ],
)
def test_other_times_in_the_future(replaced: tuple[str, str], line: int, message: str, check: Check) -> None:
    found = check(replaced, only="time-in-the-future")
    assert [(one.place.line, one.message) for one in found] == [(line, message)]


@pytest.mark.parametrize(("day", "found"), [("2024-06-01", 0), ("2024-06-02", 0), ("2024-06-03", 1)])
def test_a_day_of_publication_may_be_tomorrow(day: str, found: int, check: Check) -> None:
    """Somewhere on Earth it is that day already."""
    replaced = ("published_on: 2024-02-12", f"published_on: {day}")
    assert len(check(replaced, today=date(2024, 6, 1), only="time-in-the-future")) == found


def test_an_action_item_may_fall_due_in_the_future(check: Check) -> None:
    assert check(("due: 2024-03-01", "due: 2042-03-01")) == ()


def with_timeline(text: str, timeline: str) -> str:
    """The postmortem with another text in its Timeline section, which begins on line 27."""
    begin, end = text.index("| Time (UTC)"), text.index("## Root Cause")
    return f"{text[:begin]}{timeline}\n\n{text[end:]}"


STARTED, DETECTED, MITIGATED, RESOLVED = "started_at", "detected_at", "mitigated_at", "resolved_at"


@pytest.mark.parametrize(
    ("lines", "missing"),
    [
        pytest.param(["14:20 a", "14:23 b", "14:45 c", "16:00 d"], [], id="all four"),
        pytest.param(["14:20:59 a", "14:23:30 b", "14:45 c", "16:00 d"], [], id="seconds do not count"),
        pytest.param(["14:20 a", "14:23 b", "14:46 c", "16:00 d"], [MITIGATED], id="a minute later"),
        pytest.param(["14:20 a", "14:23 b"], [MITIGATED, RESOLVED], id="the end is missing"),
        pytest.param(["14:19-14:24 a", "14:45 c", "16:00 d"], [], id="a range names what lies in it"),
        pytest.param(["14:20:30 to 14:23 a", "14:45 c", "16:00 d"], [], id="a range that begins in that minute"),
        pytest.param(["14:21-14:23 a", "14:45 c", "16:00 d"], [STARTED], id="and its ends, and nothing outside"),
        pytest.param(["~14:00 a", "14:45 c", "16:00 d"], [], id="about then"),
        pytest.param(["~13:50 a", "14:23 b", "14:45 c", "16:00 d"], [], id="about then, half an hour off"),
        pytest.param(["~13:49 a", "14:23 b", "14:45 c", "16:00 d"], [STARTED], id="about then, and too far off"),
        pytest.param(["~15:00-15:40 a", "14:20 a", "14:23 b"], [], id="about a range"),
        pytest.param(["2024-02-06 a", "2024-02-07 12:00 b"], [], id="a day names all that was that day"),
        pytest.param(["2024-02-05 a", "2024-02-05 12:00 b"], [STARTED, DETECTED, MITIGATED, RESOLVED], id="the day before"),
        pytest.param(["2024-02-07 a", "2024-02-07 12:00 b"], [], id="the day after, in the far east"),
        pytest.param(["2024-02-08 a", "2024-02-08 12:00 b"], [STARTED, DETECTED, MITIGATED, RESOLVED], id="another day"),
        pytest.param(["unknown - Nobody knows"], [], id="no time at all is for another rule"),
        pytest.param(["0001-01-01 a", "0001-01-01 00:00 b"], [STARTED, DETECTED, MITIGATED, RESOLVED], id="the first day"),
        pytest.param(["9999-12-31 a", "9999-12-31 23:59 b"], [STARTED, DETECTED, MITIGATED, RESOLVED], id="the last day"),
    ],
)  # fmt: skip
def test_moments_in_the_timeline(lines: list[str], missing: list[str], check: Check, filled_template: str) -> None:
    timeline = "All times are in UTC.\n\n" + "\n".join(f"- {line}" for line in lines)
    found = check(files={PATH: with_timeline(filled_template, timeline)}, only="moment-missing-from-timeline")
    assert [one.message.split('"')[1] for one in found] == missing


@pytest.mark.parametrize(
    ("detected", "lines", "missing"),
    [
        pytest.param("2024-02-06T14:23:40Z", ["14:20-14:23 a"], [], id="a range that ends in that minute"),
        pytest.param("2024-02-06T14:24:00Z", ["14:20-14:23 a"], [DETECTED], id="and one that ends before it"),
        pytest.param("2024-02-08T12:00:00Z", ["14:20 a", "2024-02-07 b"], [], id="a day until it ends in the far west"),
        pytest.param("2024-02-08T12:01:00Z", ["14:20 a", "2024-02-07 b"], [DETECTED], id="and no longer"),
        pytest.param("2024-02-07T10:00:00Z", ["14:20 a", "2024-02-08 b"], [], id="a day since it began in the far east"),
        pytest.param("2024-02-07T09:59:00Z", ["14:20 a", "2024-02-08 b"], [DETECTED], id="and no earlier"),
    ],
)  # fmt: skip
def test_how_far_an_event_reaches(
    detected: str, lines: list[str], missing: list[str], check: Check, filled_template: str
) -> None:
    text = with_moments(filled_template, "14:20", detected, "unknown", "unknown")
    timeline = "All times are in UTC.\n\n" + "\n".join(f"- {line}" for line in lines)
    found = check(files={PATH: with_timeline(text, timeline)}, only="moment-missing-from-timeline")
    assert [one.message.split('"')[1] for one in found] == missing


def test_a_missing_moment_is_told_with_what_is_nearest(check: Check) -> None:
    (found,) = check(("| 14:45 |", "| 14:46 |"))
    assert (found.rule, found.level, found.place.line, found.place.column) == (
        "moment-missing-from-timeline",
        Level.WARNING,
        9,
        15,
    )
    assert found.message == '"mitigated_at" is 2024-02-06 14:45 UTC, but no timeline event is at that minute'
    assert found.help == "the nearest is at 14:46 UTC on line 34; add the event, or correct one of the two times"


def test_an_unknown_moment_is_not_missed(check: Check) -> None:
    assert check(("mitigated_at: 2024-02-06T14:45:00Z", "mitigated_at: unknown"), ("| 14:45 |", "| 14:46 |")) == ()


@pytest.mark.parametrize(
    ("replaced", "rule"),
    [
        pytest.param(("| 14:45 |", "| 14:75 |"), "unreadable-time", id="a time that cannot be read may be the one"),
        pytest.param(("14:23:00Z", "13:23:00Z"), "moments-out-of-order", id="a moment that is contradicted"),
        pytest.param(("2024-02-06T16:00", "2924-02-06T16:00"), "time-in-the-future", id="a moment to come"),
    ],
)
def test_one_slip_is_one_message(replaced: tuple[str, str], rule: str, check: Check) -> None:
    assert [one.rule for one in check(replaced)] == [rule]


def test_moments_are_looked_for_in_a_timeline_json(check: Check, filled_template: str) -> None:
    beside = PATH.replace("postmortem.md", "timeline.json")
    events = [f'{{"at": "2024-02-06T{at}:00Z", "event": "x {at}"}}' for at in ("14:20", "14:23", "14:45")]
    prose = with_timeline(filled_template, "See the file.")
    (found,) = check(files={PATH: prose, beside: f"[{', '.join(events)}]"})
    assert (found.rule, found.place.path, found.place.line) == ("moment-missing-from-timeline", PATH, 10)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param("2024-01-09 14:20 a", "", [], id="four weeks before"),
        pytest.param("2024-01-09 14:19 a", "", [(31, "28 days before the incident started")], id="and a minute more"),
        pytest.param("2023-02-06 14:10 a", "", [(31, "365 days before the incident started")], id="a year before"),
        pytest.param("2023-02-06 a", "", [], id="a day without a time"),
        pytest.param("", "2024-03-05 16:00 a", [], id="four weeks after"),
        pytest.param("", "2024-03-05 16:01 a", [(36, "28 days after it was resolved")], id="a minute more, after"),
        pytest.param("", "2024-03-06 a", [], id="a day without a time, after"),
    ],
)
def test_events_far_outside(
    before: str, after: str, expected: list[tuple[int, str]], check: Check, filled_template: str
) -> None:
    inside = [f"2024-02-06 {at} x" for at in ("14:20", "14:23", "14:45", "16:00")]
    events = [before or "2024-02-06 14:19 y", *inside, after or "2024-02-06 16:30 y"]
    text = with_timeline(filled_template, "\n".join(["All times are in UTC.", "", *(f"- {one}" for one in events)]))
    found = check(files={PATH: text}, today=date(2024, 4, 1), only="event-outside-incident")
    assert [(one.place.line, one.message.partition(" UTC is ")[2]) for one in found] == expected
    assert {(one.rule, one.level) for one in found} <= {("event-outside-incident", Level.INFO)}


def test_an_event_with_a_phase_of_its_own_may_lie_anywhere(check: Check) -> None:
    header = ("| Time (UTC) | Event | Actions Taken |", "| Time (UTC) | Event | Phase |")
    late = ("| Release 4.3 returns its connections | |", "| Release 4.3 | |\n| 2024-06-01 10:00 | Review | {} |")
    today = date(2024, 7, 1)
    found = check(header, (late[0], late[1].format("")), today=today, only="event-outside-incident")
    assert [one.place.line for one in found] == [36]
    assert check(header, (late[0], late[1].format("follow-up")), today=today, only="event-outside-incident") == ()


def test_where_a_moment_is_unknown_nothing_lies_outside_of_it(check: Check) -> None:
    replaced = (
        ("started_at: 2024-02-06T14:20:00Z", "started_at: unknown\ndate: 2024-02-06"),
        ("resolved_at: 2024-02-06T16:00:00Z", "resolved_at: unknown"),
        ("| 14:20 |", "| 2020-02-06 14:20 |"),
        ("| 14:23 |", "| 2024-02-06 14:23 |"),
        ("| 16:00 |", "| 2024-06-06 16:00 |"),
    )
    assert check(*replaced, today=date(2024, 7, 1), only="event-outside-incident") == ()


HEADER = "| Time (UTC) | Event | Actions Taken |"


@pytest.mark.parametrize(
    ("replaced", "help_text"),
    [
        pytest.param((HEADER, HEADER), None, id="in the column"),
        pytest.param(
            (f"## Timeline\n\n{HEADER}", f"## Timeline (UTC)\n\n{HEADER[:6]}{HEADER[12:]}"), None, id="heading"
        ),
        pytest.param((HEADER, f"All times are in UTC.\n\n{HEADER[:6]}{HEADER[12:]}"), None, id="in a sentence"),
        pytest.param(
            ("- **Incident Duration:**", "All times are in UTC.\n\n- **Incident Duration:**"), None, id="elsewhere"
        ),
        pytest.param((HEADER, f"{HEADER[:6]}{HEADER[12:]}"), "state it in the column header", id="nowhere"),
    ],
)
def test_the_zone_of_a_timeline(replaced: tuple[str, str], help_text: str | None, check: Check) -> None:
    elsewhere = (HEADER, f"{HEADER[:6]}{HEADER[12:]}") if "Duration" in replaced[0] else ("## Timeline", "## Timeline")
    found = check(replaced, elsewhere)
    assert [(one.rule, one.level, one.place.line) for one in found] == (
        [("time-zone-not-stated", Level.WARNING, 27)] if help_text else []
    )
    assert all(help_text and one.help.startswith(help_text) for one in found)


def test_the_zone_that_is_taken_instead_is_named(check: Check, filled_template: str) -> None:
    text = with_timeline(filled_template, "- 15:20 a\n- 15:23 b\n- 15:45 c\n- 17:00 d")
    (found,) = check(files={PATH: text}, time_zone="Europe/Berlin")
    assert found.message == 'section "Timeline" has times without a time zone; they are read as Europe/Berlin'
    assert found.help == 'state it under the heading: "All times are in UTC."'


@pytest.mark.parametrize(
    "timeline", ["- unknown - Nobody knows", "- 2024-02-06 - That day", "None: the logs are lost."]
)
def test_without_a_time_of_day_no_zone_is_missed(timeline: str, check: Check, filled_template: str) -> None:
    assert check(files={PATH: with_timeline(filled_template, timeline)}, only="time-zone-not-stated") == ()
