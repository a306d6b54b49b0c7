"""The kit of pictures: it escapes, it writes numbers short, and every chart is made with it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from markupsafe import Markup

from postmortems.render import charts
from postmortems.render.charts.svg import circle, element, frame, horizontal, joined, link, number, rect, text, vertical

NASTY = "\"><b>&'"
SAFE = "&#34;&gt;&lt;b&gt;&amp;&#39;"


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        (text(1, 2.25, NASTY, "t"), f'<text x="1" y="2.2" class="t">{SAFE}</text>'),
        (text(0, 0, "", "t", "end", data_tally="a|b"), '<text x="0" y="0" class="t" text-anchor="end" data-tally="a|b"></text>'),
        (
            link(NASTY, NASTY, circle("c", 1, 2, 3.2)),
            f'<a class="pm-mark" href="{SAFE}"><title>{SAFE}</title><circle class="c" cx="1" cy="2" r="3.2"/></a>',
        ),
        (link("x", "y", NASTY), f'<a class="pm-mark" href="x"><title>y</title>{SAFE}</a>'),
        (element("use", css_class=NASTY, x=None), f'<use class="{SAFE}"/>'),
        (
            frame("f", 10, 2.5, [rect("r", 0, -0.04, 5, 6, rx=2)], label=NASTY, role="img"),
            f'<svg class="f" viewBox="0 0 10 2.5" role="img" aria-label="{SAFE}">'
            '<rect class="r" x="0" y="0" width="5" height="6" rx="2"/></svg>',
        ),
        (frame("f", 10, 2, [], is_sized=True), '<svg class="f" viewBox="0 0 10 2" width="10" height="2" aria-hidden="true"></svg>'),
        (vertical("v", 1.5, 2, 3), '<path class="v" d="M1.5 2V3"/>'),
        (horizontal("h", 1.5, 2, 3), '<path class="h" d="M2 1.5H3"/>'),
    ],
)  # fmt: skip
def test_a_shape_is_written_with_its_text_escaped(shape: Markup, expected: str) -> None:
    assert shape == Markup(expected)

    assert isinstance(shape, Markup)


def test_what_looks_like_safe_html_is_not() -> None:
    for _ in range(2):
        assert element("a", title=Markup("x &amp; y")) == '<a title="x &amp; y"></a>'
        assert element("a", title="x &amp; y") == '<a title="x &amp;amp; y"></a>'
        assert joined([Markup("<b>"), "<b>"]) == "<b>&lt;b&gt;"


def test_a_coordinate_has_one_decimal_at_most() -> None:
    assert [number(value) for value in (0, -0.04, 1.0, 1.25, 1.26, 10, -3.5)] == [
        "0",
        "0",
        "1",
        "1.2",
        "1.3",
        "10",
        "-3.5",
    ]


def test_no_chart_writes_markup_beside_the_kit() -> None:
    folder = Path(charts.__file__).parent
    raw = {
        f"{module.name}: {found}"
        for module in folder.glob("*.py")
        if module.name != "svg.py"
        for found in re.findall(r"<(?:svg|text|rect|line|circle|path|use|a|g|title)\b|Markup\((?!\"\"\))|\bescape\(", module.read_text("utf-8"))
    }  # fmt: skip
    assert raw <= {"phase_numbers.py: Markup("}  # a table of HTML, no picture
