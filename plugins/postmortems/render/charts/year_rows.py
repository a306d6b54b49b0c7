"""The narrow form of the index picture, on phones and paper: a row a year, newest first, the months across."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from markupsafe import Markup, escape

from postmortems.render.charts.length_scale import STEPS, height
from postmortems.render.charts.mark import Mark
from postmortems.render.charts.scale import text_width
from postmortems.render.charts.svg import number, text
from postmortems.render.charts.tally import ALL, tally
from postmortems.render.charts.time_axis import TimeAxis, spread
from postmortems.render.words.formats import MONTHS
from postmortems.render.words.incident import clipped

WIDTH = 360
LEFT, RIGHT = 46, 350
CROWDED = 36
"""The number of incidents in a year from which its row would be a smear; months are counted then."""

_DECADE = 13.5
_ROW = 62
_STRIP = 16
_SCALE = 0.92


def year_rows(marks: Sequence[Mark], label: str) -> Markup:
    """The picture; only years with incidents have a row, and only an unusual severity is written out."""
    by_year: defaultdict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        by_year[mark.year].append(mark)
    usual = Counter(mark.severity for mark in marks).most_common(1)
    drawn = [month_names(LEFT, RIGHT)]
    top = 8.0
    for year in sorted(by_year, reverse=True):
        row, top = _row(year, by_year[year], top, usual[0][0])
        drawn.append(row)
    return Markup(  # noqa: S704 - every text in it is escaped
        f'<svg class="pm-chart pm-chart--narrow" viewBox="0 0 {WIDTH} {number(top + 6)}" role="group" '
        f'aria-label="{escape(label)}">{"".join(drawn)}</svg>'
    )


def month_names(left: float, right: float) -> str:
    """The first letters of the months over a row of a year."""
    width = (right - left) / 12
    return "".join(
        text(left + (place + 0.5) * width, 12, name[0], "pm-t-tick", "middle") for place, name in enumerate(MONTHS)
    )


def _row(year: int, marks: Sequence[Mark], top: float, usual: str) -> tuple[str, float]:
    ground = top + _ROW
    drawn = [
        f'<path class="pm-hair" d="M{LEFT} {number(ground - height(step, _DECADE))}H{RIGHT}"/>'
        for step, *_ in STEPS[:3]
    ]
    drawn.append(
        f'<path class="pm-axis" d="M{LEFT} {number(ground)}H{RIGHT}"/>'
        f'<text x="0" y="{number(ground - 16)}" class="pm-t-year">{year}</text>'
        f'<text x="0" y="{number(ground)}" class="pm-t-faint" {tally(ALL, year)}>{len(marks)}</text>'
    )
    axis = TimeAxis(year, year, LEFT, RIGHT)
    xs = spread([axis.x(mark.at) for mark in marks], 12, LEFT + 6, RIGHT - 2, most=30)
    tops = [ground + 12 if mark.length is None else ground - height(mark.length, _DECADE) for mark in marks]
    written = float("-inf")
    for mark, x, y in zip(marks, xs, tops, strict=True):
        stem = "" if mark.length is None else mark.stem(x, ground, y)
        hit = f'<rect class="pm-hit" x="{number(x - 10)}" y="{number(ground - 54)}" width="20" height="60"/>'
        label = ""
        words = clipped(mark.severity or "?", 9)
        width = text_width(words, 12.5)
        free = x - width / 2 > written and not any(
            0 < abs(other - x) < width / 2 + 5 and top < y - 2 for other, top in zip(xs, tops, strict=True)
        )
        if mark.severity != usual and mark.length is not None and free:
            written = x + width / 2 + 4
            sticks_out = x + width / 2 > WIDTH
            label = text(WIDTH if sticks_out else x, y - 8, words, "pm-t-label", "end" if sticks_out else "middle")
        drawn.append(mark.link(hit + stem + mark.head(x, y, _SCALE) + label))
    unknown = any(mark.length is None for mark in marks)
    return "".join(drawn), ground + (_STRIP if unknown else 0)
