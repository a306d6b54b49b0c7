"""Records of a postmortem's text: its events, its sections and its links, each with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from postmortems.analyse.phases import phases
from postmortems.model.postmortem import Postmortem
from postmortems.model.section import Block, BlockKind, Body, Section
from postmortems.model.timeline import Event, Phase
from postmortems.render.base.event_anchors import event_anchors
from postmortems.render.data.json_text import Moment, moment_text, one_of, seconds
from postmortems.render.words.plain import plain_words
from postmortems.text.inline import cut_comments

Line = Annotated[int, Field(ge=1)]

_HASHES = re.compile(r" {0,3}#{1,6}(?:\s|$)")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*$")


class EventRecord(TypedDict):
    """One entry of a timeline. What is unknown is null."""

    at: Annotated[Moment | None, Field(description="When it was; null if the time is unknown")]
    until: Annotated[Moment | None, Field(description="When it ended, if a range is given")]
    written: Annotated[str | None, Field(description="The time as the author wrote it")]
    approximate: Annotated[bool, Field(description="True if the author marks the time as approximate")]
    qualifier: Annotated[str | None, Field(description="The author's word for that, such as `shortly after`")]
    day_only: Annotated[bool, Field(description="True if only the day is known; `at` is then its first minute")]
    after_start_seconds: Annotated[
        float | None,
        Field(description="From `started_at` to `at`, negative before it; null if either time is unknown"),
    ]
    text: Annotated[str, Field(description="What happened, in plain words")]
    markdown: Annotated[str | None, Field(description="The same as the author wrote it; null if that is no different")]
    action: Annotated[str | None, Field(description="What was done, in plain words")]
    action_markdown: Annotated[str | None, Field(description="The same as the author wrote it, if that is different")]
    actor: Annotated[str | None, Field(description="Who did it, in plain words")]
    phase: Annotated[Annotated[str, one_of(Phase)], Field(description="Its part of the incident's course")]
    phase_is_derived: Annotated[
        bool, Field(description="True if the phase follows from the moments, and the author gives none")
    ]
    link: Annotated[str | None, Field(description="An address that the author gives with it")]
    anchor: Annotated[str, Field(description="Its place on the postmortem's page, behind `#`")]
    line: Annotated[Line, Field(description="Its line in the file that `events_path` names")]


class SectionRecord(TypedDict):
    """A heading and the text between it and the next one, whatever its level."""

    title: Annotated[str | None, Field(description="The heading; null for the text before the first one")]
    name: Annotated[
        str | None, Field(description="Canonical name, such as `Primary Cause`; null for any other heading")
    ]
    level: Annotated[int, Field(ge=0, le=6, description="Level of the heading; 0 if there is none")]
    line: Annotated[Line, Field(description="Line of the heading, or of the text if there is none")]
    last_line: Annotated[Line, Field(description="Last line of the section and of all below it")]
    is_label: Annotated[bool, Field(description="True if the heading is a bold label in the text")]
    says_none: Annotated[
        bool, Field(description="True if it, or a section below it, says `None: <reason>`: there is nothing to tell")
    ]
    markdown: Annotated[str, Field(description="The text as written, without comments; empty if there is none")]


class LinkRecord(TypedDict):
    """A link or an image in the text."""

    target: Annotated[str, Field(description="The address as written")]
    is_image: Annotated[bool, Field(description="True for an image")]
    line: Annotated[Line, Field(description="Line of the address")]


def event_records(postmortem: Postmortem) -> Iterator[EventRecord]:
    """The events in the order in which they are written."""
    events, started = postmortem.timeline.events, postmortem.front_matter.started_at
    for event, anchor, phase in zip(events, event_anchors(events), phases(postmortem), strict=True):
        yield {
            "at": moment_text(event.at),
            "until": moment_text(event.until),
            "written": event.written or None,
            "approximate": event.approximate,
            "qualifier": event.qualifier or None,
            "day_only": event.day_only,
            "after_start_seconds": _after(event, started),
            "text": (text := plain_words(event.text)),
            "markdown": _if_different(event.text, text),
            "action": (action := plain_words(event.action)) or None,
            "action_markdown": _if_different(event.action, action),
            "actor": plain_words(event.actor) or None,
            "phase": phase.value,
            "phase_is_derived": event.phase is None,
            "link": event.link or None,
            "anchor": anchor,
            "line": event.place.line,
        }


def section_records(body: Body) -> Iterator[SectionRecord]:
    """The sections of a body in the order of the text, subsections after what they belong to."""
    sections = list(body.walk())
    begins = [section.line for section in sections] + [body.first + len(body.lines)]
    written = [number for number in range(body.first, begins[0]) if body.line(number).strip()]
    if written and (markdown := _markdown(body.lead, body, written[0], written[-1])):
        yield {
            "title": None,
            "name": None,
            "level": 0,
            "line": written[0],
            "last_line": written[-1],
            "is_label": False,
            "says_none": False,
            "markdown": markdown,
        }
    for section, end in zip(sections, begins[1:], strict=True):
        yield {
            "title": section.title,
            "name": section.name,
            "level": section.level,
            "line": section.line,
            "last_line": section.last,
            "is_label": section.is_label,
            "says_none": section.says_none,
            "markdown": _markdown(section.blocks, body, _text_begins(section, body), end - 1, section),
        }


def link_records(postmortem: Postmortem) -> Iterator[LinkRecord]:
    """The links and images of a postmortem in the order of the text."""
    for link in postmortem.links:
        yield {"target": link.target, "is_image": link.is_image, "line": link.place.line}


def _after(event: Event, started: datetime | None) -> int | float | None:
    return seconds(event.at - started) if event.at and started and not event.day_only else None


def _if_different(markdown: str, words: str) -> str | None:
    return shown if (shown := cut_comments(markdown).strip()) != words else None


def _text_begins(section: Section, body: Body) -> int:
    """The line below a heading; of a label the line itself, if text follows on it."""
    if section.is_label:
        return section.line if section.blocks and section.blocks[0].first == section.line else section.line + 1
    if _HASHES.match(body.line(section.line)):
        return section.line + 1
    underline = (number for number in range(section.line + 1, section.last + 1) if _UNDERLINE.match(body.line(number)))
    return next(underline, section.line) + 1


def _markdown(blocks: tuple[Block, ...], body: Body, first: int, last: int, section: Section | None = None) -> str:
    """Some lines of a body without the comments of its `blocks`, which no page shows either.

    What is in no block, such as the address of a link by reference, belongs to the text as well.
    """
    lines = [body.line(number) for number in range(first, last + 1)]
    if section and section.is_label and section.line == first:
        lines[0] = blocks[0].text.partition("\n")[0]
    if any("<!--" in line for line in lines):
        for block in blocks:
            begin, end = block.first - first, block.last - first + 1
            if block.kind is BlockKind.COMMENT:
                lines[begin:end] = [""] * (end - begin)
            elif block.kind is not BlockKind.CODE:
                lines[begin:end] = cut_comments("\n".join(lines[begin:end])).split("\n")
    return "\n".join(lines).strip("\n")
