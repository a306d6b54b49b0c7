"""
## What it does

Finds moments of the front matter and timed events of the timeline that lie more than a day in the future.

## Why this matters

A postmortem tells what has happened. A time that is still to come is a slip in the year or the month, and it puts the
incident on top of every list until that day.

## Example

```yaml
resolved_at: 2924-02-06T16:00:00Z
```

## Use instead

```yaml
resolved_at: 2024-02-06T16:00:00Z
```

## Options

None. `--today` moves the present forward, never back: the later of the clock and that day counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from postmortems.check.rule import Context, Rule
from postmortems.model.diagnostic import Level, Problem
from postmortems.model.front_matter import MOMENTS
from postmortems.model.place import Place
from postmortems.model.postmortem import Postmortem


def examine(postmortem: Postmortem, context: Context) -> Iterator[Problem]:
    """A problem at each time after the present and a day."""
    present = max(context.now, datetime.combine(context.today, time(), UTC))
    limit = min(present, datetime.max.replace(tzinfo=UTC) - timedelta(days=1)) + timedelta(days=1)
    matter = postmortem.front_matter
    for key in MOMENTS:
        if (moment := getattr(matter, key)) and moment > limit:
            yield _problem(postmortem.place_of(key), f'"{key}" is in the future: {moment:%Y-%m-%d %H:%M} UTC', present)
    if matter.date and matter.date > limit.date():
        yield _problem(postmortem.place_of("date"), f'"date" is in the future: {matter.date}', present)
    for event in postmortem.timeline.timed:
        if event.at and event.at > limit:
            yield _problem(event.place, f"the event is in the future: {event.at:%Y-%m-%d %H:%M} UTC", present)


def _problem(place: Place, message: str, present: datetime) -> Problem:
    return Problem(
        "time-in-the-future", place, message, f"correct the day, above all the year; today is {present:%Y-%m-%d}"
    )


RULE = Rule(
    code="PM209",
    name="time-in-the-future",
    level=Level.ERROR,
    page=__doc__,
    examine_postmortem=examine,
    may_be_waived=False,
)
