"""A clock drawn: dots on a log axis, a row a period, cells where there are too many."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest
from markupsafe import Markup
from tests.builders import incident, page_context

from postmortems.analyse.measures import Measure
from postmortems.analyse.metrics import metrics_of
from postmortems.model.postmortem import Postmortem
from postmortems.render.charts.clock_panel import WIDTH
from postmortems.render.pages.metrics.clocks import MOST_DOTS, clock_pictures, gap_name

SVG = "{http://www.w3.org/2000/svg}"
MINUTE, HOUR, DAY = 1, 60, 60 * 24


def year(number: int, *minutes: float | None, **matter: str) -> list[Postmortem]:
    begin = datetime(number, 2, 1, tzinfo=UTC)
    return [
        incident(f"{number}-{n}", begin + timedelta(days=n % 28), detected=None, resolved=took, **matter)
        for n, took in enumerate(minutes)
    ]


def pictures(*members: Postmortem) -> Mapping[Measure, Markup]:
    context = page_context(*members)
    return clock_pictures(context.analysis.once(metrics_of).clocks, context)


def drawn(*members: Postmortem) -> ET.Element:
    """The panel of the time to recover."""
    picture = str(pictures(*members)[Measure.RECOVER])
    return ET.fromstring(picture.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


def dots(panel: ET.Element) -> dict[str, tuple[float, float]]:
    """Each dot's place by the incident that it links to."""
    found = {}
    for link in panel.iter(f"{SVG}a"):
        assert (link.findtext(f"{SVG}title") or "").strip()
        for dot in link.iter(f"{SVG}circle"):
            found[link.get("href", "").split("/")[-2]] = (float(dot.get("cx", "")), float(dot.get("cy", "")))
    return found


def words(panel: ET.Element, look: str) -> list[str]:
    return [one.text or "" for one in panel.iter(f"{SVG}text") if one.get("class") == look]


def test_longer_stands_further_right_and_a_minute_or_less_in_the_gutter() -> None:
    panel = drawn(*year(2024, 0, MINUTE, 3, HOUR, 40 * DAY))
    gutter = next(one for one in panel.iter(f"{SVG}rect") if one.get("class") == "pm-gutter")
    end = float(gutter.get("x", "")) + float(gutter.get("width", ""))
    xs = [dots(panel)[f"2024-{n}"][0] for n in range(5)]
    assert xs == sorted(xs)
    assert [x < end for x in xs] == [True, True, False, False, False]
    assert xs[-1] < WIDTH - 50


def test_a_median_of_a_minute_stands_in_the_gutter() -> None:
    panel = drawn(*year(2024, MINUTE, MINUTE, MINUTE))
    gutter = next(one for one in panel.iter(f"{SVG}rect") if one.get("class") == "pm-gutter")
    median = next(one for one in panel.iter(f"{SVG}path") if one.get("class") == "pm-med")
    middle = float(gutter.get("x", "")) + float(gutter.get("width", "")) / 2
    assert median.get("d", "").startswith(f"M{middle:g} ")


def test_equal_factors_are_equal_distances() -> None:
    places = dots(drawn(*year(2024, 10, 100, 1000)))
    first, second, third = (places[f"2024-{n}"][0] for n in range(3))
    assert second - first == pytest.approx(third - second, abs=0.2)


def test_no_two_dots_lie_on_each_other() -> None:
    places = list(dots(drawn(*year(2024, *[0] * 19, *range(50, 90, 4)), *year(2023, *[50] * 9))).values())
    assert len(places) == 38
    for place, one in enumerate(places):
        assert all(abs(one[0] - x) + abs(one[1] - y) > 5.5 for x, y in places[place + 1 :])


def test_rows_come_newest_first_with_a_gap_told_once() -> None:
    panel = drawn(*year(2012, 9), *year(2015, None), *year(2024, 9, None), *year(2026, 9))
    assert words(panel, "pm-t-year") == ["2026", "2025", "2024", "2016–23", "2015", "2013–14", "2012", "All"]
    none = "none recorded"
    assert words(panel, "pm-t-faint") == ["1", none, "1 of 2", none, "0 of 1", none, "1", "3 of 5"]


@pytest.mark.parametrize(
    ("first", "last", "name"), [(2014, 2014, "2014"), (2013, 2014, "2013–14"), (1998, 2003, "1998–2003")]
)
def test_the_name_of_a_gap_is_short(first: int, last: int, name: str) -> None:
    assert gap_name(first, last) == name


def test_rows_of_all_panels_stand_beside_each_other() -> None:
    begin = datetime(2024, 2, 1, tzinfo=UTC)
    panels = pictures(
        *(incident(f"a{n}", begin, detected=0, mitigated=n * 9 + 2, resolved=300) for n in range(12)),
        *(incident(f"b{n}", begin.replace(year=2022), detected=5, mitigated=50, resolved=900) for n in range(5)),
    )
    assert len(panels) == 4
    heights = set()
    for picture in panels.values():
        panel = ET.fromstring(str(picture))
        heights.add(tuple(text.get("y") for text in panel.iter("text") if text.get("class") == "pm-t-year"))
    assert len(heights) == 1


@pytest.mark.parametrize(
    ("known", "median", "interval"),
    [pytest.param(2, 0, 0, id="two"), pytest.param(3, 1, 0, id="three"), pytest.param(6, 1, 1, id="six")],
)
def test_a_row_shows_no_more_than_it_bears(known: int, median: int, interval: int) -> None:
    panel = drawn(*year(2024, *range(5, 5 + known)))
    # The year and the total of all rest on the same incidents here.
    assert len([one for one in panel.iter(f"{SVG}path") if one.get("class") == "pm-med"]) == 2 * median
    assert len([one for one in panel.iter(f"{SVG}rect") if one.get("class") == "pm-iv"]) == 2 * interval


def test_severities_have_a_row_each_where_there_are_several() -> None:
    panel = drawn(*year(2024, 5, 6), *year(2023, 9, severity="SEV2"))
    assert words(panel, "pm-t-year") == ["2024", "2023", "All", "SEV1", "SEV2"]


def test_of_too_many_a_row_is_one_link_with_cells() -> None:
    panel = drawn(*year(2024, *[0] * 50, *[30] * MOST_DOTS), *year(2020, 5))
    assert not list(panel.iter(f"{SVG}circle"))
    links = list(panel.iter(f"{SVG}a"))
    assert [link.get("href") for link in links[-1:]] == ["../postmortems/2020/"]
    assert links[-1].findtext(f"{SVG}title") == "2020: 1 known, 0 unknown"
    shades = {path.get("class") for path in links[0].iter(f"{SVG}path")}
    assert shades <= {f"pm-heat pm-heat--{shade}" for shade in (1, 2, 3, 4)}


def test_words_stay_inside_the_picture() -> None:
    panel = drawn(*year(2024, 5, 400 * DAY, severity="the most severe of all severities"), *year(2023, 9))
    assert all(0 <= float(text.get("x", "")) <= WIDTH for text in panel.iter(f"{SVG}text"))
    assert words(panel, "pm-t-year")[-2:] == ["SEV1", "the mos…"]


def test_nothing_known_is_no_picture() -> None:
    assert Measure.RECOVER not in pictures(*year(2024, None))
