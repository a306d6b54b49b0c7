"""One time at the head of a text: what it says, and what is left of the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortems.read.timeline.time_parser import read_stamp, read_stamp_at_end
from postmortems.read.timeline.time_text import TimeText


def said(stamp: TimeText | None) -> str:
    """A stamp in one line: day, clock, zone, end of the range, marks of doubt."""
    if stamp is None:
        return "no time"
    if stamp.bad:
        return "bad"
    parts = ["~"] if stamp.approximate else []
    if day := stamp.day:
        month, number = day.month_first or day.day_first or (0, 0)
        parts.append("?-?" if day.ambiguous else f"{day.year or ''}-{month}-{number}" if month else "weekday")
    if clock := stamp.clock:
        parts.append(f"{clock.hour:02}:{clock.minute:02}" + (f":{clock.second:02}" if clock.second else ""))
    if stamp.zone:
        parts.append(str(stamp.zone))
    if until := stamp.until:
        parts.append(f"to {until.hour:02}:{until.minute:02}")
    if stamp.until_day or (stamp.day and stamp.day.last_day):
        parts.append("to a day")
    return " ".join(parts) or "unknown"


@pytest.mark.parametrize(
    ("text", "expected", "rest"),
    [
        ("14:23 - Alert", "14:23", "Alert"),
        ("14:23:05 Alert", "14:23:05", "Alert"),
        ("14:23: Alert", "14:23", "Alert"),
        ("2:23 pm Alert", "14:23", "Alert"),
        ("12:05 a.m. Alert", "00:05", "Alert"),
        ("2PM: Alert", "14:00", "Alert"),
        ("18:41 PM: Alert", "18:41", "Alert"),
        ("14h23 - Alert", "14:23", "Alert"),
        ("1423Z Alert", "14:23 UTC", "Alert"),
        ("14.23 UTC Alert", "14:23 UTC", "Alert"),
        ("14.23", "14:23", ""),
        ("2024-04-01 0251: Alert", "2024-4-1 02:51", "Alert"),
        ("**2024-04-01 0251** - Alert", "2024-4-1 02:51", "Alert"),
        ("4 March 1423: Alert", "-3-4 14:23", "Alert"),
        ("2024-04-01 14.23: Alert", "2024-4-1 14:23", "Alert"),
        ("2024-04-01 2561: Alert", "bad", "Alert"),
        ("2024-04-01 2000 users", "2024-4-1", "2000 users"),
        ("2024-04-01 0251 Alert", "bad", "Alert"),
        ("2024-04-01 1200 users", "bad", "users"),
        ("2024-04-01 4000 users", "2024-4-1", "4000 users"),
        ("2024-04-01 1.23 million", "2024-4-1", "1.23 million"),
        ("March 4 2024: Alert", "2024-3-4", "Alert"),
        ("1423: Alert", "no time", None),
        ("24:00 Alert", "24:00", "Alert"),
        ("**14:23 UTC** - Alert", "14:23 UTC", "Alert"),
        ("**14:23:** Alert", "14:23", "Alert"),
        ("**14:23 - Alert** fired", "14:23", "**Alert** fired"),
        ("`14:23` - `Alert`", "14:23", "`Alert`"),
        ("[14:23](https://x.example) Alert", "14:23", "Alert"),
        ("[14:23 Alert](https://x.example) fired", "14:23", "[Alert](https://x.example) fired"),
        ("[02-23 14:23] Alert", "-2-23 14:23", "Alert"),
        ("[14:23](2024-02-07.md) Alert", "14:23", "Alert"),
        ("14:23](2024-02-07) Alert", "14:23", "](2024-02-07) Alert"),
        ("(14:23) Alert", "14:23", "Alert"),
        ("14:23 (see below)", "14:23", "(see below)"),
        ("14:23 [Alert](https://x.example)", "14:23", "[Alert](https://x.example)"),
        ("~14:30: Alert", "~ 14:30", "Alert"),
        ("approx. 14:30 Alert", "~ 14:30", "Alert"),
        ("c. 14:30 Alert", "~ 14:30", "Alert"),
        ("2024-02-06 ~14:30 Alert", "~ 2024-2-6 14:30", "Alert"),
        ("14:30ish Alert", "~ 14:30", "Alert"),
        ("At approximately 5pm UTC, Alert", "~ 17:00 UTC", "Alert"),
        ("14:23–14:40 Alert", "14:23 to 14:40", "Alert"),
        ("14:23 - 14:40 UTC Alert", "14:23 UTC to 14:40", "Alert"),
        ("14:23 to 14:40: Alert", "14:23 to 14:40", "Alert"),
        ("14:23-05:00 Alert", "14:23 to 05:00", "Alert"),
        ("14:23 - 2 pods failed", "14:23", "2 pods failed"),
        ("2024-02-06 23:50 UTC – 2024-02-07 00:10 UTC: Alert", "2024-2-6 23:50 UTC to 00:10 to a day", "Alert"),
        ("2024-02-06T14:23:00Z Alert", "2024-2-6 14:23 UTC", "Alert"),
        ("2024-02-06T14:23:00-05:00 Alert", "2024-2-6 14:23 UTC-05:00", "Alert"),
        ("2024-02-06 14:23:00-05:00 Alert", "2024-2-6 14:23 UTC-05:00", "Alert"),
        ("2024-02-06 14:23-15:00 Alert", "2024-2-6 14:23 to 15:00", "Alert"),
        ("14:23 - 25:10 Alert", "bad", "Alert"),
        ("2024-02-06 14:23 +02:00 Alert", "2024-2-6 14:23 UTC+02:00", "Alert"),
        ("2024/02/06 14:23 CEST Alert", "2024-2-6 14:23 UTC+02:00", "Alert"),
        ("2024-02-06 - 14:23 - Alert", "2024-2-6 14:23", "Alert"),
        ("14:23 6th Nov 2023 - Alert", "2023-11-6 14:23", "Alert"),
        ("Feb 6, 2024 at 14:23 PT Alert", "2024-2-6 14:23 America/Los_Angeles", "Alert"),
        ("Feb-06-2024 2:23 PM +UTC Alert", "2024-2-6 14:23 UTC", "Alert"),
        ("Oct 30th: Alert", "-10-30", "Alert"),
        ("19. April, 11:00 Alert", "-4-19 11:00", "Alert"),
        ("Monday 6 February 2024", "2024-2-6", ""),
        ("Tuesday: Alert", "weekday", "Alert"),
        ("27-05-2025 13:44 – Alert", "2025-5-27 13:44", "Alert"),
        ("04-03-2026 13:44 – Alert", "?-? 13:44", "Alert"),
        ("5/26/21 Alert", "2021-5-26", "Alert"),
        ("7-13th Nov - Alert", "-11-7 to a day", "Alert"),
        ("_4/24/23-4/25/23_", "2023-4-24 to a day", ""),
        ("`unknown` - Alert", "unknown", "Alert"),
        ("unknown: Alert", "unknown", "Alert"),
        ("??:?? - Alert", "unknown", "Alert"),
        ("2019-12-03 --:-- Alert", "2019-12-3", "Alert"),
        ("14:23 UTC+2 Alert", "14:23 UTC+02:00", "Alert"),
        ("14:23 Europe/Berlin Alert", "14:23 Europe/Berlin", "Alert"),
        (r"2026\-03\-04 14\:23 \- Alert", "2026-3-4 14:23", "Alert"),
        (r"\[14:23 UTC\] Alert \#1 \<b\>", "14:23 UTC", r"Alert \#1 \<b\>"),
        (r"\*\*14:23\*\* \- Alert", "14:23", "Alert"),
        (r"14:23 \- copy C:\\temp\_x", "14:23", r"copy C:\\temp\_x"),
        ("14:23 - first\\", "14:23", "first\\"),
        ("25:10 - Alert", "bad", "Alert"),
        ("14:75 - Alert", "bad", "Alert"),
        ("23:00 AM Alert", "bad", "Alert"),
    ],
)  # fmt: skip
def test_a_time(text: str, expected: str, rest: str) -> None:
    stamp = read_stamp(text)
    assert (said(stamp), stamp.rest if stamp else None) == (expected, rest)


@pytest.mark.parametrize(
    "text",
    ["Alert fired", "3 pods failed", "1.5 million users", "14.23 million users", "About 5 pods failed", "unknown error",
     "100:1 ratio", "10:1 ratio", "2048 sockets", "v1.14 rolled out", "May we ask", "", " ", "- x", "192.168.1.1 down",
     "12-05 pods", "https://x.example"],
)  # fmt: skip
def test_no_time(text: str) -> None:
    assert read_stamp(text) is None


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("14.23", "14:23"),
        ("1423", "14:23"),
        ("23-05", "-5-23"),
        ("", "unknown"),
        ("-", "unknown"),
        ("?", "unknown"),
        ("_unknown_", "unknown"),
        ("`14:23`", "14:23"),
        ("[2026-01-31 14:23]", "2026-1-31 14:23"),
        (r"2026\-01\-31 14:23", "2026-1-31 14:23"),
        (r"14:31 \- 14:35", "14:31 to 14:35"),
        ("later", "no time"),
    ],
)
def test_a_cell_of_a_time_column(cell: str, expected: str) -> None:
    assert said(read_stamp(cell, cell=True)) == expected


@pytest.mark.parametrize(
    ("text", "expected", "rest"),
    [
        ("Contract deployed at 2021-02-13 5:37 AM +UTC", "2021-2-13 05:37 UTC", "Contract deployed"),
        ("Attack started: Feb-08-2021 06:17 PM.", "2021-2-8 18:17", "Attack started"),
        ("It ended at 14:23", "no time", ""),
        ("It ended on 2021-02-13", "no time", ""),
    ],
)
def test_a_time_at_the_end(text: str, expected: str, rest: str) -> None:
    stamp = read_stamp_at_end(text)
    assert (said(stamp), stamp.rest if stamp else "") == (expected, rest)


PIECES = st.sampled_from(
    ["14:23", "2024-02-06", "T", "Z", " ", "UTC", "-", "–", "**", "`", "[", "](", ")", "~", "6 Feb", "Mon", "?", "to",
     "→", "T+1:20", "(next day)", "(J+2)", "Day 2", "noon", "+1 day", "by ", "(10:23 EDT)", "NPT", "CST", "/", "<br>", "14:??",
     ":", "1423", "9.59", "pm", "at ", "99:99", "04-03-2026", "x", "+02:00", "unknown", "\n"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=14).map("".join), st.booleans())
def test_nothing_raises_and_the_rest_is_the_texts_own(text: str, cell: bool) -> None:
    stamp = read_stamp(text, cell=cell)
    if stamp:
        assert 0 <= stamp.start <= stamp.end <= len(text)
        assert text.rstrip().endswith(stamp.rest.lstrip("*_`[(").rstrip())
        assert all(word in stamp.written + stamp.rest for word in ("x",) if word in text)
    read_stamp_at_end(text)
