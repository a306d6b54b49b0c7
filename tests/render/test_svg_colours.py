"""Pictures have their colours without the style sheet, too."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from postmortems.render.base.svg_colours import painted


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<path class="pm-axis" d="M0 1H2"/>', 'class="pm-axis" fill="none" stroke="#8b939c" d="M0 1H2"/>'),
        ('<rect x="1" class="pm-seg--dark"/>', '<rect x="1" class="pm-seg--dark" fill="#9c1631"/>'),
        # Two classes that the style sheet speaks of together.
        ('<path class="pm-s-det is-over"/>', 'stroke="#9c1631" stroke-width="3.5"/>'),
        # The colour of a family comes from what is around a shape.
        ('<a class="pm-mark pm-f-database" href="#">', 'class="pm-mark pm-f-database" fill="#12508f" href'),
        (
            '<a class="pm-mark pm-f-database"><path class="pm-stem" d="M0 0V9"/></a>',
            'class="pm-mark pm-f-database" fill="#12508f" color="#12508f"><path class="pm-stem" fill="none" stroke="currentColor"',
        ),
        ('<path class="pm-head pm-head--open" d="M0 0"/>', 'fill="#fff" stroke="currentColor" stroke-width="1.7" d'),
        # A line that the style sheet draws behind a shape would be in front of it.
        ('<path class="pm-head" d="M0 0"/>', 'class="pm-head" d'),
        ('<text class="pm-t-label">x</text>', '<text class="pm-t-label">x'),
        ('<text class="pm-t-tick">x</text>', '<text class="pm-t-tick" fill="#59616b">x'),
        ('<svg class="pm-glyph pm-f-database">', 'class="pm-glyph pm-f-database" fill="#12508f">'),
        # What is no shape, or not ours, stays as it is; so does text that looks like one.
        ('<p class="pm-axis">', '<p class="pm-axis">'),
        ('<path class="other"/>', '<path class="other"/>'),
        ('<title>&lt;path class="pm-axis"&gt;</title>', '<title>&lt;path class="pm-axis"&gt;</title>'),
    ],
)  # fmt: skip
def test_a_shape_gets_what_the_style_sheet_says_of_its_classes(html: str, expected: str) -> None:
    assert expected in painted(f"<svg>{html}</svg>")


def test_without_a_picture_nothing_changes() -> None:
    assert painted('<path class="pm-axis"/>') == '<path class="pm-axis"/>'


def test_no_shape_of_a_built_site_is_filled_with_black(built: Callable[[str], Path]) -> None:
    def unpainted(shape: ET.Element, has_fill: bool = False) -> Iterator[str]:
        has_fill |= "fill" in shape.attrib or shape.get("opacity") == "0"
        if not has_fill and shape.tag in ("path", "rect", "circle", "line"):
            yield f"{shape.tag} {shape.get('class')}"
        for inner in shape:
            yield from unpainted(inner, has_fill)

    black = set()
    for page in built("own").rglob("*.html"):
        for svg in re.findall(r'<svg class="pm-(?!defs)[^>]*>.*?</svg>', page.read_text("utf-8"), re.DOTALL):
            black |= set(unpainted(ET.fromstring(svg)))
    assert black == set()
