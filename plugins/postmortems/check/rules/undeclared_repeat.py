"""
## What it does

Finds incidents that look like an earlier one of the same `owner` and do not say whether they repeat it. An incident
looks like an earlier one where

- both have the same `root_cause`, and at most the window lies between their days;
- or they have a pattern and a service in common, and at most the window lies between their days;
- or title, summary and root cause analysis are very similar, however long ago that was.

`root_cause: unknown` never counts as a match. Postmortems without an `owner` are compared among themselves, and drills
are left out. Either answer holds for the whole chain: what is said about an incident is said about everything that it
repeats, and about everything that repeats it. The finding names the earlier incident that is most like this one, says
what the two share, and shows which of its action items are still open.

## Why this matters

An incident that comes back is the strongest evidence that a repair did not hold, or was never made. It is counted only
if the document says so. And where two incidents only look alike, the reason saves the next reader the comparison.

## Example

A postmortem of February:

```yaml
owner: checkout-team
root_cause: connection pool exhaustion
```

and one of the same team, two months before:

```yaml title="docs/postmortems/2023/11-checkout-pool/postmortem.md"
owner: checkout-team
started_at: 2023-12-06T14:20:00Z
detected_at: 2023-12-06T14:23:00Z
mitigated_at: 2023-12-06T14:45:00Z
resolved_at: 2023-12-06T16:00:00Z
root_cause: connection pool exhaustion
```

## Use instead

If the mechanism came back, even with another trigger:

```yaml
owner: checkout-team
repeat_of: 2023/11-checkout-pool
```

If it only looks like it, `not_repeat_of: {id: 2023/11-checkout-pool, reason: that pool was too small, this one leaks}`.
Where there are several, both keys take a list. The earlier one stays as it is:

```yaml title="docs/postmortems/2023/11-checkout-pool/postmortem.md"
owner: checkout-team
started_at: 2023-12-06T14:20:00Z
detected_at: 2023-12-06T14:23:00Z
mitigated_at: 2023-12-06T14:45:00Z
resolved_at: 2023-12-06T16:00:00Z
root_cause: connection pool exhaustion
```

## Options

`repeat_window` is how far apart two incidents may be; 180 days unless set otherwise.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date

from postmortems.check.rule import Context, Rule
from postmortems.model.action_item import ActionState
from postmortems.model.dated_action import DatedAction
from postmortems.model.diagnostic import Level, Problem
from postmortems.model.place import Place
from postmortems.model.postmortem import Postmortem
from postmortems.model.related import ReasonKind, Suspicion
from postmortems.text.spelling import count_words, listed

_PLAIN = re.compile(r"[\w.-]{1,100}(?:/[\w.-]{1,100}){1,10}", re.ASCII)
"""An id that YAML reads as the text that it is."""

_MOST_ITEMS = 3
_MOST_IDS = 5


def examine(postmortem: Postmortem, context: Context) -> Iterator[Problem]:
    """A problem at what an incident shares with the earlier one that it is most like.

    The message holds what stays as it is while the corpus grows, so that a baseline knows the finding again; which
    words and which other incidents are alike is in the help.
    """
    suspected = context.analysis.recurrence_of(postmortem).suspected
    if suspected:
        first = suspected[0]
        yield Problem(
            "undeclared-repeat",
            _place(postmortem, first),
            f'looks like a repeat of "{first.earlier.id[:120]}"{_distance(first.days_apart)}: {_shared(first)}',
            _advice(postmortem, first, suspected[1:], context),
        )


def _place(postmortem: Postmortem, suspicion: Suspicion) -> Place:
    values = _values(suspicion)
    if ReasonKind.ROOT_CAUSE in values:
        return postmortem.place_of("root_cause")
    for index, occurrence in enumerate(postmortem.front_matter.patterns):
        if occurrence.pattern in values.get(ReasonKind.PATTERN, ()):
            return postmortem.place_of("patterns", index, "pattern")
    return postmortem.place_of("title")


def _distance(days: int | None) -> str:
    if days is None:
        return ""
    return f", {count_words(days, 'day')} earlier" if days else ", on the same day"


def _shared(suspicion: Suspicion) -> str:
    """Clause on what both have: `the same root cause "…", the same pattern "…" on the same service "…", much the same
    text`."""
    values = _values(suspicion)
    parts = []
    if labels := values.get(ReasonKind.ROOT_CAUSE):
        parts.append(f'the same root cause "{labels[0][:120]}"')
    if (patterns := values.get(ReasonKind.PATTERN)) and (services := values.get(ReasonKind.SERVICE)):
        parts.append(f'the same pattern "{patterns[0][:80]}" on the same service "{services[0][:80]}"')
    if ReasonKind.WORDS in values:
        parts.append("very similar text")
    return listed(parts)


def _values(suspicion: Suspicion) -> dict[ReasonKind, tuple[str, ...]]:
    return {reason.kind: reason.values for reason in suspicion.reasons}


def _advice(postmortem: Postmortem, first: Suspicion, others: Sequence[Suspicion], context: Context) -> str:
    name = _as_yaml(context.corpus.id_in(postmortem, first.earlier))
    # A key that is there stays as it is: what it names is true as well.
    says = "add {} to repeat_of" if postmortem.front_matter.repeat_of else "write repeat_of: {}"
    parts = [f"{says.format(name)}, or not_repeat_of: {{id: {name}, reason: …}} saying what is different"]
    if words := _values(first).get(ReasonKind.WORDS):
        parts.append(f"shared terms: {listed(words)}")
    if others:
        names = [suspicion.earlier.id[:120] for suspicion in others[:_MOST_IDS]]
        more = f" and {len(others) - _MOST_IDS} more" if len(others) > _MOST_IDS else ""
        parts.append(f"{count_words(len(others), 'more incident')} like it: {listed(names)}{more}")
    if actions := _open_actions(context.analysis.actions_of(first.earlier), context.today):
        parts.append(actions)
    return "; ".join(parts)


def _as_yaml(name: str) -> str:
    return name if _PLAIN.fullmatch(name) else json.dumps(name[:120], ensure_ascii=False)


def _open_actions(dated_actions: Sequence[DatedAction], today: date) -> str:
    """Clause on the open action items of the earlier incident, the longest overdue first."""
    opened = [action for action in dated_actions if action.item.state is ActionState.OPEN]
    if not opened:
        return ""
    opened.sort(key=lambda action: action.due or date.max)
    items = [f'"{action.item.text[:80]}"{_overdue(action, today)}' for action in opened[:_MOST_ITEMS]]
    more = f" and {len(opened) - _MOST_ITEMS} more" if len(opened) > _MOST_ITEMS else ""
    are = "is" if len(opened) == 1 else "are"
    of = f"{len(opened)} of its {count_words(len(dated_actions), 'action item')}"
    return f"{of} {are} still open: {listed(items)}{more}"


def _overdue(standing: DatedAction, today: date) -> str:
    if not standing.is_overdue or standing.due is None:
        return ""
    return f" ({count_words((today - standing.due).days, 'day')} overdue)"


RULE = Rule(
    code="PM405",
    name="undeclared-repeat",
    level=Level.WARNING,
    page=__doc__,
    is_local=False,
    examine_postmortem=examine,
)
