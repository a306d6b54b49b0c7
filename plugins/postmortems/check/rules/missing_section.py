"""
## What it does

Finds postmortems that lack a required section. By default these are Executive Summary, Timeline, Root Cause Analysis
(with Primary Cause and Contributing Factors), Impact Assessment, Response Evaluation (with What Went Well and Areas
for Improvement) and Action Items. A heading counts whatever its level, case, numbering or emphasis, and under its
usual other names ("Summary", "Where we got lucky"); a heading inside code, a comment or a quote does not.

A near miss (`kind: near-miss`) needs three: Executive Summary, What Saved Us and Action Items. In place
of What Saved Us it may have What Went Well, and in place of all three the sections of an incident.

## Why this matters

Each section answers a question that readers will ask: what broke, in what order, why, for whom, what helped, what
will change. A postmortem that leaves one out is remembered for the rest only.

## Example

```markdown
## Root Cause Analysis

### Primary Cause

The new release opened a database connection for each request and returned none after a timeout.
```

## Use instead

```markdown
## Root Cause Analysis

### Primary Cause

The new release opened a database connection for each request and returned none after a timeout.

### Contributing Factors

- The pool had no alert on waiting requests.
- Load tests ran without timeouts, so that every connection came back.
```

Where there truly is nothing to say, the section says so: `None: <reason>`.

## Options

`sections` in the settings is the list of required sections, or one list for each severity and kind; `synonyms` maps
further headings to a section.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from postmortems.check.rule import Context, Rule
from postmortems.check.sections import heading_place
from postmortems.model.diagnostic import Level, Problem
from postmortems.model.place import Place
from postmortems.model.postmortem import Postmortem
from postmortems.model.section import NEAR_MISS_SECTIONS, SAVED_BY, TEMPLATE_SECTIONS, Section
from postmortems.settings import Settings
from postmortems.text.spelling import nearest


@dataclass(frozen=True, slots=True)
class Missing:
    """A required section that is missing, the section that it belongs in, and a heading that may be meant for it."""

    name: str
    parent: Section | None
    alike: Section | None
    place: Place


def missing_sections(postmortem: Postmortem, settings: Settings) -> Iterator[Missing]:
    """Each required section that is missing, with the place of its parent's heading, else the title's, else line 1."""
    if not postmortem.has_front_matter and not any(line.strip() for line in postmortem.body.lines):
        return  # Of an empty file all has been said.
    sections = list(postmortem.body.walk())
    # A required section outside the template has no canonical name; its title has to do.
    present = {section.name or section.title.casefold() for section in sections}
    others: dict[str, Section] = {}
    for section in sections:
        if section.name is None:
            others.setdefault(section.title, section)
    for name in _required(postmortem, settings, present):
        parent = postmortem.body.find(TEMPLATE_SECTIONS.get(name) or "")
        top = parent or next((section for section in sections if section.level == 1), None)
        place = heading_place(postmortem, top) if top else Place.at(postmortem.path)
        alike = nearest(name, others)
        yield Missing(name, parent, others[alike] if alike else None, place)


def _required(postmortem: Postmortem, settings: Settings, present: Collection[str]) -> list[str]:
    """The names of the sections that must be there and are not.

    A near miss without a list of its own in the settings needs the short form, or all that its severity needs; "What
    Went Well" then answers what saved it.
    """
    severity, kind = postmortem.front_matter.severity, postmortem.front_matter.kind
    missing = _without(settings.required_sections(severity, kind), present)
    if not missing or not postmortem.is_near_miss or kind in settings.sections:
        return missing
    answered = {*present, SAVED_BY} if "What Went Well" in present else present
    return _without(NEAR_MISS_SECTIONS, answered)


def _without(names: Iterable[str], present: Collection[str]) -> list[str]:
    return [name for name in names if name not in present and name.casefold() not in present]


def examine(postmortem: Postmortem, context: Context) -> Iterator[Problem]:
    """A problem for each required section that is missing."""
    # "What Saved Us" is a near miss's own section: its author may have forgotten to call it one.
    kind = f", {_NEAR_MISS}" if postmortem.is_incident and postmortem.body.find(SAVED_BY) else ""
    for missing in missing_sections(postmortem, context.settings):
        advice, kind = _advice(missing, postmortem) + kind, ""
        yield Problem("missing-section", missing.place, f'section "{missing.name}" is missing', advice)


def _advice(missing: Missing, postmortem: Postmortem) -> str:
    name, parent = missing.name, missing.parent
    if missing.alike:
        alike, line = missing.alike.title, missing.alike.line
        return f'is "{alike}" on line {line} meant? write "{name}" there, or map it in the setting "synonyms"'
    if parent:
        heading = f"{'#' * min(parent.level + 1, 6)} {name}"
        return f'add "{heading}" below "{postmortem.body.line(parent.line).strip()}" (line {parent.line}), {_NONE}'
    return f'add "{"###" if TEMPLATE_SECTIONS.get(name) else "##"} {name}", {_NONE}'


_NEAR_MISS = 'or write "kind: near-miss" in the front matter if no users were affected'
_NONE = 'and "None: <reason>" under it if it has nothing'

RULE = Rule(
    code="PM101",
    name="missing-section",
    level=Level.ERROR,
    page=__doc__,
    examine_postmortem=examine,
    softened_in_drafts=True,
)
