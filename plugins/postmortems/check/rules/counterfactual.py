"""
## What it does

Finds sentences about what people did not do: a person or a team as the agent of *should have*, *could have*, *would
have* or *ought to have*, and conditions such as *if the engineer had read …* and *had the team tested …*.

It goes by who acts and by the section, not by the verb. "The migration could have been stopped by a lock timeout"
speaks of the system, "the team should have a runbook" of what is to be there. Only sections that say what happened and
why are read. In What Went Well such a sentence describes luck, in Lessons Learned the next time; there, in the
Timeline and in the Action Items, in quotations, code and headings it is left alone. It knows English only. The guide's
page *Blameless language* explains how it decides and how often it is right.

## Why this matters

In hindsight, the right step is obvious. What did not happen explains nothing; what did happen, and why
it looked right at the time, can be changed.

## Example

```markdown
### Areas for Improvement

- The on-call engineer should have checked the replication lag before the failover.
```

## Use instead

```markdown
### Areas for Improvement

- The failover page does not show the replication lag, and nothing refuses a failover to a replica that is behind.
```

## Options

None. Where the words are needed, put them in quotation marks, or waive the line:
`<!-- postmortems: allow counterfactual: the board asked for it -->`.
"""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.check.blame_examination import examine_language
from postmortems.check.retrospective import ACCOUNT
from postmortems.check.rule import Context, Rule
from postmortems.language.hindsight import CUES, find_hindsight
from postmortems.language.questions import advice, statement
from postmortems.model.diagnostic import Level, Problem
from postmortems.model.postmortem import Postmortem


def examine(postmortem: Postmortem, context: Context) -> Iterator[Problem]:
    """A problem at each phrase that tells what people did not do."""
    for kind, place, words in examine_language(postmortem, ACCOUNT, CUES, find_hindsight):
        yield Problem("counterfactual", place, f'"{words}" {statement(kind)}', advice(kind))


RULE = Rule(
    code="PM602",
    name="counterfactual",
    level=Level.WARNING,
    page=__doc__,
    examine_postmortem=examine,
)
