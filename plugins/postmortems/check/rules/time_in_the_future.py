"""
## What it does

Finds moments and days of the front matter (`date` and `published_on` among them), timed events of the timeline and
resolutions in the incident register that lie more than a day in the future.

## Why this matters

A postmortem describes what has happened. A time that is still to come is a slip in the year or the month, and it puts
the incident on top of every list until that day.

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
from datetime import date, datetime

from postmortems.check.moments import latest, present
from postmortems.check.rule import Context, Rule
from postmortems.model.corpus import Corpus
from postmortems.model.diagnostic import Level, Problem
from postmortems.model.front_matter import MOMENTS
from postmortems.model.place import Place
from postmortems.model.postmortem import Postmortem


def examine(postmortem: Postmortem, context: Context) -> Iterator[Problem]:
    """A problem at each time after the present and a day."""
    now, limit = present(context), latest(context)
    matter = postmortem.front_matter
    for key in MOMENTS:
        if (moment := getattr(matter, key)) and moment > limit:
            yield _problem(postmortem.place_of(key), f'"{key}" is in the future: {moment:%Y-%m-%d %H:%M} UTC', now)
    for key in ("date", "published_on"):
        day = getattr(matter, key)
        if isinstance(day, date) and day > limit.date():
            yield _problem(postmortem.place_of(key), f'"{key}" is in the future: {day}', now)
    for event in postmortem.timeline.timed:
        if event.at and event.at > limit:
            yield _problem(event.place, f"the event is in the future: {event.at:%Y-%m-%d %H:%M} UTC", now)


def examine_register(corpus: Corpus, context: Context) -> Iterator[Problem]:
    """A problem at each resolution in the register after the present and a day."""
    now, limit = present(context), latest(context)
    for entry in corpus.register.entries if corpus.register else ():
        if entry.resolved_at and entry.resolved_at > limit:
            message = f'"resolved_at" is in the future: {entry.resolved_at:%Y-%m-%d %H:%M} UTC'
            yield _problem(entry.place_of("resolved_at"), message, now)


def _problem(place: Place, message: str, now: datetime) -> Problem:
    return Problem(
        "time-in-the-future", place, message, f"check the date, especially the year; today is {now:%Y-%m-%d}"
    )


RULE = Rule(
    code="PM209",
    name="time-in-the-future",
    level=Level.ERROR,
    page=__doc__,
    examine_postmortem=examine,
    examine_corpus=examine_register,
    may_be_waived=False,
)
