"""
## What it does

Finds files beside postmortems, patterns and templates that a browser runs when opened: HTML, scripts,
style sheets, programs for browsers, and SVG and XML that hold scripts, handlers, HTML that may run, or styles from
elsewhere. The site leaves these out, also in a preview, whatever the level of this rule. Files whose type is not known
to be harmless are warnings, and are published.

The same holds below `docs/assets/javascripts/` and `docs/assets/postmortems/`, where a file takes the place of the
site's own script of that name; what `extra_javascript` or `extra_css` of `mkdocs.yml` names is left alone.

## Why this matters

Artifacts are served from the site's own address. What runs in one of them acts as the person who opened the link, on
all pages that they may read, and a script among the artifacts may be loaded by another file where the policy of the
site allows its own scripts. An SVG that a page shows as a picture runs nothing; opened by itself it is a page.

## Example

```text
docs/postmortems/2024/01-database-connection-pool/artifacts/dashboard.html
```

```markdown
### Technical Impact

The [dashboard](artifacts/dashboard.html) shows response times of 8 s.
```

## Use instead

```text
docs/postmortems/2024/01-database-connection-pool/artifacts/dashboard.png
```

```markdown
### Technical Impact

Response times rose to 8 s.

![Response times of the API](artifacts/dashboard.png)
```

## Options

With the setting `active_html: true` all files are published, and this rule finds nothing.
"""

from __future__ import annotations

from postmortems.check.rule import Rule
from postmortems.model.diagnostic import Level

RULE = Rule(
    code="PM707",
    name="active-artifact",
    level=Level.ERROR,
    page=__doc__,
    found_while_reading=True,
    may_be_waived=False,
)
