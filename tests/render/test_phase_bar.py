"""The phase bar: what it says and draws for every state of knowledge."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from postmortems.analyse.durations import durations
from postmortems.model.front_matter import FrontMatter
from postmortems.model.postmortem import Postmortem
from postmortems.model.section import Body
from postmortems.render.charts.phase_bar import phase_bar
from postmortems.render.charts.scale import STEPS, step_for, text_width, tick_words
from postmortems.settings import Settings

KEYS = ("started_at", "detected_at", "mitigated_at", "resolved_at")


def drawn(moments: str, **matter: object) -> Markup:
    """The bar for moments written as `6T14:00 - …`: day of February 2024 and time, or `-` for unknown."""
    values = {
        key: "unknown" if value == "-" else f"2024-02-{int(value.partition('T')[0]):02}T{value.partition('T')[2]}Z"
        for key, value in zip(KEYS, moments.split(), strict=True)
    }
    return bar(FrontMatter.model_validate({"severity": "SEV1", **values, **matter}))


def bar(matter: FrontMatter) -> Markup:
    return phase_bar(matter, durations(Postmortem("a", "a.md", matter, Body(1, ())), Settings()))


def pictures(markup: str) -> list[ET.Element]:
    """The wide, the middle and the narrow picture."""
    return list(ET.fromstring(f"<x>{markup}</x>").iter("svg"))


def words(picture: ET.Element) -> list[str]:
    return [one.text or "" for one in picture.iter("text")]


def kinds(picture: ET.Element) -> list[str]:
    return [one.get("class", "").removeprefix("pm-seg--") for one in picture.iter("rect")]


@pytest.mark.parametrize(
    ("moments", "stretches", "says"),
    [
        pytest.param(
            "6T14:00 6T14:20 6T15:00 6T16:00", ["dark", "act", "rec"],
            ["undetected", "responding 40 min", "recovering 1 h", "14:20 · +20 min", "target 5 min, 15 min over"],
            id="all known",
        ),
        pytest.param("6T14:00 6T14:20 6T15:00 -", ["dark", "act", "unk"], ["end unknown"], id="end unknown"),
        pytest.param(
            "6T14:00 - 6T15:00 6T16:00", ["unk", "rec"], ["detection time unknown"], id="detection unknown"
        ),
        pytest.param(
            "6T14:00 6T14:20 - 6T16:00", ["dark", "unk"], ["end of impact unknown"], id="mitigation unknown"
        ),
        pytest.param("6T14:00 6T14:20 - -", ["dark", "unk"], ["later times unknown"], id="only detection"),
        pytest.param("- 6T14:20 6T15:00 6T16:00", ["unk", "act", "rec"], ["start unknown"], id="start unknown"),
        pytest.param(
            "6T14:00 6T15:30 6T14:40 6T16:00", ["dark", "rec", "rec"], ["mitigated, undetected 50 min"],
            id="detected after it had healed",
        ),
        pytest.param(
            "6T14:00:20 6T14:01 6T14:03 6T14:03:20", ["dark", "act", "rec"],
            ["14:00:20", "target 5 min, met (off the chart)"], id="three minutes",
        ),
        pytest.param(
            "- - - -", ["unk"], ["No times recorded, so there is no chart"], id="nothing known"
        ),
        pytest.param("6T14:00 - - -", ["unk"], ["Only the start time is known, so there is no chart"], id="only start"),
        pytest.param(
            "6T14:00 6T14:20 6T13:00 6T16:00", ["unk"],
            ["The recorded times contradict each other, so there is no chart"], id="moments out of order",
        ),
    ],
)  # fmt: skip
def test_what_is_known_is_drawn_and_the_rest_is_hatched(moments: str, stretches: list[str], says: list[str]) -> None:
    wide = pictures(drawn(moments))[0]
    assert kinds(wide) == stretches
    assert [one for one in says if one not in words(wide)] == []


@pytest.mark.parametrize(
    ("moments", "matter", "says"),
    [
        pytest.param(
            "6T14:00 6T14:02 7T07:00 7T14:00", {},
            ["detected 6 Feb 14:02 · +2 min", "target 5 min", "First 10 minutes, magnified 81×",
             "Detected 3 min before the SEV1 target"],
            id="before the target",
        ),
        pytest.param(
            "6T14:00 6T14:20 7T07:00 7T14:00", {"detection_target": "10m"},
            ["First hour, magnified 13×", "Detected 10 min over its own target"], id="over its own target",
        ),
        pytest.param(
            "6T14:00 6T14:01 6T15:00 6T16:00", {"detection_target": "1h"},
            ["First 2 minutes, magnified 34×", "Detected 59 min before its own target"],
            id="a target too far off to magnify",
        ),
    ],
)  # fmt: skip
def test_a_short_detection_is_magnified(moments: str, matter: dict[str, object], says: list[str]) -> None:
    for picture in pictures(drawn(moments, **matter)):
        assert [one for one in says if not any(word.startswith(one[:12]) for word in words(picture))] == []
    assert [one for one in says if one not in words(pictures(drawn(moments, **matter))[0])] == []


@pytest.mark.parametrize(
    ("moments", "label"),
    [
        pytest.param("6T14:00 6T14:20 6T15:00 6T16:00", "detected", id="long enough to see"),
        pytest.param("6T14:00 6T14:00 7T07:00 7T14:00", "started, detected", id="immediately"),
        pytest.param("6T14:00 6T13:50 7T07:00 7T14:00", "detected", id="before the start"),
    ],
)
def test_other_detections_are_not_magnified(moments: str, label: str) -> None:
    for picture in pictures(drawn(moments)):
        assert "magnified" not in " ".join(words(picture))
        assert label in words(picture)


def test_a_bar_that_crosses_midnight_says_the_day_at_each_width() -> None:
    for picture in pictures(drawn("6T14:00 6T14:20 8T06:00 11T09:30")):
        assert [word for word in words(picture) if "Feb" in word] == [
            "6 Feb 14:00", "8 Feb 06:00 · +40 h", "11 Feb 09:30 · +4 d 19 h", "detected 6 Feb 14:20 · +20 min",
        ]  # fmt: skip


def test_ticks_that_would_touch_have_no_label() -> None:
    for picture in pictures(drawn("6T14:00 6T14:20 6T15:00 6T15:17")):
        ends = [
            (float(one.get("x", "")), text_width(one.text or "", 12) / 2)
            for one in picture.iterfind(".//g[@class='pm-t-tick'][@text-anchor='middle']/text")
        ]
        assert len(ends) > 1
        assert all(x + half <= other - others for (x, half), (other, others) in pairwise(ends))


def test_moments_of_the_same_minute_share_a_label_and_colliding_ones_climb() -> None:
    wide = pictures(drawn("6T08:47 6T08:50 6T09:12 6T09:12"))[0]
    labels = {one.text: float(one.get("y", "")) for one in wide.iter("text") if "strong" in one.get("class", "")}
    assert labels == {"started": 14, "detected": 14, "mitigated, resolved": 14}
    narrow = pictures(drawn("6T08:47 6T08:50 6T09:12 6T09:12"))[2]
    labels = {one.text: float(one.get("y", "")) for one in narrow.iter("text") if "strong" in one.get("class", "")}
    assert labels == {"started": 50, "detected": 14, "mitigated, resolved": 50}


def crossings(picture: ET.Element) -> list[str]:
    """Labels of moments that the line of another moment runs through."""
    lines = next(one.get("d", "") for one in picture.iter("path") if one.get("class") == "pm-tickline")
    found = []
    for label in picture.iter("text"):
        if "pm-t-label" not in label.get("class", ""):
            continue
        x, y, wide = float(label.get("x", "")), float(label.get("y", "")), text_width(label.text or "", 12)
        left = {"middle": x - wide / 2, "end": x - wide}.get(label.get("text-anchor", ""), x)
        for at, top in re.findall(r"M([\d.]+) ([\d.]+)V", lines):
            if float(top) < y and left + 2 < float(at) < left + wide - 2:
                found.append(f"{label.text} at {at}")
    return found


@pytest.mark.parametrize(
    "moments",
    [
        pytest.param("6T14:00 6T14:06 6T15:42 6T16:34", id="close at the left"),
        pytest.param("6T14:00 6T15:00 6T17:00 6T17:05", id="close at the right"),
        pytest.param("6T14:00 6T14:20 6T15:00 6T16:00", id="apart"),
    ],
)
def test_no_line_runs_through_the_label_of_another_moment(moments: str) -> None:
    for picture in pictures(drawn(moments, detection_target="1h")):
        assert crossings(picture) == []


@pytest.mark.parametrize("moments", ["6T14:00 6T14:02 7T07:00 -", "- - - -", "- 6T14:20 6T15:00 6T16:00"])
def test_every_number_stands_in_a_table(moments: str) -> None:
    cells = [one.text for one in ET.fromstring(f"<x>{drawn(moments)}</x>").iter("td")]
    expected = {
        "6T14:00 6T14:02 7T07:00 -": [
            "2024-02-06 14:00", "0 min", "2024-02-06 14:02", "2 min", "2024-02-06 14:05", "5 min",
            "2024-02-07 07:00", "17 h", "unknown", "unknown",
        ],
        "- - - -": ["unknown", "unknown", "unknown", "unknown", "unknown", "5 min"] + ["unknown"] * 4,
        "- 6T14:20 6T15:00 6T16:00": [
            "unknown", "unknown", "2024-02-06 14:20", "unknown", "unknown", "5 min",
            "2024-02-06 15:00", "unknown", "2024-02-06 16:00", "unknown",
        ],
    }  # fmt: skip
    assert cells == expected[moments]


def test_the_picture_can_be_heard() -> None:
    labels = [one.get("aria-label") for one in pictures(drawn("6T14:00 6T14:00 - 6T16:00"))]
    assert labels == ["Started 14:00, detected immediately, mitigated: time unknown, resolved after 2 h"] * 3


def test_a_severity_is_only_text() -> None:
    settings = Settings.model_validate({"severities": ["<b onclick=x>"], "detection_targets": {"<b onclick=x>": "5m"}})
    matter = FrontMatter.model_validate(
        {"severity": "<b onclick=x>", "started_at": "2024-02-06T14:00Z", "detected_at": "2024-02-06T14:01Z",
         "resolved_at": "2024-02-08T14:00Z"}
    )  # fmt: skip
    markup = phase_bar(matter, durations(Postmortem("a", "a.md", matter, Body(1, ())), settings))
    assert "&lt;b onclick=x&gt; target" in markup
    assert "<b " not in markup


MOMENT = st.none() | st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC))
NEAR = st.none() | st.builds(
    lambda seconds: datetime(2024, 2, 6, 14, tzinfo=UTC) + timedelta(seconds=seconds), st.integers(0, 4_000_000)
)


@settings(max_examples=150, deadline=None)
@given(st.tuples(*[NEAR] * 4) | st.tuples(*[MOMENT] * 4), st.none() | st.timedeltas(timedelta(), timedelta(99999)))
@example(tuple(datetime(621, 1, 1, tzinfo=UTC) + timedelta(days) for days in (3, 1479, 12, 70)), timedelta(700.4))
def test_any_moments_give_a_picture_that_stays_in_its_frame(
    moments: tuple[datetime | None, ...], target: timedelta | None
) -> None:
    matter = FrontMatter.model_construct(**dict(zip(KEYS, moments, strict=True)), detection_target=target)
    markup = bar(matter)
    assert not re.search(r"style=| on\w+=|nan|inf\b", markup)
    for picture in pictures(markup):
        width, height = map(float, picture.get("viewBox", "").split()[2:])
        grouped = {one: group.get("text-anchor") for group in picture.iter("g") for one in group}
        for one in picture.iter("text"):
            x, y = float(one.get("x", "")), float(one.get("y", ""))
            anchor = one.get("text-anchor") or grouped.get(one)
            room = text_width(one.text or "", 11)
            assert 0 <= y <= height
            assert x - {"middle": 0.5, "end": 1}.get(anchor or "", 0) * room >= -3
            assert x + {"middle": 0.5, "end": 0}.get(anchor or "", 1) * room <= width + 3
        for one in picture.iter("rect"):
            assert (
                -0.1 <= float(one.get("x", "")) <= float(one.get("x", "")) + float(one.get("width", "")) <= width + 1.6
            )


@pytest.mark.parametrize(
    ("extent", "most", "expected"),
    [
        (timedelta(minutes=25), 6, timedelta(minutes=5)),
        (timedelta(hours=24, minutes=11), 6, timedelta(hours=6)),
        (timedelta(days=40), 6, timedelta(days=7)),
        (timedelta(seconds=40), 6, timedelta(seconds=10)),
        (timedelta(days=365 * 200), 6, timedelta(days=365 * 64)),
    ],
)
def test_an_axis_has_round_steps(extent: timedelta, most: float, expected: timedelta) -> None:
    assert step_for(extent, most) == expected


def test_ticks_are_said_in_one_unit() -> None:
    assert [tick_words(STEPS[index]) for index in (0, 5, 10, 12, 16, 17, 18)] == [
        "1 s", "30 s", "15 min", "1 h", "12 h", "24 h", "2 d",
    ]  # fmt: skip
    assert tick_words(timedelta(minutes=75)) == "1 h 15 min"
