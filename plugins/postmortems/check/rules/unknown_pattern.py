"""
## What it does

Finds patterns in front matter that have no page below `docs/patterns/`. What is left of the template, such as
`[pattern-id]`, is found by [leftover-template-text](./leftover-template-text.md).

## Why this matters

An incident that names a pattern in its own spelling is missing from the pattern's page, and the next responder who
looks there does not find what helped.

## Example

```yaml
patterns: [database-isues]
```

## Use instead

```yaml
patterns: [database-issues]
```

Where it is a pattern of its own, give it a page:

```yaml
patterns: [database-issues, cache-stampedes]
```

```text title="docs/patterns/cache-stampedes.md"
---
title: Cache stampedes
family: capacity
---

Many requests miss the same entry at once, and all of them go to the database.

## What it looks like

The database is at its limit minutes after a release, while traffic is as ever.

## How to notice it

The rate of misses rises before the database does.

## What helps

Let one request in ten through, and fill the cache from those.

## How to prevent it

Let entries expire at random times.
```

## Options

None. A pattern's `aliases` are what its authors expect others to type; they are suggested, not accepted.
"""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.check.rule import Context, Rule
from postmortems.model.corpus import Corpus
from postmortems.model.diagnostic import Level, Problem
from postmortems.model.postmortem import Postmortem
from postmortems.model.template import is_left_over
from postmortems.text.slug import plain_slug
from postmortems.text.spelling import nearest


def examine(postmortem: Postmortem, context: Context) -> Iterator[Problem]:
    """A problem at each pattern that nobody described."""
    known = context.corpus.pattern_by_id
    for index, occurrence in enumerate(postmortem.front_matter.patterns):
        if occurrence.pattern not in known and not is_left_over(occurrence.pattern, context.corpus):
            yield Problem(
                "unknown-pattern",
                postmortem.place_of("patterns", index, "pattern"),
                f'no pattern has the id "{occurrence.pattern[:80]}"',
                _advice(occurrence.pattern, context.corpus),
            )


def _advice(word: str, corpus: Corpus) -> str:
    """The pattern that may be meant, by its id, title or an alias; else how to make one."""
    ids = {pattern.id: pattern.id for pattern in corpus.patterns}
    for pattern in corpus.patterns:
        for name in (pattern.title, *pattern.aliases):
            ids.setdefault(name, pattern.id)
    meant = nearest(word, ids)
    if meant:
        return f'did you mean "{ids[meant]}"?'
    return f"use the id of a page in docs/patterns/, or add docs/patterns/{plain_slug(word[:80])}.md"


RULE = Rule(
    code="PM401",
    name="unknown-pattern",
    level=Level.ERROR,
    page=__doc__,
    is_local=False,
    examine_postmortem=examine,
    follows_references=True,
)
