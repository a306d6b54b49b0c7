"""
## What it does

Finds postmortems whose Timeline section, with its `timeline.json` if there is one, has no event with a known time. A
near miss needs no times.

## Why this matters

The order of events is where a postmortem begins: without a single time it is unknown how long anything took, and the
page has nothing to draw.

## Example

```markdown
## Timeline

The alert came in the early afternoon. Half an hour later the pool was found exhausted.
```

## Use instead

```markdown
## Timeline

| Time (UTC) | Event | Action taken |
|---|---|---|
| 14:20 | Requests begin to wait for a connection | |
| 14:23 | Alert: API response time above 2 s | On-call paged |
| unknown | Connection pool found exhausted | Pool enlarged |
| ~14:45 | Response times back to normal | |
| 16:00 | Release 4.3 returns its connections | |
```

Where no time is known at all: `None: <reason>`.

## Options

None.
"""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.check.moments import is_read_badly
from postmortems.check.rule import Context, Rule
from postmortems.check.sections import heading_place
from postmortems.model.diagnostic import Level, Problem
from postmortems.model.postmortem import Postmortem


def examine(postmortem: Postmortem, context: Context) -> Iterator[Problem]:
    """A problem at the Timeline's heading; a missing section and times that cannot be read are for other rules."""
    section = postmortem.body.find("Timeline")
    if (
        section is None
        or postmortem.is_near_miss
        or postmortem.timeline.timed
        or section.says_none
        or _waits_for_a_day(postmortem)
    ):
        return
    if is_read_badly(postmortem):
        return
    yield Problem(
        "empty-timeline",
        heading_place(postmortem, section),
        f'section "{section.title}" has no event with a known time',
        "add rows such as | 14:23 | Alert triggered | On-call paged |, or lines such as 14:23 - Alert triggered",
    )


def _waits_for_a_day(postmortem: Postmortem) -> bool:
    """True if there are times that only lack the incident's day, which the front matter does not give."""
    written = (character for event in postmortem.timeline.events for character in event.written)
    return postmortem.day is None and any(character.isdigit() for character in written)


RULE = Rule(
    code="PM201",
    name="empty-timeline",
    level=Level.ERROR,
    page=__doc__,
    examine_postmortem=examine,
    softened_in_drafts=True,
)
