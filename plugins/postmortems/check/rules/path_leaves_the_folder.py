"""
## What it does

Finds links that point outside the docs folder: paths with too many `../`, `file:` addresses, paths with a Windows
drive, and symbolic links in the file system whose target is outside. A git repository in the docs folder is also found:
a folder with a `.git`, or one that git takes for a bare repository (`HEAD` with `objects` and `refs`, or `commondir`).

So are texts that a page takes in with `--8<--`, where the Markdown extension `pymdownx.snippets` is on: from outside
the docs folder, from hidden files and from other sites. Folders that its `base_path` names count as inside, unless they
hold the docs folder.

## Why this matters

Such a link works on the author's machine and nowhere else. A symbolic link could also publish a file that was never
meant to leave that machine. The configuration of a repository names programs, which run whenever git runs in that
folder; and what changes in it is no change of the repository around it, so that no check of changed files would see it.

A text that is taken in is published with the page, from the machine that builds the site: a checkout there may keep a
token in `.git/config`.

## Example

```markdown
### Technical Impact

The [full log](../../../../logs/api.log) shows 4,200 refused connections.
```

## Use instead

```text title="docs/postmortems/2024/01-database-connection-pool/artifacts/api.log"
```

```markdown
### Technical Impact

The [full log](artifacts/api.log) shows 4,200 refused connections.
```

## Options

None.
"""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.check.rule import Context, Rule
from postmortems.model.diagnostic import Level, Problem
from postmortems.model.link_targets import links_of, scheme
from postmortems.model.pattern import Pattern
from postmortems.model.postmortem import Postmortem


def examine(document: Postmortem | Pattern, context: Context) -> Iterator[Problem]:
    """A problem at each target outside; symbolic links are found while reading."""
    for link in links_of(document):
        file = context.corpus.file_of(link.target, document)
        if scheme(link.target) == "file" or (file is not None and file.split("/", 1)[0] == ".."):
            yield Problem(
                "path-leaves-the-folder",
                link.place,
                f'"{link.target[:200]}" points outside the docs folder',
                "move the file to artifacts/ beside the document and link to it there",
            )


RULE = Rule(
    code="PM704",
    name="path-leaves-the-folder",
    level=Level.ERROR,
    page=__doc__,
    examine_postmortem=examine,
    examine_pattern=examine,
    found_while_reading=True,
    may_be_waived=False,
)
