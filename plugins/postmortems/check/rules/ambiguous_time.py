"""## What it does

Finds local times of a timeline that the clocks showed twice, or never: on the night when they were put back or forward
in the time zone that the timeline names.

## Why this matters

On such a night `02:40` is two different moments, an hour apart. Readers cannot know which one is meant, and
sorting such rows by their figures puts correct ones in the wrong order. So the event is shown with the time as it is
written, and neither `--fix` nor `fmt` moves it.

## Example

```markdown
## Timeline

| Time (UTC) | Event | Action taken |
|---|---|---|
| 14:20 | Requests begin to wait for a connection | |
| 14:23 | Alert: response time above 2 s | On-call paged |
| 14:45 | Response time is normal | Pool enlarged |
| 16:00 | Release 4.3 returns its connections | |
| 2024-02-29 23:30 Asia/Almaty | The office in Almaty repeats the test | |
```

In that night the clocks of Almaty went back from midnight to 23:00.

## Use instead

```markdown
## Timeline

| Time (UTC) | Event | Action taken |
|---|---|---|
| 14:20 | Requests begin to wait for a connection | |
| 14:23 | Alert: response time above 2 s | On-call paged |
| 14:45 | Response time is normal | Pool enlarged |
| 16:00 | Release 4.3 returns its connections | |
| 2024-02-29 23:30 UTC+6 | The office in Almaty repeats the test | |
```

Best of all are times in UTC, which has no such nights.

## Options

None.
"""

from __future__ import annotations

from postmortems.check.rule import Rule
from postmortems.model.diagnostic import Level

RULE = Rule(
    code="PM210",
    name="ambiguous-time",
    level=Level.ERROR,
    page=__doc__,
    found_while_reading=True,
)
