"""The picture of many incidents, in all its forms."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from tests.builders import BEGIN, incident, page_context, pattern

from postmortems.model.postmortem import Postmortem
from postmortems.render.base.context import MANY, PageContext
from postmortems.render.base.families import SHAPES
from postmortems.render.pages.index_list import picture

SVG = "{http://www.w3.org/2000/svg}"


def forms(members: list[Postmortem], context: PageContext | None = None) -> tuple[ET.Element, ET.Element]:
    """The wide and the narrow picture, parsed."""
    context = context or page_context(*members)
    incidents = context.analysis.incidents
    drawn = picture(incidents, context, "label", lambda month: f"{month[0]}/#m{month[1]:02}")
    assert drawn
    root = ET.fromstring(f'<div xmlns="http://www.w3.org/2000/svg">{drawn.wide}{drawn.narrow}</div>')
    wide, middle, narrow = root.findall(f"{SVG}svg")
    for form, look in ((wide, "wide"), (middle, "mid"), (narrow, "narrow")):
        assert f"pm-chart--{look}" in form.get("class", "")
    assert [one.get("href") for one in links(wide)] == [one.get("href") for one in links(middle)]
    return wide, narrow


def texts(of: ET.Element, look: str) -> list[str]:
    return [one.text or "" for one in of.iter(f"{SVG}text") if look in one.get("class", "")]


def links(of: ET.Element) -> list[ET.Element]:
    return list(of.iter(f"{SVG}a"))


def paths(of: ET.Element, look: str) -> list[ET.Element]:
    """The paths of one kind: `pm-stem` or `pm-head`."""
    return [one for one in of.iter(f"{SVG}path") if one.get("class", "").split()[0] == look]


def places(of: ET.Element) -> list[tuple[float, float]]:
    """Where the marks stand."""
    found = [re.match(r"translate\(([\d.]+) ([\d.]+)\)", link.get("transform", "")) for link in links(of)]
    return [(float(place[1]), float(place[2])) for place in found if place]


def test_every_incident_is_a_link_with_a_title_in_both_forms() -> None:
    members = [incident("a"), incident("b", BEGIN + timedelta(days=400), severity="SEV3", resolved=None)]
    for form in forms(members):
        assert {one.get("href") for one in links(form)} == {"../postmortems/2024/a/", "../postmortems/2025/b/"}
        titles = {one.find(f"{SVG}title").text for one in links(form)}  # type: ignore[union-attr]
        assert titles == {
            "Outage a\nSEV1 · 6 Feb 2024 · resolved after 1 h · detected after 3 min",
            "Outage b\nSEV3 · 12 Mar 2025 · duration unknown · detected after 3 min",
        }


def test_drills_and_incidents_without_a_day_are_not_drawn() -> None:
    context = page_context(incident("a"), incident("b", kind="drill"), incident("c", None))
    wide, _ = forms([], context)
    assert len(links(wide)) == 1


@pytest.mark.parametrize(
    ("one", "stem", "hollow"),
    [
        pytest.param(incident("a", resolved=600), "pm-stem", False, id="until resolved"),
        pytest.param(incident("a", resolved=None, mitigated=600), "pm-stem pm-stem--open", True, id="until mitigated"),
        pytest.param(incident("a", resolved=None), None, True, id="unknown: on the ground"),
        pytest.param(incident("a", resolved=2), None, False, id="below ten minutes: on the ground"),
    ],
)
def test_hollow_is_an_unknown_end_and_nothing_else(one: Postmortem, stem: str | None, hollow: bool) -> None:
    wide, _ = forms([one])
    (link,) = links(wide)
    stems = [path.get("class") for path in paths(link, "pm-stem")]
    assert stems == ([stem] if stem else [])
    (head,) = paths(link, "pm-head")
    assert ("pm-head--open" in head.get("class", "")) is hollow


def test_longer_stands_higher_and_alike_on_all_lanes() -> None:
    heights = {}
    for name, minutes in (("short", 30), ("hour", 60), ("day", 1440)):
        wide, _ = forms([incident(name, resolved=minutes, severity="SEV2"), incident("x", resolved=99999)])
        link = next(one for one in links(wide) if name in one.get("href", ""))
        begin, end = re.findall(r"M[\d.]+ ([\d.]+)V([\d.]+)", paths(link, "pm-stem")[0].get("d", ""))[0]
        heights[name] = float(begin) - float(end)
    assert heights["short"] < heights["hour"] < heights["day"]


def test_an_empty_severity_is_a_line_and_a_foreign_one_has_its_lane() -> None:
    wide, _ = forms([incident("a"), incident("b", severity="P1")])
    assert texts(wide, "pm-t-lane") == ["SEV1", "Other"]
    assert "SEV2, SEV3, SEV4: none" in texts(wide, "pm-t-tick")


@pytest.mark.parametrize(
    "lengths",
    [
        pytest.param({"SEV1": 90}, id="one"),
        pytest.param({"SEV1": 90, "SEV2": 3, "SEV3": 60 * 24 * 40, "SEV4": None}, id="three minutes and forty days"),
        pytest.param({"SEV1": 60 * 24 * 400, "SEV2": 60 * 24 * 400}, id="more than a year"),
    ],
)
def test_the_picture_leaves_room_for_the_list(lengths: dict[str, int | None]) -> None:
    wide, _ = forms([incident(name, severity=name, resolved=length) for name, length in lengths.items()])
    assert float(wide.get("viewBox", "").split()[3]) <= 252
    assert len(places(wide)) == len(lengths)
    assert all(20 <= y <= 252 for _, y in places(wide))


def test_stems_go_where_there_are_many() -> None:
    for count, stems in ((80, 80), (81, 0)):
        members = [incident(f"{n}", BEGIN + timedelta(days=5 * n), resolved=90) for n in range(count)]
        wide, _ = forms(members)
        assert sum("pm-stem" in path.get("class", "") for path in wide.iter(f"{SVG}path")) == stems


def test_incidents_of_the_same_minute_stand_beside_each_other() -> None:
    wide, narrow = forms([incident("a"), incident("b")])
    assert len({x for x, _ in places(wide)}) == 2
    (x, below), (above_x, above) = places(narrow)
    assert x == above_x
    assert below - above > 2 * 4.6


@pytest.mark.parametrize("resolved", [60, None])
def test_heads_at_one_height_do_not_cover_each_other(resolved: int | None) -> None:
    wide, _ = forms([incident(name, resolved=resolved) for name in "abc"])
    assert len(places(wide)) == 3
    assert all(right - left >= 10 for left, right in pairwise(sorted(x for x, _ in places(wide))))


def test_numbers_say_what_they_count_for_the_filters() -> None:
    members = [
        incident("a"),
        incident("b", BEGIN + timedelta(days=400), severity="SEV2"),
        incident("c", severity="P9"),
    ]
    wide, narrow = forms(members)

    def tallies(of: ET.Element) -> dict[str, str]:
        return {key: one.text or "" for one in of.iter() if (key := one.get("data-tally"))}

    lanes = {"SEV1|": "1", "SEV2|": "1", "Other|": "1"}
    assert tallies(wide) == {"*|2024": "2", "*|2025": "1", **lanes}
    assert tallies(narrow) == {"*|2024": "2", "*|2025": "1"}
    one_year, _ = forms([incident("a")])
    assert tallies(one_year)["*|2024-02"] == "1"


def test_a_label_belongs_to_its_mark_and_steps_back_with_it() -> None:
    wide, _ = forms([incident("a", title="The queue was full", resolved=600)])
    (link,) = [one for one in links(wide) if "Queue was full" in [text.text for text in one.iter(f"{SVG}text")]]
    assert link.get("class", "").startswith("pm-mark")


def test_the_mark_is_that_of_the_first_pattern_with_a_page() -> None:
    patterns = (pattern("caches", "capacity"), pattern("odd", "of its own"))
    members = [
        incident("a", patterns=["nowhere", "caches"]),
        incident("b", patterns=["odd"], severity="SEV2"),
        incident("c", severity="SEV3"),
    ]
    wide, _ = forms(members, page_context(*members, patterns=patterns))
    assert [head.get("d") for head in paths(wide, "pm-head")] == [SHAPES["capacity"], SHAPES["none"], SHAPES["none"]]


def test_labels_meet_no_mark_and_leave_no_picture() -> None:
    members = [
        incident(f"{day}", BEGIN + timedelta(days=day), resolved=60 + 20 * day, title=f"Queue {day}")
        for day in range(0, 300, 5)
    ]
    wide, _ = forms(members)
    labels = texts(wide, "pm-t-label")
    assert 1 <= len(labels) <= 14
    assert len(set(labels)) == len(labels)


def test_many_incidents_are_counted_by_month() -> None:
    members = [
        incident(f"{n}", BEGIN + timedelta(hours=n * 20), severity=("SEV1", "SEV3")[n % 2]) for n in range(MANY + 1)
    ]
    wide, narrow = forms(members)
    for form, lanes in ((wide, 2), (narrow, 1)):
        titles = [link.find(f"{SVG}title").text or "" for link in links(form)]  # type: ignore[union-attr]
        assert sum(int(re.findall(r": (\d+) ", title)[0]) for title in titles) == MANY + 1
        assert len(titles) <= lanes * 12
    assert links(wide)[0].get("href") == "2024/#m02"


def test_a_row_whose_piles_would_be_towers_is_counted() -> None:
    members = [incident(f"{n}", BEGIN + timedelta(hours=n)) for n in range(50)]
    wide, narrow = forms(members)
    assert len(links(wide)) == 50
    assert len(links(narrow)) == 1
    spread = [incident(f"{n}", BEGIN + timedelta(days=5 * n)) for n in range(50)]
    assert len(links(forms(spread)[1])) == 50


def test_untrusted_words_stay_words() -> None:
    nasty = '"><script>alert(1)</script>'
    wide, narrow = forms([incident("a", title=nasty, severity=nasty, owner=nasty)])
    for form in (wide, narrow):
        assert not [one for one in form.iter() if "script" in str(one.tag)]
        assert nasty in (links(form)[0].find(f"{SVG}title").text or "")  # type: ignore[union-attr]


def test_a_scale_with_markup_in_its_names_stays_words() -> None:
    members = [incident("a", severity="<b>1")]
    wide, _ = forms(members, page_context(*members, severities=["<b>1", "<i>2"]))
    assert texts(wide, "pm-t-lane") == ["<b>1"]
    assert "<i>2: none" in texts(wide, "pm-t-tick")


def test_a_month_of_many_is_drawn_between_the_lines_of_the_calendar() -> None:
    members = [incident(f"a{day}", BEGIN + timedelta(days=day)) for day in range(MANY + 1)]
    wide, _ = forms(members)
    cells = [one for one in wide.iter(f"{SVG}path") if "pm-heat--" in one.get("class", "")]
    lefts = sorted({float(one.get("d", "")[1:].split()[0]) for one in cells})
    lines = [
        float(re.match(r"M([\d.]+)", one.get("d", ""))[1])  # type: ignore[index]
        for one in wide.iter(f"{SVG}path")
        if "pm-hair--year" in one.get("class", "")
    ]
    assert len(lefts) > 2
    assert [left for left in lefts if min(abs(left - line) for line in lines) > 0.2] == []
