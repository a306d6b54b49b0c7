"""Which zone a time is in: what states it, what several meanings are settled by, and what is reported."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.read.timelines import read, shown, table

from postmortems.model.source import Source

SUMMER = datetime(2026, 7, 14, 12, 20, tzinfo=UTC)
LATER = datetime(2026, 7, 14, 12, 50, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "hour"),
    [
        ("Time (Kathmandu)", "06:35"),
        ("Time in Tokyo", "03:20"),
        ("New York time", "16:20"),
        ("Pacific Time", "19:20"),
        ("Time (Eastern)", "16:20"),
        ("Time (Central European Summer Time)", "10:20"),
        ("Time (US/Pacific)", "19:20"),
        ("When (America/Argentina/Buenos_Aires)", "15:20"),
        ("Time (UTC+5:45)", "06:35"),
        ("Time (GMT-3)", "15:20"),
        ("Time (EST/EDT)", "16:20"),
        ("Time (ET)", "16:20"),
        ("Time [MESZ]", "10:20"),
        ("UTC", "12:20"),
    ],
)
def test_the_zone_in_a_header(header: str, hour: str) -> None:
    timeline, problems = read(table("12:20", header=header), start=SUMMER)
    assert (shown(timeline.events[0]), timeline.zone_stated, problems) == (f"14 {hour}", True, [])


@pytest.mark.parametrize(
    ("sentence", "hour"),
    [
        ("All times are in America/Argentina/Buenos_Aires.", "15:20"),
        ("All times US/Pacific", "19:20"),
        ("All times are Pacific Time.", "19:20"),
        ("Times are in Lisbon time.", "11:20"),
        ("Time zone: Europe/Berlin", "10:20"),
        ("_All times in EEST_", "09:20"),
        ("Alle Zeiten Asia/Kathmandu.", "06:35"),
        ("Todas las horas en UTC+5:45", "06:35"),
        ("Tous les horaires sont en UTC.", "12:20"),
        ("Alle Zeiten in MESZ", "10:20"),
    ],
)
def test_the_zone_in_a_sentence(sentence: str, hour: str) -> None:
    timeline, problems = read(f"{sentence}\n\n{table('12:20', header='Time')}", start=SUMMER, time_zone="Asia/Dubai")
    assert (shown(timeline.events[0]), timeline.zone_stated, problems) == (f"14 {hour}", True, [])


@pytest.mark.parametrize(
    ("section", "place", "word"),
    [
        pytest.param(table("12:20", "12:30", header="Time (XKT)"), (3, 9), '"XKT"', id="a header"),
        pytest.param(table("12:20", header="Local time (Nepal)"), (3, 15), '"Nepal"', id="a country"),
        pytest.param("All times are in Ruritania.\n\n- 12:20 a", (3, 18), '"Ruritania"', id="a sentence"),
        pytest.param("Timezone: UC/Pacific\n\n- 12:20 a", (3, 11), '"UC/Pacific"', id="a slip in a name"),
        pytest.param(table("12:20 XKT", "12:30 XKT", header="Time"), (5, 9), '"XKT"', id="a cell, once for all rows"),
    ],
)
def test_a_zone_that_is_stated_and_not_known(section: str, place: tuple[int, int], word: str) -> None:
    timeline, (problem,) = read(section, start=SUMMER, offsets=(5.75,))
    assert (problem.rule, problem.place.line, problem.place.column) == ("unknown-zone", *place)
    assert problem.message == f"{word} is not a known time zone"
    assert "such as UTC+5:45," in problem.help
    assert timeline.zone_stated
    assert {shown(event).partition(":")[0] for event in timeline.events} == {"as written"}


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("## Timeline (Kathmandu time)", "14 06:35"),
        ("## Timeline (all times in Tokyo)", "14 03:20"),
        ("## Timeline (XKT)", "unknown-zone"),
        ("## Timeline (all times Ruritania)", "unknown-zone"),
        ("## Timeline (Payments)", "14 12:20"),
        ("## Timeline (DRAFT)", "14 12:20"),
    ],
)
def test_the_zone_in_a_heading(heading: str, expected: str) -> None:
    timeline, problems = read("- 12:20 a", heading=heading, start=SUMMER)
    assert (problems[0].rule if problems else shown(timeline.events[0])) == expected


@pytest.mark.parametrize("header", ["Time (local)", "Time (HH:MM)", "Time (approx.)", "Time (24h)", "When (server)"])
def test_a_remark_in_a_header_is_no_zone(header: str) -> None:
    timeline, problems = read(table("12:20", header=header), start=SUMMER)
    assert (shown(timeline.events[0]), timeline.zone_stated, problems) == ("14 12:20", False, [])


@pytest.mark.parametrize(
    ("zone", "cells", "offsets", "setting", "expected"),
    [
        pytest.param("CST", ["20:20", "20:50"], (8,), "UTC", "12:20", id="China, by an offset"),
        pytest.param("CST", ["06:20", "06:50"], (-6,), "UTC", "12:20", id="the central US, by an offset"),
        pytest.param("CST", ["07:20", "07:50"], (-5,), "UTC", "12:20", id="the central US in summer"),
        pytest.param("CST", ["20:20", "20:50"], (), "UTC", "12:20", id="China, by the moments"),
        pytest.param("CST", ["19:55", "20:55"], (), "Asia/Shanghai", "11:55", id="China, by the setting"),
        pytest.param("IST", ["13:20", "13:50"], (1,), "UTC", "12:20", id="Ireland"),
        pytest.param("IST", ["17:50", "18:20"], (5.5,), "UTC", "12:20", id="India"),
        pytest.param("BST", ["18:20", "18:50"], (6,), "UTC", "12:20", id="Bangladesh"),
        pytest.param("CET", ["14:20", "14:50"], (2,), "UTC", "12:20", id="the clocks in summer, by an offset"),
        pytest.param("CET", ["13:20", "13:50"], (1,), "UTC", "12:20", id="standard time in summer, by an offset"),
        pytest.param("CET", ["14:20", "14:50"], (), "UTC", "12:20", id="the clocks in summer, by the moments"),
        pytest.param("PST", ["05:20", "05:50"], (), "UTC", "12:20", id="the Pacific's clocks, by the moments"),
        pytest.param("PST", ["04:20", "04:50"], (), "UTC", "12:20", id="Pacific standard time, by the moments"),
        pytest.param("CET", ["14:25", "14:55"], (), "UTC", "13:25", id="no evidence: the offset that it says"),
        pytest.param("PST", ["20:20", "20:50"], (8,), "UTC", "12:20", id="the Philippines, by an offset"),
    ],
)
def test_what_settles_an_abbreviation(
    zone: str, cells: list[str], offsets: tuple[float, ...], setting: str, expected: str
) -> None:
    timeline, problems = read(
        table(*cells, header=f"Time ({zone})"), start=SUMMER, moments=(LATER,), offsets=offsets, time_zone=setting
    )
    assert (shown(timeline.events[0]), problems) == (f"14 {expected}", [])


@pytest.mark.parametrize("zone", ["CST", "IST", "BST"])
def test_an_abbreviation_that_nothing_settles_is_reported_with_its_meanings(zone: str) -> None:
    timeline, (problem,) = read(table("03:33", "03:44", header=f"Time ({zone})"), start=SUMMER)
    meaning = {"CST": "China (UTC+8)", "IST": "India (UTC+5:30)", "BST": "Bangladesh (UTC+6)"}[zone]
    assert problem.rule == "unknown-zone"
    assert f'"{zone}" is a time zone in more than one place: ' in problem.message
    assert meaning in problem.message
    assert timeline.timed == ()


@pytest.mark.parametrize(
    ("cells", "expected", "carried"),
    [
        pytest.param(["05:20 PDT", "05:30"], ["14 12:20", "14 12:30"], ("PDT", 5), id="to the rows below"),
        pytest.param(["05:20", "05:30 PDT"], ["14 12:20", "14 12:30"], ("PDT", 6), id="above, where it is the only one"),
        pytest.param(["12:20 UTC", "12:25", "05:30 PDT", "05:40"], ["14 12:20", "14 12:25", "14 12:30", "14 12:40"], ("UTC", 5), id="the nearest above"),
        pytest.param(["05:20 PDT", "05:30 PDT"], ["14 12:20", "14 12:30"], None, id="each its own"),
    ],
)  # fmt: skip
def test_a_zone_of_one_row_carries_on(cells: list[str], expected: list[str], carried: tuple[str, int] | None) -> None:
    timeline, problems = read(table(*cells, header="Time"), start=SUMMER, time_zone="Asia/Tokyo")
    assert ([shown(event) for event in timeline.events], problems) == (expected, [])
    assert (timeline.zone_carried, timeline.zone_stated) == (carried, carried is None)


AUTUMN = datetime(2026, 10, 24, 23, 50, tzinfo=UTC)


@pytest.mark.parametrize(
    ("section", "expected", "lines"),
    [
        pytest.param(
            table("2026-10-25 01:50", "02:35", "02:05", "04:00", header="Time (Europe/Berlin)"),
            ["24 23:50", "as written: 02:35", "as written: 02:05", "25 03:00"],
            [6, 7],
            id="twice",
        ),
        pytest.param(
            table("2026-10-25 01:50", "02:35 CEST", "02:05 CET", "04:00", header="Time (Europe/Berlin)"),
            ["24 23:50", "25 00:35", "25 01:05", "25 03:00"],
            [],
            id="named",
        ),
        pytest.param(
            table("2026-10-25 01:00–02:30", header="Time (Europe/Berlin)"), ["24 23:00"], [5], id="a range's end"
        ),
        pytest.param(table("2026-03-29 02:10", header="Time (MEZ/MESZ)"), ["as written: 2026-03-29 02:10"], [5], id="never"),
        pytest.param(table("2026-11-01 01:30", header="Time (PT)"), ["as written: 2026-11-01 01:30"], [5], id="elsewhere"),
        pytest.param(table("2026-10-25 02:35", header="Time (CET)"), ["25 01:35"], [], id="an offset has no such night"),
    ],
)  # fmt: skip
def test_the_night_of_the_clock_change(section: str, expected: list[str], lines: list[int]) -> None:
    timeline, problems = read(section, start=AUTUMN)
    assert [shown(event) for event in timeline.events] == expected
    assert [(one.rule, one.place.line) for one in problems] == [("ambiguous-time", line) for line in lines]


def test_the_setting_has_such_a_night_too() -> None:
    _, (problem,) = read("- 02:35 a", start=AUTUMN, time_zone="Europe/Berlin")
    assert problem.message == '"02:35" occurred twice on 25 October 2026 in Europe/Berlin: the clocks went back'
    assert problem.help == "say which one is meant: CEST (UTC+2) or CET (UTC+1)"


def test_time_to_read_grows_with_the_number_of_timelines() -> None:
    """Sentences about all times are sought once a document: every section asks for them."""
    from postmortems.model.section import Body
    from postmortems.read.body import read_body
    from postmortems.read.timeline.entries import Entries

    asked = 0

    class Counting(Body):
        def blocks(self):  # type: ignore[no-untyped-def]
            nonlocal asked
            asked += 1
            return super().blocks()

    text = "\n\n".join("## Timeline\n\n14:20 - a" for _ in range(50))
    body = read_body(Source("x.md", text), {})
    entries = Entries(Counting(body.first, body.lines, body.lead, body.sections), {})
    for section in body.sections:
        entries.read(section)
    assert (len(entries.drafts), asked) == (50, 1)
