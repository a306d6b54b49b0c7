"""
## What it does

Finds words by which an author says that something is still to be written: `TODO`, `TBD`, `TBC`, `FIXME`, `???`, "to be
written", "n/a yet" and others like them, in any section, in headings, in events of a `timeline.json`, and as a value of
front matter (`root_cause: TBD`).

In capitals they count where they are used as a marker: alone, at the beginning or the end of a text or a cell, before a
colon or in brackets. "The TODO app", `TODO-12` and "we left a TODO in the code" are none. In small letters and as a
phrase they count where they are all there is: a section, an item, a cell or a value. Text in code, comments,
quotations and links is left alone, and so are the states and owners of action items, which have rules of their own.

## Why this matters

A postmortem is published once. What is left open then stays open, and readers cannot know whether it was unknown or not
written down.

## Example

```markdown
## Lessons Learned

TBD
```

## Use instead

```markdown
## Lessons Learned

None: it repeats what we learned from the last one.
```

## Options

None. In a draft it is a warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from postmortems.check.prose import prose_of
from postmortems.check.rule import Context, Rule
from postmortems.check.unfinished import is_unfinished, suspicious_lines, unfinished
from postmortems.model.diagnostic import Level, Problem
from postmortems.model.place import Place
from postmortems.model.postmortem import Postmortem
from postmortems.model.section import BlockKind

_NAMES = ("services", "owner", "authors")
_TEXTS = ("title", "root_cause", "trigger")
_HIDDEN = (BlockKind.QUOTE, BlockKind.CODE, BlockKind.COMMENT, BlockKind.HTML)
_LEAD = re.compile(r"[ \t]*(?:(?:[-*+]|\d{1,9}[.)]|#{1,6})[ \t]+)?(?:\[[ xX]\][ \t]+)?")
_LINK = re.compile(r"!?\[[^\[\]\n]{0,300}\](?:\([^()\n]{0,1000}\)|\[[^\[\]\n]{0,300}\])|<[^<>\n]{1,1000}>|https?://\S+")
_QUOTATION = re.compile(r'"[^"\n]{1,300}"|“[^”\n]{1,300}”|«[^»\n]{1,300}»')
_ACTIONS_HEADING = re.compile(r"[ \t]*#{1,6}[ \t]+to-?[ ]?dos?[ \t:]*#*", re.IGNORECASE)


def examine(postmortem: Postmortem, context: Context) -> Iterator[Problem]:
    """A problem at each such word."""
    yield from _in_front_matter(postmortem)
    yield from _in_body(postmortem)
    for event in postmortem.timeline.events:
        if event.place.path != postmortem.path:
            for _, words in unfinished(event.text):
                yield _problem(event.place, words)


def _in_front_matter(postmortem: Postmortem) -> Iterator[Problem]:
    for key in (*_TEXTS, *_NAMES):
        value = getattr(postmortem.front_matter, key)
        for index, text in enumerate(value if isinstance(value, tuple) else (value,)):
            # A service may be called "todo".
            if text and is_unfinished(text) and not (key in _NAMES and text.casefold() in ("todo", "to-do")):
                place = postmortem.place_of(key, index) if isinstance(value, tuple) else postmortem.place_of(key)
                advice = "write the label, or unknown" if key == "root_cause" else "write it, or remove the value"
                yield Problem("unfinished-text", place, f'"{key}" is "{text[:80]}", which is not an answer yet', advice)


def _in_body(postmortem: Postmortem) -> Iterator[Problem]:
    body = postmortem.body
    # Hardly a document holds one. Only of such a line it is asked what in it is code, and what surrounds it.
    numbers = [
        body.first + index for index in suspicious_lines("\n".join(body.lines)) if any(_in_line(body.lines[index]))
    ]
    if numbers:
        hidden = {
            line for block in body.blocks() if block.kind in _HIDDEN for line in range(block.first, block.last + 1)
        }
        hidden |= {line for first, last in postmortem.actions.spans for line in range(first, last + 1)}
        named = any("todo" in name.casefold() for name in postmortem.front_matter.services)
        prose = prose_of(body).lines
        for number in numbers:
            line = prose[number - body.first]
            if number in hidden or _ACTIONS_HEADING.fullmatch(line):
                continue
            for column, words in _in_line(line):
                if not (named and words.casefold() == "todo"):
                    yield _problem(Place.at(postmortem.path, number, column + 1, len(words)), words)
    for item in postmortem.actions.items:
        if is_unfinished(item.text):
            yield _problem(item.place, item.text)


def _in_line(line: str) -> Iterator[tuple[int, str]]:
    """The words of one line with their offsets: of a row cell by cell, else behind its marker."""
    shown = line
    for hiding in (_LINK, _QUOTATION):
        shown = hiding.sub(lambda found: "\0" * len(found.group()), shown)
    if shown.lstrip().startswith("|"):
        offset = 0
        for cell in shown.split("|"):
            yield from ((offset + column, words) for column, words in unfinished(cell))
            offset += len(cell) + 1
        return
    lead = _LEAD.match(shown)
    begin = lead.end() if lead else 0
    yield from ((begin + column, words) for column, words in unfinished(shown[begin:]))


def _problem(place: Place, words: str) -> Problem:
    return Problem(
        "unfinished-text",
        place,
        f'"{words[:80]}" says that something is still to be written',
        'write it, or "None: <reason>" if there is nothing to say',
    )


RULE = Rule(
    code="PM106",
    name="unfinished-text",
    level=Level.ERROR,
    page=__doc__,
    examine_postmortem=examine,
    softened_in_drafts=True,
)
