"""
## What it does

Finds a `zensical.toml` beside `mkdocs.yml` that is about the same docs folder.

## Why this matters

Zensical takes this file before `mkdocs.yml`, and loads no plugin of MkDocs. So `zensical build` publishes postmortems
that the check would refuse, secrets included, without the allow-list of HTML, and without charts, lists and figures.

## Example

```toml title="zensical.toml"
[project]
site_name = "Incidents"
```

## Use instead

```toml title="zensical.toml"
[project]
site_name = "Incidents"
docs_dir = "build/zensical/docs"
```

Those are the pages that `postmortems build --with zensical` has made, behind the check. It needs no `zensical.toml`.

## Options

None.
"""

from __future__ import annotations

from postmortems.check.rule import Rule
from postmortems.model.diagnostic import Level

RULE = Rule(
    code="PM905",
    name="unchecked-zensical-site",
    level=Level.WARNING,
    page=__doc__,
    found_while_reading=True,
    is_local=False,
)
