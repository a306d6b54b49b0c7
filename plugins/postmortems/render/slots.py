"""An author's words rendered by Python-Markdown, and what is drawn around them afterwards.

Python-Markdown and the theme's search walk every element of a page several times, which is most of what a build
costs. So only the words go through them, each behind a sign that names its slot; times, dots, states and owners are
drawn later, in the page's frame, and the words are put into their slots there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree as ET


@dataclass(frozen=True, slots=True)
class Slots:
    """The names of the slots of one page; nobody can guess `prefix`, so no author can write one."""

    prefix: str

    def open(self, parent: ET.Element, key: str) -> None:
        """From here on, what is added to `parent` belongs into the slot `key`."""
        parent.append(self.mark(key))

    def mark(self, key: str) -> ET.Element:
        """The sign of the slot `key`; in a drawn part, where its words go.

        An element, since the table of contents of Python-Markdown fails at a comment in the tree.
        """
        return ET.Element("i", {"data-slot": self.prefix + key})

    def cut(self, html: str) -> tuple[str, Iterator[tuple[str, str]]]:
        """What stands before the first slot, then each slot's key with what stands in it."""
        head, *pieces = html.split(f'<i data-slot="{self.prefix}')
        return head, ((key, words) for key, _, words in (piece.partition('"></i>') for piece in pieces))

    def fill(self, drawn: ET.Element, words: Mapping[str, str]) -> str:
        """A drawn part as HTML with the words in their slots; KeyError where a slot's words are missing."""
        head, pieces = self.cut(ET.tostring(drawn, encoding="unicode", method="html"))
        return head + "".join(words[key].strip() + rest for key, rest in pieces)
