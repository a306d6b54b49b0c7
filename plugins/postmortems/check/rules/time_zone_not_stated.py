"""
## What it does

Finds timelines with times that name no time zone. It may be beside a time, in the header of the time column, in the
heading of the section, in a sentence below it, or elsewhere in a sentence about all times ("All times are in UTC.").
If it is nowhere, a zone that one time names carries on to the others, and without any the setting `time_zone`
is taken, which is UTC unless it is set. A zone that is named and not known is `unknown-zone`.

## Why this matters

Anyone comparing the timeline with logs, graphs or another timeline needs the zone. The authors know it now; in a year
no one will.

## Example

```markdown
## Timeline

| Time | Event | Action taken |
|---|---|---|
| 14:20 | Requests begin to wait for a connection | |
| 14:23 | Alert: response time above 2 s | On-call paged |
| 14:45 | Response time is normal | Pool enlarged |
| 16:00 | Release 4.3 returns its connections | |
```

## Use instead

```markdown
## Timeline

| Time (UTC) | Event | Action taken |
|---|---|---|
| 14:20 | Requests begin to wait for a connection | |
| 14:23 | Alert: response time above 2 s | On-call paged |
| 14:45 | Response time is normal | Pool enlarged |
| 16:00 | Release 4.3 returns its connections | |
```

## Options

`time_zone` says how such times are read; it does not make them clear to a reader, so they are reported all the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.check.rule import Context, Rule
from postmortems.check.sections import heading_place
from postmortems.model.diagnostic import Level, Problem
from postmortems.model.postmortem import Postmortem
from postmortems.model.timeline import Shape

_IN_A_TABLE = 'state it in the column header: "Time (UTC)"'
_ELSEWHERE = 'state it under the heading: "All times are in UTC."'


def examine(postmortem: Postmortem, context: Context) -> Iterator[Problem]:
    """A problem at the heading of a timeline whose times rest on the setting."""
    timeline = postmortem.timeline
    section = postmortem.body.find("Timeline")
    if section is None or timeline.zone_stated or not timeline.timed:
        return
    read_as = context.settings.time_zone
    if timeline.zone_carried:
        words, line = timeline.zone_carried
        read_as = f"{words}, which line {line} names"
    yield Problem(
        "time-zone-not-stated",
        heading_place(postmortem, section),
        f'section "{section.title}" has times without a time zone; they are read as {read_as}',
        _IN_A_TABLE if timeline.shape is Shape.TABLE else _ELSEWHERE,
    )


RULE = Rule(
    code="PM208",
    name="time-zone-not-stated",
    level=Level.WARNING,
    page=__doc__,
    examine_postmortem=examine,
    softened_in_drafts=True,
)
