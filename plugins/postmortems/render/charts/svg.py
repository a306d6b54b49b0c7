"""Small pieces of SVG that pictures are made of. Words are escaped here, so callers hand over plain text."""

from __future__ import annotations

from markupsafe import escape


def number(value: float) -> str:
    """A coordinate: one decimal, without a needless one."""
    written = f"{value:.1f}"
    return "0" if written == "-0.0" else written.removesuffix(".0")


def text(x: float, y: float, words: str, look: str, anchor: str = "") -> str:
    """A line of text with the stylesheet's classes `look`; `anchor` is empty, `middle` or `end`."""
    where = f' text-anchor="{anchor}"' if anchor else ""
    return f'<text x="{number(x)}" y="{number(y)}" class="{look}"{where}>{escape(words)}</text>'


def tick(x: float, y: float) -> str:
    """A tick of an axis, hanging from `y`."""
    return f'<path class="pm-hair--tick" d="M{number(x)} {number(y)}V{number(y + 5)}"/>'
