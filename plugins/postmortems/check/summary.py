"""Summaries: all that the rules of the corpus ask of a postmortem's text, so that they need not have the text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from postmortems.check.prose import prose_of
from postmortems.model.diagnostic import Problem
from postmortems.model.link_targets import links_of
from postmortems.model.pattern import Pattern
from postmortems.model.place import Place
from postmortems.model.postmortem import Postmortem
from postmortems.model.references import may_refer, references
from postmortems.model.source_repository import Sources


class Summary(NamedTuple):
    """A document in a few words; a tuple, since thousands are unpickled in a run.

    `leads_to` are the files that it links to or shows; `owners` are those of its action items, each where it is named;
    `names_patterns` tells that its author wrote that key.
    """

    leads_to: tuple[str, ...]
    owners: tuple[tuple[str, Place], ...] = ()
    names_patterns: bool = False


class Examined(NamedTuple):
    """All that is known of a postmortem once it has been examined by itself: what the rules of the corpus need, the
    problems that its own file decides, and the words by which it is compared with others, one blank between two, with
    a digest of all that it is compared by.

    `only_on` is the day that this holds for, None for any. `since` is the latest moment that may have happened by then:
    in an earlier run some of its times may lie in the future. None tells that some do, so that a later run must look.
    """

    summary: Summary
    problems: tuple[Problem, ...]
    words: str
    compared_by: bytes
    only_on: date | None
    since: datetime | None


def summary_of(document: Postmortem | Pattern, sources: Sources) -> Summary:
    """The summary of a document whose text is at hand; `sources` are those of its corpus."""
    leads_to = tuple(dict.fromkeys(_leads_to(document, sources)))
    if isinstance(document, Pattern):
        return Summary(leads_to)
    owners = tuple((item.owner, item.place) for item in document.actions.items if item.owner)
    return Summary(leads_to, owners, document.has("patterns"))


def _leads_to(document: Postmortem | Pattern, sources: Sources) -> Iterator[str]:
    targets = [link.target for link in links_of(document)]
    if may_refer("\n".join(document.body.lines)):
        targets += [reference.address for reference in references(prose_of(document.body).text)]
    for target in targets:
        if file := sources.file_of(target, document.path, frozenset()):
            yield file
