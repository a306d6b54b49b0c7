"""
## What it does

Finds links and images in postmortems and patterns whose file is not there: graphs, logs and other artifacts, named by
a relative path or by one from the docs folder (`/…`). Links to Markdown pages are checked by MkDocs itself; links to
other sites and addresses of folders elsewhere on the site are not looked at.

In a document from another repository (setting `sources`) links are followed there, those to Markdown pages included: a
link to a file that is not there is found, and so is one to a file that this site does not take, unless the source has
a `url`.

## Why this matters

The graph that shows what the incident looked like is the part a later reader needs most. MkDocs mentions a missing
file in its log and publishes the page with a broken picture.

## Example

```markdown
### Technical Impact

Response times rose to 8 s.

![Response times of the API](artifacts/response-times.png)
```

## Use instead

```text title="docs/postmortems/2024/01-database-connection-pool/artifacts/response-times.png"
```

```markdown
### Technical Impact

Response times rose to 8 s.

![Response times of the API](artifacts/response-times.png)
```

## Options

`url` of each of the `sources`: where links to files that this site does not take then lead.
"""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.check.rule import Context, Rule
from postmortems.model.corpus import Corpus
from postmortems.model.diagnostic import Level, Problem
from postmortems.model.link import Link
from postmortems.model.link_targets import links_of
from postmortems.model.pattern import Pattern
from postmortems.model.postmortem import Postmortem
from postmortems.model.source_repository import SourcePlace, Sources
from postmortems.text.spelling import nearest

_PAGES = ("/index.md", "/README.md", "/postmortem.md", ".md")


def examine(document: Postmortem | Pattern, context: Context) -> Iterator[Problem]:
    """A problem at each target that is no file below the docs folder."""
    files = context.corpus.files
    for link in links_of(document):
        if elsewhere := context.corpus.sources.not_taken(link.target, document.path, files):
            yield from _in_source(link, document.path, *elsewhere, context.corpus.sources)
            continue
        file = context.corpus.file_of(link.target, document)
        if file is None or file in files or file.split("/", 1)[0] == ".." or file.endswith(".md"):
            continue
        if _is_page(link.target, file, document.path, files):
            continue
        yield Problem(
            "broken-artifact-link",
            link.place,
            f'"{link.target[:200]}" points to a missing file: {context.corpus.called(file)[:200]}',
            _advice(file, document.path, context.corpus),
        )


def _in_source(link: Link, path: str, source: SourcePlace, file: str, sources: Sources) -> Iterator[Problem]:
    """A problem if a link to what this site does not take of a source leads nowhere. That MkDocs cannot know, so pages
    are looked for, too."""
    there = sources.beside.get(source.name, frozenset())
    if file not in there and not _is_page(link.target, file, source.own(path), there):
        yield Problem(
            "broken-artifact-link",
            link.place,
            f'"{link.target[:200]}" points to a missing file: docs/{file[:200]} of {source.name}',
            "add and commit the file there, or correct the path",
        )
    elif not source.url:
        yield _not_taken(link, source, file)


def _not_taken(link: Link, source: SourcePlace, file: str) -> Problem:
    return Problem(
        "broken-artifact-link",
        link.place,
        f'"{link.target[:200]}" points to a file of the source "{source.name}" that this site does not take: '
        f"{file[:200]}",
        f'set `url` of the source "{source.name}", where links to such files then lead',
    )


def _is_page(target: str, file: str, path: str, files: frozenset[str]) -> bool:
    """True if the target is the address of a page: of an authored one, or of a folder outside the document's own."""
    page = file.removesuffix("/index.html").removesuffix(".html")
    if any(page + ending in files for ending in _PAGES):
        return True
    bare = target.partition("#")[0].partition("?")[0]
    return bare.endswith("/") and not f"{file}/".startswith(path.rpartition("/")[0] + "/")


def _advice(file: str, path: str, corpus: Corpus) -> str:
    """The file that may be meant: one in the document's own folder, or below it, with a name much like this one."""
    own = path.rpartition("/")[0] + "/"
    names = {known.rpartition("/")[2]: known for known in corpus.files if known.startswith(own)}
    meant = nearest(file.rpartition("/")[2], names)
    return f'did you mean "{corpus.called(names[meant])}"?' if meant else "add and commit the file, or correct the path"


RULE = Rule(
    code="PM701",
    name="broken-artifact-link",
    level=Level.ERROR,
    page=__doc__,
    is_local=False,
    examine_postmortem=examine,
    examine_pattern=examine,
    follows_references=True,
)
