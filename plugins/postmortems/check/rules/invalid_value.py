"""
## What it does

Finds values that do not fit their key: a severity that is not on the scale, a status that does not exist, a text
where a list is needed, a number or a yes/no that YAML made of an unquoted text, a date that is none.

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
from postmortems.model.diagnostic import Level, Problem
from postmortems.model.postmortem import Postmortem
from postmortems.model.spelling import did_you_mean, listed


def examine(postmortem: Postmortem, context: Context) -> Iterator[Problem]:
    """A problem for a severity that the settings do not know; all else is found while reading."""
    severity, scale = postmortem.front_matter.severity, context.settings.severities
    if severity is not None and severity not in scale:
        yield Problem(
            "invalid-value",
            postmortem.place_of("severity"),
            f'"severity" is "{severity[:80]}", which is not on the scale',
            did_you_mean(severity, scale) or f"write one of {listed(scale)}",
        )


RULE = Rule(
    code="PM007",
    name="invalid-value",
    level=Level.ERROR,
    page=__doc__,
    examine_postmortem=examine,
    found_while_reading=True,
)
