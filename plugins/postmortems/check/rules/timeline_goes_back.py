"""## What it does

Finds events listed after a later event. A step back that is a new day is understood as one; times marked with `~`
and ranges are never reported.

## Why this matters

Readers take the order of the rows for the order of events. A row that is out of order is either a slip in the time
or a slip in the story, and both hide what came first.

## Example

```markdown
## Timeline

| Time (UTC) | Event | Action taken |
|---|---|---|
| 14:20 | Requests begin to wait for a connection | |
| 14:23 | Alert: API response time above 2 s | On-call paged |
| 14:32 | Connection pool found exhausted | Pool enlarged |
| 14:25 | On-call engineer reads the logs | |
| 14:45 | Response times back to normal | |
| 16:00 | Release 4.3 returns its connections | |
```

## Use instead

```markdown
## Timeline

| Time (UTC) | Event | Action taken |
|---|---|---|
| 14:20 | Requests begin to wait for a connection | |
| 14:23 | Alert: API response time above 2 s | On-call paged |
| 14:25 | On-call engineer reads the logs | |
| 14:32 | Connection pool found exhausted | Pool enlarged |
| 14:45 | Response times back to normal | |
| 16:00 | Release 4.3 returns its connections | |
```

## Options

None.
"""

from __future__ import annotations

from postmortems.check.rule import Rule
from postmortems.model.diagnostic import Level

RULE = Rule(
    code="PM203",
    name="timeline-goes-back",
    level=Level.ERROR,
    page=__doc__,
    found_while_reading=True,
    softened_in_drafts=True,
)
