"""The authored text, with its timeline and action items drawn instead of listed.

MkDocs renders the Markdown. What it gets is the author's text in which marks stand where events and action items
were; a mark is a paragraph of its own that nobody can guess. The extension below knows the marks and puts the words
there, so that search finds them and links in them are resolved; `draw_authored` then draws all else around them.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from xml.etree import ElementTree as ET

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor

from postmortems.analyse.actions import progress, standings
from postmortems.model.action_item import ActionStanding
from postmortems.model.front_matter import FrontMatter
from postmortems.model.postmortem import Postmortem
from postmortems.model.section import Body
from postmortems.render.action_ids import action_anchor, action_ids
from postmortems.render.action_list import build_actions, build_progress, put_actions
from postmortems.render.harmless import guard
from postmortems.render.markdown_text import AuthorText, put_plain
from postmortems.render.rail import build_rail, put_events
from postmortems.render.slots import DRAWN_ANEW, Slots
from postmortems.settings import Settings

_END = "end"
_FIRST = 1000
_LAST = -1000
_LONGEST_HEADING = 50


def authored_source(postmortem: Postmortem, nonce: str) -> str:
    """The authored Markdown below the front matter, with marks for what is drawn.

    The leading heading of level 1 is left out, since the page shows the title. The first stretch of the timeline gets
    all its events, further ones nothing; every stretch of action items gets its own.
    """
    body = postmortem.body
    lines = list(body.lines)
    marks: list[tuple[int, int, str]] = []
    if _facts(postmortem.front_matter):
        marks.append((body.first, body.first - 1, _facts_mark(nonce)))
    if postmortem.timeline.events:
        drawn = postmortem.timeline.spans or _end_of_timeline(postmortem)
        marks += [(first, last, _timeline_mark(nonce) * (not index)) for index, (first, last) in enumerate(drawn)]
    spans = postmortem.actions.spans
    marks += [(first, last, _action_mark(nonce, index)) for index, (first, last) in enumerate(spans)]
    if spans:
        section = body.find("Action Items")
        first = _heading_end(body, section.line) + 1 if section else spans[0][0]
        marks.append((first, first - 1, _progress_mark(nonce)))
    if body.sections and body.sections[0].level == 1:
        first = body.sections[0].line
        marks.append((first, _heading_end(body, first), ""))
    # From the end, so that the lines before keep their numbers; where two stretches overlap the later one stays whole.
    limit = len(lines)
    for first, last, mark in sorted(marks, reverse=True):
        begin, end = max(first - body.first, 0), min(last - body.first + 1, limit)
        if begin <= end and begin < limit + 1:
            lines[begin:end] = ["", mark, ""]
            limit = begin
    return "\n".join(lines)


def _end_of_timeline(postmortem: Postmortem) -> tuple[tuple[int, int], ...]:
    """The empty stretch where a timeline that stands in another file is shown: behind the Timeline section."""
    body = postmortem.body
    section = body.find("Timeline")
    last = section.last if section else body.first + len(body.lines) - 1
    return ((last + 1, last),)


def _heading_end(body: Body, first: int) -> int:
    """The last line of the heading that begins on a line: that one where it begins with `#`, else its underline."""
    if body.line(first).lstrip().startswith("#"):
        return first
    end = min(first + _LONGEST_HEADING, body.first + len(body.lines))
    return next((line for line in range(first + 1, end) if _is_underline(body.line(line))), first)


def _is_underline(line: str) -> bool:
    words = line.strip()
    return bool(words) and set(words) in ({"="}, {"-"})


def _facts(matter: FrontMatter) -> str:
    """What of the front matter a responder may search for. The page's header shows it, so it is not drawn here."""
    named = (
        ("Root cause", matter.root_cause),
        ("Trigger", matter.trigger),
        ("Services", ", ".join(matter.services)),
        ("Owner", matter.owner),
        ("Written by", ", ".join(matter.authors)),
    )
    return ". ".join(f"{name}: {words}" for name, words in named if words)


def _facts_mark(nonce: str) -> str:
    return f"postmortems-{nonce}-facts"


def _timeline_mark(nonce: str) -> str:
    return f"postmortems-{nonce}-timeline"


def _progress_mark(nonce: str) -> str:
    return f"postmortems-{nonce}-progress"


def _action_mark(nonce: str, index: int) -> str:
    return f"postmortems-{nonce}-actions-{index}"


class AuthoredBlocks(Extension):
    """The Python-Markdown extension of one build; it must come last in the list, behind all that it guards against.

    `enter` tells which page is rendered next, because MkDocs makes a new `Markdown` for every page and gives each the
    same extensions.
    """

    def __init__(self, settings: Settings, today: date) -> None:
        super().__init__()
        self.nonce = secrets.token_hex(8)
        self._settings = settings
        self._today = today
        self._postmortem: Postmortem | None = None
        self._escape_html = False

    def enter(self, postmortem: Postmortem | None, *, escape_html: bool = False) -> None:
        """The page that is rendered next; None where it is no postmortem. With `escape_html` its raw HTML is text."""
        self._postmortem = postmortem
        self._escape_html = escape_html

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the host's name
        """Called by Python-Markdown for every page."""
        if self._postmortem is not None or self._escape_html:
            guard(md, escape_html=self._escape_html)
        if self._postmortem is not None:
            drawn = _Drawn(self._postmortem, self.nonce, self._settings, self._today)
            md.parser.blockprocessors.register(_Marks(md, drawn), "postmortems-marks", _FIRST)
            md.postprocessors.register(_LeftOver(md, drawn), "postmortems-left-over", _LAST)


def draw_authored(html: str, postmortem: Postmortem, nonce: str, settings: Settings, today: date) -> str:
    """The rendered text with its timeline and action items drawn around the author's words.

    Where another plugin has changed the text so that words are missing, the others stay as they are.
    """
    drawn = _Drawn(postmortem, nonce, settings, today)
    head, pieces = drawn.slots.cut(html)
    parts = [head]
    part = ""
    words: dict[str, str] = {}
    plain: list[str] = []
    for key, inside in pieces:
        if key == _END:
            try:
                parts.append(drawn.draw(part, words))
            except KeyError:
                parts.extend(plain)
            parts.append(inside)
            part, words, plain = "", {}, []
        elif part:
            words[key] = words.get(key, "") + inside
            plain.append(inside)
        else:
            part = key
            parts.append(inside)
    return "".join([*parts, *plain])


class _Drawn:
    """What stands where the marks of one postmortem are: first the words alone, and later all else around them."""

    def __init__(self, postmortem: Postmortem, nonce: str, settings: Settings, today: date) -> None:
        self.postmortem = postmortem
        self.prefix = f"postmortems-{nonce}-"
        self.timeline = _timeline_mark(nonce)
        self.progress = _progress_mark(nonce)
        self.facts = _facts_mark(nonce)
        self.actions = {_action_mark(nonce, index): index for index in range(len(postmortem.actions.spans))}
        self.slots = Slots(
            f"{nonce}-"
        )  # unlike any mark, since marks that are left over are replaced wherever they stand
        self._settings = settings
        self._today = today

    def marks(self) -> list[str]:
        return [self.facts, self.timeline, self.progress, *reversed(self.actions)]

    def knows(self, text: str) -> bool:
        """Whether a text is one of the marks."""
        return text in {self.facts, self.timeline, self.progress} or text in self.actions

    def put(self, parent: ET.Element, mark: str, md: Markdown) -> None:
        """Put the words that belong to a mark into their slots, as the last children of `parent`."""
        self.slots.open(parent, mark.removeprefix(self.prefix))
        if mark == self.timeline:
            put_events(parent, self.postmortem, self.slots, AuthorText(md))
        elif mark == self.facts:
            self.slots.open(parent, f"{DRAWN_ANEW}0")
            put_plain(parent, "p", "", _facts(self.postmortem.front_matter))
        elif mark != self.progress:
            put_actions(parent, self._items(mark), self._anchors, self.slots, AuthorText(md))
        self.slots.open(parent, _END)

    def draw(self, key: str, words: Mapping[str, str]) -> str:
        """What is drawn for the mark `key` around the words; KeyError where there is no such mark, or words miss."""
        mark = self.prefix + key
        if mark == self.facts:
            return ""
        if mark == self.timeline:
            return self.slots.fill(build_rail(self.postmortem, self.slots), words)
        if mark == self.progress:
            counted = progress(self.postmortem, self._settings, self._today)
            return self.slots.fill(build_progress(counted, self._today), words)
        mine = self._items(mark)
        return self.slots.fill(build_actions(mine, self._anchors, self.slots), words) if mine else ""

    def _items(self, mark: str) -> list[ActionStanding]:
        first, last = self.postmortem.actions.spans[self.actions[mark]]
        return [one for one in self._standings if first <= one.item.first <= last]

    @cached_property
    def _standings(self) -> tuple[ActionStanding, ...]:
        return tuple(standings(self.postmortem, self._settings, self._today))

    @cached_property
    def _anchors(self) -> dict[int, str]:
        """The address of each action item within the page, by its first line."""
        items = self.postmortem.actions.items
        return {item.first: action_anchor(name) for item, name in zip(items, action_ids(self.postmortem), strict=True)}


class _Marks(BlockProcessor):
    """Replaces the marks while Python-Markdown still builds its tree, before inline text is processed."""

    def __init__(self, md: Markdown, drawn: _Drawn) -> None:
        super().__init__(md.parser)
        self._md = md
        self._drawn = drawn

    def test(self, parent: ET.Element, block: str) -> bool:
        return block.startswith(self._drawn.prefix) and self._drawn.knows(block.strip())

    def run(self, parent: ET.Element, blocks: list[str]) -> bool | None:
        self._drawn.put(parent, blocks.pop(0).strip(), self._md)
        return None


class _LeftOver(Postprocessor):
    """Replaces marks that no block processor has seen: Python-Markdown takes all within raw HTML such as `<details>`
    for HTML, where CommonMark ends it at the first blank line."""

    def __init__(self, md: Markdown, drawn: _Drawn) -> None:
        super().__init__(md)
        self._drawn = drawn

    def run(self, text: str) -> str:
        if self._drawn.prefix not in text:
            return text
        for mark in self._drawn.marks():
            if mark in text:
                text = text.replace(mark, self._rendered(mark))
        return text

    def _rendered(self, mark: str) -> str:
        root = ET.Element("div")
        self._drawn.put(root, mark, self.md)
        for name in ("inline", "postmortems-harmless", "relpath", "unescape"):
            if name in self.md.treeprocessors:
                root = self.md.treeprocessors[name].run(root) or root
        html = self.md.serializer(root)
        for name in ("raw_html", "amp_substitute"):
            html = self.md.postprocessors[name].run(html)
        return html.strip()
