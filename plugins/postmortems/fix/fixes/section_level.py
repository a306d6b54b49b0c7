"""Subsections that are on the level of their own section, right behind it, are moved into it.

    ## Root Cause Analysis        ## Root Cause Analysis
    ## Primary Cause         ->   ### Primary Cause
    ## Contributing Factors       ### Contributing Factors

It answers the finding that the section is empty, and what is below the headings moves along. Nothing is done where
a heading is underlined, or would get more than six signs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import takewhile

from postmortems.check.sections import heading_place, holds_text
from postmortems.fix.document import Document
from postmortems.fix.fix import Fix, FixContext, Proposal, ResolvedFinding
from postmortems.model.edit import Edit
from postmortems.model.place import Place
from postmortems.model.section import SECTIONS, Body, Section

_RULE = "empty-section"
_DEEPEST = 6


def propose(document: Document, context: FixContext) -> Iterator[Proposal]:
    """An edit for each empty section whose own subsections follow it on its level."""
    if document.is_pattern:
        return
    body = document.postmortem.body
    for siblings in _siblings(body.sections):
        for index, section in enumerate(siblings):
            if section.name is None or section.is_label or any(map(holds_text, section.all_blocks())):
                continue
            own = takewhile(partial(_belongs_to, section.name), siblings[index + 1 :])
            headings = [heading for each in own for heading in each.walk()]
            if headings and all(_can_sink(heading, body) for heading in headings):
                answer = ResolvedFinding(_RULE, heading_place(document.postmortem, section), f'"{section.title}"')
                yield Proposal(_sunk(document, headings), (answer,))


def _siblings(sections: Sequence[Section]) -> Iterator[Sequence[Section]]:
    yield sections
    for section in sections:
        yield from _siblings(section.children)


def _belongs_to(name: str, section: Section) -> bool:
    return section.name is not None and SECTIONS.get(section.name) == name


def _can_sink(heading: Section, body: Body) -> bool:
    return not heading.is_label and heading.level < _DEEPEST and body.line(heading.line).lstrip(" ").startswith("#")


def _sunk(document: Document, headings: Sequence[Section]) -> Edit:
    """One edit from the first heading to the last, so that all of them are moved or none."""
    first, last = headings[0].line, headings[-1].line
    lines = list(document.lines[first - 1 : last])
    for heading in headings:
        lines[heading.line - first] = lines[heading.line - first].replace("#", "##", 1)
    end = document.lines[last - 1]
    return Edit(Place(document.path, first, 1, last, len(end) + 1), "\n".join(lines))


FIX = Fix(
    name="section-level",
    does="Moves subsections that follow their section at the same level into it.",
    propose=propose,
    rules=(_RULE,),
)
