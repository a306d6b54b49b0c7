"""## What it does

Finds time zones that a timeline names and that are not known, or that have more than one meaning. It may be beside
a time, in the header of the column, in a heading or in a sentence about all times.

Known are offsets (`UTC+5:45`), names of the tz database (`Europe/Berlin`) and its cities (`Kathmandu`), `Pacific Time`
and the like, and the common abbreviations. `CST`, `IST`, `BST` and some others are zones in several places: they are
read where the offsets of the front matter, the setting `time_zone`, or the moments that the events then hit tell which
one is meant. So is the summer's `CET` or `PST` of those who mean the time that the clocks showed.

## Why this matters

A time in a zone that is guessed is hours wrong without anybody noticing. So the times are not read at all, and the page
shows them as they are written.

## Example

```markdown
## Timeline

| Time (XKT) | Event | Action taken |
|---|---|---|
| 14:20 | Requests begin to wait for a connection | |
| 14:23 | Alert: response time above 2 s | On-call paged |
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

None.
"""

from __future__ import annotations

from postmortems.check.rule import Rule
from postmortems.model.diagnostic import Level

RULE = Rule(
    code="PM211",
    name="unknown-zone",
    level=Level.ERROR,
    page=__doc__,
    found_while_reading=True,
)
