"""
## What it does

Finds moments of the front matter (started, detected, mitigated, resolved) that no event of the timeline names. An event
names a moment if both fall into one minute. A range names what lies in it, a time marked as approximate (`~14:30`) what
lies within half an hour, and a day without a time everything that was that day anywhere on Earth.

Where a time of the timeline cannot be read, two moments contradict each other, or the timeline lies apart from all
moments by one length, that is reported first.

## Why this matters

The moments give the figures, the timeline gives the evidence. A moment without an event is a figure that no one can
look up, and often the sign of a time that was corrected in one of the two places only.

## Example

```markdown
## Timeline

| Time (UTC) | Event | Action taken |
|---|---|---|
| 14:20 | Requests begin to wait for a connection | |
| 14:23 | Alert: response time above 2 s | On-call paged |
| 14:32 | Connection pool found exhausted | Pool enlarged |
| 16:00 | Release 4.3 returns its connections | |
```

where the front matter says `mitigated_at: 2024-02-06T14:45:00Z`.

## Use instead

```markdown
## Timeline

| Time (UTC) | Event | Action taken |
|---|---|---|
| 14:20 | Requests begin to wait for a connection | |
| 14:23 | Alert: response time above 2 s | On-call paged |
| 14:32 | Connection pool found exhausted | Pool enlarged |
| 14:45 | Response time is normal | |
| 16:00 | Release 4.3 returns its connections | |
```

## Options

None.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from postmortems.check.moments import contradictions, is_read_badly, latest, names_moment, shift_of
from postmortems.check.rule import Context, Rule
from postmortems.model.diagnostic import Level, Problem
from postmortems.model.front_matter import MOMENTS
from postmortems.model.postmortem import Postmortem
from postmortems.model.timeline import Event


def examine(postmortem: Postmortem, context: Context) -> Iterator[Problem]:
    """A problem at each known moment that has no event; what other rules say of times and moments goes before."""
    timed = postmortem.timeline.timed
    if not timed or is_read_badly(postmortem) or shift_of(postmortem):
        return
    contradicted = {later for _, later in contradictions(postmortem.front_matter)}
    for key in MOMENTS:
        moment: datetime | None = getattr(postmortem.front_matter, key)
        if moment is None or key in contradicted or moment > latest(context):
            continue
        if not any(names_moment(event, moment) for event in timed):
            yield Problem(
                "moment-missing-from-timeline",
                postmortem.place_of(key),
                f'"{key}" is {moment:%Y-%m-%d %H:%M} UTC, but no timeline event is at that minute',
                f"{_nearest(timed, moment)}; add the event, or correct one of the two times",
            )


def _nearest(timed: tuple[Event, ...], moment: datetime) -> str:
    """The event that lies nearest to a moment, in words."""
    event = min(timed, key=lambda event: abs((event.at or moment) - moment))
    at = event.at or moment
    shown = f"{at:%H:%M} UTC" if at.date() == moment.date() and not event.day_only else f"{at:%Y-%m-%d}"
    return f"the nearest is at {shown} on line {event.place.line}"


RULE = Rule(
    code="PM205",
    name="moment-missing-from-timeline",
    level=Level.WARNING,
    page=__doc__,
    examine_postmortem=examine,
    softened_in_drafts=True,
)
