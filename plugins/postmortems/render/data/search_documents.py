"""Documents that the search page's index is made of: small HTML pages, which nobody but Pagefind reads.

Weights are those of the terminal (`analyse/search`). Labels stand below a heading of their own, `LABELS`, so that no
passage is taken from them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup, escape

from postmortems.analyse.search.documents import WEIGHTS, Where, pattern_labels, postmortem_labels
from postmortems.model.pattern import Pattern
from postmortems.model.postmortem import Postmortem
from postmortems.render.base.context import PageContext
from postmortems.render.words.formats import day_words
from postmortems.render.words.incident import lasted_words
from postmortems.render.words.severity import severity_weight
from postmortems.text.controls import html_without_controls
from postmortems.text.slug import slug

_UNENDED = re.compile(r"([\w)”’])(?=\s*</(?:dd|div|dt|li|td|th)>)")
"""The end of a block without a full stop: in a passage the next one would seem to go on with its sentence."""

LABELS = "pm-labels"
"""The id of the heading above title and labels."""


FACETS = ("severity", "service", "year")
"""The names of what the search page narrows incidents by."""


def facts_of(postmortem: Postmortem, context: PageContext) -> dict[str, str]:
    """Facts that the search page shows of an incident, each as text."""
    matter = postmortem.front_matter
    day = postmortem.day
    return {
        "at": context.addresses.postmortem(postmortem),
        "title": postmortem.title,
        "severity": matter.severity or "severity unknown",
        "weight": str(severity_weight(matter.severity, context.settings.severities)),
        "day": day.isoformat() if day else "",
        "when": day_words(day) if day else "date unknown",
        "owner": context.analysis.owner_name(postmortem) or "",
        "length": lasted_words(context.analysis.durations_of(postmortem)),
        "status": "" if postmortem.front_matter.status == "published" else str(matter.status or ""),
    }


def facets_of(postmortem: Postmortem, context: PageContext) -> dict[str, tuple[str, ...]]:
    """The values by which the search page narrows incidents."""
    matter = postmortem.front_matter
    services = dict.fromkeys(context.analysis.services[slug(name)].name for name in matter.services)
    return {
        "severity": (matter.severity or "unknown",),
        "service": tuple(services),
        "year": (str(postmortem.year or "unknown"),),
    }


def known_documents(context: PageContext) -> dict[str, dict[str, object]]:
    """Facts about the documents that another index holds, by their addresses."""
    known: dict[str, dict[str, object]] = {}
    for pattern in context.corpus.patterns:
        facts = _pattern_facts(pattern, context)
        labels = " ".join(text for _, text in pattern_labels(pattern))
        known[facts["at"]] = {"kind": "patterns", "facts": facts, "labels": labels}
    for postmortem in context.analysis.postmortems:
        facts, facets = facts_of(postmortem, context), facets_of(postmortem, context)
        labels = " ".join(text for where, text in postmortem_labels(postmortem) if where is not Where.TITLE)
        known[facts["at"]] = {"kind": "incidents", "facts": facts, "facets": facets, "labels": labels}
    return known


class About(NamedTuple):
    """All that a document holds beside the words of its page: facts, and labels with where they stand."""

    facts: Mapping[str, str]
    labels: Sequence[tuple[Where, str]]


def postmortem_about(postmortem: Postmortem, context: PageContext) -> About:
    """Facts and labels of a postmortem."""
    return About(facts_of(postmortem, context), [*postmortem_labels(postmortem)])


def pattern_about(pattern: Pattern, context: PageContext) -> About:
    """Facts and labels of a pattern, by which the page's own entry of it is found."""
    return About(_pattern_facts(pattern, context), [*pattern_labels(pattern)])


def page_about(title: str, address: str) -> About:
    """Facts and labels of any other page; `title` is safe HTML."""
    plain = Markup(title).striptags()  # noqa: S704 - it is safe
    return About({"at": address, "title": plain}, [(Where.TITLE, plain)])


def kinds_of(names: Mapping[str, str], context: PageContext) -> dict[str, list[str]]:
    """The documents that are patterns, and those that are no incidents either; `names` are the index's, by address."""
    patterns = {context.addresses.pattern(pattern.id) for pattern in context.corpus.patterns}
    incidents = {context.addresses.postmortem(postmortem) for postmortem in context.analysis.postmortems}
    return {
        "patterns": [name for at, name in names.items() if at in patterns],
        "pages": [name for at, name in names.items() if at not in patterns and at not in incidents],
    }


def facet_places(names: Mapping[str, str], context: PageContext) -> dict[str, object]:
    """The values of each facet, and of each incident their places in these lists, in the order of the facets."""
    values: dict[str, dict[str, int]] = {facet: {} for facet in FACETS}
    documents = {}
    for postmortem in context.analysis.postmortems:
        if name := names.get(context.addresses.postmortem(postmortem)):
            facets = facets_of(postmortem, context)
            documents[name] = [
                [values[facet].setdefault(value, len(values[facet])) for value in facets[facet]] for facet in FACETS
            ]
    return {**{facet: list(found) for facet, found in values.items()}, "documents": documents}


def _pattern_facts(pattern: Pattern, context: PageContext) -> dict[str, str]:
    return {"at": context.addresses.pattern(pattern.id), "title": pattern.title, "pattern": pattern.id}


def search_document(about: About, words: str, language: str) -> str:
    """The document of a page; `words` are its author's, as safe HTML."""
    head = "".join(
        Markup('<meta data-pagefind-meta="{}[content]" content="{}">').format(name, value)
        for name, value in about.facts.items()
        if value
    )
    told = _UNENDED.sub(r"\1.", words)
    return html_without_controls(
        f'<!doctype html><html lang="{escape(language)}"><head>{head}</head><body><main data-pagefind-body>{told}'
        f'<h2 id="{LABELS}" data-pagefind-weight="0">.</h2>{"".join(_weighed(about.labels))}</main></body></html>'
    )


def _weighed(labels: Iterable[tuple[Where, str]]) -> Iterator[str]:
    for where, group in groupby(labels, key=lambda label: label[0]):
        for _, text in group:
            yield Markup('<p data-pagefind-weight="{}">{}</p>').format(WEIGHTS[where], text)
