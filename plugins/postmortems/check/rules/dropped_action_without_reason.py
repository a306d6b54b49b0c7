"""
## What it does

Finds action items that were dropped without saying why: `wont-do` with nothing behind it, `state: dropped`, or a
table's state such as "won't fix".

## Why this matters

Not to do something is a decision like any other, and often a good one. The next team to hit this fault needs to know
whether it was too expensive, no longer needed or forgotten.

## Example

```markdown
### Short-term (Complete within 1 month)

- [ ] [api-team] Return a connection after every timeout (kind: prevent, wont-do)
```

## Use instead

```markdown
### Short-term (Complete within 1 month)

- [ ] [api-team] Return a connection after every timeout (kind: prevent, wont-do: the driver does since 4.3)
```

In a table the parenthesis goes at the end of the action's cell.

## Options

None.
"""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.check.action_items import quoted, says_nothing
from postmortems.check.rule import Context, Rule
from postmortems.model.action_item import ActionState
from postmortems.model.diagnostic import Level, Problem
from postmortems.model.postmortem import Postmortem


def examine(postmortem: Postmortem, context: Context) -> Iterator[Problem]:
    """A problem at each dropped item that gives no reason."""
    for item in postmortem.actions.items:
        if item.state is ActionState.DROPPED and says_nothing(item.dropped_because):
            yield Problem(
                "dropped-action-without-reason",
                item.place,
                f"action item {quoted(item)} was dropped without a reason",
                "add the reason at the end of the parenthesis: (wont-do: <reason>)",
            )


RULE = Rule(
    code="PM505",
    name="dropped-action-without-reason",
    level=Level.WARNING,
    page=__doc__,
    examine_postmortem=examine,
    softened_in_drafts=True,
)
