"""
## What it does

Finds open action items that cannot be done or verified. It recognises only these English openings:

- resolutions: `be more careful`, `take care`, `pay attention`, `remember to`, `try to`, `keep in mind`, `do better`;
- appeals: `raise awareness`, `remind everyone`, `encourage the team`, `make sure everybody knows`;
- thoughts: `consider`, `think about`, `look into`, `explore`, `reflect on`, `find ways to`, `it would be nice to`;
- improvements without a thing or a measure, where that is the whole item: `improve monitoring`, `better documentation`,
  `strengthen our processes`.

"We should" and its like before them do not count. An item that links a ticket is left alone, since the ticket can be
closed; so are questions that have an answer (`look into why the failover took so long`) and improvements with details
below them. On 593 action items of public postmortems the rule had 27 findings, two of them debatable.

## Why this matters

A wish cannot be finished, so it is never closed, or closed without anything having changed. And an appeal to be careful
means that nothing else separates the fault from the users.

## Example

```markdown
### Short-term (Complete within 1 month)

- [ ] [storage-team] Improve monitoring (kind: detect)
- [ ] [api-team] Be more careful with connections (kind: prevent)
- [ ] [api-team] We should consider a limit on the time of every query (kind: prevent)
```

## Use instead

```markdown
### Short-term (Complete within 1 month)

- [ ] [storage-team] Alert at 80 % of pool use for each shard (kind: detect)
- [ ] [api-team] Let the build fail where a connection is opened outside a `with` block (kind: prevent)
- [ ] [api-team] Measure what a limit of 5 s on every query would break, and decide on it (kind: prevent)
```

## Options

None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from postmortems.check.action_items import as_written, plain_words, quoted
from postmortems.check.rule import Context, Rule
from postmortems.model.action_item import ActionItem, ActionState
from postmortems.model.diagnostic import Level, Problem
from postmortems.model.place import Place
from postmortems.model.postmortem import Postmortem

_TICKET = re.compile(r"\]\(|\]\[|://|(?<!\w)#\d|\b[A-Z]{2,10}-\d")
_PEOPLE = (
    r"(?:everyone|everybody|all|people|(?:the\s|all\s)?(?:teams?|engineers?|developers?|staff|colleagues|operators?"
    r"|users?)|each\sother|ourselves)\b"
)
_LEAD = (
    r"(?:(?:please|also|always|let's|to"
    rf"|(?:we|you|they|{_PEOPLE})\s(?:should|must|will|need\sto|have\sto|want\sto|could|can|might))\s){{0,3}}"
)
_WISH = re.compile(
    _LEAD + r"(?P<wish>be\s(?:more\s|very\s|extra\s|especially\s)?"
    r"(?:careful|cautious|vigilant|diligent|mindful|attentive|alert|proactive|deliberate|conscious|thorough)\b"
    r"|take\s(?:more\s|greater\s|extra\s|better\s|special\s)?care\b"
    r"|pay\s(?:more\s|closer\s|better\s|extra\s|special\s)?attention\b"
    r"|try\s(?:to|and|harder|not)\b|strive\b|endeavou?r\b|aim\sto\b|hope\sto\b|do\sbetter\b"
    r"|remember\s(?:to|that)\b|(?:keep|bear)\sin\smind\b|keep\san\seye\son\b"
    r"|(?:raise|increase|spread)\s(?:the\s|more\s|team\s)?awareness\b"
    rf"|(?:remind|encourage|urge)\s{_PEOPLE}"
    rf"|(?:make\ssure|ensure)\s(?:that\s)?{_PEOPLE}\s(?:knows?|remembers?|understands?|(?:is|are)\saware)\b"
    r"|consider\b|think\s(?:about|of)\b|reflect\b|explore\b|look\sinto\b(?!\s(?:if|whether|why|how|what|which|where)\b)"
    r"|find\sways\b|see\sif\b|(?:it\s)?would\sbe\s(?:good|nice|great|useful|helpful)\b|maybe\b|perhaps\b|ideally\b)",
    re.IGNORECASE,
)
_SUBJECT = (
    r"(?:monitoring|alerting|alerts|observability|visibility|logging|documentation|docs|runbooks|communications?"
    r"|collaboration|testing|tests|coverage|process|processes|procedures?|resilience|resiliency|reliability|robustness"
    r"|stability|security|training|tooling|automation|quality|governance|systems?|capabilities|mechanisms|strategies)"
)
_IMPROVEMENT = re.compile(
    _LEAD + r"(?P<wish>(?:improve|enhance|strengthen|increase|optimi[sz]e|better|more)\s"
    rf"(?:(?!for\b|of\b|in\b)[\w/-]{{1,30}}\s){{0,3}}{_SUBJECT}"
    rf"(?:(?:,\s|\sand\s|\s&\s|/){{1,2}}(?:[\w-]{{1,30}}\s){{0,2}}{_SUBJECT}){{0,3}}"
    r"(?:\s(?:of|for|on|in|around|across)\s(?:[\w/-]{1,30}\s){0,2}[\w/-]{1,30})?)[.!]?",
    re.IGNORECASE,
)


def examine(postmortem: Postmortem, context: Context) -> Iterator[Problem]:
    """A problem at the words that make a wish of an item which is still to be done."""
    for item in postmortem.actions.items:
        if item.state in (ActionState.DONE, ActionState.DROPPED) or _has_ticket(item):
            continue
        if wish := _wish(item):
            line = postmortem.body.line(item.first)
            begin = line.find(wish)
            yield Problem(
                "action-that-is-a-wish",
                Place.at(postmortem.path, item.first, begin + 1, len(wish)) if begin >= 0 else item.place,
                f'action item {quoted(item)} cannot be verified: "{wish}"',
                'say what will change and how you will know: "Alert at 80 % of pool use for each shard"',
            )


def _has_ticket(item: ActionItem) -> bool:
    return bool(item.ticket) or _TICKET.search(item.text) is not None


def _wish(item: ActionItem) -> str | None:
    """The words that make a wish of an item, or None."""
    words = plain_words(item)
    found = _WISH.match(words)
    if found is None and "\n" not in item.text:
        found = _IMPROVEMENT.fullmatch(words)
    return as_written(item, found["wish"]) if found else None


RULE = Rule(
    code="PM507",
    name="action-that-is-a-wish",
    level=Level.WARNING,
    page=__doc__,
    examine_postmortem=examine,
    softened_in_drafts=True,
)
