"""
## What it does

Finds sentences that make people the cause: a person or a team as the subject of *failed to*, *forgot*, *ignored*,
*neglected*, *ran the wrong …*, *carelessly*, *should have known* and their like, a person's *mistake* or *fault*, and
causes that name no one in particular, such as *human error* or *lack of attention*.

It goes by who acts and by the section, not by the verb. "The exporter failed to start" is no blame, and neither is a
person to whom something happened ("the engineer was paged"). Only sections that look back are read, and neither the
Timeline nor the Action Items are; quotations, code and headings are left alone. It knows English only. The guide's page
*Blameless language* explains how it decides and how often it is right.

## Why this matters

Where a person is the cause, the analysis ends, and the system that let one step do so much stays as it is. The next
author has also read that sentence, and writes less.

## Example

```markdown
### Primary Cause

The on-call engineer ignored the disk alert, and the primary ran out of space. It was human error.
```

## Use instead

```markdown
### Primary Cause

The disk alert had fired 40 times that month without any effect on users, so it looked like noise that night, too. The
primary ran out of space.
```

## Options

None. Where the words are needed, put them in quotation marks, or waive the line:
`<!-- postmortems: allow blaming-language: quoting the page -->`.
"""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.check.blame_examination import examine_language
from postmortems.check.retrospective import ACCOUNT, REFLECTION
from postmortems.check.rule import Context, Rule
from postmortems.language.blame import CUES, find_blame
from postmortems.language.questions import advice, statement
from postmortems.model.diagnostic import Level, Problem
from postmortems.model.postmortem import Postmortem


def examine(postmortem: Postmortem, context: Context) -> Iterator[Problem]:
    """A problem at each phrase that makes people the cause."""
    for kind, place, words in examine_language(postmortem, ACCOUNT | REFLECTION, CUES, find_blame):
        yield Problem("blaming-language", place, f'"{words}" {statement(kind)}', advice(kind))


RULE = Rule(
    code="PM601",
    name="blaming-language",
    level=Level.WARNING,
    page=__doc__,
    examine_postmortem=examine,
)
