"""
## What it does

Finds waivers with no effect: their rule reports nothing on those lines, or is off. Remove them.

A waiver that cannot work is a warning: one without a reason, one of a rule that does not exist or that cannot be
waived, and a comment such as `postmortems: ignore …` that was meant to be one. Waivers of rules that follow the
calendar are never called unused, since their finding may be back tomorrow.

## Why this matters

A waiver that outlives its sentence silences the next one on that line, which no one has looked at.

## Example

```markdown
## Lessons Learned

<!-- postmortems: allow repeated-section: the second one is for customers -->
A pool is a queue, and a queue wants an alert on its length.
```

## Use instead

```markdown
## Lessons Learned

A pool is a queue, and a queue wants an alert on its length.

<!-- postmortems: allow repeated-section: the second one is for customers -->
## Lessons Learned

Try again after a minute: the queue is then empty.
```

## Options

None. A waiver is a comment: `<!-- postmortems: allow <rule>, <rule>: <why> -->` in the text, `# postmortems: allow …`
in front matter. Beside text it covers its own lines; alone on its line it also covers the block or the key below it.
"""

from __future__ import annotations

from postmortems.check.rule import Rule
from postmortems.model.diagnostic import Level

# Reading finds what was meant to be a waiver and is none; `check.waivers` the rest, once all other rules have spoken.
RULE = Rule(
    code="PM903",
    name="unused-waiver",
    level=Level.INFO,
    page=__doc__,
    found_while_reading=True,
    may_be_waived=False,
)
