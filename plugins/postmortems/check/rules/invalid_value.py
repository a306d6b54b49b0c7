"""
## What it does

Finds values that do not fit their key: a severity that is not on the scale, a status that does not exist, a text
where a list is needed, a number or a yes/no that YAML made of an unquoted text, a date that is none.

Also in the incident register: there also a waiver without a reason, and an incident that is both waived and has a
postmortem.

## Why this matters

A value that is not understood is left out of every figure and every filter. YAML reads `14:23` as the number 863 and
`no` as false; neither is what the author wrote.

## Example

```yaml
severity: SEV-2
```

## Use instead

```yaml
severity: SEV2
```

## Options

`severities` in the settings is the scale: a list of names, worst first.
"""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.check.rule import Context, Rule
from postmortems.model.corpus import Corpus
from postmortems.model.diagnostic import Level, Problem
from postmortems.model.place import Place
from postmortems.model.postmortem import Postmortem
from postmortems.settings import Settings
from postmortems.text.spelling import listed, only_near


def examine(postmortem: Postmortem, context: Context) -> Iterator[Problem]:
    """A problem for a severity that the settings do not know; all else is found while reading."""
    yield from _off_the_scale(postmortem.front_matter.severity, postmortem.place_of("severity"), context.settings)


def examine_register(corpus: Corpus, context: Context) -> Iterator[Problem]:
    """The same for each entry of the register."""
    for entry in corpus.register.entries if corpus.register else ():
        yield from _off_the_scale(entry.severity, entry.place_of("severity"), context.settings)


def _off_the_scale(severity: str | None, place: Place, settings: Settings) -> Iterator[Problem]:
    scale = settings.severities
    if severity is not None and severity not in scale:
        meant = only_near(severity, scale)
        yield Problem(
            "invalid-value",
            place,
            f'"severity" is "{severity[:80]}", which is not on the scale',
            f'did you mean "{meant}"? the scale is {listed(scale)}' if meant else f"write one of {listed(scale)}",
        )


RULE = Rule(
    code="PM007",
    name="invalid-value",
    level=Level.ERROR,
    page=__doc__,
    examine_postmortem=examine,
    examine_corpus=examine_register,
    found_while_reading=True,
)
