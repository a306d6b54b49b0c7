"""
## What it does

Finds files beside postmortems that are larger than the setting `largest_artifact`, 1 MiB by default.

## Why this matters

Git keeps every version of a file for good, and everyone who clones the repository or opens the page downloads it. A
whole log or heap dump is seldom read again; the twenty lines or the one graph that show what happened are.

## Example

```text
docs/postmortems/2024/01-database-connection-pool/artifacts/api.log (4,200,000 bytes)
```

```markdown
### Technical Impact

The [log of the API](artifacts/api.log) shows 4,200 refused connections.
```

## Use instead

```text
docs/postmortems/2024/01-database-connection-pool/artifacts/api.log (18,000 bytes)
```

```markdown
### Technical Impact

The [log of the API](artifacts/api.log) from 14:20 to 14:25 shows 4,200 refused connections; the
[whole log](https://logs.example.com/api/2024-02-06) is in the archive.
```

## Options

`largest_artifact` in the settings: a size such as `500kB` or `2MB`.
"""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.check.artifacts import owner_of
from postmortems.check.rule import Context, Rule
from postmortems.model.corpus import Corpus
from postmortems.model.diagnostic import Level, Problem
from postmortems.model.link_targets import links_of
from postmortems.model.place import Place


def examine(corpus: Corpus, context: Context) -> Iterator[Problem]:
    """A problem for each file that is too large, where its postmortem uses it, else at the file."""
    most = context.settings.largest_artifact
    for path, size in sorted(corpus.sizes.items()):
        if size > most and path not in corpus.register_paths and path.rpartition("/")[2] != "timeline.json":
            yield Problem(
                "large-artifact",
                _place(path, corpus),
                f'"{path.rpartition("/")[2][:120]}" is {size:,} bytes, over the limit of {most:,}',
                "trim it to what the text needs, or link to the full file elsewhere",
            )


def _place(path: str, corpus: Corpus) -> Place:
    owner = owner_of(path, corpus)
    links = links_of(owner) if owner else ()
    return next((link.place for link in links if owner and corpus.file_of(link.target, owner) == path), Place.at(path))


RULE = Rule(
    code="PM703",
    name="large-artifact",
    level=Level.WARNING,
    page=__doc__,
    is_local=False,
    examine_corpus=examine,
)
