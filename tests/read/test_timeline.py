"""A whole Timeline section: its shapes, its zones, and the lines that a drawn timeline may stand for."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortems.model.diagnostic import Problem
from postmortems.model.source import Source
from postmortems.model.timeline import Event, Phase, Shape, Timeline
from postmortems.read.body import read_body
from postmortems.read.timeline import read_timeline
from postmortems.read.timeline.incident_times import IncidentTimes
from postmortems.settings import Settings

DAY_TIMES = IncidentTimes(date(2024, 2, 6))


def read(
    section: str, heading: str = "## Timeline", settings: Settings | None = None
) -> tuple[Timeline, list[Problem]]:
    body = read_body(Source("x.md", f"{heading}\n\n{section}\n"), {})
    return read_timeline(body, DAY_TIMES, settings or Settings())


def line(event: Event) -> str:
    """An event in one line: time in UTC, text."""
    if event.at is None:
        return f"unknown {event.text}"
    time = f"{event.at:%d}" if event.day_only else f"{event.at:%d %H:%M}"
    until = f"-{event.until:%H:%M}" if event.until else ""
    return f"{'~' if event.approximate else ''}{time}{until} {event.text}"


TABLE = """\
| Time (UTC) | Event | Action taken |
|---|---|---|
| 2024-02-06 14:23 | Alert fired | On-call paged |
| 14:25 | Checked **logs** | |
| unknown | Something | |
"""


def test_the_table_of_the_template() -> None:
    timeline, problems = read(TABLE)
    assert [(line(event), event.action) for event in timeline.events] == [
        ("06 14:23 Alert fired", "On-call paged"),
        ("06 14:25 Checked **logs**", ""),
        ("unknown Something", ""),
    ]
    assert (timeline.shape, timeline.spans, timeline.zone_stated, problems) == (Shape.TABLE, ((3, 7),), True, [])
    first = timeline.events[0]
    assert (first.place.line, first.place.column, first.place.end_column, first.written) == (
        5,
        3,
        19,
        "2024-02-06 14:23",
    )


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        pytest.param(
            "| What | Who | When |\n|-|-|-|\n| Alert | ann | 14:23 |",
            [("06 14:23 Alert", "", "ann", "", None)],
            id="the time stands last",
        ),
        pytest.param(
            "| | |\n|-|-|\n| 14:23 | Alert |",
            [("06 14:23 Alert", "", "", "", None)],
            id="a header without words",
        ),
        pytest.param(
            "| Time | Phase | Entry | Link | Cost |\n|-|-|-|-|-|\n"
            "| 14:23 | Detection | Alert | https://x.example/a | 3 |\n"
            "| 14:25 | Panic | Call | [notes](b.md) | |",
            [
                ("06 14:23 Alert (Cost: 3)", "", "", "https://x.example/a", Phase.DETECTION),
                ("06 14:25 Call (Phase: Panic) ([notes](b.md))", "", "", "b.md", None),
            ],
            id="phase, link and a column without a part",
        ),
        pytest.param(
            "| Day | Date | Time | Event |\n|-|-|-|-|\n| Tue | Feb 6 | 22:40 | a |\n| Wed | Feb 7 | 00:20 | b |",
            [("06 22:40 a", "", "", "", None), ("07 00:20 b", "", "", "", None)],
            id="days and times in columns of their own",
        ),
        pytest.param(
            "| Time | Event |\n|-|-|\n| **7 Feb** | |\n| 01:00 | a |\n| 8 Feb | b |\n| 02:00 | c |",
            [("07 01:00 a", "", "", "", None), ("08 b", "", "", "", None), ("08 02:00 c", "", "", "", None)],
            id="a row with a day alone divides",
        ),
        pytest.param(
            "| Time | Event |\n|-|-|\n| unknown | a |\n| | b |\n| ??:?? | c |",
            [("unknown a", "", "", "", None), ("unknown b", "", "", "", None), ("unknown c", "", "", "", None)],
            id="no time at all in the column of times",
        ),
        pytest.param(
            "| Day | Time |\n|-|-|\n| 7 Feb | quiet |\n| Fri | 14:23 |",
            [("07 quiet", "", "", "", None), ("09 14:23 ", "", "", "", None)],
            id="columns of times alone",
        ),
        pytest.param("| Metric | Value |\n|-|-|\n| latency | 3 s |", [], id="a table of something else"),
    ],
)
def test_tables(table: str, expected: list[tuple[object, ...]]) -> None:
    timeline, problems = read(table)
    assert [(line(one), one.action, one.actor, one.link, one.phase) for one in timeline.events] == expected
    assert problems == []


@pytest.mark.parametrize(
    ("section", "shape", "expected", "spans"),
    [
        pytest.param(
            "- **14:23 UTC** - Alert\n- 14:25 Call\n",
            Shape.BULLETS,
            ["06 14:23 Alert", "06 14:25 Call"],
            [(3, 4)],
            id="bullets",
        ),
        pytest.param(
            "1. 14:23 Alert\n   still\n   - ann: yes\n     - really\n\n   More.\n2. 14:25 Call",
            Shape.BULLETS,
            ["06 14:23 Alert\nstill\n- ann: yes\n  - really\n\nMore.", "06 14:25 Call"],
            [(3, 9)],
            id="what is nested belongs to its bullet",
        ),
        pytest.param(
            "- 14:23 Alert\n- Call\n- 14:40 Fix\n",
            Shape.BULLETS,
            ["06 14:23 Alert", "unknown Call", "06 14:40 Fix"],
            [(3, 5)],
            id="a bullet without a time among those with one",
        ),
        pytest.param(
            "- 6 Feb\n  - 14:23 Alert\n- 7 Feb\n  - 01:00 Fix\n",
            Shape.BULLETS,
            ["06 14:23 Alert", "07 01:00 Fix"],
            [(3, 6)],
            id="bullets below bullets of days",
        ),
        pytest.param(
            "- 14:23 Alert:\n  - 14:20 first error\n  - 14:21 second error\n",
            Shape.BULLETS,
            ["06 14:23 Alert:\n- 14:20 first error\n- 14:21 second error"],
            [(3, 5)],
            id="times nested below a time are its text",
        ),
        pytest.param(
            "Before.\n\n- 14:23 Alert\n\n![chart](a.png)\n\n- 14:25 Call\n\nAfter.\n",
            Shape.BULLETS,
            ["06 14:23 Alert\n\n![chart](a.png)", "06 14:25 Call"],
            [(5, 9)],
            id="what stands between two entries belongs to the first, prose around them to none",
        ),
        pytest.param(
            "14:23 Alert\nstill\n14:25 Call\n\n**14:30** - Fix\n\nAfter.\n",
            Shape.LINES,
            ["06 14:23 Alert\nstill", "06 14:25 Call", "06 14:30 Fix"],
            [(3, 7)],
            id="lines",
        ),
        pytest.param(
            "9.59 Alert\n\n10.01\n- one\n- two\n\n10.05 Fix",
            Shape.LINES,
            ["06 09:59 Alert", "06 10:01 - one\n- two", "06 10:05 Fix"],
            [(3, 9)],
            id="several lines with points for colons, one of them alone above a list",
        ),
        pytest.param(
            "### 14:23 - Alert\n\nText.\n\n- a\n\n#### Detail\n\nMore.\n\n### 14:25\n\nCall.\n",
            Shape.HEADINGS,
            ["06 14:23 Alert\n\nText.\n\n- a\n\n#### Detail\n\nMore.", "06 14:25 Call."],
            [(3, 15)],
            id="headings",
        ),
        pytest.param(
            "### 2024-02-06\n- 14:23 Alert\n\n### 2024-02-07\n- 01:00 Fix\n",
            Shape.BULLETS,
            ["06 14:23 Alert", "07 01:00 Fix"],
            [(3, 7)],
            id="headings of days over bullets",
        ),
        pytest.param(
            "**Tuesday 6 February 2024**\n\n14:23 Alert\n\n7 Feb\n\nQuiet.\n\n8 Feb\n\n02:00 Fix\n",
            Shape.LINES,
            ["06 14:23 Alert", "07 Quiet.", "08 02:00 Fix"],
            [(3, 13)],
            id="lines of days; one with a text below is an event",
        ),
        pytest.param(
            "### Detection\n\n- 14:23 Alert\n\n### Recovery\n\n- 14:30 Fix\n",
            Shape.BULLETS,
            ["06 14:23 Alert", "06 14:30 Fix"],
            [(5, 5), (9, 9)],
            id="headings of phases stay outside",
        ),
        pytest.param(
            "- Contract deployed at 2024-02-06 5:37 UTC\n- Drained at 2024-02-06 5:40 UTC",
            Shape.BULLETS,
            ["06 05:37 Contract deployed", "06 05:40 Drained"],
            [(3, 4)],
            id="times at the end",
        ),
        pytest.param("We noticed at once.\n\n- It broke\n- We fixed it\n", None, [], [], id="no times"),
        pytest.param(
            "```\n14:23 Alert\n```\n\n> 14:25 Call\n\n<!-- 14:30 Fix -->", None, [], [], id="code, quotes, comments"
        ),
    ],
)
def test_shapes(section: str, shape: Shape | None, expected: list[str], spans: list[tuple[int, int]]) -> None:
    timeline, problems = read(section)
    assert [line(event) for event in timeline.events] == expected
    assert (timeline.shape, list(timeline.spans), problems) == (shape, spans, [])


def test_phases_come_from_headings() -> None:
    timeline, _ = read("### Detection\n\n- 14:23 Alert\n\n### Recovery\n\n- 14:30 Fix\n")
    assert [event.phase for event in timeline.events] == [Phase.DETECTION, Phase.RESOLUTION]


def test_a_teams_own_words_for_columns() -> None:
    settings = Settings.model_validate({"columns": {"Maßnahme": "action", "Wer": "owner", "Uhrzeit": "time"}})
    timeline, _ = read(
        "| Uhrzeit | Was | Maßnahme | Wer |\n|---|---|---|---|\n| 14:23 | Alarm | Pool | db |\n", settings=settings
    )
    assert [(line(event), event.action, event.actor) for event in timeline.events] == [("06 14:23 Alarm", "Pool", "db")]


@pytest.mark.parametrize(
    ("heading", "section", "hour", "stated"),
    [
        pytest.param("## Timeline", "- 14:23 UTC Alert", 14, True, id="the time itself"),
        pytest.param("## Timeline", "- 14:23 CET Alert", 13, True, id="a zone by its offset"),
        pytest.param("## Timeline", "- 14:23 PT Alert", 22, True, id="a zone by its place"),
        pytest.param("## Timeline", "| Time (EST) | Event |\n|-|-|\n| 14:23 | Alert |", 19, True, id="the column"),
        pytest.param("## Timeline", "| Time in CET | Event |\n|-|-|\n| 14:23 UTC | Alert |", 14, True, id="cell first"),
        pytest.param("## Timeline (CET)", "- 14:23 Alert", 13, True, id="the heading"),
        pytest.param("## Timeline (all times PST)", "- 14:23 Alert", 22, True, id="the heading in words"),
        pytest.param("## Timeline (CET)", "All times in UTC.\n\n- 14:23 Alert", 13, True, id="heading before sentence"),
        pytest.param("## Timeline", "All times are in UTC+2.\n\n- 14:23 Alert", 12, True, id="a sentence"),
        pytest.param("## Timeline", "(times UTC)\n\n- 14:23 Alert", 14, True, id="a remark"),
        pytest.param("## Timeline", "- 14:23 Alert\n\nTimezone: Europe/Berlin", 13, True, id="a sentence below"),
        pytest.param("## Timeline", "### 6 Feb (CET)\n- 14:23 Alert", 13, True, id="a heading below"),
        pytest.param("## Timeline", "- 14:23 Alert", 9, False, id="the setting"),
        pytest.param(
            "## Timeline", "The PST team was asleep.\n\n- 14:23 Alert", 9, False, id="no sentence about times"
        ),
        pytest.param("## Timeline", "- 14:23 UTC Alert\n- 14:25 Call", 14, False, id="one time without any"),
    ],
)
def test_zones(heading: str, section: str, hour: int, stated: bool) -> None:
    timeline, _ = read(section, heading, Settings(time_zone="Asia/Karachi"))
    at = timeline.events[0].at
    assert at is not None
    assert (at.hour, timeline.zone_stated) == (hour, stated)


@pytest.mark.parametrize(
    ("elsewhere", "hour", "stated"),
    [
        ("All times in PDT (UTC-7).", 21, True),
        ("> (all the times in CEST)", 12, True),
        ("A start. All timestamps are UTC. An end.", 14, True),
        ("We have had it at all times.\nThe PST team slept.", 9, False),
        ("All times are approximate. In CET it was noon.", 9, False),
        ("Times in the log are UTC.", 9, False),
        ("<!-- All times are in UTC. -->", 9, False),
        ("```\nAll times in UTC\n```", 9, False),
    ],
)
def test_a_sentence_elsewhere_counts_where_it_speaks_of_all_times(elsewhere: str, hour: int, stated: bool) -> None:
    for text in (f"{elsewhere}\n\n## Timeline\n\n- 14:23 a", f"## Timeline\n\n- 14:23 a\n\n## Notes\n\n{elsewhere}"):
        timeline, _ = read_timeline(read_body(Source("x.md", text), {}), DAY_TIMES, Settings(time_zone="Asia/Karachi"))
        assert timeline.events[0].at is not None
        assert (timeline.events[0].at.hour, timeline.zone_stated) == (hour, stated)


def test_summer_counts_where_a_zone_is_a_place() -> None:
    timeline, _ = read("- 2024-07-01 14:23 Europe/Berlin Alert\n- 2024-07-01 14:24 CET Call")
    assert [line(event) for event in timeline.events] == ["01 12:23 Alert", "01 13:24 Call"]


@pytest.mark.parametrize(
    ("section", "place", "written"),
    [
        ("- 14:23 a\n- **25:10** b", (4, 5, 10), '"25:10"'),
        ("| Time | Event |\n|-|-|\n| 14:23 | a |\n| T+5 | b |", (6, 3, 6), '"T+5"'),
        ("| Time | Event |\n|-|-|\n| 14:23 | a |\n| later that day | b |", (6, 3, 17), '"later that day"'),
        ("- 2024-02-30 14:23 a", (3, 3, 19), '"2024-02-30 14:23"'),
        ("- 04-05-2024 14:23 a", (3, 3, 19), '"04-05-2024 14:23"'),
        ("| Time | Event |\n|-|-|\n| 14:23 | a |\n| 20202-02-06 14:30 | b |", (6, 3, 20), '"20202-02-06 14:30"'),
    ],
)
def test_a_time_that_cannot_be_read_is_reported_and_its_event_kept(
    section: str, place: tuple[int, int, int], written: str
) -> None:
    timeline, (problem,) = read(section)
    assert (problem.rule, problem.place.line, problem.place.column, problem.place.end_column) == (
        "unreadable-time",
        *place,
    )
    assert written in problem.message
    assert timeline.events[-1].at is None
    assert timeline.events[-1].text in ("a", "b")


WORDS = st.sampled_from(
    ["alpha", "beta", "gamma", "**delta**", "`epsilon`", "[zeta](eta.md)", "theta:", "-", "iota", "(kappa)", "UTC"]
)
TIMES = st.sampled_from(
    [
        "14:23",
        "**14:25 UTC**",
        "2024-02-07 01:00",
        "7 Feb",
        "~15:00",
        "15:00 - 16:00",
        "25:61",
        "",
        "16:00 (next day)",
        "16:00 (J+2)",
        "Day 2",
        "T+5m",
        "noon",
        "17:00 XKT",
    ]
)
STARTS = st.sampled_from(["- ", "  - ", "1. ", "", "### ", "#### ", "> ", "    ", "| ", "\n", "\n\n- ", "* * "])
LINES = st.tuples(STARTS, TIMES, st.lists(WORDS, max_size=5)).map(lambda one: f"{one[0]}{one[1]} {' '.join(one[2])}")


@given(st.lists(LINES, max_size=12).map("\n".join))
def test_no_word_of_a_span_is_lost(section: str) -> None:
    text = f"## Timeline\n\n{section}\n"
    timeline, _ = read_timeline(read_body(Source("x.md", text), {}), DAY_TIMES, Settings())
    kept = " ".join(" ".join((e.text, e.action, e.actor, e.link, e.written)) for e in timeline.events)
    lines = text.split("\n")
    for first, last in timeline.spans:
        assert 1 <= first <= last <= len(lines)
        for word in re.findall(r"[a-z]{4,}", "\n".join(lines[first - 1 : last])):
            assert word in kept
    for event in timeline.events:
        place = event.place
        assert any(first <= place.line <= last for first, last in timeline.spans)
        assert lines[place.line - 1][place.column - 1 : place.end_column - 1].replace("*", "").strip() == event.written


CELLS = st.lists(st.one_of(TIMES, WORDS), min_size=1, max_size=4).map(lambda cells: f"| {' | '.join(cells)} |")


@given(CELLS, st.lists(CELLS, max_size=5))
def test_no_word_of_a_table_is_lost(header: str, rows: list[str]) -> None:
    bar = "|".join("-" for _ in header.strip("|").split("|"))
    text = "\n".join(["## Timeline", "", header, f"|{bar}|", *rows])
    body = read_body(Source("x.md", text), {})
    timeline, _ = read_timeline(body, DAY_TIMES, Settings())
    if timeline.shape is Shape.TABLE:
        kept = " ".join(" ".join((e.text, e.action, e.actor, e.link, e.written)) for e in timeline.events)
        (table,) = (block for block in body.blocks() if block.rows)
        for row in table.rows[1:]:
            for word in re.findall(r"[a-z]{4,}", " ".join(row.cells)):
                assert word in kept
