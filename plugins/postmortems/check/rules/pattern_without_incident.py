"""
## What it does

Finds patterns that no postmortem names. As long as a postmortem does not say which patterns it has, or spells one of
them in a way that is [no pattern's](./unknown-pattern.md), it cannot be decided, and nothing is reported.

## Why this matters

A pattern is a way of failing that incidents share. Without an incident its page has no evidence: either it was written
on suspicion, or the incidents that belong to it do not say so and cannot be found from it.

## Example

```markdown title="docs/patterns/cache-stampedes.md"
---
title: Cache stampedes
family: capacity
---

**It looks like** a database at its limit minutes after a release.

**To notice it** early, alert on the rate of misses.

**What helps** is to let one request in ten through.

**To prevent it,** let entries expire at random times.
```

## Use instead

```yaml
patterns: [database-issues, cache-stampedes]
```

```markdown title="docs/patterns/cache-stampedes.md"
---
title: Cache stampedes
family: capacity
---

**It looks like** a database at its limit minutes after a release.

**To notice it** early, alert on the rate of misses.

**What helps** is to let one request in ten through.

**To prevent it,** let entries expire at random times.
```

## Options

None.
"""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.check.rule import Context, Rule
from postmortems.model.corpus import Corpus
from postmortems.model.diagnostic import Level, Problem
from postmortems.model.pattern import Pattern
from postmortems.model.place import Place
from postmortems.text.slug import slug


def examine(corpus: Corpus, context: Context) -> Iterator[Problem]:
    """A problem at each pattern without an incident."""
    named = corpus.occurrences.keys()
    if not corpus.postmortems or named - corpus.pattern_by_id.keys():
        return
    if any(not context.summary_of(postmortem).names_patterns for postmortem in corpus.postmortems):
        return
    for pattern in corpus.patterns:
        if pattern.id not in named:
            yield Problem(
                "pattern-without-incident",
                Place.at(pattern.path),
                f'no postmortem names the pattern "{pattern.id}"',
                _advice(pattern, corpus),
            )


def _advice(pattern: Pattern, corpus: Corpus) -> str:
    """Advice where the pattern may belong: an incident whose root cause is one of its signals."""
    signals = {slug(signal) for signal in pattern.signals}
    for postmortem in corpus.postmortems:
        if (cause := postmortem.root_cause) and slug(cause) in signals:
            return f'does it belong to {postmortem.id}? the root cause there, "{cause[:80]}", is one of its signals'
    return f"add it to the front matter of an incident with this pattern: patterns: [{pattern.id}]"


RULE = Rule(
    code="PM404",
    name="pattern-without-incident",
    level=Level.INFO,
    page=__doc__,
    is_local=False,
    examine_corpus=examine,
)
