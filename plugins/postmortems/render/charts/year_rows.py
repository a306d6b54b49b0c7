"""The narrow form of the index picture, on phones and paper: a row a year, newest first, the months across."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from markupsafe import Markup

from postmortems.render.charts.length_scale import STEPS, height
from postmortems.render.charts.mark import Mark
from postmortems.render.charts.scale import text_width
from postmortems.render.charts.svg import NOTHING, Form, frame, horizontal, joined, rect, text
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
    shapes = [month_names(LEFT, RIGHT)]
    top = 8.0
    for year in sorted(by_year, reverse=True):
        row, top = _row(year, by_year[year], top, usual[0][0])
        shapes.append(row)
    return frame(Form.NARROW, WIDTH, top + 6, shapes, label=label)


def month_names(left: float, right: float) -> Markup:
    """The first letters of the months over a row of a year."""
    width = (right - left) / 12
    return joined(
        text(left + (place + 0.5) * width, 12, name[0], "pm-t-tick", "middle") for place, name in enumerate(MONTHS)
    )


def _row(year: int, marks: Sequence[Mark], top: float, usual: str) -> tuple[Markup, float]:
    """One year below `top`, and where the next one begins."""
    ground = top + _ROW
    shapes = [horizontal("pm-hair", ground - height(step, _DECADE), LEFT, RIGHT) for step, *_ in STEPS[:3]]
    shapes += [
        horizontal("pm-axis", ground, LEFT, RIGHT),
        text(0, ground - 16, str(year), "pm-t-year"),
        text(0, ground, str(len(marks)), "pm-t-faint", data_tally=tally(ALL, year)),
    ]
    axis = TimeAxis(year, year, LEFT, RIGHT)
    xs = spread([axis.x(mark.at) for mark in marks], 12, LEFT + 6, RIGHT - 2, most=30)
    tops = [ground + 12 if mark.length is None else ground - height(mark.length, _DECADE) for mark in marks]
    written = float("-inf")
    for mark, x, y in zip(marks, xs, tops, strict=True):
        stem = "" if mark.length is None else mark.stem(x, ground, y)
        hit, label = rect("pm-hit", x - 10, ground - 54, 20, 60), NOTHING
        words = clipped(mark.severity or "?", 9)
        width = text_width(words, 12.5)
        free = x - width / 2 > written and not any(
            0 < abs(other - x) < width / 2 + 5 and top < y - 2 for other, top in zip(xs, tops, strict=True)
        )
        if mark.severity != usual and mark.length is not None and free:
            written = x + width / 2 + 4
            sticks_out = x + width / 2 > WIDTH
            label = text(WIDTH if sticks_out else x, y - 8, words, "pm-t-label", "end" if sticks_out else "middle")
        shapes.append(mark.link(hit, stem, mark.head(x, y, _SCALE), label))
    unknown = any(mark.length is None for mark in marks)
    return joined(shapes), ground + (_STRIP if unknown else 0)
