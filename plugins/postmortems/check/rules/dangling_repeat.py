"""
## What it does

Finds ids in `repeat_of` and `not_repeat_of` that do not name an earlier postmortem: unknown ids, the postmortem itself,
or a later one. In the incident register it finds each `postmortem` that is not there.

## Why this matters

Recurrence and completion are counted from these ids. A repeat that points nowhere is not counted, and the reader
cannot go back to what was promised the first time. An incident whose postmortem has moved counts as one without.

## Example

```yaml
repeat_of: 2023/04-connection-pool
```

## Use instead

```yaml
repeat_of: 2023/04-pool-exhaustion
```

which is the folder, below `docs/postmortems/`, of a postmortem that is there:

```text
docs/postmortems/2023/04-pool-exhaustion/postmortem.md
```

## Options

`other_sources`: names of other repositories of one site. An id that begins with one is not looked up here, but where
that site is built.
"""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.check.ids import WHAT_AN_ID_IS, advise_id
from postmortems.check.rule import Context, Rule
from postmortems.model.corpus import Corpus
from postmortems.model.diagnostic import Level, Problem
from postmortems.model.place import Place
from postmortems.model.postmortem import Postmortem

_GUESSES = 50
"""Maximum number of ids for which the nearest is looked for, which is slow: if more are wrong, a folder was moved."""


def examine(postmortem: Postmortem, context: Context) -> Iterator[Problem]:
    """A problem at each id that is no earlier postmortem's."""
    for key, index, name in _named(postmortem):
        other = context.corpus.by_id.get(name)
        if name == postmortem.id:
            message, advice = f'"{name}" is this postmortem', "name the earlier one"
        elif other is None and _is_elsewhere(name, context):
            continue
        elif other is None:
            message, advice = f'no postmortem has the id "{name[:120]}"', advise_id(name, context.corpus, postmortem)
        elif _is_later(other, postmortem):
            message, advice = f'"{name}" is later than this incident', "declare the repeat in the later of the two"
        else:
            continue
        yield Problem("dangling-repeat", _place(postmortem, key, index), message, advice)


def examine_register(corpus: Corpus, context: Context) -> Iterator[Problem]:
    """A problem at each postmortem that the register names and that is not there."""
    found = 0
    for entry in corpus.register.entries if corpus.register else ():
        name = entry.postmortem
        if name is not None and name not in corpus.by_id and not _is_elsewhere(name, context):
            found += 1
            yield Problem(
                "dangling-repeat",
                entry.place_of("postmortem"),
                f'no postmortem has the id "{name[:120]}"',
                advise_id(name, corpus) if found <= _GUESSES else WHAT_AN_ID_IS,
            )


def _is_elsewhere(name: str, context: Context) -> bool:
    """True if an id is one of another repository, which is looked up where the site of both is built."""
    return name.partition("/")[0] in context.settings.other_sources


def _named(postmortem: Postmortem) -> Iterator[tuple[str, int, str]]:
    """Every id that a postmortem names, with the key that it is under, and its number there."""
    matter = postmortem.front_matter
    for index, name in enumerate(matter.repeat_of):
        yield "repeat_of", index, name
    for index, denial in enumerate(matter.not_repeat_of):
        yield "not_repeat_of", index, denial.id


def _place(postmortem: Postmortem, key: str, index: int) -> Place:
    if key == "repeat_of":
        return postmortem.place_of(key, index)
    is_list = (key, 0) in postmortem.places
    return postmortem.place_of(key, index, "id") if is_list else postmortem.place_of(key, "id")


def _is_later(other: Postmortem, postmortem: Postmortem) -> bool:
    """True if the other incident is known to have begun later: of two on one day without times nothing is known."""
    if other.day is None or postmortem.day is None:
        return False
    ours, theirs = postmortem.front_matter.started_at, other.front_matter.started_at
    return theirs > ours if ours and theirs else other.day > postmortem.day


RULE = Rule(
    code="PM406",
    name="dangling-repeat",
    level=Level.ERROR,
    page=__doc__,
    is_local=False,
    examine_postmortem=examine,
    examine_corpus=examine_register,
    follows_references=True,
)
