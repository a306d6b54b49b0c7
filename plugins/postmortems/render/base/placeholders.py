"""An author's words rendered by Python-Markdown, and what is drawn around them afterwards.

Python-Markdown and the theme's search walk every element of a page several times, which is most of what a build
costs. So only the words go through them, each behind a sign that names its slot; times, dots, states and owners are
drawn later, in the page's frame, and the words are put into their slots there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from xml.etree import ElementTree as ET

from postmortems.text.controls import html_without_controls

SEARCH_ONLY = "w"
"""Key prefix of slots whose words are for the search alone, because they are drawn elsewhere."""

_SLOT = "data-slot"

Fragments = tuple[str, ...]
"""A drawn part, cut at its slots: HTML, the key of a slot, HTML, a key, and so on; HTML is first and last."""


@dataclass(frozen=True, slots=True)
class Placeholders:
    """The names of the slots of one page; nobody can guess `prefix`, so no author can write one."""

    prefix: str

    def open(self, parent: ET.Element, key: str, anchor: str = "") -> None:
        """Begin the slot `key`: whatever is added to `parent` from now on belongs into it.

        `anchor` is the address that the drawn part will have there: MkDocs checks links against the addresses it sees
        in the tree, and where nothing is drawn in the end they still lead to the words.
        """
        # An element, since the table of contents of Python-Markdown fails at a comment in the tree.
        sign = ET.Element("i", {_SLOT: self.prefix + key})
        if anchor:
            sign.set("id", anchor)
        parent.append(sign)

    def cut(self, html: str) -> tuple[str, Iterator[tuple[str, str]]]:
        """Split into what precedes the first slot, and each slot's key with its content."""
        head, *pieces = html.split(f'<i {_SLOT}="{self.prefix}')
        return head, map(_key_and_words, pieces)


class Drawing:
    """A part that is being drawn, as safe HTML with slots."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._html: list[str] = []

    def add(self, html: str) -> None:
        """Add safe HTML."""
        self._html.append(html)

    def leave_room(self, key: str) -> None:
        """Add the slot `key`."""
        self._pieces += (self._joined(), key)
        self._html.clear()

    @property
    def fragments(self) -> Fragments:
        """The whole part, cut at its slots."""
        return (*self._pieces, self._joined())

    def _joined(self) -> str:
        return html_without_controls("".join(self._html))


def plain(tag: str, css_class: str, words: str, **attributes: str) -> str:
    """An element that holds plain text, as safe HTML."""
    shown = f' class="{css_class}"' if css_class else ""
    for name, value in attributes.items():
        shown += f' {name}="{escape(value)}"'
    return f"<{tag}{shown}>{escape(words, quote=False)}</{tag}>"


def fill(pieces: Fragments, words: Mapping[str, str]) -> str:
    """A drawn part with the words in their slots; KeyError unless there are words for each slot, and a slot for all
    words that are not drawn anew."""
    keys = pieces[1::2]
    if lost := [key for key in words.keys() - keys if not key.startswith(SEARCH_ONLY)]:
        raise KeyError(*lost)
    filled = list(pieces)
    filled[1::2] = [words[key].strip() for key in keys]
    return "".join(filled)


def _key_and_words(piece: str) -> tuple[str, str]:
    """Split what follows the name of a slot, where another plugin may have added attributes, or written `/>`."""
    key, _, rest = piece.partition('"')
    return key, rest.partition(">")[2].removeprefix("</i>")
