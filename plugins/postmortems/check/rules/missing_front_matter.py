"""## What it does

Finds postmortems that do not begin with front matter between two lines of `---`, and says what is there in its
place: TOML (`+++`), JSON, other fences, front matter in a code block, below a comment or other text, without fences, or
never closed. A status or severity that is plain to see in such a block, or in one that is no valid YAML, still decides
how much the file's other findings weigh; nothing else is taken from it.

## Why this matters

Without front matter nothing is known about the incident: it has no severity, no moments, no service, so that no
figure counts it and no pattern shows it. A blank line above the first `---`, or a second one that was forgotten, is
enough for that: the whole block is then shown as text.

## Example

A blank line is above the first fence:

```markdown

---
title: Cache stampede after a deployment
status: draft
severity: SEV3
---
```

## Use instead

The fence on the first line of the file, and all the keys that a postmortem has:

```yaml
title: Cache stampede after a deployment
status: draft
severity: SEV3
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
    may_be_waived=False,
)
