"""
## What it does

Finds postmortems whose Contributing Factors are only one. List items, rows of a table and subsections are one factor
each, and so is a text of one sentence; a longer text is left alone, since it may name several. `None: <reason>` is
accepted, and an empty section is for [empty-section](./empty-section.md).

## Why this matters

An incident needs several things together: something that breaks, something that lets it spread, something that keeps
it unseen. The first cause found is where the search stopped, and if it alone is removed the others wait for the next
fault to arrive.

## Example

```markdown
### Contributing Factors

- Load tests ran without timeouts.
```

## Use instead

```markdown
### Contributing Factors

- Load tests ran without timeouts, so every connection came back.
- The pool had no alert on waiting requests.
- Its size could be changed by a release only, which takes 20 minutes.
```

## Options

Where it matters most it can be an error: `single-cause: {SEV1: error}` in the setting `levels`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from postmortems.check.rule import Context, Rule
from postmortems.check.sections import heading_place, holds_text, words_of
from postmortems.model.diagnostic import Level, Problem
from postmortems.model.postmortem import Postmortem
from postmortems.model.section import BlockKind, Section

_SENTENCE_END = re.compile(r"[.!?…:;](?=\s|$)")


def examine(postmortem: Postmortem, context: Context) -> Iterator[Problem]:
    """A problem at the heading of a section with a single entry, all sections of that name taken together."""
    sections = postmortem.body.find_all("Contributing Factors")
    if not sections or any(section.says_none for section in sections):
        return
    if sum(map(_entries, sections)) == 1:
        yield Problem(
            "single-cause",
            heading_place(postmortem, sections[0]),
            f'section "{sections[0].title}" lists only one factor',
            "ask what made it possible, wider, longer or harder to see, and write down each answer",
        )


def _entries(section: Section) -> int:
    """Number of factors that a section names; of a text without any structure, number of its sentences."""
    blocks = [block for block in section.all_blocks() if holds_text(block)]
    items = sum(block.kind is BlockKind.LIST_ITEM for block in blocks)
    rows = sum(len(block.rows) - 1 for block in blocks if block.kind is BlockKind.TABLE)
    subsections = sum(any(map(holds_text, child.all_blocks())) for child in section.children)
    return items + rows + subsections or sum(_sentences(words_of(block)) for block in blocks)


def _sentences(text: str) -> int:
    return max(1, len(_SENTENCE_END.findall(text.rstrip())))


RULE = Rule(
    code="PM402",
    name="single-cause",
    level=Level.WARNING,
    page=__doc__,
    examine_postmortem=examine,
)
