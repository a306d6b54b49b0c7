"""
## What it does

Counts the values of front matter below a comment `# check:`, one finding a postmortem. `postmortems import` writes such
a comment above each value that it derived from a document, and above a severity and services that it did not find.

## Why this matters

An import puts together what a document says, and may be wrong where the document did not mean it so. Figures count its
values like all others.

## Example

```yaml
# check: line 12: "Alert fired"
detected_at: 2024-02-06T14:23:00Z
```

## Use instead

```yaml
detected_at: 2024-02-06T14:23:00Z
```

## Options

None.
"""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.check.rule import Context, Rule
from postmortems.model.diagnostic import Level, Problem
from postmortems.model.postmortem import Postmortem
from postmortems.text.spelling import count_words, listed


def examine(postmortem: Postmortem, context: Context) -> Iterator[Problem]:
    """A problem at the first such comment, which names them all."""
    if postmortem.unsure:
        values = listed(f"{value.key or 'nothing'} (line {value.place.line})" for value in postmortem.unsure)
        number = count_words(len(postmortem.unsure), "value")
        yield Problem(
            "unsure-import",
            postmortem.unsure[0].place,
            f"{number} from an import, not yet checked: {values}",
            "check each value, correct it if needed, and remove the comment above it",
        )


RULE = Rule(
    code="PM803",
    name="unsure-import",
    level=Level.WARNING,
    page=__doc__,
    examine_postmortem=examine,
)
