"""The theme's navigation, made lighter and given names where Material leaves them out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mkdocs.structure import StructureItem

_NAMED_BY = 'aria-labelledby="'
_SPACE = re.compile(r"(?:[\t\r\n]| [ \t\r\n])[ \t\r\n]*")
"""Pattern for white space that is not one blank already."""


def tight(html: str) -> str:
    """Markup without its indentation, which is half of what Material's navigation weighs."""
    return _SPACE.sub(" ", html)


def named(html: str, item: StructureItem, path: str) -> str:
    """One entry of the navigation with all below it, each nested navigation named by its section's title.

    `path` is what Material calls the entry: `__nav_2`, and `__nav_2_1` for the first one in it.
    """
    names = dict(_paths(item, path))
    first, *others = tight(html).split(_NAMED_BY)
    return first + "".join(_named_piece(piece, names) for piece in others)


def _named_piece(piece: str, names: dict[str, str]) -> str:
    """Text behind `aria-labelledby="`, with the title in the place of a label's id that is one of ours."""
    label, _, rest = piece.partition('"')
    name = names.get(label.removesuffix("_label"))
    return f"{_NAMED_BY}{piece}" if name is None else f'aria-label="{escape(name)}"{rest}'


def _paths(item: StructureItem, path: str) -> Iterator[tuple[str, str]]:
    children: list[Any] = getattr(item, "children", None) or []
    if children:
        yield path, str(item.title)
    for number, child in enumerate(children, 1):
        yield from _paths(child, f"{path}_{number}")
