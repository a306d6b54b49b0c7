"""
## What it does

Finds pages of patterns that lack one of the four things a reader comes for: what the pattern looks like, how to notice
it, what helps while it lasts, and how to prevent it. Each is known by the words of a heading with text below it
("Symptoms", "Detection", "Mitigation" and "Prevention" will do), or of a label that leads a paragraph or a list item
(`**How to notice it.** …`). A section that says only "TODO" says nothing.

## Why this matters

The evidence below a pattern is made from the incidents and grows by itself. What to do about it is known to those who
were there, and a responder at night needs that first.

## Example

```markdown title="docs/patterns/database-issues.md"
---
title: Database issues
family: database
---

The database is rarely the first thing that breaks.

## What helps

Stop the writes before anything else.
```

## Use instead

```markdown title="docs/patterns/database-issues.md"
---
title: Database issues
family: database
---

The database is rarely the first thing that breaks.

## What it looks like

Sessions pile up while CPU and disk are calm.

## How to notice it

The number of waiting sessions is a better alert than their latency.

## What helps

Stop the writes before anything else.

## How to prevent it

Set a lock timeout in every migration.
```

## Options

None. The words are English; where patterns are written in another language, switch the rule off.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from postmortems.check.rule import Context, Rule
from postmortems.check.sections import holds_text
from postmortems.model.diagnostic import Level, Problem
from postmortems.model.pattern import Pattern
from postmortems.model.place import Place
from postmortems.model.section import Block, BlockKind, Body

_ASPECTS = {
    "what it looks like": r"look|symptom|sign|appear|manifest|recogni|descri|what happens|how it shows",
    "how to notice it": r"notic|detect|alert|monitor|watch|warn|metric|measur|observ|diagnos|indicator|signal",
    "what helps during the incident": r"help|mitigat|respon|remed|recover|fix|runbook|playbook|contain|restor|resol"
    r"|treat|workaround|what to do|first aid",
    "how to prevent it": r"prevent|avoid|guard|protect|harden|safeguard|precaution|defen|long.term",
}
"""The four things, and how the words begin that tell of each."""
_WORDS = {name: re.compile(rf"\b(?:{words})", re.IGNORECASE) for name, words in _ASPECTS.items()}
_LABEL = re.compile(r"\s{0,9}(?:\*\*|__)([^*_\n]{1,80})(?:\*\*|__)|\s{0,9}([A-Z][^.:*_\n]{1,60}):(?=\s)")
_TO_BE_WRITTEN = re.compile(
    r"[\W_]{0,100}(?:todo|tbd|tbc|fixme|to be (?:done|written|added))?[\W_]{0,100}", re.IGNORECASE
)


def examine(pattern: Pattern, context: Context) -> Iterator[Problem]:
    """One problem for each page, with everything that it lacks."""
    titles = "\n".join(_titles(pattern.body))
    missing = [name for name, words in _WORDS.items() if not words.search(titles)]
    if pattern.body.lines and missing:
        headings = [f'"## {name.capitalize()}"' for name in missing]
        yield Problem(
            "pattern-without-guidance",
            Place.at(pattern.path),
            f"the page does not say {_joined(missing, 'or')}",
            f"add {_joined(headings, 'and')}, written by people who have dealt with it",
        )


def _titles(body: Body) -> Iterator[str]:
    """The headings that have text below them, save the page's title, and the labels that lead a text."""
    for section in body.walk():
        if section.level > 1 and any(_says_something(block) for block in section.all_blocks()):
            yield section.title
    for block in body.blocks():
        if block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) and (found := _LABEL.match(block.text)):
            yield found.group(1) or found.group(2)


def _says_something(block: Block) -> bool:
    return holds_text(block) and (block.kind is BlockKind.TABLE or not _TO_BE_WRITTEN.fullmatch(block.text[:100]))


def _joined(words: list[str], last: str) -> str:
    return f" {last} ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


RULE = Rule(
    code="PM403",
    name="pattern-without-guidance",
    level=Level.WARNING,
    page=__doc__,
    examine_pattern=examine,
)
