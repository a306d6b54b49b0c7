"""Agenda of a review as Markdown, for a document, an issue or chat, and as plain text for a calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from postmortems.analyse.agenda.meeting import Topic
from postmortems.render.data.agenda_record import AgendaRecord, EvidenceRecord, PointRecord, clock_words
from postmortems.render.words.formats import day_words, moment_words
from postmortems.text.markdown import code, escaped

_MOST_LINKS = 6


def agenda_markdown(record: AgendaRecord) -> str:
    """The agenda as Markdown: a heading for each part, a box to tick for each point, room for the answers."""
    return "\n".join(_markdown(record)) + "\n"


def _markdown(record: AgendaRecord) -> Iterator[str]:
    yield f"# {escaped(record['title'])}"
    yield ""
    about = _link(record["url"], code(record["postmortem"] or record["month"] or ""))
    minutes = f"{record['minutes']} minutes"
    start = [moment_words(datetime.fromisoformat(record["start"]))] if record["start"] else []
    yield f"{', '.join((*start, minutes))}: {about}"
    for part in record["parts"]:
        end = part["begins"] + part["minutes"]
        yield ""
        yield f"## {clock_words(record, part['begins'])}–{clock_words(record, end)} {part['title']}"
        yield ""
        yield part["purpose"]
        if part["points"]:
            yield ""
        for point in part["points"]:
            yield from _markdown_point(point, is_linked=record["url"].startswith("http"))
    yield ""
    yield f"As of {day_words(datetime.fromisoformat(record['today']).date())}."


def _link(url: str, words: str) -> str:
    return f"[{words}]({url})" if url.startswith("http") else words


def _markdown_point(point: PointRecord, *, is_linked: bool) -> Iterator[str]:
    fact, question = escaped(point["fact"]), escaped(point["question"])
    yield f"- [ ] {' '.join(filter(None, (f'**{fact}**' if fact else '', question)))}"
    yield from (
        f"  > - {escaped(quote)}" if len(point["quotes"]) > 1 else f"  > {escaped(quote)}" for quote in point["quotes"]
    )
    if point["quotes"]:
        yield ""
    if point["topic"] == Topic.FIVE_WHYS:
        yield from (f"  {number}. {prompt}" for number, prompt in enumerate(point["prompts"], 1))
    elif point["prompts"]:
        yield f"  {' … '.join('Why?' for _ in point['prompts'])} …"
        yield ""
    if point["evidence"]:
        shown = [_evidence(evidence, is_linked=is_linked) for evidence in point["evidence"][:_MOST_LINKS]]
        more = len(point["evidence"]) - len(shown)
        yield f"  - {'; '.join(shown)}{f'; {more} more' if more else ''}"


def _evidence(evidence: EvidenceRecord, *, is_linked: bool) -> str:
    words = escaped(evidence["words"])
    if is_linked:
        return f"[{words}]({evidence['url']})"
    return words


def agenda_plain(record: AgendaRecord) -> str:
    """The agenda as plain text: what fits into an invitation, without the evidence."""
    return "\n".join(_plain(record)).strip()


def _plain(record: AgendaRecord) -> Iterator[str]:
    if record["url"].startswith("http"):
        yield record["url"]
    for part in record["parts"]:
        yield ""
        yield f"{clock_words(record, part['begins'])} {part['title']} ({part['minutes']} min): {part['purpose']}"
        for point in part["points"]:
            quotes = [f"“{quote}”" for quote in point["quotes"]]
            prompts = point["prompts"] if point["topic"] == Topic.FIVE_WHYS else ()
            yield f"- {' '.join(filter(None, (point['fact'], *quotes, point['question'], *prompts)))}"
