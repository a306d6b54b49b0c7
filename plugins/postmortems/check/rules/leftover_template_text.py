"""
## What it does

Finds text of the template that was not replaced: bracketed texts such as `[Owner]`, sample rows of the timeline and
sample action items. What counts is text that is literally in `docs/templates/postmortem-template.md` or
`near-miss-template.md`, or in the package's where the repository has none of its own, and in the package's templates
for the other `languages` of the settings. Checkboxes, links and all other brackets pass.
So do they in the front matter, save where a time, a day or one of a few values belongs. `[to be found out]`, which
`postmortems new` writes for values it was not given, counts everywhere. Once you have looked and there is no telling,
write `unknown`: that is an answer.

## Why this matters

A sample row reads like a fact. A postmortem that describes an alert which never fired, or a fix that no one
promised, is worse than one with a gap.

## Example

```markdown
## Lessons Learned

[Key insights and knowledge gained from incident]
```

## Use instead

```markdown
## Lessons Learned

A limit without an alert on the way to it is an outage with a date. The [runbook](https://wiki.example.com/pool) says
which limits have one.
```

## Options

None. The repository's own templates replace the packaged ones in the first of the `languages`.
"""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.check.rule import Context, Rule
from postmortems.model.diagnostic import Level, Problem
from postmortems.model.front_matter import KEYS, TO_BE_FOUND_OUT
from postmortems.model.place import Place
from postmortems.model.postmortem import KeyPath, Postmortem
from postmortems.model.section import BlockKind, Body
from postmortems.model.template import (
    TemplateText,
    defined_links,
    placeholders,
    template_text,
)
from postmortems.text.inline import without_code


def examine(postmortem: Postmortem, context: Context) -> Iterator[Problem]:
    """A problem for each sample in the front matter's values and in the body, outside code and comments."""
    template = template_text(context.corpus.template_texts)
    for keys, value in _texts(postmortem):
        for found in placeholders(value):
            if found.group() in template.placeholders or found.group() == TO_BE_FOUND_OUT:
                yield _problem(postmortem.place_of(*keys), found.group())
    samples = list(_samples(postmortem.body, template))
    if samples:
        hidden, links = _hidden(postmortem.body), defined_links(postmortem.body.lines)
        for number, column, text in samples:
            if number not in hidden and text[1:-1].casefold() not in links:
                yield _problem(Place.at(postmortem.path, number, column, len(text)), text)


def _samples(body: Body, template: TemplateText) -> Iterator[tuple[int, int, str]]:
    """The samples in a body, each with its line and column: whole lines, else the placeholders in a line."""
    for number, line in enumerate(body.lines, body.first):
        if template.has_line(line):
            text = line.strip()
            yield number, line.index(text) + 1, text
        elif "[" in line:
            for found in placeholders(without_code(line)):
                if found.group() in template.placeholders or found.group() == TO_BE_FOUND_OUT:
                    yield number, found.start() + 1, found.group()


def _hidden(body: Body) -> set[int]:
    """The lines of code and comments, in which brackets are the author's own or the template's guidance."""
    return {
        line
        for block in body.blocks()
        if block.kind in (BlockKind.CODE, BlockKind.COMMENT)
        for line in range(block.first, block.last + 1)
    }


def _texts(postmortem: Postmortem) -> Iterator[tuple[KeyPath, str]]:
    """Every text among the front matter's values, with its keys."""
    matter = postmortem.front_matter
    for key in KEYS:
        value = getattr(matter, key)
        if isinstance(value, str):
            yield (key,), value
        elif isinstance(value, tuple):
            for index, item in enumerate(value):
                yield (key, index), item if isinstance(item, str) else " ".join(map(str, dict(item).values()))


def _problem(place: Place, text: str) -> Problem:
    shown = text if len(text) <= 100 else text[:99] + "…"
    if text == TO_BE_FOUND_OUT:
        return Problem(
            "leftover-template-text", place, f'"{text}" is not an answer', "write what was found, or unknown"
        )
    return Problem(
        "leftover-template-text",
        place,
        f'"{shown}" is template text',
        "replace it with what happened, or remove it",
    )


RULE = Rule(
    code="PM103",
    name="leftover-template-text",
    level=Level.ERROR,
    page=__doc__,
    examine_postmortem=examine,
    found_while_reading=True,
    softened_in_drafts=True,
)
