"""The Markdown of a postmortem as MkDocs gets it: the author's text, with marks where events and action items were."""

from __future__ import annotations

from postmortems.model.front_matter import FrontMatter
from postmortems.model.postmortem import Postmortem
from postmortems.model.section import Body
from postmortems.render.drawn_parts import FACTS, PROGRESS, TIMELINE, actions_key, mark_of

_LONGEST_HEADING = 50


def authored_source(postmortem: Postmortem, nonce: str) -> str:
    """The authored Markdown below the front matter, with marks for what is drawn.

    The leading heading of level 1 is left out, since the page shows the title. The first stretch of the timeline gets
    all its events, further ones nothing; every stretch of action items gets its own.
    """
    body = postmortem.body
    lines = list(body.lines)
    marks: list[tuple[int, int, str]] = []
    if searched_facts(postmortem.front_matter):
        marks.append((body.first, body.first - 1, mark_of(nonce, FACTS)))
    if postmortem.timeline.events:
        drawn = postmortem.timeline.spans or _end_of_timeline(postmortem)
        marks += [(first, last, mark_of(nonce, TIMELINE) * (not index)) for index, (first, last) in enumerate(drawn)]
    spans = postmortem.actions.spans
    marks += [(first, last, mark_of(nonce, actions_key(index))) for index, (first, last) in enumerate(spans)]
    if spans:
        section = body.find("Action Items")
        first = _heading_end(body, section.line) + 1 if section else spans[0][0]
        marks.append((first, first - 1, mark_of(nonce, PROGRESS)))
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


def searched_facts(matter: FrontMatter) -> str:
    """What of the front matter a responder may search for. The page's header shows it, so it is not drawn here."""
    named = (
        ("Root cause", matter.root_cause),
        ("Trigger", matter.trigger),
        ("Services", ", ".join(matter.services)),
        ("Owner", matter.owner),
        ("Written by", ", ".join(matter.authors)),
    )
    return ". ".join(f"{name}: {words}" for name, words in named if words)
