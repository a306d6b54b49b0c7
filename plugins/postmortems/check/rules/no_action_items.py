"""
## What it does

Finds postmortems whose Action Items section has no action item. Drills and near misses are no exception.

Also finds tables in that section without a known column for the action, so that none of their rows is read,
such as one with headers in another language: where the section has no other item, or where the table has a column for
owner, day or state.

## Why this matters

An incident that changes nothing will repeat. If a team decided after thought that nothing is to be done, that
decision is worth a sentence to the next team with the same incident.

## Example

```markdown
## Action Items

We will look into monitoring.
```

## Use instead

```markdown
## Action Items

- [ ] [storage-team] Alert when requests wait for a database connection (kind: detect, due: 2024-03-01)
```

Or, where nothing is to be done: `None: the service is switched off at the end of the month.`

## Options

`columns` in the settings names the columns of a team's tables: `columns: {Maßnahme: action, Verantwortlich: owner}`.
"""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.check.rule import Context, Rule
from postmortems.check.sections import heading_place
from postmortems.model.diagnostic import Level, Problem
from postmortems.model.place import Place
from postmortems.model.postmortem import Postmortem
from postmortems.text.spelling import listed

_MOST_HEADERS = 8


def examine(postmortem: Postmortem, context: Context) -> Iterator[Problem]:
    """A problem at each table that is not read, or at a section without items; a missing section is another rule's."""
    section = postmortem.body.find("Action Items")
    is_answered = bool(postmortem.actions.items) or (section is not None and section.says_none)
    unread = [table for table in postmortem.actions.unread if table.is_half_known or not is_answered]
    for table in unread:
        headers = [header.strip() for header in table.columns if header.strip()]
        example = next((header for header in headers if header.replace(" ", "").isalnum()), "Task")
        yield Problem(
            "no-action-items",
            Place.at(postmortem.path, table.line),
            f"no row of the table is read as an action item: none of its columns ({_quoted(headers)}) is known to hold"
            " the action",
            f'name that column "Action", or say in the setting "columns" what yours hold, such as {example}: action',
        )
    if section is None or is_answered or unread:
        return
    yield Problem(
        "no-action-items",
        heading_place(postmortem, section),
        f'section "{section.title}" has no action item',
        'add one: "- [ ] [team] What will change (kind: prevent)", or write "None: <reason>"',
    )


def _quoted(headers: list[str]) -> str:
    """Headers of a table as a message quotes them; of a table with very many the first ones."""
    shown = [f'"{header[:40]}"' for header in headers[:_MOST_HEADERS]]
    return listed([*shown, "…"] if len(headers) > _MOST_HEADERS else shown) or "all empty"


RULE = Rule(
    code="PM501",
    name="no-action-items",
    level=Level.ERROR,
    page=__doc__,
    examine_postmortem=examine,
    softened_in_drafts=True,
)
