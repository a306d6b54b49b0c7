"""
## What it does

Finds sections with nothing in them: a heading of the template, required or not, without text in it or below it. A
comment, an empty checkbox and a table that has only its header are nothing.

## Why this matters

An empty section looks complete in the table of contents. Readers cannot tell whether there was nothing to say or no one
looked.

## Example

```markdown
### What Went Well

<!-- What would you want to find in place the next time? -->
```

## Use instead

```markdown
### What Went Well

None: the first people to notice were customers, and the runbook was for another service.
```

## Options

None.
"""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.check.rule import Context, Rule
from postmortems.check.sections import heading_place, holds_text
from postmortems.model.diagnostic import Level, Problem
from postmortems.model.postmortem import Postmortem
from postmortems.model.section import Section


def examine(postmortem: Postmortem, context: Context) -> Iterator[Problem]:
    """A problem at the heading of each canonical section that holds nothing."""
    for section in postmortem.body.walk():
        if section.name and not any(holds_text(block) for block in section.all_blocks()):
            if _has_events(section, postmortem):
                continue
            yield Problem(
                "empty-section",
                heading_place(postmortem, section),
                f'section "{section.title}" is empty',
                'write it, or "None: <reason>" if there is nothing to say',
            )


def _has_events(section: Section, postmortem: Postmortem) -> bool:
    """True if the section's headings are events of the timeline (`### 14:23 - Alert`)."""
    return any(
        event.place.path == postmortem.path and section.line < event.place.line <= section.last
        for event in postmortem.timeline.events
    )


RULE = Rule(
    code="PM102",
    name="empty-section",
    level=Level.ERROR,
    page=__doc__,
    examine_postmortem=examine,
    softened_in_drafts=True,
)
