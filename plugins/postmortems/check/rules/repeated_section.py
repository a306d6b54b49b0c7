"""
## What it does

Finds sections of the template that appear twice, under the same heading or under two that mean the same ("Timeline" and
"Sequence of events"). Not reported are different headings for parts of a section ("What went well" and "Where we got
lucky") and for causes and impact, which are often described in several sections, and a heading inside the section that
it repeats ("Root cause" below "Root Cause Analysis").

## Why this matters

Readers take the first for the whole: a link to the section goes there, and the second is found by
chance.

## Example

```markdown
### Contributing Factors

- The pool had no alert on waiting requests.

### Contributing Factors

- Load tests ran without timeouts.
```

## Use instead

```markdown
### Contributing Factors

- The pool had no alert on waiting requests.
- Load tests ran without timeouts.
```

## Options

None.
"""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.check.rule import Context, Rule
from postmortems.check.sections import heading_place
from postmortems.model.diagnostic import Level, Problem
from postmortems.model.postmortem import Postmortem
from postmortems.model.section import SECTIONS, Section

_TOLD_IN_PARTS = ("Root Cause Analysis", "Impact Assessment")


def examine(postmortem: Postmortem, context: Context) -> Iterator[Problem]:
    """A problem at the second and every further heading of one section."""
    first: dict[str, Section] = {}
    for section in postmortem.body.walk():
        if section.name is None:
            continue
        earlier = first.setdefault(_identity(section, section.name), section)
        if section.line > earlier.last:
            alike = _wording(section) == _wording(earlier)
            fact = "is repeated" if alike else f'is also "{section.name}"'
            yield Problem(
                "repeated-section",
                heading_place(postmortem, section),
                f'section "{section.title}" {fact}; the first is on line {earlier.line}',
                "move its text into the first, or give it another heading",
            )


def _identity(section: Section, name: str) -> str:
    """Key that makes two headings one section: if authors use several headings for one, the wording counts, too."""
    in_parts = name in _TOLD_IN_PARTS or SECTIONS.get(name) is not None
    return f"{name}: {_wording(section)}" if in_parts else name


def _wording(section: Section) -> str:
    return section.title.casefold().rstrip(" :")


RULE = Rule(
    code="PM104",
    name="repeated-section",
    level=Level.WARNING,
    page=__doc__,
    examine_postmortem=examine,
    softened_in_drafts=True,
)
