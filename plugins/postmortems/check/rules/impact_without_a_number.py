"""
## What it does

Finds postmortems whose Impact Assessment, its subsections included, holds no figure at all. These are figures:

- a number of something, in digits or in words: `4,200 requests`, `80 ms`, `two customers`, `a third of the orders`;
- a share that needs no number: `all customers`, `every region`, `half of the queue`;
- a plain zero: `no data was lost`, `nobody was affected`;
- two times of day, which give a duration: `14:23 to 14:45`.

Digits in a name (`S3`, `us-east-1`), a date, a version, a ticket or an HTTP status (`502 errors`) are none, and neither
are `some`, `many` and `most`. That a figure is `unknown`, or was not measured, is also an answer, and so is
`None: <reason>`. The rule knows English words; digits it knows in every language. Near misses are left out.

## Why this matters

"Some customers were affected" was true of every incident there ever was. Only a figure lets a reader compare two
incidents, lets a team see whether the next one is smaller, and lets you decide what prevention may cost.

## Example

```markdown
## Impact Assessment

### Technical Impact

- Many requests to S3 ended in 502 errors.

### Business Impact

- Some customers could not search.
```

## Use instead

```markdown
## Impact Assessment

### Technical Impact

- 12 % of requests to S3 ended in 502 errors.

### Business Impact

- 4,200 searches were not answered. How many customers left is unknown: searches carry no account.
```

## Options

None.
"""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.check.figures import says_how_much
from postmortems.check.rule import Context, Rule
from postmortems.check.sections import heading_place, holds_text, words_of
from postmortems.model.diagnostic import Level, Problem
from postmortems.model.postmortem import Postmortem

_NAMES = ("Impact Assessment", "Technical Impact", "Business Impact")


def examine(postmortem: Postmortem, context: Context) -> Iterator[Problem]:
    """A problem at the heading; a subsection counts wherever it is, and an empty one is for another rule."""
    sections = [section for section in postmortem.body.walk() if section.name in _NAMES]
    blocks = [block for section in sections for block in section.all_blocks() if holds_text(block)]
    if not blocks or postmortem.is_near_miss or any(section.says_none for section in sections):
        return
    if not any(says_how_much(words_of(block)) for block in blocks):
        yield Problem(
            "impact-without-a-number",
            heading_place(postmortem, sections[0]),
            f'section "{sections[0].title}" has no figure',
            "add one with its unit: requests, users, minutes, money; or write that it is unknown, and why",
        )


RULE = Rule(
    code="PM301",
    name="impact-without-a-number",
    level=Level.WARNING,
    page=__doc__,
    examine_postmortem=examine,
    softened_in_drafts=True,
)
