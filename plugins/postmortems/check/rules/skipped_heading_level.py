"""
## What it does

Finds headings that lie more than one level below the heading above them: `####` right below `##`. A page's title is its
first level, whether it is in the text or in the front matter, so a text may begin with `##`.

## Why this matters

Screen readers and the table of contents show readers where they are by the levels. A level that is left out looks like
a heading that was lost.

## Example

```markdown
### What Went Well

- The alert named the pool.

##### The weekend rota

Two engineers were awake.
```

## Use instead

```markdown
### What Went Well

- The alert named the pool.

#### The weekend rota

Two engineers were awake.
```

## Options

None.
"""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.check.rule import Context, Rule
from postmortems.check.sections import heading_place
from postmortems.model.diagnostic import Level, Problem
from postmortems.model.pattern import Pattern
from postmortems.model.postmortem import Postmortem


def examine(document: Postmortem | Pattern, context: Context) -> Iterator[Problem]:
    """A problem at each heading that is more than one level deeper than the one before it."""
    above = 1
    for section in document.body.walk():
        if section.is_label:
            continue
        if section.level > above + 1:
            yield Problem(
                "skipped-heading-level",
                heading_place(document, section),
                f'"{section.title[:80]}" is a level {section.level} heading directly under a level {above} heading',
                f"write {'#' * (above + 1)} instead of {'#' * section.level}",
            )
        above = section.level


RULE = Rule(
    code="PM105",
    name="skipped-heading-level",
    level=Level.INFO,
    page=__doc__,
    examine_postmortem=examine,
    examine_pattern=examine,
    softened_in_drafts=True,
)
