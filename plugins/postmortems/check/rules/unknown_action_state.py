"""
## What it does

Finds action items whose state is written but not understood:

- a word or a mark that is not known, such as `Superseded` or `[~]`;
- an empty cell in a table's column of states;
- two statements that disagree, such as `[x]` and `state: open`, or a box that is not ticked before "DONE";
- a text that is struck out and says no more: done, or dropped?

Such an item counts as `unknown`: not as open, not as done, never as overdue.

Known are, in any case and with a mark, a day or a reference beside them: `Done`, `Completed 2026-03-04`, `✅`,
`Fixed (PR 12)`, `100 %`; `Open`, `To do`, `In progress`, `Blocked`, `Backlog`, `🚧`; `Won't do`, `Cancelled`,
`Rejected`, `Obsolete`; `Unknown`. In a list a box may hold a space, `x`, `✓`, `/` (started), `-` (dropped) or one of
these words. `[~]` is not known, because it means "inapplicable" on GitLab and "half done" elsewhere; nor is `[>]`.

## Why this matters

A state silently taken as open makes a finished item overdue for ever; one taken as done hides work that was not done.
Both end up in every figure.

## Example

```markdown
### Short-term (Complete within 1 month)

- [~] [api-team] Return a connection after every timeout (kind: prevent, due: 2024-03-01)
```

## Use instead

```markdown
### Short-term (Complete within 1 month)

- [ ] [api-team] Return a connection after every timeout (kind: prevent, wont-do: the driver does since 4.3)
```

`state: unknown` in the parenthesis, or `Unknown` in a table, means that it is not known; that is not a finding.

## Options

`states` in the settings gives a team's own words and marks a meaning: `states: {Superseded: dropped, "[~]": dropped}`.
"""

from __future__ import annotations

from postmortems.check.rule import Rule
from postmortems.model.diagnostic import Level

RULE = Rule(
    code="PM508",
    name="unknown-action-state",
    level=Level.WARNING,
    page=__doc__,
    found_while_reading=True,
    softened_in_drafts=True,
)
