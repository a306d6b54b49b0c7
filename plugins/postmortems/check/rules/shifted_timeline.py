"""
## What it does

Finds timelines that lie apart from all moments of the front matter by one length: each moment has an event so many
hours before it or after it, and none has one at its own minute. It takes two different moments at least, and a length
in quarters of an hour or in whole days, as zones and days differ. The rule speaks in place of
`moment-missing-from-timeline`, which would name every single moment.

## Why this matters

One wrong zone, in the front matter or in the timeline, looks like many wrong times. It makes all lengths from the
timeline wrong, and readers who compare it with a log look at the wrong hour.

## Example

```markdown
## Timeline

| Time (UTC) | Event | Action taken |
|---|---|---|
| 15:20 | Requests begin to wait for a connection | |
| 15:23 | Alert: response time above 2 s | On-call paged |
| 15:45 | Response time is normal | Pool enlarged |
| 17:00 | Release 4.3 returns its connections | |
```

where the front matter, in UTC as well, says 14:20, 14:23, 14:45 and 16:00.

## Use instead

```markdown
## Timeline

| Time (CET) | Event | Action taken |
|---|---|---|
| 15:20 | Requests begin to wait for a connection | |
| 15:23 | Alert: response time above 2 s | On-call paged |
| 15:45 | Response time is normal | Pool enlarged |
| 17:00 | Release 4.3 returns its connections | |
```

## Options

None.
"""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.check.moments import shift_of
from postmortems.check.rule import Context, Rule
from postmortems.check.sections import heading_place
from postmortems.model.diagnostic import Level, Problem
from postmortems.model.duration import duration_text
from postmortems.model.postmortem import Postmortem


def examine(postmortem: Postmortem, context: Context) -> Iterator[Problem]:
    """A problem at the heading of a timeline that is shifted as a whole."""
    shift = shift_of(postmortem)
    section = postmortem.body.find("Timeline")
    if not shift or section is None:
        return
    where = "after" if shift.total_seconds() > 0 else "before"
    yield Problem(
        "shifted-timeline",
        heading_place(postmortem, section),
        f"all events of the timeline are {duration_text(abs(shift))} {where} the times in the front matter",
        "one of them has the wrong zone or day: name the zone that the timeline is in, "
        "or correct the offset of the moments",
    )


RULE = Rule(
    code="PM212",
    name="shifted-timeline",
    level=Level.WARNING,
    page=__doc__,
    examine_postmortem=examine,
)
