"""Documents of sources with their links as they have to be on this site.

A source's author writes links for the source's own site. Those between its postmortems are right here, too, since they
keep their places to each other; those to patterns, to pages that every site has, and from the root of the site are not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from postmortems.model.corpus import Corpus
from postmortems.model.link import Link
from postmortems.model.pattern import Pattern
from postmortems.model.postmortem import Postmortem
from postmortems.model.source import Source
from postmortems.read.body import read_body
from postmortems.read.links import read_links

DocumentT = TypeVar("DocumentT", Postmortem, Pattern)


def with_links_here(document: DocumentT, corpus: Corpus) -> DocumentT:
    """A document as it is shown on this site; one of the docs folder itself stays as it is."""
    if corpus.sources.source_of(document.path) is None:
        return document
    body = document.body
    own = (link for link in document.links if link.place.path == document.path)
    lines = _translated(list(body.lines), body.first, own, document.path, corpus)
    changed = replace(document, body=replace(body, lines=tuple(lines)))
    if isinstance(changed, Pattern):
        return changed
    events = tuple(
        replace(event, text=_text(event.text, changed.path, corpus), action=_text(event.action, changed.path, corpus))
        for event in changed.timeline.events
    )
    items = tuple(replace(item, text=_text(item.text, changed.path, corpus)) for item in changed.actions.items)
    return replace(
        changed,
        timeline=replace(changed.timeline, events=events),
        actions=replace(changed.actions, items=items),
    )


def postmortem_at(path: str, corpus: Corpus) -> Postmortem | None:
    """The postmortem in a file below the docs folder, as it is shown on this site."""
    found = corpus.by_path.get(path)
    return with_links_here(found, corpus) if found else None


def _text(text: str, path: str, corpus: Corpus) -> str:
    """The same of a text that is Markdown of its own."""
    if "](" not in text:
        return text
    links = read_links(read_body(Source(path, text), {}))
    return "\n".join(_translated(text.split("\n"), 1, links, path, corpus))


def _translated(lines: list[str], first: int, links: Iterable[Link], path: str, corpus: Corpus) -> list[str]:
    """Lines, of which the first has this number, with the targets of links in them translated."""
    by_line: defaultdict[int, list[Link]] = defaultdict(list)
    for link in links:
        by_line[link.place.line - first].append(link)
    for index, several in by_line.items():
        # From the end, so that the places before stay right.
        for link in sorted(several, key=lambda link: link.place.column, reverse=True):
            start, end = link.place.column - 1, link.place.column - 1 + len(link.target)
            here = corpus.sources.target_here(link.target, path, corpus.files)
            if here and 0 <= index < len(lines) and lines[index][start:end] == link.target:
                lines[index] = f"{lines[index][:start]}{here}{lines[index][end:]}"
    return lines
