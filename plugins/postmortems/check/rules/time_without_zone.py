"""## What it does

Finds moments in front matter, and in the incident register, that are written without a time zone.

## Why this matters

14:23 in Berlin and 14:23 in San Francisco lie nine hours apart. Time to detect and time to recover are differences
between moments: one of them in local time makes all of them wrong.

## Example

```yaml
started_at: 2024-02-06T14:20:00
```

## Use instead

```yaml
started_at: 2024-02-06T14:20:00Z
```

An offset says the same: `2024-02-06T15:20:00+01:00`. Write `unknown` for a time you don't know.

## Options

None. The setting `time_zone` is for times in the timeline only.
"""

from __future__ import annotations

from postmortems.check.rule import Rule
from postmortems.model.diagnostic import Level

RULE = Rule(
    code="PM008",
    name="time-without-zone",
    level=Level.ERROR,
    page=__doc__,
    found_while_reading=True,
)
