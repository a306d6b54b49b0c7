"""Comments → waivers: `postmortems: allow rule, other-rule: reason`.

In Markdown that is in an HTML comment, in front matter behind a `#`; `timeline.json` has no comments, and so no
waivers. Whether the rules exist and whether they were needed is for `check` to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from postmortems.model.diagnostic import Level, Problem
from postmortems.model.place import Place
from postmortems.model.section import Body
from postmortems.model.source import Source
from postmortems.model.waiver import Waiver
from postmortems.read.front_matter import ReadFrontMatter
from postmortems.read.waiver_comments import MARK, Comment, front_matter_comments, markdown_comments
from postmortems.text.spelling import nearest

ALLOW = "allow"

_VERB = re.compile(r"\s{0,9}([\w-]{0,40})")
_MEANT = ("ignore", "disable", "waive", "skip", "suppress")
_FORM = '"postmortems: allow <rule>: <why>"'


def read_waivers(source: Source, read: ReadFrontMatter, body: Body) -> tuple[tuple[Waiver, ...], list[Problem]]:
    """The waivers in a Markdown file, in the order of the text, and comments that were meant to be one and are none."""
    if MARK not in source.text:
        return (), []
    waivers: list[Waiver] = []
    problems: list[Problem] = []
    for comment in (*front_matter_comments(source, read), *markdown_comments(body)):
        said = comment.source
        verb = _VERB.match(said.text, len(MARK))
        word = verb[1] if verb else ""
        if word.casefold() == ALLOW:
            found = list(_waivers(comment, len(MARK) + len(verb[0] if verb else "")))
            waivers += found
            if not found:
                problems.append(_problem(said.place_at(0, len(said.text.rstrip())), "the waiver names no rule"))
        elif word and (word.casefold() in _MEANT or nearest(word, (ALLOW,))):
            place = said.place_at(said.text.index(word, len(MARK)), len(word))
            problems.append(_problem(place, f'"{word}" does not begin a waiver'))
    return tuple(waivers), problems


def _waivers(comment: Comment, begin: int) -> Iterator[Waiver]:
    """One waiver for each rule that a comment names from `begin` on."""
    head, _, reason = comment.source.text[begin:].partition(":")
    pieces = head.split(",")
    reason = " ".join(reason.split())
    # `allow some-rule because: …` does not say where the rule ends, and `…: -` does not say why.
    if any(len(piece.split()) > 1 for piece in pieces) or not any(map(str.isalnum, reason)):
        reason = ""
    for piece in pieces:
        if words := piece.split():
            at = begin + len(piece) - len(piece.lstrip())
            place = comment.source.place_at(at, len(words[0]))
            yield Waiver(words[0], reason, place, comment.first, comment.last)
        begin += len(piece) + 1


def _problem(place: Place, message: str) -> Problem:
    return Problem("unused-waiver", place, message, f"write it as {_FORM}", level=Level.WARNING)
