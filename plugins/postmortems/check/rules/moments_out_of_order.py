"""
## What it does

Finds moments that contradict each other: an incident is detected or mitigated after it has started, and resolved
after it has been mitigated. Detection may follow mitigation, since some faults end before anybody notices.

## Why this matters

Every duration is the difference of two moments. One that would be negative is left out of all figures, and the
incident with it.

## Example

```yaml
started_at: 2024-02-06T14:20:00Z
detected_at: 2024-02-06T13:23:00Z
```

## Use instead

```yaml
started_at: 2024-02-06T14:20:00Z
detected_at: 2024-02-06T14:23:00Z
```

Write `unknown` for a time you don't know. `started_at` is the earlier of the fault taking effect and the first user
impact, so an alert that came before it shows that the incident started earlier.

## Options

None.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from postmortems.check.moments import contradictions
from postmortems.check.rule import Context, Rule
from postmortems.model.diagnostic import Level, Problem
from postmortems.model.postmortem import Postmortem


def examine(postmortem: Postmortem, context: Context) -> Iterator[Problem]:
    """A problem at each moment that lies before one that it cannot precede."""
    matter = postmortem.front_matter
    for earlier, later in contradictions(matter):
        yield Problem(
            "moments-out-of-order",
            postmortem.place_of(later),
            f'"{later}" ({_words(getattr(matter, later))}) is before "{earlier}" ({_words(getattr(matter, earlier))})',
            "correct the day, time or zone of one of them, or write unknown",
        )


def _words(moment: datetime) -> str:
    return moment.isoformat(sep=" ").replace("+00:00", " UTC")


RULE = Rule(
    code="PM204",
    name="moments-out-of-order",
    level=Level.ERROR,
    page=__doc__,
    examine_postmortem=examine,
)
