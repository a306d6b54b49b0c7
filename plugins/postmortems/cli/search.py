"""`postmortems search WORDS`: have we seen this before, and what helped?"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from postmortems.analyse.search.evidence import Evidence
from postmortems.analyse.search.index import SearchIndex, search_index_of, told
from postmortems.analyse.search.question import Question
from postmortems.cli.completion import complete_search_words
from postmortems.cli.data_format import put, terminal_width, wants_colour
from postmortems.cli.knowledge import load_project
from postmortems.cli.project import config_option, refuse, today_option
from postmortems.cli.table import wrapped
from postmortems.loading import LoadedProject
from postmortems.render.data.answers import AnswerRecord, answer_record
from postmortems.render.words.formats import UNKNOWN, day_words
from postmortems.render.words.incident import lasted_words
from postmortems.text.json import json_text
from postmortems.text.spelling import count_words

_INDENT = "  "
_NARROWEST, _WIDEST = 40, 100
_SHORTEST = 2
"""Letters of a question: a single one stands in everything."""


@click.command("search")
@click.argument("words", metavar="WORDS", nargs=-1, required=True, shell_complete=complete_search_words)
@click.option(
    "--limit", type=click.IntRange(1, 1000), default=10, help="Maximum number of postmortems to list (default: 10)."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="Output format: text (default), or json, patterns first.",
)
@today_option
@config_option
def command(words: tuple[str, ...], limit: int, form: str, today: datetime.date | None, config: Path | None) -> None:
    """Search patterns and postmortems: have we seen this before, and what helped?

    WORDS are a symptom, an error message or a service, without quotes. Misspelt words are corrected.

    \b
    Examples:
      postmortems search replica lag
      postmortems search "too many connections" --limit 3
      postmortems search 502 after deploy --format json
    """
    text = " ".join(words).strip()
    if len(text) < _SHORTEST:
        refuse(f'"{text}" is too short to search for; type a word of what you see')
    knowledge = load_project(config, today)
    index = knowledge.run.analysis.once(search_index_of)
    question = index.question(text)
    patterns, postmortems = told(index.answers(question))
    evidence = Evidence(index, question)
    shown = [answer_record(answer, evidence) for answer in (*patterns, *postmortems[:limit])]
    put(
        form,
        {
            "text": lambda: "\n".join(_lines(shown, question, index, len(postmortems), knowledge)) + "\n",
            "json": lambda: json_text(shown),
        },
    )


def _lines(
    shown: list[AnswerRecord], question: Question, index: SearchIndex, count: int, knowledge: LoadedProject
) -> Iterator[str]:
    widest = min(max(terminal_width() or _WIDEST, _NARROWEST), _WIDEST)
    bold = "\x1b[1m{}\x1b[0m" if wants_colour() else "{}"
    patterns = [record for record in shown if record["kind"] == "pattern"]
    postmortems = [record for record in shown if record["kind"] != "pattern"]
    evidence = Evidence(index, question)
    if question.corrected:
        told_words = "; ".join(f'"{word}" taken for "{meant}"' for word, meant in question.corrected)
        yield from wrapped(f"No match for all of it: {told_words}.", widest)
    if question.unknown and shown:
        yield from wrapped(
            f"No match for {', '.join(f'{chr(34)}{word}{chr(34)}' for word in question.unknown)}.", widest
        )
    counts = [count_words(len(patterns), "pattern")] if patterns else []
    found = " and ".join([*counts, count_words(count, "postmortem")])
    yield from wrapped(f'{found} for "{question.asked}"' if shown else f'No match for "{question.asked}".', widest)
    if not shown:
        yield from wrapped("It may be new here. Try one word of the error message, or `postmortems list`.", widest)
    if patterns:
        yield from ("", bold.format("Patterns"))
        for record in patterns:
            yield from _pattern(record, widest, bold)
    if postmortems:
        more = f" (the best {len(postmortems)} of {count})" if len(postmortems) < count else ""
        yield from ("", bold.format("Incidents") + more)
        for record in postmortems:
            yield from _postmortem(record, knowledge, widest, bold, evidence.is_asked)


def _pattern(record: AnswerRecord, widest: int, bold: str) -> Iterator[str]:
    yield from _indented(f"{record['title']} ({record['id']})", widest, bold)
    signals = [*dict.fromkeys(why["words"] for why in record["why"] if why["where"] in ("signal", "alias"))]
    if signals:
        yield from _indented(f"Signals: {', '.join(signals[:5])}", widest)
    if record["helps_now"]:
        yield from _indented(f"What helps now: {record['helps_now']}", widest)


def _postmortem(
    record: AnswerRecord, knowledge: LoadedProject, widest: int, bold: str, is_asked: Callable[[str], bool]
) -> Iterator[str]:
    postmortem = knowledge.run.corpus.by_id[record["id"]]
    lengths = knowledge.run.analysis.durations_of(postmortem)
    facts = [
        postmortem.front_matter.severity or f"severity {UNKNOWN}",
        day_words(postmortem.day) if postmortem.day else f"date {UNKNOWN}",
        postmortem.front_matter.owner or "",
        lasted_words(lengths),
    ]
    yield from _indented(record["title"], widest, bold)
    yield from _indented(f"{record['id']} · {' · '.join(fact for fact in facts if fact)}", widest)
    if record["passage"]:
        section = f"{record['passage']['section']}: " if record["passage"]["section"] else ""
        for line in _indented(f"{section}{record['passage']['text']}", widest):
            yield _marked(line, is_asked, bold)
    yield ""


def _marked(line: str, is_asked: Callable[[str], bool], bold: str) -> str:
    if bold == "{}":
        return line
    return " ".join(bold.format(word) if word and is_asked(word) else word for word in line.split(" "))


def _indented(text: str, widest: int, style: str = "{}") -> Iterator[str]:
    for line in wrapped(text, widest - len(_INDENT)):
        yield f"{_INDENT}{style.format(line)}"
