"""Pictures have their colours without the style sheet, too."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from postmortems.render.base.svg_colours import painted


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<path class="pm-axis" d="M0 1H2"/>', 'class="pm-axis" fill="none" stroke="#8b939c" stroke-width="1" d="M0 1H2"/>'),
        ('<rect x="1" class="pm-seg--dark"/>', '<rect x="1" class="pm-seg--dark" fill="#9c1631"/>'),
        # Two classes that the style sheet speaks of together.
        ('<path class="pm-s-det is-over"/>', 'stroke="#9c1631" stroke-width="3.5" fill="none"/>'),
        # The colour of a family comes from what is around a shape.
        ('<a class="pm-mark pm-f-database" href="#">', 'class="pm-mark pm-f-database" fill="#12508f" color="#12508f" href'),
        ('<path class="pm-head" d="M0 0"/>', 'class="pm-head" stroke="#ffffff" stroke-width="1.4" d'),
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


def test_no_line_of_a_built_site_is_filled_with_black(built: Callable[[str], Path]) -> None:
    black = set()
    for page in built("own").rglob("*.html"):
        for svg in re.findall(r'<svg class="pm-(?!defs|glyph)[^>]*>.*?</svg>', page.read_text("utf-8"), re.DOTALL):
            for tag, attributes in re.findall(r"<(path|rect|circle|line) ([^>]*)>", svg):
                inherits = re.search('class="pm-(dot|head)', attributes)  # the colour of its family
                if "fill=" not in attributes and not inherits:
                    black.add(f"{tag} {re.sub('[0-9.]+', '0', attributes)}"[:80])
    assert black == set()
