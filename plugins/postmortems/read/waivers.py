"""Comments → waivers: `postmortems: allow rule, other-rule: reason`.

In Markdown that stands in an HTML comment, in front matter behind a `#`; `timeline.json` has no comments, and so no
waivers. Whether the rules exist and whether they were needed is for `check` to say.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator

from postmortems.model.diagnostic import Level, Problem
from postmortems.model.place import Place
from postmortems.model.section import Body
from postmortems.model.waiver import Waiver
from postmortems.read.front_matter import ReadFrontMatter
from postmortems.read.waiver_comments import MARK, Comment, front_matter_comments, markdown_comments
from postmortems.text.spelling import nearest

ALLOW = "allow"

_VERB = re.compile(r"\s{0,9}([\w-]{0,40})")
_MEANT = ("ignore", "disable", "waive", "skip", "suppress")
_FORM = '"postmortems: allow <rule>: <why>"'


def read_waivers(text: str, read: ReadFrontMatter, body: Body, path: str) -> tuple[tuple[Waiver, ...], list[Problem]]:
    """The waivers in a Markdown file, in the order of the text, and comments that were meant to be one and are none."""
    if MARK not in text:
        return (), []
    waivers: list[Waiver] = []
    problems: list[Problem] = []
    for comment in (*front_matter_comments(text, read), *markdown_comments(body)):
        verb = _VERB.match(comment.text, len(MARK))
        word = verb[1] if verb else ""
        if word.casefold() == ALLOW:
            found = list(_waivers(comment, len(MARK) + len(verb[0] if verb else ""), path))
            waivers += found
            if not found:
                place = _locator(comment, path)(0, len(comment.text.rstrip()))
                problems.append(_problem(place, "the waiver names no rule"))
        elif word and (word.casefold() in _MEANT or nearest(word, (ALLOW,))):
            place = _locator(comment, path)(comment.text.index(word, len(MARK)), len(word))
            problems.append(_problem(place, f'"{word}" does not begin a waiver'))
    return tuple(waivers), problems


def _waivers(comment: Comment, begin: int, path: str) -> Iterator[Waiver]:
    """One waiver for each rule that a comment names from `begin` on."""
    head, _, reason = comment.text[begin:].partition(":")
    pieces = head.split(",")
    reason = " ".join(reason.split())
    # `allow some-rule because: …` does not say where the rule ends, and `…: -` does not say why.
    if any(len(piece.split()) > 1 for piece in pieces) or not any(map(str.isalnum, reason)):
        reason = ""
    place = _locator(comment, path)
    for piece in pieces:
        if words := piece.split():
            at = begin + len(piece) - len(piece.lstrip())
            yield Waiver(words[0], reason, place(at, len(words[0])), comment.first, comment.last)
        begin += len(piece) + 1


def _locator(comment: Comment, path: str) -> Callable[[int, int], Place]:
    """What gives the place of a stretch of a comment's text, by its offset and length."""
    starts = [0, *(found.end() for found in re.finditer("\n", comment.text))]

    def place(offset: int, length: int) -> Place:
        line = bisect_right(starts, offset) - 1
        column = offset - starts[line] + (comment.column if line == 0 else 1)
        return Place.at(path, comment.line + line, column, length)

    return place


def _problem(place: Place, message: str) -> Problem:
    return Problem("unused-waiver", place, message, f"write it as {_FORM}", level=Level.WARNING)
