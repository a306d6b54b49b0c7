"""## What it does

Finds unknown keys in front matter and in the incident register. In front matter the keys of MkDocs
and Material (`tags`, `description`, `hide`, `template`, `icon`, `subtitle`, `search`, `image`) pass; in both, so does
every key that begins with `x-`.

## Why this matters

A misspelt key looks right and does nothing: the value behind it is missing from every page and every figure.

## Example

```yaml
detectd_by: alert
```

## Use instead

```yaml
detected_by: alert
x-pager-incident: Q1W2E3
```

## Options

None. For data of your own use keys that begin with `x-`.
"""

from __future__ import annotations

from postmortems.check.rule import Rule
from postmortems.model.diagnostic import Level

RULE = Rule(
    code="PM006",
    name="unknown-field",
    level=Level.ERROR,
    page=__doc__,
    found_while_reading=True,
)
