"""
## What it does

Finds open action items without a date: they have none of their own (`due: 2024-03-01`, or the table's column), and
are under no heading that gives them one (Immediate, Short-term, Long-term). Items that are done, dropped or of
unknown state need none.

## Why this matters

Without a date an item is never overdue, so no one is reminded of it.

## Example

```markdown
## Action Items

- [ ] [api-team] Return a connection after every timeout (kind: prevent)
```

## Use instead

```markdown
## Action Items

### Short-term

- [ ] [api-team] Return a connection after every timeout (kind: prevent)
- [ ] [storage-team] Run the load tests with timeouts (kind: prevent, due: 2024-03-15)
```

## Options

`horizons` in the settings says how long after the publication each heading's items fall due.
"""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.check.action_items import column_hint, quoted
from postmortems.check.rule import Context, Rule
from postmortems.model.action_item import ActionState
from postmortems.model.diagnostic import Level, Problem
from postmortems.model.postmortem import Postmortem


def examine(postmortem: Postmortem, context: Context) -> Iterator[Problem]:
    """A problem at each open item that no date and no horizon holds; a horizon does before its first day is known."""
    for item in postmortem.actions.items:
        if item.state is ActionState.OPEN and item.due is None and item.horizon not in context.settings.horizons:
            yield Problem(
                "action-without-due-date",
                item.place,
                f"action item {quoted(item)} has no due date",
                'end it with one, "(due: 2024-03-01)", or move it below Immediate, Short-term or Long-term'
                + column_hint(postmortem, item, "due"),
            )


RULE = Rule(
    code="PM503",
    name="action-without-due-date",
    level=Level.INFO,
    page=__doc__,
    examine_postmortem=examine,
    softened_in_drafts=True,
)
