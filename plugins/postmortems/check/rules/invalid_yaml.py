"""## What it does

Finds front matter that is not valid YAML, or that holds no keys; and an incident register that is not valid YAML, or
no list of incidents. A register that nothing has come into yet is written as `[]`.

## Why this matters

MkDocs takes front matter that it cannot parse for body text and says nothing. The page then shows the raw lines, and
everything that the front matter states is lost.

## Example

A colon followed by a blank ends the value:

```yaml
title: Checkout: payments declined
```

## Use instead

```yaml
title: "Checkout: payments declined"
```

## Options

None.
"""

from __future__ import annotations

from postmortems.check.rule import Rule
from postmortems.model.diagnostic import Level

RULE = Rule(
    code="PM003",
    name="invalid-yaml",
    level=Level.ERROR,
    page=__doc__,
    found_while_reading=True,
    may_be_waived=False,
)
