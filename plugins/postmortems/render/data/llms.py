"""`/llms.txt`: what the knowledge base holds, for assistants that read text (https://llmstxt.org).

Of many postmortems only the newest are here, so that the file stays one that can be read; all are in the index.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from postmortems.model.pattern import Pattern
from postmortems.model.postmortem import Postmortem
from postmortems.render.base.context import MANY
from postmortems.render.data import index, lists, metrics_file
from postmortems.render.data.data_context import DataContext
from postmortems.render.words.formats import count_words, day_words
from postmortems.render.words.incident import detected_words, lasted_words
from postmortems.render.words.plain import opening
from postmortems.render.words.search import helps_now
from postmortems.text.controls import visible_controls

FILE = "llms.txt"

_SIGNS = re.compile(r"([\\`*\[\]<])")


def llms_txt(data_context: DataContext) -> str:
    """The text of the file: Markdown with a title, a summary and lists of links, each with what is behind it."""
    return "\n".join(_lines(data_context)) + "\n"


def _lines(data_context: DataContext) -> Iterator[str]:
    analysis, corpus = data_context.pages.analysis, data_context.pages.corpus
    newest = analysis.postmortems[::-1][:MANY]
    yield from (f"# {_flat(data_context.site_name) or 'Postmortems'}", "")
    held = count_words(len(analysis.postmortems), "incident postmortem")
    yield f"> {held} and {count_words(len(corpus.patterns), 'recurring failure pattern')}."
    yield ""
    yield (
        "Each postmortem describes what happened, why, how it was detected and what helped; each pattern, how to"
        " detect it and what helps. Times are UTC. Unknown values are omitted or marked unknown."
    )
    if data_context.pages.is_sample:
        yield (
            "This is a sample collection: counts and times in it do not show how often incidents happen or how long"
            " they take."
        )
    if len(newest) < len(analysis.postmortems):
        yield f"The newest {len(newest)} postmortems are listed below; the index has all of them."
    if corpus.patterns:
        yield from ("", "## Patterns", "")
        yield from (_pattern(pattern, data_context) for pattern in corpus.patterns)
    if newest:
        yield from ("", "## Postmortems", "")
        yield from (_postmortem(postmortem, data_context) for postmortem in newest)
    yield from ("", "## Data", "")
    yield _link("Index", data_context.url(index.FILE), "one compact row per postmortem, JSON")
    yield _link(
        "Postmortems",
        data_context.url(f"{lists.POSTMORTEMS}.json"),
        "facts of each, and in `record` the file of its whole record, with events and text; JSON",
    )
    yield _link("Action items", data_context.url(f"{lists.ACTIONS}.json"), "all, with owner and due date, JSON")
    yield _link("Metrics", data_context.url(metrics_file.FILE), "metrics of all incidents, JSON")


def _pattern(pattern: Pattern, data_context: DataContext) -> str:
    found = data_context.pages.analysis.occurrences.get(pattern.id)
    seen = f"{pattern.family}, {count_words(len(found.counted) if found else 0, 'incident')}"
    words = pattern.description or opening(pattern.body.lead or pattern.body.blocks())
    helps = f"What helps now: {first}" if (first := helps_now(pattern)) else ""
    told = " ".join(filter(None, (f"{seen}.", words, helps)))
    return _link(pattern.title, data_context.url(data_context.pages.addresses.pattern(pattern.id)), told)


def _postmortem(postmortem: Postmortem, data_context: DataContext) -> str:
    record, lengths = data_context.record(postmortem), data_context.pages.analysis.durations_of(postmortem)
    severity, owner = record["severity"] or "severity unknown", record["owner"]
    facts = [severity, day_words(postmortem.day) if postmortem.day else "date unknown", *([owner] if owner else [])]
    facts += [detected_words(lengths), lasted_words(lengths)]
    if not postmortem.is_incident:
        facts.insert(0, str(postmortem.front_matter.kind).replace("-", " "))
    causes = (("Root cause", record["root_cause"]), ("Trigger", record["trigger"]))
    told = [", ".join(facts), *(f"{name}: {words}" for name, words in causes if words)]
    if record["patterns"]:
        told.append(f"Patterns: {', '.join(pattern['id'] for pattern in record['patterns'])}")
    return _link(postmortem.title, record["url"], ". ".join(told))


def _link(title: str, url: str, words: str) -> str:
    return f"- [{_flat(title)}]({url}): {_flat(words)}".rstrip(": ")


def _flat(words: str) -> str:
    """Words on one line, in which nothing is Markdown."""
    return _SIGNS.sub(r"\\\1", visible_controls(" ".join(words.split())))
