"""
## What it does

Finds events of the timeline that lie more than four weeks before the incident started, or more than four weeks after
it was resolved. What led up to an incident and what followed it belongs in its timeline, so four weeks on either side
are free, and so is every event with a phase of its own (`follow-up`, say) and every event where only the day is
given.

## Why this matters

An event so far away is often a slip in the month or the year, and no other rule finds it. It creates a gap in the
timeline that never existed.

## Example

```markdown
## Timeline

| Time (UTC) | Event | Action taken |
|---|---|---|
| 2023-02-06 14:10 | Release 4.2 goes out | |
| 2024-02-06 14:20 | Requests begin to wait for a connection | |
| 14:23 | Alert: response time above 2 s | On-call paged |
| 14:45 | Response time is normal | Pool enlarged |
| 16:00 | Release 4.3 returns its connections | |
```

## Use instead

```markdown
## Timeline

| Time (UTC) | Event | Action taken |
|---|---|---|
| 2023-11-20 | The test of release 4.2 runs without timeouts | |
| 2024-02-06 14:10 | Release 4.2 goes out | |
| 14:20 | Requests begin to wait for a connection | |
| 14:23 | Alert: response time above 2 s | On-call paged |
| 14:45 | Response time is normal | Pool enlarged |
| 16:00 | Release 4.3 returns its connections | |
```

## Options

None.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from postmortems.check.rule import Context, Rule
from postmortems.model.diagnostic import Level, Problem
from postmortems.model.postmortem import Postmortem
from postmortems.model.timeline import Event

_MARGIN = timedelta(weeks=4)


def examine(postmortem: Postmortem, context: Context) -> Iterator[Problem]:
    """A problem at each event that is far outside; where a moment is unknown, nothing is outside of it."""
    matter = postmortem.front_matter
    for event in postmortem.timeline.timed:
        if event.at is None or event.day_only or event.phase:
            continue
        if matter.started_at and matter.started_at - event.at > _MARGIN:
            yield _problem(event, matter.started_at - event.at, "before the incident started")
        elif matter.resolved_at and event.at - matter.resolved_at > _MARGIN:
            yield _problem(event, event.at - matter.resolved_at, "after it was resolved")


def _problem(event: Event, distance: timedelta, where: str) -> Problem:
    return Problem(
        "event-outside-incident",
        event.place,
        f"the event at {event.at:%Y-%m-%d %H:%M} UTC is {distance.days:,} days {where}",
        "correct its year or month; or, if it is right, give only its day, or set its phase",
    )


RULE = Rule(
    code="PM206",
    name="event-outside-incident",
    level=Level.INFO,
    page=__doc__,
    examine_postmortem=examine,
    softened_in_drafts=True,
)
