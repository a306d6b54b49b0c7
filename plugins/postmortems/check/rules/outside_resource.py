"""
## What it does

Finds what an author's text would load from another site: images, frames, media, stylesheets, fonts and scripts with a
whole address (`https://…`) or one that begins with `//`, in Markdown, in HTML, and in the texts of a `timeline.json`.
It looks at postmortems, patterns and all other Markdown below the docs folder. Links are free to lead anywhere: nothing
is loaded before a click. Code and comments do not count.

## Why this matters

Pictures on other sites vanish, mostly within a few years, and with them the evidence. Until then each reader's browser
reveals to that site who reads about which incident, and on a network without a way out the page stays blank. So a page
loads nothing from elsewhere: of a picture it shows a link with the picture's words, of everything else nothing.

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

from collections.abc import Iterator
from html import unescape

from postmortems.check.prose import prose_of
from postmortems.check.rule import Context, Rule
from postmortems.model.diagnostic import Level, Problem
from postmortems.model.pattern import Pattern
from postmortems.model.postmortem import Postmortem
from postmortems.model.references import loaded_from_outside, may_refer, outside_resource
from postmortems.model.timeline import Shape
from postmortems.text.allowed_html import loads_from_outside
from postmortems.text.inline import without_code, without_comments


def examine(document: Postmortem | Pattern, context: Context) -> Iterator[Problem]:
    """A problem at each address outside that the page would load."""
    for link in document.links:
        if link.is_image and loads_from_outside(unescape(link.target)):
            yield outside_resource(link.place, link.target)
    if may_refer("\n".join(document.body.lines)):
        prose = prose_of(document.body)
        for start, address in loaded_from_outside(prose.text):
            yield outside_resource(prose.place_at(start, len(address)), address)
    if isinstance(document, Postmortem) and document.timeline.shape is Shape.JSON:
        for event in document.timeline.events:
            for words in (event.text, event.action):
                for _, address in loaded_from_outside(without_comments(without_code(words))):
                    yield outside_resource(event.place, address)


RULE = Rule(
    code="PM706",
    name="outside-resource",
    level=Level.WARNING,
    page=__doc__,
    examine_postmortem=examine,
    examine_pattern=examine,
    found_while_reading=True,
)
