"""
## What it does

Finds postmortems whose Action Items section has no action item. Drills and near misses are no exception.

## Why this matters

An incident that changes nothing will come back. If a team decided after thought that nothing is to be done, that
decision is worth a sentence to whoever meets the same incident next.

## Example

```markdown
## Action Items

We will look into monitoring.
```

## Use instead

```markdown
## Action Items

- [ ] [storage-team] Alert when requests wait for a database connection (kind: detect, due: 2024-03-01)
```

Or, where nothing is to be done: `None: the service is switched off at the end of the month.`

## Options

None.
"""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.check.rule import Context, Rule
from postmortems.check.sections import heading_place, says_none
from postmortems.model.diagnostic import Level, Problem
from postmortems.model.postmortem import Postmortem


def examine(postmortem: Postmortem, context: Context) -> Iterator[Problem]:
    """A problem at the heading of a section without items; a missing section is for another rule."""
    section = postmortem.body.find("Action Items")
    if section is None or postmortem.actions.items or says_none(section):
        return
    yield Problem(
        "no-action-items",
        heading_place(postmortem, section),
        f'section "{section.title}" has no action item',
        'add one: "- [ ] [team] What will change (kind: prevent)", or write "None: <reason>"',
    )


RULE = Rule(
    code="PM501",
    name="no-action-items",
    level=Level.ERROR,
    page=__doc__,
    examine_postmortem=examine,
    softened_in_drafts=True,
)
