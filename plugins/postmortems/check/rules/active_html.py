"""
## What it does

Finds what a page leaves out of an author's text, in postmortems, patterns and all other Markdown below the docs folder:

- **errors** are scripts, frames, forms, styles and other elements that run, load, send or cover something; attributes
  that hold a script (`onclick=`, `onerror=`, …, also in attribute lists); and addresses that begin with `javascript:`,
  `vbscript:` or `data:`;
- **warnings** are parts that only vanish: elements and attributes that are not on the list of what Markdown makes, such
  as `<hostname>` without backticks, and links with a scheme that is not.

Inline code and code blocks are free to show all of these. The texts of a `timeline.json` also count.

## Why this matters

Postmortems quote logs, requests and payloads, some of them from an attacker. What runs in the page runs with the
rights of its readers, on an internal site. So the page never shows it, whatever this rule, its level or a
baseline says; the rule shows it to the author before readers miss it.

What is HTML is decided where Markdown is rendered, with the extensions of the site, which a check does not load. Where
the two disagree this rule may miss something, or find what is shown as code. `mkdocs build` compares what Markdown made
with what is left of it, and warns of every page on which this rule has missed something.

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

With the setting `active_html: true` pages keep all HTML, and this rule finds nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.check.prose import prose_of
from postmortems.check.rule import Context, Rule
from postmortems.model.diagnostic import Level, Problem
from postmortems.model.lost_html import lost_address, lost_part, lost_parts, may_lose
from postmortems.model.pattern import Pattern
from postmortems.model.postmortem import Postmortem
from postmortems.model.timeline import Shape
from postmortems.text.inline import without_code, without_comments


def examine(document: Postmortem | Pattern, context: Context) -> Iterator[Problem]:
    """A problem at each part of the body that a page leaves out, and at each event of a timeline.json that has one."""
    if context.settings.active_html:
        return
    body = document.body
    if may_lose("\n".join(body.lines)):
        prose = prose_of(body)
        for start, loss in lost_parts(prose.text):
            yield lost_part(prose.place_at(start, len(loss.tag.partition("\n")[0])), loss)
    for link in document.links:
        if problem := lost_address(link.place, link.target, is_image=link.is_image):
            yield problem
    if isinstance(document, Postmortem) and document.timeline.shape is Shape.JSON:
        for event in document.timeline.events:
            for text in (event.text, event.action):
                for _, loss in lost_parts(without_comments(without_code(text))):
                    yield lost_part(event.place, loss)
            if event.link and (problem := lost_address(event.place, event.link, is_image=False)):
                yield problem


RULE = Rule(
    code="PM705",
    name="active-html",
    level=Level.ERROR,
    page=__doc__,
    examine_postmortem=examine,
    examine_pattern=examine,
    found_while_reading=True,
    may_be_waived=False,
)
