"""
## What it does

Finds files in a postmortem's folder that nothing links to: no link, image or HTML in a postmortem or a pattern, and no
event of a `timeline.json`. The `timeline.json` itself, hidden files, a README and an index need no link. Where another
page (Markdown or HTML) lies in the folder, only that page needs one, since it may use the rest.

## Why this matters

A graph or log that no one can find was saved for nothing. Often it is the picture that a sentence should show.

## Example

```text
docs/postmortems/2024/01-database-connection-pool/artifacts/response-times.png
```

## Use instead

```text
docs/postmortems/2024/01-database-connection-pool/artifacts/response-times.png
```

```markdown
### Technical Impact

Response times rose to 8 s.

![Response times of the API](artifacts/response-times.png)
```

## Options

None.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from postmortems.check.artifacts import owner_of
from postmortems.check.rule import Context, Rule
from postmortems.model.corpus import Corpus
from postmortems.model.diagnostic import Level, Problem
from postmortems.model.pattern import Pattern
from postmortems.model.place import Place
from postmortems.model.postmortem import Postmortem

_PAGES = (".md", ".html", ".htm")


def examine(corpus: Corpus, context: Context) -> Iterator[Problem]:
    """A problem at each file that nothing links to; all documents count, so all are looked at together."""
    artifacts = _artifacts(corpus)
    if not artifacts:
        return
    documents: list[Postmortem | Pattern] = [*corpus.postmortems, *corpus.patterns]
    used = {file for document in documents for file in context.summary_of(document).leads_to}
    for owner, files in artifacts.items():
        pages = [file for file in files if file.endswith(_PAGES)]
        for file in pages or files:
            if file not in used and not _is_read_me(file) and not _folder_is_used(file, used):
                yield Problem(
                    "unused-artifact",
                    Place.at(file),
                    f'nothing links to "{file.removeprefix(f"{owner}/")[:200]}"',
                    "show or link it in the postmortem, or remove it",
                )


def _artifacts(corpus: Corpus) -> dict[str, list[str]]:
    """The files that somebody should lead to, in order, by the folder of their postmortem."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for path in sorted(corpus.files):
        if path in corpus.by_path or not (owner := owner_of(path, corpus)):
            continue
        folder = owner.path.rpartition("/")[0]
        inside = path.removeprefix(f"{folder}/")
        if inside != "timeline.json" and not any(part.startswith(".") for part in inside.split("/")):
            found[folder].append(path)
    return found


def _folder_is_used(file: str, used: set[str]) -> bool:
    """True if a link leads to a folder that holds the file."""
    folder = file
    while folder := folder.rpartition("/")[0]:
        if folder in used:
            return True
    return False


def _is_read_me(file: str) -> bool:
    return file.rpartition("/")[2].casefold().startswith(("readme", "index."))


RULE = Rule(
    code="PM702",
    name="unused-artifact",
    level=Level.INFO,
    page=__doc__,
    is_local=False,
    examine_corpus=examine,
)
