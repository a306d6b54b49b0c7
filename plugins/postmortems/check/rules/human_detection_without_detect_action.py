"""
## What it does

Finds postmortems of incidents that a customer, a colleague or a third party detected first (`detected_by`), and after
which no action item lets the system notice the next time. Such an item has the kind `detect`; one without any kind
counts if it plainly is about an alert, monitoring, a probe or the like. What was dropped does not count. A postmortem
without action items is for [no-action-items](./no-action-items.md), and drills and near misses are
left out.

## Why this matters

Detection by people depends on luck, especially at night. It is often the easiest gap to close.

## Example

```yaml
detected_by: customer
```

```markdown
## Action Items

- [ ] [api-team] Return a connection after every timeout (kind: prevent, due: 2024-03-01)
```

## Use instead

```yaml
detected_by: customer
```

```markdown
## Action Items

- [ ] [api-team] Return a connection after every timeout (kind: prevent, due: 2024-03-01)
- [ ] [storage-team] Alert when requests wait for a connection (kind: detect, due: 2024-03-01)
```

## Options

None.
"""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.check.action_items import plain_words
from postmortems.check.detection import sets_a_watch
from postmortems.check.rule import Context, Rule
from postmortems.model.action_item import ActionItem, ActionKind, ActionState
from postmortems.model.diagnostic import Level, Problem
from postmortems.model.front_matter import DetectedBy
from postmortems.model.postmortem import Postmortem

_PEOPLE = (DetectedBy.CUSTOMER, DetectedBy.STAFF, DetectedBy.THIRD_PARTY)


def examine(postmortem: Postmortem, context: Context) -> Iterator[Problem]:
    """A problem at `detected_by` where people noticed and no item changes that."""
    detected_by = postmortem.front_matter.detected_by
    items = postmortem.actions.items
    if detected_by not in _PEOPLE or not postmortem.is_incident or not items:
        return
    if not any(map(_detects, items)):
        yield Problem(
            "human-detection-without-detect-action",
            postmortem.place_of("detected_by"),
            f'"detected_by" is {detected_by}, but no action item has kind: detect',
            'add one so that the system detects it first: "- [ ] [team] Alert when … (kind: detect)"',
        )


def _detects(item: ActionItem) -> bool:
    if item.state is ActionState.DROPPED:
        return False
    return item.kind is ActionKind.DETECT or (item.kind is None and sets_a_watch(plain_words(item)))


RULE = Rule(
    code="PM303",
    name="human-detection-without-detect-action",
    level=Level.WARNING,
    page=__doc__,
    examine_postmortem=examine,
    softened_in_drafts=True,
)
