"""
## What it does

Finds Markdown that MkDocs would take minutes or hours to make a page of, or give up at: in postmortems, patterns and
all other pages. There are bounds for brackets that do not close, tags that do not end, lists, quotes and elements that
are nested a hundred deep, paragraphs with hundreds of thousands of marks, headings that are all alike, and footnotes
and blocks of code by the hundred. What people write stays far below: in 250 public postmortems no heading stands more
than twice, and nothing is nested more than three deep.

A build refuses such a page whatever the level of this rule, since MkDocs would notice only after it has removed the old
site.

## Why this matters

It is nearly always a log, a dump or a mail thread that was pasted as text, and is no use to anybody in that form. A
single such file keeps every build of the site, and every preview, from finishing.

## Example

```markdown
### Technical Impact

The thread:

>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>> Hello
```

## Use instead

```markdown
### Technical Impact

> The first message of a long thread
```

A log or a dump goes into a block of code, or into a file below `artifacts/` that the text links to.

## Options

None.
"""

from __future__ import annotations

from postmortems.check.rule import Rule
from postmortems.model.diagnostic import Level

RULE = Rule(
    code="PM708",
    name="overcomplex-markup",
    level=Level.ERROR,
    page=__doc__,
    found_while_reading=True,
    may_be_waived=False,
)
