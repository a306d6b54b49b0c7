"""## What it does

Finds a `timeline.json` that cannot be read, that holds something other than a list of events, or whose times
disagree with those that the Timeline section gives.

## Why this matters

Where there is a `timeline.json`, it supplies the events of the page. A slip in it would leave the drawn timeline
without events, or with events that differ from the text.

## Example

```json title="timeline.json"
[
  {"at": "2024-02-06T14:23:00Z", "evnt": "Alert: API response time above 2 s"}
]
```

## Use instead

```json title="timeline.json"
[
  {"at": "2024-02-06T14:20:00Z", "event": "Requests begin to wait for a connection"},
  {"at": "2024-02-06T14:23:00Z", "event": "Alert: API response time above 2 s", "phase": "detection"},
  {"at": "2024-02-06T14:45:00Z", "event": "Response times back to normal", "action": "Pool enlarged"},
  {"at": "2024-02-06T16:00:00Z", "event": "Release 4.3 returns its connections"}
]
```

An event has `at` (ISO 8601 with `Z` or an offset, or `null` where the time is unknown) and `event`, and may have
`action`, `phase`, `actor` and `link`.

## Options

None.
"""

from __future__ import annotations

from postmortems.check.rule import Rule
from postmortems.model.diagnostic import Level

RULE = Rule(
    code="PM207",
    name="invalid-timeline-json",
    level=Level.ERROR,
    page=__doc__,
    found_while_reading=True,
    softened_in_drafts=True,
)
