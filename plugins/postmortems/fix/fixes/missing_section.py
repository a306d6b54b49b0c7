"""A missing section gets its heading and the template's guidance, as a comment, at its place in the template's order.

Nothing in such a skeleton passes for content: until its author has written it, the section is reported as empty. Where
a heading of the document may be the missing one in other words, where bold labels play the part of headings, and where
the parent is missing and nobody asked for it, nothing is added.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from postmortems.check.rules.missing_section import Missing, missing_sections
from postmortems.fix.document import Document
from postmortems.fix.fix import Answer, Fix, Proposal, Surroundings
from postmortems.model.edit import Edit
from postmortems.model.place import Place
from postmortems.model.section import TEMPLATE_SECTIONS, BlockKind, Body, Section

_RULE = "missing-section"
_DEEPEST = 6
_TOP = 2


def propose(document: Document, surroundings: Surroundings) -> Iterator[Proposal]:
    """An edit for each missing section; one that is missing with its subsections gets them in the same edit."""
    if document.is_pattern:
        return
    postmortem = document.postmortem
    missing = {
        one.name: one
        for one in missing_sections(postmortem, surroundings.settings)
        if one.name in TEMPLATE_SECTIONS and one.alike is None
    }
    if not missing or any(section.is_label for section in postmortem.body.walk()):
        return  # Bold labels are no headings any more where there is one.
    ranks = {name: rank for rank, name in enumerate(_order(surroundings.template_body))}
    ordered = sorted(missing.values(), key=lambda one: ranks[one.name])
    for one in ordered:
        parent = TEMPLATE_SECTIONS[one.name]
        if parent and one.parent is None:
            continue
        around = _around(one, postmortem.body, ranks)
        if around is None:
            continue
        line, level = around
        added = [one, *(child for child in ordered if TEMPLATE_SECTIONS[child.name] == one.name)]
        text = "".join(_skeleton(each, level + (each is not one), surroundings.template_body) for each in added)
        yield Proposal(
            _insertion(document, line, text),
            tuple(Answer(_RULE, each.place, f'"{each.name}"') for each in added),
            adds=tuple(each.name for each in added),
        )


def _order(template: Body) -> list[str]:
    """All sections in the template's order; those that the template lacks stand behind the one that precedes them."""
    names = list(dict.fromkeys(section.name for section in template.walk() if section.name in TEMPLATE_SECTIONS))
    order = [name for name in names if name]
    before = ""
    for name in TEMPLATE_SECTIONS:
        if name not in order:
            order.insert(order.index(before) + 1 if before else 0, name)
        before = name
    return order


def _around(one: Missing, body: Body, ranks: Mapping[str, int]) -> tuple[int, int] | None:
    """The line above which a section belongs, and the level of its heading; None where no level is left for it.

    It stands behind the nearest section that precedes it in the template, else before the nearest that follows, on that
    one's level, so that it takes nothing that stands there into itself; else at the end of its parent or of the text.
    """
    scope = list(one.parent.walk())[1:] if one.parent else list(body.walk())
    parent = TEMPLATE_SECTIONS[one.name]
    beside = [each for each in scope if each.name in ranks and TEMPLATE_SECTIONS[each.name or ""] == parent]
    rank = ranks[one.name]
    if before := [each for each in beside if ranks[each.name or ""] < rank]:
        nearest = max(before, key=lambda each: (ranks[each.name or ""], each.line))
        return nearest.last + 1, nearest.level
    if beside:
        following = min(beside, key=lambda each: (ranks[each.name or ""], each.line))
        return following.line, following.level
    if one.parent:
        return (one.parent.last + 1, one.parent.level + 1) if one.parent.level < _DEEPEST else None
    return body.first + len(body.lines), _TOP


def _skeleton(one: Missing, level: int, template: Body) -> str:
    """The heading and the template's guidance, each below an empty line."""
    known = template.find(one.name)
    comments = [block.text.strip() for block in (known.blocks if known else ()) if block.kind is BlockKind.COMMENT]
    # One that is not closed would hide all that follows, and one to us is about the template.
    guidance = [text for text in comments if text.endswith("-->") and "postmortems:" not in text]
    heading = f"{'#' * min(level, _DEEPEST)} {_heading(known, template) if known else one.name}"
    return "".join(f"\n\n{part}" for part in (heading, *guidance))


def _heading(section: Section, template: Body) -> str:
    """The words of the template's own heading, marks and attributes included."""
    line = template.line(section.line).strip()
    return line.strip("#").strip() if line.startswith("#") else section.title


def _insertion(document: Document, line: int, text: str) -> Edit:
    """The edit that puts `text` above a line, behind the last line above it that is not empty."""
    lines: Sequence[str] = document.lines
    above = line - 1
    # The fence that closes the front matter is the last line that may stand above.
    least = document.front.body_line - 1
    while above > least and (above > len(lines) or not lines[above - 1].strip()):
        above -= 1
    if above < 1:
        return Edit(Place.at(document.path), f"{text.lstrip()}\n\n")
    following = lines[above] if above < len(lines) else ""
    place = Place.at(document.path, above, len(lines[above - 1]) + 1)
    return Edit(place, f"{text}\n" if following.strip() else text)


FIX = Fix(
    name="missing-section",
    does="Adds a missing section: its heading, and the template's guidance as a comment.",
    propose=propose,
    rules=(_RULE,),
)
