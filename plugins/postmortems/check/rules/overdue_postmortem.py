"""
## What it does

Finds postmortems that are not published although their time has passed: so many days after the incident was resolved
that the policy's `publish_within` is over. On the last day itself a postmortem is still in time.

Where `resolved_at` is `unknown` in the postmortem, that of its entry in the register counts; where it is unknown there,
too, nothing falls due. Drills never do.

## Why this matters

What people saw and thought fades within days, and the next incident takes the time that this one would have had. A
draft that sits for a month is usually waiting for one answer, and no one knows whose.

## Example

The incident ended on 6 February, and today is 1 March:

```yaml
status: in-review
```

## Use instead

```yaml
status: published
published_on: 2024-02-12
```

## Options

`publish_within` in the settings is the time, for all severities or for each of them; `postmortem_required` says which
severities need a postmortem, and none of another falls due.
"""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.check.rule import Context, Rule
from postmortems.model.diagnostic import Level, Problem
from postmortems.model.front_matter import Status
from postmortems.model.postmortem import Postmortem
from postmortems.text.spelling import count_words


def examine(postmortem: Postmortem, context: Context) -> Iterator[Problem]:
    """A problem at the status of a postmortem that is to be published and is not; none where it has no status."""
    status = postmortem.front_matter.status
    if status is None or status is Status.PUBLISHED:
        return
    due = context.analysis.publication_due(postmortem)
    if due is not None and due < context.today:
        late = count_words((context.today - due).days, "day")
        yield Problem(
            "overdue-postmortem",
            postmortem.place_of("status"),
            f'the postmortem is still "{status.value}"; it was due on {due}, {late} ago',
            "publish it; mark what is not known yet as unknown",
        )


RULE = Rule(
    code="PM901",
    name="overdue-postmortem",
    level=Level.WARNING,
    page=__doc__,
    is_local=False,
    examine_postmortem=examine,
    follows_calendar=True,
)
