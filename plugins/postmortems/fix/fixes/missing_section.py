"""A missing section gets its heading and the template's guidance, as a comment, at its place in the template's order.

Nothing in such a skeleton passes for content: until its author has written it, the section is reported as empty. Where
the text of the section is there and only its heading is missing, the heading is put above that text: Executive Summary
above what the document begins with, Primary Cause above what is right below Root Cause Analysis. Where a heading of
the document may be the missing one in other words, where bold labels play the part of headings, where text right below
the parent may belong to any of its sections, and where the parent is missing and nobody asked for it, nothing is added.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from postmortems.check.rules.missing_section import Missing, missing_sections
from postmortems.check.sections import holds_text
from postmortems.fix.document import Document
from postmortems.fix.fix import Fix, FixContext, Proposal, ResolvedFinding
from postmortems.model.edit import Edit
from postmortems.model.place import Place
from postmortems.model.section import SECTIONS, Block, BlockKind, Body, Section

_RULE = "missing-section"
_DEEPEST = 6
_TOP = 2
_FEWEST_WORDS = 6
"""Fewer words are a subtitle, and no summary."""

_LABEL = re.compile(r"[*_]{0,3}[A-Z][\w ]{0,30}(?::|\*\*)")


def propose(document: Document, context: FixContext) -> Iterator[Proposal]:
    """An edit for each missing section; one that is missing with its subsections gets them in the same edit."""
    if document.is_pattern:
        return
    postmortem = document.postmortem
    missing = {
        section.name: section
        for section in missing_sections(postmortem, context.settings)
        if section.name in SECTIONS and section.alike is None
    }
    if not missing or any(section.is_label for section in postmortem.body.walk()):
        return  # Bold labels are no headings any more where there is one.
    template = context.template_of(postmortem)
    ranks = {name: rank for rank, name in enumerate(_order(template))}
    ordered = sorted(missing.values(), key=lambda section: ranks[section.name])
    for section in ordered:
        parent = SECTIONS[section.name]
        if parent and section.parent is None:
            continue
        if above := _above_its_text(section, postmortem.body):
            line, level = above
            yield Proposal(
                _insertion(document, line, f"\n\n{_marks(level)} {_words(section, template)}"),
                (ResolvedFinding(_RULE, section.place, f'"{section.name}"'),),
            )
            continue
        around = None if _is_unclear(section, missing) else _around(section, postmortem.body, ranks)
        if around is None:
            continue
        line, level = around
        added = [section, *(child for child in ordered if SECTIONS[child.name] == section.name)]
        text = "".join(_skeleton(each, level + (each is not section), template) for each in added)
        yield Proposal(
            _insertion(document, line, text),
            tuple(ResolvedFinding(_RULE, each.place, f'"{each.name}"') for each in added),
            adds=tuple(each.name for each in added),
        )


def _order(template: Body) -> list[str]:
    """All sections in the template's order; those that the template lacks are behind the one that precedes them."""
    names = list(dict.fromkeys(section.name for section in template.walk() if section.name in SECTIONS))
    order = [name for name in names if name]
    before = ""
    for name in SECTIONS:
        if name not in order:
            order.insert(order.index(before) + 1 if before else 0, name)
        before = name
    return order


def _above_its_text(section: Missing, body: Body) -> tuple[int, int] | None:
    """The line of the text that a section's heading is missing from, and the heading's level."""
    if section.name == "Primary Cause" and section.parent and section.parent.level < _DEEPEST:
        block = _first_text(section.parent.blocks)
        return (block.first, section.parent.level + 1) if block else None
    if section.name == "Executive Summary" and (begins := _beginning(body)):
        level = next((each.level for each in body.walk() if each.name and not SECTIONS.get(each.name)), _TOP)
        return (begins.first, level) if level > 1 or begins in body.lead else None
    return None


def _beginning(body: Body) -> Block | None:
    """The paragraph that a document begins with, below its title or above all headings; None where it is no prose."""
    first = body.sections[0] if body.sections else None
    title = first if first and first.level == 1 and first.name is None else None
    block = _first_text(body.lead) or (_first_text(title.blocks) if title else None)
    if block is None or block.kind is not BlockKind.PARAGRAPH or _LABEL.match(block.text):
        return None
    return block if len(block.text.split()) >= _FEWEST_WORDS else None


def _first_text(blocks: Sequence[Block]) -> Block | None:
    return next((block for block in blocks if holds_text(block)), None)


def _is_unclear(section: Missing, missing: Mapping[str, Missing]) -> bool:
    """True if text right below the parent may be this section's, and nothing tells."""
    parent = section.parent
    if parent is None or _first_text(parent.blocks) is None or any(child.name for child in parent.children):
        return False
    return not (parent.name == "Root Cause Analysis" and "Primary Cause" in missing)


def _around(section: Missing, body: Body, ranks: Mapping[str, int]) -> tuple[int, int] | None:
    """The line above which a section belongs, and the level of its heading; None where no level is left for it.

    It is behind the nearest section that precedes it in the template, else before the nearest that follows, on that
    one's level, so that it takes nothing that is there into itself; else at the end of its parent or of the text.
    """
    scope = list(section.parent.walk())[1:] if section.parent else list(body.walk())
    parent = SECTIONS[section.name]
    beside = [each for each in scope if each.name in ranks and SECTIONS[each.name or ""] == parent]
    rank = ranks[section.name]
    if before := [each for each in beside if ranks[each.name or ""] < rank]:
        nearest = max(before, key=lambda each: (ranks[each.name or ""], each.line))
        return nearest.last + 1, nearest.level
    if beside:
        following = min(beside, key=lambda each: (ranks[each.name or ""], each.line))
        return following.line, following.level
    if section.parent:
        return (section.parent.last + 1, section.parent.level + 1) if section.parent.level < _DEEPEST else None
    return body.first + len(body.lines), _TOP


def _skeleton(section: Missing, level: int, template: Body) -> str:
    """The heading and the template's guidance, each below an empty line."""
    known = template.find(section.name)
    comments = [block.text.strip() for block in (known.blocks if known else ()) if block.kind is BlockKind.COMMENT]
    # One that is not closed would hide all that follows, and one to us is about the template.
    guidance = [text for text in comments if text.endswith("-->") and "postmortems:" not in text]
    heading = f"{_marks(level)} {_words(section, template)}"
    return "".join(f"\n\n{part}" for part in (heading, *guidance))


def _marks(level: int) -> str:
    return "#" * min(level, _DEEPEST)


def _words(section: Missing, template: Body) -> str:
    known = template.find(section.name)
    return _heading(known, template) if known else section.name


def _heading(section: Section, template: Body) -> str:
    """The words of the template's own heading, marks and attributes included."""
    line = template.line(section.line).strip()
    return line.strip("#").strip() if line.startswith("#") else section.title


def _insertion(document: Document, line: int, text: str) -> Edit:
    """The edit that puts `text` above a line, behind the last line above it that is not empty."""
    lines: Sequence[str] = document.lines
    above = line - 1
    # The fence that closes the front matter is the last line that may be above.
    least = document.front.body.first - 1
    while above > least and (above > len(lines) or not lines[above - 1].strip()):
        above -= 1
    if above < 1:
        return Edit(Place.at(document.path), f"{text.lstrip()}\n\n")
    following = lines[above] if above < len(lines) else ""
    place = Place.at(document.path, above, len(lines[above - 1]) + 1)
    return Edit(place, f"{text}\n" if following.strip() else text)


FIX = Fix(
    name="missing-section",
    does="Adds a missing section: its heading above its text, or with the template's guidance in a comment.",
    propose=propose,
    rules=(_RULE,),
)
