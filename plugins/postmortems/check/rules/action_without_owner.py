"""
## What it does

Finds action items that name no one: without an owner in brackets or in the table's owner column, or with one such as
`[TBD]` or `[everyone]`. Items that were dropped need none.

## Why this matters

Work owned by everyone is done by no one. Name an owner, preferably a team, that can still be asked in three months.

## Example

```markdown
### Short-term (Complete within 1 month)

- [ ] Return a connection after every timeout (kind: prevent, due: 2024-03-01)
```

## Use instead

```markdown
### Short-term (Complete within 1 month)

- [ ] [api-team] Return a connection after every timeout (kind: prevent, due: 2024-03-01)
```

## Options

None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from postmortems.check.action_items import column_hint, quoted
from postmortems.check.rule import Context, Rule
from postmortems.model.action_item import ActionState
from postmortems.model.diagnostic import Level, Problem
from postmortems.model.postmortem import Postmortem

_MENTION = re.compile(r"(?<![\w@])@([A-Za-z0-9][\w.-]{0,38})")


def examine(postmortem: Postmortem, context: Context) -> Iterator[Problem]:
    """A problem at each item that nobody can be asked about."""
    for item in postmortem.actions.items:
        if item.state is ActionState.DROPPED:
            continue
        if not item.owner:
            name = found[1] if (found := _MENTION.search(item.text)) else "team"
            yield Problem(
                "action-without-owner",
                item.place,
                f"action item {quoted(item)} has no owner",
                f"name a person or team: - [ ] [{name}] …{column_hint(postmortem, item, 'owner')}",
            )


RULE = Rule(
    code="PM502",
    name="action-without-owner",
    level=Level.WARNING,
    page=__doc__,
    examine_postmortem=examine,
    softened_in_drafts=True,
)
