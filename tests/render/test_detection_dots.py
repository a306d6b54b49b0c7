"""How soon incidents were noticed, drawn for a pattern and all others."""

from __future__ import annotations

import re
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from tests.builders import BEGIN, incident, page_context, pattern

from postmortems.analyse.incident_group import IncidentGroup
from postmortems.model.postmortem import Postmortem
from postmortems.render.base.context import PageContext
from postmortems.render.pages.detection_picture import MOST_MARKS, detection_picture

SVG = "{http://www.w3.org/2000/svg}"
PATTERN = pattern()


def picture(members: list[Postmortem], context: PageContext) -> str:
    """The incidents of the pattern against all others."""
    return detection_picture(PATTERN.title, IncidentGroup(members, context.analysis), context, "database")


def drawn(minutes: list[float | None], others: list[float | None]) -> list[ET.Element]:
    """The wide and the narrow picture of incidents noticed so many minutes after their start."""
    members = [incident(f"in{n}", detected=at, patterns=["database-issues"]) for n, at in enumerate(minutes)]
    rest = [incident(f"out{n}", detected=at) for n, at in enumerate(others)]
    context = page_context(*members, *rest, patterns=(PATTERN,))
    return ET.fromstring(f'<div xmlns="http://www.w3.org/2000/svg">{picture(members, context)}</div>').findall(
        f"{SVG}svg"
    )


def dots(form: ET.Element) -> dict[str, tuple[float, float]]:
    """Each dot's place by the incident it links to."""
    found = {}
    for link in form.iter(f"{SVG}a"):
        x, y = re.findall(r"[\d.]+", link.get("transform", ""))
        found[link.get("href", "").split("/")[-2]] = (float(x), float(y))
    return found


def words(form: ET.Element) -> list[str]:
    return [one.text or "" for one in form.iter(f"{SVG}text")]


def test_later_stands_further_right_and_a_minute_or_less_in_the_gutter() -> None:
    for form in drawn([0, 0.5, 3, 90, 9000], []):
        gutter = next(one for one in form.iter(f"{SVG}rect") if one.get("class") == "pm-gutter")
        end = float(gutter.get("x", "")) + float(gutter.get("width", ""))
        xs = [dots(form)[f"in{n}"][0] for n in range(5)]
        assert xs == sorted(xs)
        assert [x < end for x in xs] == [True, True, False, False, False]


def test_no_two_dots_lie_on_each_other() -> None:
    for form in drawn([0] * 20 + [5] * 7 + [5.1] * 7, [7] * 3):
        places = list(dots(form).values())
        assert len(places) == 37
        for place, one in enumerate(places):
            assert all(abs(one[0] - x) + abs(one[1] - y) > 7 for x, y in places[place + 1 :])


@pytest.mark.parametrize(
    ("minutes", "median", "interval"),
    [
        pytest.param([4, 9], None, False, id="two: neither"),
        pytest.param([4, 9, 60], "median 9 min", False, id="three: a median"),
        pytest.param([0, 0, 4, 9, 60, 90], "median 6 min 30 s", True, id="six: an interval"),
        pytest.param([None, 4, 9, None, 60], "median 9 min", False, id="unknown is no value"),
    ],
)
def test_figures_are_drawn_from_enough_values(minutes: list[float | None], median: str | None, interval: bool) -> None:
    for form in drawn(minutes, []):
        assert [one for one in words(form) if one.startswith("median")] == ([median] if median else [])
        assert any(one.get("class") == "pm-iv" for one in form.iter(f"{SVG}rect")) is interval


def test_known_and_unknown_are_counted_beside_each_group() -> None:
    for form in drawn([4, None], [None, None, 9]):
        assert [one for one in words(form) if "known" in one] == ["1 known, 1 unknown", "1 known, 2 unknown"]


def test_nothing_known_is_no_picture() -> None:
    assert drawn([None, None], [5]) == []


def test_drills_are_no_dots() -> None:
    context = page_context(
        incident("a", patterns=["database-issues"]), incident("b", kind="drill"), patterns=(PATTERN,)
    )
    members = [one.postmortem for one in context.analysis.occurrences["database-issues"].counted]
    assert len(set(re.findall(r'href="([^"]+)"', picture(members, context)))) == 1


def test_of_too_many_only_the_figures_are_drawn() -> None:
    members = [incident(f"{n}", BEGIN + timedelta(days=n), patterns=["database-issues"]) for n in range(MOST_MARKS + 1)]
    drawing = picture(members, page_context(*members, patterns=(PATTERN,)))
    assert "<svg" in drawing
    assert "<a " not in drawing
    assert "median 3 min" in drawing


def test_more_than_stand_beside_each_other_are_counted_in_cells() -> None:
    members = [
        incident(f"in{n}", detected=at, patterns=["database-issues"])
        for n, at in enumerate([0] * 30 + [4] * 20 + [60] * 14)
    ]
    assert len(members) > MOST_MARKS
    drawing = picture(members, page_context(*members, patterns=(PATTERN,)))
    assert 'class="pm-dots' not in drawing
    shades = re.findall(r'<path class="pm-heat pm-heat--(\d)" d="([^"]+)"', drawing)
    assert [(shade, cells.count("M")) for shade, cells in shades] == [("2", 1), ("3", 1), ("4", 1)] * 2
