"""The Markdown extension that replaces the marks in an author's text by the words that belong there.

They pass through Markdown and the theme's search there, so that they are found and links in them are resolved; what
is drawn around them comes later (`insert_blocks`).
"""

from __future__ import annotations

import secrets
from xml.etree import ElementTree as ET

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor

from postmortems.model.postmortem import Postmortem
from postmortems.render.authored import right_now
from postmortems.render.authored.action_list import put_actions
from postmortems.render.authored.authored_source import searched_facts, with_marks
from postmortems.render.authored.clean_html import clean, with_inert_titles
from postmortems.render.authored.generated_blocks import END, FACTS, PROGRESS, TIMELINE, action_spans, marker, slots_of
from postmortems.render.authored.markdown_text import AuthorText, PlainText, put_plain
from postmortems.render.authored.right_now import RightNow
from postmortems.render.authored.timeline_list import put_events
from postmortems.render.base.action_ids import action_anchors
from postmortems.render.base.placeholders import SEARCH_ONLY
from postmortems.text.controls import html_without_controls

_FIRST = 1000
_LAST = -1000


class AuthoredBlocks(Extension):
    """The Python-Markdown extension of one build.

    `enter` tells which page is rendered next, because MkDocs makes a new `Markdown` for every page and gives each the
    same extensions. Other plugins render with them, too: the excerpts of a blog, for one.
    """

    def __init__(self, *, active_html: bool = False, diagrams: bool = False, tooltips: bool = False) -> None:
        super().__init__()
        self.nonce = secrets.token_hex(8)
        self.rendered = ""
        self._cleaned = ""
        self._postmortem: Postmortem | None = None
        self._is_pattern = False
        self._active_html = active_html
        self._diagrams = diagrams
        self._tooltips = tooltips

    @property
    def options(self) -> str:
        """Text of the options that it was made with."""
        return f"{self._active_html} {self._diagrams} {self._tooltips}"

    def put_back(self, html: str) -> str:
        """Take HTML that an earlier build has cleaned in the place of that of the last rendering."""
        self.rendered, self._cleaned = "", html
        return html

    def enter(self, postmortem: Postmortem | None, *, is_pattern: bool = False) -> None:
        """The page that is rendered next; None where it is no postmortem."""
        self._postmortem = postmortem
        self._is_pattern = is_pattern

    def cleaned(self, html: str) -> str:
        """The HTML as the allow-list leaves it, unless the settings let active HTML through."""
        cleaned = html_without_controls(html if self._active_html else clean(html, diagrams=self._diagrams))
        return with_inert_titles(cleaned) if self._tooltips else cleaned

    def cleaned_once(self, html: str) -> str:
        """The same of a page's HTML, which is that of the last rendering unless another plugin has changed it."""
        if html is self._cleaned:
            return html
        self.rendered = html
        return self.cleaned(html)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the host's name
        """Called by Python-Markdown for every page."""
        convert = md.convert

        def convert_and_clean(source: str) -> str:
            self.rendered = convert(source)
            self._cleaned = self.cleaned(self.rendered)
            return self._cleaned

        # Around the whole: a postprocessor would be one among those of other extensions, which may come later.
        md.convert = convert_and_clean  # type: ignore[method-assign]
        md.treeprocessors.register(PlainText(md), PlainText.name, PlainText.priority)
        if self._is_pattern:
            md.treeprocessors.register(RightNow(md), "postmortems-right-now", right_now.PRIORITY)
        if self._postmortem is not None:
            words = _Words(self._postmortem, self.nonce)
            md.preprocessors.register(_Source(md, self.nonce), "postmortems-source", _FIRST)
            md.parser.blockprocessors.register(_Marks(md, words), "postmortems-marks", _FIRST)
            md.postprocessors.register(_LeftOver(md, words), "postmortems-left-over", _LAST)


class _Source(Preprocessor):
    """Puts marks in place of what is drawn, before any other preprocessor."""

    def __init__(self, md: Markdown, nonce: str) -> None:
        super().__init__(md)
        self._nonce = nonce

    def run(self, lines: list[str]) -> list[str]:
        return with_marks(lines, self._nonce)


class _Words:
    """The words that are where the marks of one postmortem are."""

    def __init__(self, postmortem: Postmortem, nonce: str) -> None:
        self.prefix = marker(nonce, "")
        self._spans = action_spans(postmortem)
        # From the last stretch: the mark of the first one begins that of the eleventh.
        self.marks = [self.prefix + key for key in (FACTS, TIMELINE, PROGRESS, *reversed(self._spans))]
        self._anchors = action_anchors(postmortem)
        self._postmortem = postmortem
        self._slots = slots_of(nonce)

    def put(self, parent: ET.Element, mark: str, md: Markdown) -> None:
        """Put the words that belong to a mark into their slots, as the last children of `parent`."""
        key = mark.removeprefix(self.prefix)
        self._slots.open(parent, key)
        if key == TIMELINE:
            put_events(parent, self._postmortem, self._slots, AuthorText(md))
        elif key == FACTS:
            self._slots.open(parent, f"{SEARCH_ONLY}0")
            put_plain(parent, "p", "", searched_facts(self._postmortem.front_matter))
        elif key != PROGRESS:
            first, last = self._spans[key]
            mine = [item for item in self._postmortem.actions.items if first <= item.first <= last]
            put_actions(parent, mine, self._anchors, self._slots, AuthorText(md))
        self._slots.open(parent, END)


class _Marks(BlockProcessor):
    """Replaces the marks while Python-Markdown still builds its tree, before inline text is processed."""

    def __init__(self, md: Markdown, words: _Words) -> None:
        super().__init__(md.parser)
        self._md = md
        self._words = words

    def test(self, parent: ET.Element, block: str) -> bool:
        return block.startswith(self._words.prefix) and block.strip() in self._words.marks

    def run(self, parent: ET.Element, blocks: list[str]) -> bool | None:
        self._words.put(parent, blocks.pop(0).strip(), self._md)
        return None


class _LeftOver(Postprocessor):
    """Replaces marks that no block processor has seen: Python-Markdown takes all within raw HTML such as `<details>`
    for HTML, where CommonMark ends it at the first blank line."""

    def __init__(self, md: Markdown, words: _Words) -> None:
        super().__init__(md)
        self._words = words

    def run(self, text: str) -> str:
        if self._words.prefix not in text:
            return text
        for mark in self._words.marks:
            if mark in text:
                text = text.replace(mark, self._rendered(mark))
        return text

    def _rendered(self, mark: str) -> str:
        root = ET.Element("div")
        self._words.put(root, mark, self.md)
        for name in ("inline", "relpath", "unescape"):
            if name in self.md.treeprocessors:
                root = self.md.treeprocessors[name].run(root) or root
        html = self.md.serializer(root)
        for name in ("raw_html", "amp_substitute"):
            html = self.md.postprocessors[name].run(html)
        return html.strip()
