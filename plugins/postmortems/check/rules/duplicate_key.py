"""## What it does

Finds duplicate keys in front matter or in an entry of the incident register, and incidents listed twice in
the register, or in the registers of two of the repositories of one site (setting `sources`).

## Why this matters

YAML parsers keep one of the two and silently drop the other. Which one is a matter of the program, so the page
and the metrics may disagree.

## Example

```yaml
severity: SEV2
severity: SEV1
```

## Use instead

```yaml
severity: SEV1
```

## Options

None.
"""

from __future__ import annotations

from postmortems.check.rule import Rule
from postmortems.model.diagnostic import Level

RULE = Rule(
    code="PM004",
    name="duplicate-key",
    level=Level.ERROR,
    page=__doc__,
    found_while_reading=True,
)
