"""The SVG that pictures are made of. Text is escaped here, so that callers hand over plain text.

What is returned is `Markup`; content that is not is taken for text. Coordinates are written with one decimal at most.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from functools import cache, lru_cache

from markupsafe import Markup, escape

NOTHING = Markup("")
_EMPTY = frozenset({"path", "rect", "circle", "use"})
_SHORT = 60


class Form(StrEnum):
    """The classes of a chart. The stylesheet shows one of the wide, middle and narrow ones, and always a panel and
    squares. In place of a middle one a phase bar has one for a page beside its table of contents."""

    WIDE = "pm-chart pm-chart--wide"
    MIDDLE = "pm-chart pm-chart--mid"
    BESIDE = "pm-chart pm-chart--beside"
    NARROW = "pm-chart pm-chart--narrow"
    PANEL = "pm-chart pm-panel"
    SQUARES = "pm-squares"


def number(value: float) -> str:
    """A coordinate: one decimal, without a needless one."""
    if type(value) is int:
        return str(value)
    written = f"{value:.1f}"
    return "0" if written == "-0.0" else written.removesuffix(".0")


def _safe(html: str) -> Markup:
    # Not `Markup(html)`, which asks first whether it is safe: that takes as long as writing a shape.
    return str.__new__(Markup, html)


def joined(shapes: Iterable[str]) -> Markup:
    """Shapes one after the other."""
    # Not `Markup.join`, which makes each shape anew.
    return _safe("".join([shape if type(shape) is Markup else escape(shape) for shape in shapes]))


def element(name: str, content: str = "", **attributes: str | float | None) -> Markup:
    """An element with its attributes in the order given: `css_class` is `class`, `_` is `-`, and None is left out."""
    written = [_written(key, value) for key, value in attributes.items() if value is not None]
    if name in _EMPTY:
        return _safe(f"<{name}{''.join(written)}/>")
    return _safe(f"<{name}{''.join(written)}>{_escaped(content)}</{name}>")


def _written(key: str, value: str | float) -> str:
    shown = _escaped(value) if isinstance(value, str) else number(value)
    return f' {_name(key)}="{shown}"'


def _escaped(value: str) -> str:
    # The same classes and words are written over and over. What is safe already is not what looks alike.
    if type(value) is Markup:
        return value
    return _short(value) if len(value) < _SHORT else escape(value)


@lru_cache(maxsize=4096)
def _short(value: str) -> str:
    return escape(value)


@cache
def _name(key: str) -> str:
    return "class" if key == "css_class" else key.replace("_", "-")


def frame(
    css_class: str,
    width: float,
    height: float,
    shapes: Iterable[str],
    *,
    label: str = "",
    role: str = "group",
    is_sized: bool = False,
) -> Markup:
    """A picture. Without a `label` it is hidden from screen readers: the text beside it says the same.

    `role` is `img` where nothing in it is a link. `is_sized`: drawn in its own size, not as wide as there is room.
    """
    return element(
        "svg",
        joined(shapes),
        css_class=css_class,
        viewBox=f"0 0 {number(width)} {number(height)}",
        width=width if is_sized else None,
        height=height if is_sized else None,
        role=role if label else None,
        aria_label=label or None,
        aria_hidden=None if label else "true",
    )


def link(href: str, title: str, *shapes: str, css_class: str | None = "pm-mark", **attributes: str) -> Markup:
    """Shapes as a link; a pointer or a screen reader is told the `title`."""
    named = Markup("<title>{}</title>").format(title)
    return element("a", named + joined(shapes), css_class=css_class, **attributes, href=href)


def text(x: float, y: float, words: str, css_class: str, anchor: str = "", **attributes: str) -> Markup:
    """A line of text. `anchor` is the part of it that is at `x`: `middle`, `end`, or empty for its start."""
    if attributes:
        return element("text", words, x=x, y=y, css_class=css_class, text_anchor=anchor or None, **attributes)
    anchored = f' text-anchor="{_escaped(anchor)}"' if anchor else ""
    place = f'x="{number(x)}" y="{number(y)}" class="{_escaped(css_class)}"{anchored}'
    return _safe(f"<text {place}>{_escaped(words)}</text>")


def path(css_class: str, d: str) -> Markup:
    """A path; `d` is made of `number`s."""
    return _safe(f'<path class="{_escaped(css_class)}" d="{_escaped(d)}"/>')


def vertical(css_class: str, x: float, top: float, bottom: float) -> Markup:
    """A line from top to bottom."""
    return path(css_class, f"M{number(x)} {number(top)}V{number(bottom)}")


def horizontal(css_class: str, y: float, left: float, right: float) -> Markup:
    """A line from left to right."""
    return path(css_class, f"M{number(left)} {number(y)}H{number(right)}")


def tick(x: float, y: float) -> Markup:
    """A tick of an axis, hanging from `y`."""
    return vertical("pm-hair--tick", x, y, y + 5)


def rect(css_class: str, x: float, y: float, width: float, height: float, rx: float | None = None) -> Markup:
    """A rectangle; `rx` rounds its corners."""
    place = f'x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}"'
    rounded = "" if rx is None else f' rx="{number(rx)}"'
    return _safe(f'<rect class="{_escaped(css_class)}" {place}{rounded}/>')


def hit(r: float) -> Markup:
    """Room for a pointer or a finger around a mark, which is too small for it; drawn around 0, 0."""
    return element("circle", css_class="pm-hit", r=r)


def group(css_class: str, shapes: Iterable[str]) -> Markup:
    """Shapes of one look, which is written once."""
    return element("g", joined(shapes), css_class=css_class)


def circle(css_class: str, x: float, y: float, r: float) -> Markup:
    """A circle around `x` and `y`."""
    return _safe(f'<circle class="{_escaped(css_class)}" cx="{number(x)}" cy="{number(y)}" r="{number(r)}"/>')
