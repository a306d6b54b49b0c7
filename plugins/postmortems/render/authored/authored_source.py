"""The Markdown of a postmortem as MkDocs gets it: the author's text, with signs around what is drawn.

The signs are comments, so that every plugin sees the whole text; `with_marks` puts marks in the place of what is
between them right before Python-Markdown renders it.
"""

from __future__ import annotations

import re

from postmortems.model.front_matter import FrontMatter
from postmortems.model.postmortem import Postmortem
from postmortems.model.section import Body
from postmortems.render.authored.generated_blocks import FACTS, NOTHING, PROGRESS, TIMELINE, actions_key, marker

_LONGEST_HEADING = 50


def authored_source(postmortem: Postmortem, nonce: str) -> str:
    """The authored Markdown below the front matter, with signs around what is drawn.

    The leading heading of level 1 is drawn as nothing, since the page shows the title. The first stretch of the
    timeline becomes all its events, further ones nothing; every stretch of action items becomes its own.
    """
    body = postmortem.body
    lines = list(body.lines)
    marks: list[tuple[int, int, str]] = []
    if searched_facts(postmortem.front_matter):
        marks.append((body.first, body.first - 1, FACTS))
    if postmortem.timeline.events:
        drawn = postmortem.timeline.spans or _end_of_timeline(postmortem)
        keys = [TIMELINE, *(f"{NOTHING}-{index}" for index in range(1, len(drawn)))]
        marks += [(first, last, key) for key, (first, last) in zip(keys, drawn, strict=True)]
    spans = postmortem.actions.spans
    marks += [(first, last, actions_key(index)) for index, (first, last) in enumerate(spans)]
    if spans:
        section = body.find("Action Items")
        first = _heading_end(body, section.line) + 1 if section and not section.is_label else spans[0][0]
        marks.append((first, first - 1, PROGRESS))
    if body.sections and body.sections[0].level == 1:
        first = body.sections[0].line
        marks.append((first, _heading_end(body, first), f"{NOTHING}-0"))
    # From the end, so that the lines before keep their numbers; where two stretches overlap the later one stays whole.
    limit = len(lines)
    for first, last, key in sorted(marks, reverse=True):
        mark = marker(nonce, key)
        begin, end = max(first - body.first, 0), min(last - body.first + 1, limit)
        if begin <= end and begin < limit + 1:
            lines[begin:end] = ["", f"<!-- {mark} -->", "", *lines[begin:end], "", f"<!-- /{mark} -->", ""]
            limit = begin
    return "\n".join(lines)


def with_marks(lines: list[str], nonce: str) -> list[str]:
    """The lines with a mark in place of each pair of signs and all between them; a sign without the other one is a
    mark alone, so that no words are lost where another plugin has changed the text."""
    signs = [(_sign(line, nonce), number) for number, line in enumerate(lines)]
    ends = {sign: number for sign, number in signs if sign.startswith("/")}
    kept: list[str] = []
    done = 0
    for sign, number in signs:
        if number < done or sign.startswith("/"):
            continue
        if not sign:
            kept.append(lines[number])
            continue
        kept += "", "" if sign.startswith(NOTHING) else marker(nonce, sign), ""
        done = ends.get(f"/{sign}", number)
    return kept


def without_signs(text: str, nonce: str) -> str:
    """The author's text alone, for those who read a page's Markdown."""
    lines = text.split("\n")
    kept: list[str] = []
    number = 0
    while number < len(lines):
        alone = lines[number : number + 3 : 2] == ["", ""] and _sign(lines[number + 1], nonce)
        if alone:
            number += 3
            continue
        if not _sign(lines[number], nonce):
            kept.append(lines[number])
        number += 1
    return "\n".join(kept)


def _sign(line: str, nonce: str) -> str:
    """The key of a sign, with a `/` in front of it where it ends; empty for any other line."""
    found = re.fullmatch(rf"<!-- (/?){marker(nonce, '')}([\w-]+) -->", line.strip()) if nonce in line else None
    return f"{found[1]}{found[2]}" if found else ""


def _end_of_timeline(postmortem: Postmortem) -> tuple[tuple[int, int], ...]:
    """The empty stretch where a timeline that is in another file is shown: behind the Timeline section."""
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


def searched_facts(matter: FrontMatter) -> str:
    """Facts of the front matter that a responder may search for. The page's header shows them, so they are not drawn
    here."""
    named = (
        ("Root cause", matter.root_cause),
        ("Trigger", matter.trigger),
        ("Services", ", ".join(matter.services)),
        ("Owner", matter.owner),
        ("Authors", ", ".join(matter.authors)),
    )
    return ". ".join(f"{name}: {words}" for name, words in named if words)
