"""
## What it does

Finds HTML that runs or loads something in postmortems and patterns: the elements `script`, `iframe`, `object` and
`embed`, attributes that hold a script (`onclick=`, `onerror=`, …, also in attribute lists), and addresses that begin
with `javascript:`, `vbscript:` or `data:text/html`. Inline code and code blocks are free to show all of these.

## Why this matters

Postmortems quote logs, requests and payloads, some of them from an attacker. What runs in the page runs with the
rights of everybody who reads it, on an internal site.

## Example

```markdown
### Technical Impact

The comment field accepted <img src="x" onerror="alert(1)"> for two days.
```

## Use instead

```markdown
### Technical Impact

The comment field accepted `<img src="x" onerror="alert(1)">` for two days.
```

## Options

None.
"""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.check.active import active_parts, may_be_active
from postmortems.check.prose import places_in, prose_of
from postmortems.check.rule import Context, Rule
from postmortems.model.diagnostic import Level, Problem
from postmortems.model.inline import without_code
from postmortems.model.pattern import Pattern
from postmortems.model.place import Place
from postmortems.model.postmortem import Postmortem
from postmortems.model.timeline import Shape


def examine(document: Postmortem | Pattern, context: Context) -> Iterator[Problem]:
    """A problem at each active part of the body, and at each event of a timeline.json that has one."""
    body = document.body
    if may_be_active("\n".join(body.lines)):
        prose = prose_of(body)
        place = places_in(document, prose)
        for start, text in active_parts(prose):
            yield _problem(place(start, len(text.partition("\n")[0])), text)
    if isinstance(document, Postmortem) and document.timeline.shape is Shape.JSON:
        for event in document.timeline.events:
            for text in (event.text, event.action, f"<{event.link}>"):
                for _, part in active_parts(without_code(text)):
                    yield _problem(event.place, part)


def _problem(place: Place, text: str) -> Problem:
    shown = " ".join(text.split())
    return Problem(
        "active-html",
        place,
        f'"{shown if len(shown) <= 100 else shown[:99] + "…"}" is active in the page',
        "put it in backticks if it is quoted, else remove it",
    )


RULE = Rule(
    code="PM705",
    name="active-html",
    level=Level.ERROR,
    page=__doc__,
    examine_postmortem=examine,
    examine_pattern=examine,
    may_be_waived=False,
)
