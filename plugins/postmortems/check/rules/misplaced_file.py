"""
## What it does

Finds files in the wrong place. Each is a warning:

- a postmortem outside a folder of a year: `docs/postmortems/<year>/<nn>-<slug>/postmortem.md` is the place;
- a postmortem in the folder of another year than the incident's (a day either way is not counted);
- a Markdown file deeper below a year, in a folder without a `postmortem.md`: it counts as a postmortem of its own;
- Markdown that looks like a postmortem and is not read as one: a `postmortem.md` outside `docs/postmortems/` or right
  below it, an `index.md` or `README.md` with a postmortem's sections, one with a postmortem's front matter in another's
  folder, and files that end in `.markdown`, `.mdx` or the like. The settings `folder` and `ignore` say what is meant;
- a `timeline.json` without a `postmortem.md` beside it, which is not read;
- an incident register that is not read: `register.yaml`, or one in the folder of a year. The place is
  `docs/postmortems/register.yml`.

Two are errors, because one page would take the other's place: two postmortems with one id, such as
`2024/01-cache.md` and `2024/01-cache/postmortem.md`, and a postmortem whose id is a year.

## Why this matters

A postmortem's folder is its id, its address and the name by which others refer to it as a repeat. A file in the wrong
place has an address that no one guesses, takes one that is in use, or is not checked at all.

## Example

```text
docs/postmortems/2024/cache-stampede/notes/first-draft.md
```

## Use instead

```text
docs/postmortems/2024/02-cache-stampede/postmortem.md
```

## Options

`folder`: where the postmortems are. `ignore`: what is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from postmortems.check.artifacts import owner_of
from postmortems.check.rule import Context, Rule
from postmortems.model.corpus import Corpus
from postmortems.model.diagnostic import Level, Problem
from postmortems.model.place import Place
from postmortems.model.register import REGISTER_FILE

_REGISTER = re.compile(r"(?:\d{4}/)?register\.ya?ml", re.IGNORECASE)
"""Paths in the postmortems' folder where a register is looked for. One that lies deeper belongs to its postmortem."""


def examine(corpus: Corpus, context: Context) -> Iterator[Problem]:
    """Problems of all postmortems' places, since equal ids show only when all are read."""
    place = f"docs/{corpus.folder}/<year>/<nn>-<slug>/postmortem.md"
    for postmortem in corpus.postmortems:
        first = corpus.by_id[postmortem.id]
        if first is not postmortem:
            yield _problem(
                postmortem.path,
                f'"{first.path}" has the same id, "{postmortem.id}"',
                "rename one of the two, or merge them",
                Level.ERROR,
            )
        year, _, rest = corpus.own_id(postmortem).partition("/")
        if not _is_year(year):
            yield _problem(postmortem.path, f'"{postmortem.id}" is not in a year folder', f"move it to {place}")
        elif not rest:
            yield _problem(
                postmortem.path,
                f'the id "{postmortem.id}" is a year, and the year page has this address',
                f"move it to {place}",
                Level.ERROR,
            )
        elif "/" in rest:
            yield _problem(
                postmortem.path,
                f'"{postmortem.id}" is read as a postmortem but is nested too deeply',
                f"move it to {place}, or beside the postmortem that it belongs to",
            )
        elif postmortem.day and not _within(int(year), postmortem.day):
            yield _problem(
                postmortem.path,
                f"the incident was on {postmortem.day}, but the file is in {year}",
                f"move it to {postmortem.day.year}, or correct the date",
            )
    yield from _lonely_timelines(corpus)
    for path in corpus.files:
        if path in corpus.register_paths:
            continue
        source = corpus.sources.source_of(path)
        home = source.home if source else corpus.folder
        if _REGISTER.fullmatch(path.removeprefix(f"{home}/")):
            message = f"the incident register is read only from {corpus.called(f'{home}/{REGISTER_FILE}')}"
            yield _problem(path, message, "move it there, or give the file another name")


def _lonely_timelines(corpus: Corpus) -> Iterator[Problem]:
    for path in corpus.files:
        folder, _, name = path.rpartition("/")
        if name == "timeline.json" and folder.startswith(f"{corpus.folder}/") and owner_of(path, corpus) is None:
            yield _problem(path, "this timeline.json has no postmortem.md beside it", "move it beside its postmortem")


def _is_year(name: str) -> bool:
    return len(name) == 4 and name.isascii() and name.isdecimal()


def _within(year: int, day: date) -> bool:
    # Around New Year the folder may follow local time, while the day is counted in UTC.
    return any((day + timedelta(days=days)).year == year for days in (-1, 0, 1) if date.min < day < date.max)


def _problem(path: str, message: str, help_text: str, level: Level | None = None) -> Problem:
    return Problem("misplaced-file", Place.at(path), message, help_text, level=level)


RULE = Rule(
    code="PM009",
    name="misplaced-file",
    level=Level.WARNING,
    page=__doc__,
    is_local=False,
    examine_corpus=examine,
    found_while_reading=True,
    may_be_waived=False,
)
