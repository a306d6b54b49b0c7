"""## What it does

Finds postmortems that do not begin with front matter between two lines of `---`.

## Why this matters

Without front matter nothing is known about the incident: it has no severity, no moments, no service, so that no
figure counts it and no pattern shows it. A blank line above the first `---`, or a second one that was forgotten, is
enough for that: the whole block is then shown as text.

## Example

```markdown title="docs/postmortems/2024/02-cache-stampede/postmortem.md"

---
title: Cache stampede after a deployment
---

## Executive Summary

All pages were slow for nine minutes.
```

## Use instead

```yaml
title: Cache stampede after a deployment
```

## Options

None.
"""

from __future__ import annotations

from postmortems.check.rule import Rule
from postmortems.model.diagnostic import Level

RULE = Rule(
    code="PM002",
    name="missing-front-matter",
    level=Level.ERROR,
    page=__doc__,
    found_while_reading=True,
)
