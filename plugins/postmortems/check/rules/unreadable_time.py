"""## What it does

Finds times and days in a timeline that look like times and cannot be read, and days whose order is ambiguous, such
as `04-03-2026`.

## Why this matters

An event without a time falls out of the drawn timeline, and of the check that the order is right. A day that is read
the wrong way round moves an incident by months.

## Example

```markdown
## Timeline

| Time (UTC) | Event | Action taken |
|---|---|---|
| 14:20 | Requests begin to wait for a connection | |
| 14:23 | Alert: API response time above 2 s | On-call paged |
| 14:72 | Connection pool found exhausted | Pool enlarged |
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
| 14:32 | Connection pool found exhausted | Pool enlarged |
| 14:45 | Response times back to normal | |
| 16:00 | Release 4.3 returns its connections | |
```

`unknown` is also an answer, and `~14:30` marks a time as approximate.

## Options

`date_order` says how an ambiguous day is read: `day-first` or `month-first`. By default it is reported.
"""

from __future__ import annotations

from postmortems.check.rule import Rule
from postmortems.model.diagnostic import Level

RULE = Rule(
    code="PM202",
    name="unreadable-time",
    level=Level.ERROR,
    page=__doc__,
    found_while_reading=True,
    softened_in_drafts=True,
)
