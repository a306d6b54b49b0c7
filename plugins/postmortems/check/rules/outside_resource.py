"""
## What it does

Finds what a postmortem or a pattern loads from another site: images, frames, media, stylesheets, fonts and scripts with
a whole address (`https://…`) or one that begins with `//`, in Markdown, in HTML, and in the texts of a `timeline.json`.
Links are free to lead anywhere: nothing is loaded before a click. Code and comments do not count.

## Why this matters

Pictures on other sites vanish, mostly within a few years, and with them the evidence. Until then each reader's browser
tells that site who reads about which incident, and on a network without a way out the page stays blank.

## Example

```markdown
### Technical Impact

![Response times of the API](https://graphs.example.com/d/api.png)
```

## Use instead

```text title="docs/postmortems/2024/01-database-connection-pool/artifacts/response-times.png"
```

```markdown
### Technical Impact

![Response times of the API](artifacts/response-times.png)

From the [dashboard](https://graphs.example.com/d/api).
```

## Options

None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from postmortems.check.prose import places_in, prose_of
from postmortems.check.references import may_refer, references
from postmortems.check.rule import Context, Rule
from postmortems.model.diagnostic import Level, Problem
from postmortems.model.inline import without_code, without_comments
from postmortems.model.pattern import Pattern
from postmortems.model.place import Place
from postmortems.model.postmortem import Postmortem
from postmortems.model.timeline import Shape

_MAY_LOAD = re.compile(r"""(?:[=,"']|url\(|@import\s)[\s"']{0,9}(?:https?:)?(?:[/\\]{2}|&#)""", re.IGNORECASE)
"""Of the texts with HTML most hold no whole address that it could load, and are done."""
_OUTSIDE = re.compile(r"\s{0,9}(?:https?:)?[/\\]{2}", re.IGNORECASE)


def examine(document: Postmortem | Pattern, context: Context) -> Iterator[Problem]:
    """A problem at each address outside that the page would load."""
    for link in document.links:
        if link.is_image and _OUTSIDE.match(link.target):
            yield _problem(link.place, link.target)
    text = "\n".join(document.body.lines)
    if may_refer(text) and _MAY_LOAD.search(text):
        prose = prose_of(document.body)
        place = places_in(document, prose)
        for start, address in _loaded(prose):
            yield _problem(place(start, len(address)), address)
    if isinstance(document, Postmortem) and document.timeline.shape is Shape.JSON:
        for event in document.timeline.events:
            for words in (event.text, event.action):
                for _, address in _loaded(without_comments(without_code(words))):
                    yield _problem(event.place, address)


def _loaded(text: str) -> Iterator[tuple[int, str]]:
    for one in references(text):
        if one.loads and _OUTSIDE.match(one.address):
            yield one.start, one.address


def _problem(place: Place, address: str) -> Problem:
    return Problem(
        "outside-resource",
        place,
        f'"{address if len(address) <= 200 else address[:199] + "…"}" is loaded from another site',
        "put a copy into artifacts/ beside the text, or make it a link",
    )


RULE = Rule(
    code="PM706",
    name="outside-resource",
    level=Level.WARNING,
    page=__doc__,
    examine_postmortem=examine,
    examine_pattern=examine,
)
