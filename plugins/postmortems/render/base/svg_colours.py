"""The colours of pictures as attributes of their shapes, for readers that have no style sheet.

A feed reader or an old Backstage shows the SVG alone, and there every shape would be filled with black. What the style
sheet says of a class is written beside it as well; wherever the style sheet is read, it overrules the attributes.
What changes nothing is left out, since it would stand on a page a thousand times.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple, TypeVar

from postmortems.render.base.stylesheet import style_sheet

Html = TypeVar("Html", bound=str)

_SHAPE = re.compile(r'<(svg|a|g|path|rect|circle|line|use|text)\s[^>]*?class="(pm-[^"]*)"')
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_AT_RULE = re.compile(r"@[^{};]+\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_TOKEN = re.compile(r"(--[\w-]+)\s*:\s*([^;]+)")
_SELECTOR = re.compile(r"(?:\.pm-(?:chart|strip)\s+)?((?:\.[\w-]+)+)")
_VARIABLE = re.compile(r"var\((--[\w-]+)(?:,\s*(?:[^()]|\([^()]*\))*)?\)")
_PAINT = ("fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "opacity")
_HALO = re.compile(r"paint-order:\s*stroke")
"""A line around a shape or a letter, which only the style sheet can draw behind it."""

_LINE = re.compile(r'class="pm-(?:stem|spark|head pm-head--open)')
"""A line in the colour of its family."""

_PAIRS = re.compile(r"#(.)\1(.)\2(.)\3")
_FAMILY = "--f"
"""The colour of the family that something belongs to, which a class around it sets."""


def painted(html: Html) -> Html:
    """HTML with the shapes of its pictures painted; what was marked as safe stays so."""
    if "<svg" not in html:
        return html
    return type(html)(_SHAPE.sub(_with_attributes, str(html)))


def _with_attributes(shape: re.Match[str]) -> str:
    """The start of an element with its colours; that of a family's lines is only where a line is inside."""
    tag, found = shape[1], _attributes(shape[2], shape[1] == "text")
    if found.line and _LINE.search(shape.string, shape.end(), shape.string.find(f"</{tag}>", shape.end())) is None:
        return shape[0] + found.fill
    return shape[0] + found.fill + found.line


class _Attributes(NamedTuple):
    """The attributes of an element, each with a blank before it. `line` is the colour of lines inside."""

    fill: str
    line: str


@cache
def _attributes(classes: str, is_text: bool) -> _Attributes:
    """The attributes of an element with these classes; text is black without any."""
    own = frozenset(classes.split())
    found: dict[str, str] = {}
    for needed, paint in _rules():
        if needed <= own:
            found |= paint
    if found.get("stroke-width") == "1":
        del found["stroke-width"]
    if is_text and found.get("fill") == _tokens()["--md-default-fg-color"]:
        del found["fill"]
    line = found.pop("color", "")
    fill = "".join(f' {name}="{value}"' for name, value in found.items())
    return _Attributes(fill, f' color="{line}"' if line else "")


@cache
def _rules() -> tuple[tuple[frozenset[str], dict[str, str]], ...]:
    """The style sheet's rules for classes, in its order and in the colours of paper."""
    return tuple(
        (frozenset(selector[1].split(".")[1:]), paint)
        for head, body in _blocks()
        for part in head.split(",")
        if (selector := _SELECTOR.fullmatch(part.strip())) and (paint := dict(_paint(body, _tokens())))
    )


@cache
def _tokens() -> dict[str, str]:
    """The colours of paper, by their names."""
    found = {name: value.strip() for head, body in _blocks() if ":root" in head for name, value in _TOKEN.findall(body)}
    return {"--md-default-bg-color": "#ffffff"} | found  # which is the theme's own


@cache
def _blocks() -> list[tuple[str, str]]:
    sheet = _COMMENT.sub("", style_sheet())
    return [(head.strip(), body) for head, body in _RULE.findall(_AT_RULE.sub("", sheet))]


def _paint(body: str, tokens: dict[str, str]) -> Iterator[tuple[str, str]]:
    is_halo = _HALO.search(body) is not None
    for declaration in body.split(";"):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        if name == _FAMILY:
            # For shapes below it: those filled with it inherit, and lines ask for the colour of the text.
            colour = _resolved(value, tokens)
            yield from (("fill", colour), ("color", colour))
        elif is_halo and name.startswith("stroke"):
            continue
        elif name in _PAINT and not (name == "fill" and value.startswith(f"var({_FAMILY}")):
            yield name, _resolved(value, tokens)


def _resolved(value: str, tokens: dict[str, str]) -> str:
    """A value without variables."""
    found = _VARIABLE.sub(lambda match: tokens.get(match[1], "currentColor"), value)
    return f"#{pair[1]}{pair[2]}{pair[3]}" if (pair := _PAIRS.fullmatch(found)) else found
