"""
## What it does

Finds open action items whose day has passed: the date that they give (`due: 2024-02-20`), or the one that follows from
their heading (Immediate, Short-term, Long-term) once the postmortem is published. On the day itself an item is not
overdue; done, dropped or unknown items never are.

## Why this matters

Action items are the return on an incident. The next one of its kind tends to arrive while the item that would have
stopped it waits.

## Example

```markdown
### Short-term (Complete within 1 month)

- [ ] [api-team] Return a connection after every timeout (kind: prevent, due: 2024-02-20)
```

## Use instead

```markdown
### Short-term (Complete within 1 month)

- [x] [api-team] Return a connection after every timeout (kind: prevent, due: 2024-02-20, done: 2024-02-19)
- [ ] [api-team] Set a limit on the time of every query (kind: prevent, wont-do: the driver has one since 4.3)
```

A date may also be moved, in a pull request that says why.

## Options

`horizons` in the settings says how long after the publication each heading's items fall due; `--today` sets the day.
"""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.check.action_items import quoted
from postmortems.check.rule import Context, Rule
from postmortems.model.diagnostic import Level, Problem
from postmortems.model.postmortem import Postmortem


def examine(postmortem: Postmortem, context: Context) -> Iterator[Problem]:
    """A problem at each item that is overdue today, with how long and since when."""
    for standing in context.analysis.actions_of(postmortem):
        if not standing.is_overdue or standing.due is None:
            continue
        item, days = standing.item, (context.today - standing.due).days
        late = "1 day" if days == 1 else f"{days:,} days"
        source = f' (from the heading "{item.horizon}")' if standing.due_is_derived else ""
        yield Problem(
            "overdue-action",
            item.place,
            f"action item {quoted(item)} is {late} overdue; it was due on {standing.due}{source}",
            "close it with [x], give it a new date, or drop it with a reason: (wont-do: <reason>)",
        )


RULE = Rule(
    code="PM504",
    name="overdue-action",
    level=Level.WARNING,
    page=__doc__,
    examine_postmortem=examine,
    softened_in_drafts=True,
    follows_calendar=True,
)
