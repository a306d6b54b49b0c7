"""
## What it does

Finds postmortems of whose action items none prevents or detects. Dropped items do not count. Where an item has no
kind, the rule stays silent.

## Why this matters

Mitigation, documents and training make the next time shorter. Without an item that prevents it or shows it sooner
there will be a next time.

## Example

```markdown
## Action Items

### Short-term

- [ ] [storage-team] Let on-call enlarge the pool without a release (kind: mitigate)
- [ ] [storage-team] Describe the pool in the runbook (kind: docs)
```

## Use instead

```markdown
## Action Items

### Short-term

- [ ] [storage-team] Let on-call enlarge the pool without a release (kind: mitigate)
- [ ] [api-team] Return a connection after every timeout (kind: prevent)
```

## Options

None.
"""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.check.rule import Context, Rule
from postmortems.check.sections import heading_place
from postmortems.model.action_item import ActionKind, ActionState
from postmortems.model.diagnostic import Level, Problem
from postmortems.model.place import Place
from postmortems.model.postmortem import Postmortem
from postmortems.text.spelling import listed

_BEFOREHAND = (ActionKind.PREVENT, ActionKind.DETECT)


def examine(postmortem: Postmortem, context: Context) -> Iterator[Problem]:
    """A problem at the Action Items' heading where every item has a kind and none works before the next incident."""
    kinds = [item.kind for item in postmortem.actions.items if item.state is not ActionState.DROPPED]
    if not kinds or None in kinds or any(kind in _BEFOREHAND for kind in kinds):
        return
    section = postmortem.body.find("Action Items")
    yield Problem(
        "only-mitigating-actions",
        heading_place(postmortem, section) if section else Place.at(postmortem.path, postmortem.actions.items[0].first),
        f"no action item prevents or detects a repeat; kinds: {listed(dict.fromkeys(filter(None, kinds)))}",
        "add one that prevents a repeat or detects it sooner",
    )


RULE = Rule(
    code="PM506",
    name="only-mitigating-actions",
    level=Level.INFO,
    page=__doc__,
    examine_postmortem=examine,
    softened_in_drafts=True,
)
