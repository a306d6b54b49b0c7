"""
## What it does

Finds values of front matter and of the incident register that YAML ends too early, because a blank and `#` begin a
comment: `title: Incident #42 timed out` is read as "Incident". Only free text is looked at (title, owner, services,
authors, root cause, trigger, a pattern's aliases and signals, …), only without quotes, and what follows is taken for a
part of the value if

- the `#` is joined to a letter or a digit: `#42`, `#platform`, `C #sharp`;
- or a number follows it: `Incident # 42`.

`# ` with words behind it is a comment, and so are `#TODO`, `#FIXME`, `#NOTE`, `#check` and `#postmortems:`.

## Why this matters

YAML silently drops the rest. A title that ends before its number, or a root cause that lacks what distinguishes it from
others, is counted, searched and shown as it was read.

## Example

```yaml
title: Checkout lost the payments of batch #4821
trigger: deployment  # the second of that day
```

## Use instead

```yaml
title: "Checkout lost the payments of batch #4821"
trigger: deployment  # the second of that day
```

## Options

None. `postmortems check --fix` writes the quotes where the `#` is joined to what follows.
"""

from __future__ import annotations

from postmortems.check.rule import Rule
from postmortems.model.diagnostic import Level

RULE = Rule(
    code="PM012",
    name="comment-in-value",
    level=Level.WARNING,
    page=__doc__,
    found_while_reading=True,
)
