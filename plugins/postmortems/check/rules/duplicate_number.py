"""
## What it does

Finds two postmortems of one year with the same number: the `<nn>` of `docs/postmortems/<year>/<nn>-<slug>/`.

## Why this matters

People say "2024 seven" and mean one incident. The number also gives the order in a listing. Two branches that were
written at the same time take the same number easily, and git sees no conflict.

## Example

```text
docs/postmortems/2024/07-cache-stampede/postmortem.md
docs/postmortems/2024/07-slow-queries/postmortem.md
```

## Use instead

```text
docs/postmortems/2024/07-cache-stampede/postmortem.md
docs/postmortems/2024/08-slow-queries/postmortem.md
```

## Options

None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from postmortems.check.rule import Context, Rule
from postmortems.model.corpus import Corpus
from postmortems.model.diagnostic import Level, Problem
from postmortems.model.place import Place

_NUMBERED = re.compile(r"([0-9]{4})/0{0,9}([0-9]{1,6})-[^/]+")


def examine(corpus: Corpus, context: Context) -> Iterator[Problem]:
    """A problem at every postmortem but the first, by path, that has a number."""
    first: dict[tuple[str, str], str] = {}
    highest: dict[str, int] = {}
    again: list[tuple[str, str, str, str]] = []
    for name, postmortem in sorted(corpus.by_id.items()):
        if found := _NUMBERED.fullmatch(name):
            year, number = found.groups()
            highest[year] = max(highest.get(year, 0), int(number))
            other = first.setdefault((year, number), name)
            if other != name:
                again.append((postmortem.path, year, number, other))
    for path, year, number, other in again:
        highest[year] += 1
        yield Problem(
            "duplicate-number",
            Place.at(path),
            f'number {number} of {year} is already used by "{other}"',
            f"rename the folder; {highest[year]:02} is free",
        )


RULE = Rule(
    code="PM010",
    name="duplicate-number",
    level=Level.WARNING,
    page=__doc__,
    is_local=False,
    examine_corpus=examine,
)
