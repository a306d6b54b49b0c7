"""The many forms in which people write times: read right, or reported at their line with the word."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.read.timelines import START, read, shown, table


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        pytest.param(["14:20", "09:10 (next day)", "09:40 (next day)"], ["09 14:20", "10 09:10", "10 09:40"], id="next day"),
        pytest.param(["14:20", "the following day 09:10", "10:00"], ["09 14:20", "10 09:10", "10 10:00"], id="following"),
        pytest.param(["14:20", "01:10 (+1 day)", "02:10 (+2 days)"], ["09 14:20", "10 01:10", "11 02:10"], id="+1 day"),
        pytest.param(["14:20", "+1d 01:10"], ["09 14:20", "10 01:10"], id="+1d"),
        pytest.param(["2026-06-11 14:20", "03:00 (+1 day)"], ["11 14:20", "12 03:00"], id="+1 day counts from a named day"),
        pytest.param(["Day 1 14:20", "Day 3, 08:00", "08:30"], ["09 14:20", "11 08:00", "11 08:30"], id="Day 3"),
        pytest.param(["Day 0 14:20", "Day 1 08:00"], ["09 14:20", "10 08:00"], id="Day 0"),
        pytest.param(["14:20", "**Day 2** 08:00"], ["09 14:20", "10 08:00"], id="Day 2 in bold"),
        pytest.param(["14:20", "10:00 (next day)", "18:00 (same day)"], ["09 14:20", "10 10:00", "10 18:00"], id="same day"),
        pytest.param(["17:00 (previous day)", "14:20", "14:30"], ["08 17:00", "09 14:20", "09 14:30"], id="previous day"),
        pytest.param(["2:29p", "2:31pm", "11:05p"], ["09 14:29", "09 14:31", "09 23:05"], id="p for pm"),
        pytest.param(["2026-06-10T~07:00Z"], ["about 10 07:00"], id="~ behind T"),
        pytest.param(["noon", "12 noon", "midnight", "00:10"], ["09 12:00", "09 12:00", "10 00:00", "10 00:10"], id="words"),
        pytest.param(["T+0", "T+9m", "T+1:20", "T+2h 5m", "T+1d"], ["09 14:20", "09 14:29", "09 15:40", "09 16:25", "10 14:20"], id="T+"),
        pytest.param(["T-2h", "T-90 s"], ["09 12:20", "09 14:18"], id="T-"),
        pytest.param(["14:29 (T+9m)"], ["09 14:29"], id="clock and T+"),
        pytest.param(["14:00–15:30", "14:00 to 15:40", "from 15:00 until 16:00"], ["09 14:00 to 09 15:30", "09 14:00 to 09 15:40", "09 15:00 to 09 16:00"], id="ranges"),
        pytest.param(["between 14:00 and 15:00"], ["09 14:00 to 09 15:00"], id="between"),
        pytest.param(["2:10–3:30 pm", "11:50–1:10 pm"], ["09 14:10 to 09 15:30", "09 11:50 to 09 13:10"], id="pm at the end"),
        pytest.param(["23:00 – 01:00 (next day)"], ["09 23:00 to 10 01:00"], id="a day at the end of a range"),
        pytest.param(["14:00 UTC → 2026-06-10 ~11:00 UTC"], ["about 09 14:00 to 10 11:00"], id="an arrow to another day"),
        pytest.param(["14:00 UTC – 17:00 CEST"], ["09 14:00 to 09 15:00"], id="another zone at the end"),
        pytest.param(["→ 2026-06-10 ~11:00 UTC"], ["until 10 11:00"], id="an arrow alone"),
        pytest.param(["14:00 onwards", "14:10 – ongoing"], ["09 14:00", "09 14:10"], id="open ends"),
        pytest.param(["by 16:00", "around 15:00", "ca. 15:10", "~15:05"], ["by 09 16:00", "about 09 15:00", "about 09 15:10", "about 09 15:05"], id="about"),
        pytest.param(["shortly after 14:00", "just before 13:00", "until 12:00"], ["shortly after 09 14:00", "just before 09 13:00", "until 09 12:00"], id="after, before"),
        pytest.param(["2026-06-09 shortly after 15:00"], ["shortly after 09 15:00"], id="behind the day"),
        pytest.param(["14:??", "15:10–15:??"], ["about 09 14:00 to 09 14:59", "about 09 15:10 to 09 15:59"], id="the hour alone"),
        pytest.param(["14:23 UTC (16:23 CEST)", "14:30 / 10:30 EDT"], ["09 14:23", "09 14:30"], id="two clocks"),
        pytest.param(["Tue 2026-06-09 14:23", "9 June (Tuesday) 14:25"], ["09 14:23", "09 14:25"], id="weekdays"),
        pytest.param(["2026-06-10 (morning)", "2026-06-11, late evening"], ["morning of 10", "late evening of 11"], id="parts of a day"),
        pytest.param(["14:20 (est.)", "14:30 Z", "t+20m"], ["about 09 14:20", "09 14:30", "09 14:40"], id="short forms"),
        pytest.param(["10:40 AM Eastern", "09:45 Central time"], ["09 14:40", "09 14:45"], id="clocks of the US"),
        pytest.param(["16:25 Berlin", "10:30 New York time", "07:35 Pacific", "10:40 EST/15:40 UTC"], ["09 14:25", "09 14:30", "09 14:35", "09 15:40"], id="zones in words"),
        pytest.param(["10-12 June"], ["10 to 12 00:00"], id="a range of days"),
        pytest.param(["14:23<br>UTC"], ["09 14:23"], id="a line break"),
    ],
)  # fmt: skip
def test_what_is_read(cells: list[str], expected: list[str]) -> None:
    timeline, problems = read(table(*cells))
    assert ([shown(event) for event in timeline.events], problems) == (expected, [])


@pytest.mark.parametrize("end", ["<br>", "  <BR />", "<br><br>", "\\"])
def test_a_day_before_a_line_break_is_no_entry(end: str) -> None:
    timeline, problems = read(f"2026-06-09{end}\n14:20 first errors{end}\n2026-06-10{end}\n09:00 all well\n")
    assert [(shown(event), event.text.removesuffix(end)) for event in timeline.events] == [
        ("09 14:20", "first errors"),
        ("10 09:00", "all well"),
    ]
    assert problems == []


@pytest.mark.parametrize(
    ("cell", "word"),
    [
        ("18:00 (J+3)", '"J+3" is not understood'),
        ("18:00 (7. Oktober)", '"7. Oktober" is not understood'),
        ("18:00 le lendemain", '"le lendemain" is not understood'),
        ("18:00 vers midi", '"vers midi" is not understood'),
        ("2026-06-09 HH:mm", '"HH:mm" is not understood'),
        ("14:00; 14:05", '"14:05" is not understood'),
        ("18:00 (+1)", '"+1" is not understood'),
        ("15:00–14:30", "it ends before it starts"),
        ("14:20-05:00", "it ends before it starts"),
        ("demain", "no time or day found in it"),
        ("T+5", "no time or day found in it"),
        ("20206-06-09 14:00", "no time or day found in it"),
        ("14:30 (T+19m)", "it is not that long after 14:20 UTC, the start"),
        ("14:23 UTC (17:23 CEST)", '"17:23 CEST" is 15:23 UTC, and the time before it is 14:23 UTC'),
        ("Monday 2026-06-09 14:23", '"Monday" is not the weekday of 9 June 2026, which is a Tuesday'),
    ],
)
def test_what_is_not_understood_is_named_and_shown_as_written(cell: str, word: str) -> None:
    timeline, (problem,) = read(table("14:20", cell))
    assert (problem.rule, problem.place.line) == ("unreadable-time", 6)
    assert word in problem.message
    assert shown(timeline.events[1]) == f"as written: {cell}"


def test_signs_beside_a_time_go_with_the_events_text() -> None:
    timeline, problems = read(table("14:23 \N{FIRE}"))
    assert ([shown(event) for event in timeline.events], timeline.events[0].text) == (["09 14:23"], "\N{FIRE} it")
    assert problems == []


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        pytest.param("- **18:00 (J+3)** fixed", "unreadable-time 3", id="bold"),
        pytest.param("- 18:00 (7. Oktober) – fixed", "unreadable-time 3", id="a bullet"),
        pytest.param("18:00 (+2 Tage) - fixed", "unreadable-time 3", id="a line"),
        pytest.param("- 14:20 a\n\n### J+3\n\n- 18:00 b", "unreadable-time 5", id="a heading"),
        pytest.param(
            "### Detection\n\n- 14:20 a\n\n### 7. Oktober\n\n- 18:00 b", "unreadable-time 7", id="a dotted day"
        ),
        pytest.param("### Jeudi 11 juin 2026\n\n- 18:00 b", "unreadable-time 3", id="a heading with a year"),
        pytest.param("- **14:23 XKT** fixed", "unknown-zone 3", id="a zone in bold"),
        pytest.param("- 14:23 XKT – fixed", "unknown-zone 3", id="a zone before a dash"),
        pytest.param("- 14:23 AC: fixed\n- 14:24 (see above) b\n- 14:25 (3 tries) - c", "", id="initials and remarks"),
        pytest.param("### 1. Detection\n\n- 14:20 a\n\n### 2. Repair\n\n- 18:00 b", "", id="numbered headings"),
        pytest.param("### Phase 2\n\n- 14:20 a", "", id="a heading with a number"),
    ],
)
def test_outside_of_tables_too(section: str, expected: str) -> None:
    _, problems = read(section, heading="## Timeline (UTC)" if "XKT" not in section else "## Timeline")
    assert " ".join(f"{one.rule} {one.place.line}" for one in problems) == expected


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        ("### Day 1\n\n- 14:20 a\n\n### Day 2\n\n- 09:00 b", ["09 14:20", "10 09:00"]),
        ("### Session 1 (June 11)\n\n- 09:00 a\n\n### Session 2 (12 June)\n\n- 08:00 b", ["11 09:00", "12 08:00"]),
        ("### The next morning\n\n- 09:00 a", ["10 09:00"]),
        ("- 14:20 a\n- **Day 2**\n- 09:00 b", ["09 14:20", "10 09:00"]),
        ("- After 14:30 the rate fell\n- Noon: quiet\n- The next day we met", ["after 09 14:30", "09 12:00", "as written: "]),
        ("14:20 - a\n\nAfter 15:00 we slept.\n\nThe next day we met.\n\n15:10 - b", ["09 14:20", "09 15:10"]),
    ],
)  # fmt: skip
def test_days_in_headings_and_sentences(section: str, expected: list[str]) -> None:
    timeline, problems = read(section, heading="## Timeline (UTC)")
    assert ([shown(event) for event in timeline.events], problems) == (expected, [])


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        pytest.param(["2026-05-21 10:00", "14:20", "16:00"], ["21 10:00", "09 14:20", "09 16:00"], id="a cause that lay in wait"),
        pytest.param(["2026-05-21", "14:20"], ["21", "09 14:20"], id="of which only the day is known"),
        pytest.param(["2026-05-21 10:00", "10:05", "2026-06-09 14:20"], ["21 10:00", "21 10:05", "09 14:20"], id="the day is named anew below"),
        pytest.param(["2026-06-08 23:00", "23:30", "2026-06-10 09:00"], ["08 23:00", "09 23:30", "10 09:00"], id="but not the incident's"),
        pytest.param(["2026-06-08 14:00", "14:20", "14:40"], ["08 14:00", "09 14:20", "09 14:40"], id="the day before"),
    ],
)  # fmt: skip
def test_a_row_of_an_older_day_does_not_carry_its_day_on(cells: list[str], expected: list[str]) -> None:
    timeline, problems = read(table(*cells))
    assert ([shown(event) for event in timeline.events], problems) == (expected, [])


def test_an_older_day_carries_on_where_moments_are_then_hit() -> None:
    start = datetime(2026, 6, 9, 0, 30, tzinfo=UTC)
    timeline, _ = read(table("2026-06-08 23:00", "23:30", "00:30", "00:45"), start=start)
    assert [shown(event) for event in timeline.events] == ["08 23:00", "08 23:30", "09 00:30", "09 00:45"]


def test_without_any_day_and_start_times_stay_as_written() -> None:
    timeline, problems = read(table("14:20", "15:00 (next day)", "~16:00"), start=None)
    assert [shown(event) for event in timeline.events] == [
        "as written: 14:20", "as written: 15:00 (next day)", "as written: ~16:00",
    ]  # fmt: skip
    assert problems == []
    _, (problem,) = read(table("T+5m"), start=None)
    assert "it counts from the start of the incident" in problem.message


@given(
    st.lists(st.integers(0, 5 * 24 * 60 - 1), min_size=1, max_size=8, unique=True).map(sorted),
    st.randoms(use_true_random=False),
)
def test_every_form_reads_back_the_same_instant(minutes: list[int], random: object) -> None:
    """A timeline in UTC, each time in any form that says it whole."""
    instants = [datetime(2026, 6, 9, tzinfo=UTC) + timedelta(minutes=one) for one in minutes]
    cells = []
    for at in instants:
        day = (at.date() - date(2026, 6, 9)).days
        since = at - START
        hours, rest = divmod(abs(since) // timedelta(minutes=1), 60)
        forms = [
            f"{at:%Y-%m-%d %H:%M}", f"{at:%Y-%m-%dT%H:%M}Z", f"{at:%d %B %Y, %H:%M} UTC", f"{at:%b %-d at %-I:%M %p}",
            f"{at:%A} {at:%-d %B %-I:%M}{'a' if at.hour < 12 else 'p'}", f"Day {day + 1} {at:%H:%M}",
            f"**Day {day + 1}**, `{at:%H:%M}`", f"T{'-' if since < timedelta(0) else '+'}{hours}h {rest}m",
            f"T{'-' if since < timedelta(0) else '+'}{hours}:{rest:02}", f"{at + timedelta(hours=2):%Y-%m-%d %H:%M} CEST",
            f"{at + timedelta(hours=5, minutes=45):%Y-%m-%d %H:%M} Asia/Kathmandu", f"{at:%Y-%m-%d %H:%M} UTC ({at:%H:%M} GMT)",
            f"{at - timedelta(hours=7):%Y-%m-%d %H:%M} PT", f"{at + timedelta(hours=5, minutes=45):%Y-%m-%d %H:%M} UTC+5:45",
        ]  # fmt: skip
        cells.append(random.choice(forms))  # type: ignore[attr-defined]
    timeline, problems = read(table(*cells))
    assert ([event.at for event in timeline.events], problems) == (instants, []), cells


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(["- 1415: a", "- 1423 - b"], ["09 14:15", "09 14:23"], id="two like it"),
        pytest.param(["- 1415: a", "- 0903: b", "- 2010: c"], ["09 14:15", "09 09:03", "09 20:10"], id="a year among them"),
        pytest.param(["- 2015: a", "- 2016: b"], [], id="only years"),
        pytest.param(["- 2026-06-09 1415: a", "- 2026-06-09 2010: b"], ["09 14:15", "09 20:10"], id="behind a day"),
    ],
)  # fmt: skip
def test_clocks_without_a_colon_are_read_where_they_can_be_nothing_else(lines: list[str], expected: list[str]) -> None:
    timeline, _ = read("\n".join(lines))
    assert [shown(event) for event in timeline.events if event.at] == expected


def test_four_figures_behind_a_day_are_times_where_several_lines_have_them() -> None:
    timeline, problems = read("- 2026-06-09 1420 it broke\n- 2026-06-09 2051 it works\n")
    assert ([shown(event) for event in timeline.events], problems) == (["09 14:20", "09 20:51"], [])


def test_four_figures_behind_a_single_day_are_reported() -> None:
    timeline, [problem] = read("- 2026-06-09 1420 it broke\n- 14:30 it works\n")
    assert [shown(event) for event in timeline.events] == ["as written: 2026-06-09 1420", "09 14:30"]
    assert (problem.rule, problem.message) == (
        "unreadable-time",
        'the time "2026-06-09 1420" cannot be read: "1420" is not understood',
    )


def test_days_beside_a_timeline_without_events_of_its_own_are_part_of_it() -> None:
    section = """
        _All times in EEST_

        ## June 9

        ### 17:15

        It broke.

        ## June 10

        1:03

        It works.

        ## Lessons
        """
    timeline, problems = read(dedent(section))
    assert ([shown(event) for event in timeline.events], problems) == (["09 14:15", "09 22:03"], [])
    assert [event.text for event in timeline.events] == ["It broke.", "It works."]


def test_a_heading_behind_a_timeline_that_is_more_than_a_day_is_not_part_of_it() -> None:
    timeline, _ = read("All times in UTC\n\n## June 9: the second outage\n\n- 14:20 it broke\n")
    assert timeline.events == ()


def test_the_label_of_a_time_is_the_event() -> None:
    timeline, problems = read(
        "Fault introduced: 09.06.2026 14.20\nFault noticed: 09.06.2026 15.00\n\n- Over: 2026-06-09 16:00\n"
    )
    assert [shown(event) for event in timeline.events] == ["09 14:20", "09 15:00", "09 16:00"]
    assert [event.text for event in timeline.events] == ["Fault introduced", "Fault noticed", "Over"]
    assert problems == []
