"""The moments that sentences near the beginning of a document tell: "At 14:02 UTC the site went down"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from itertools import islice

from postmortems.adopt.document import Document
from postmortems.adopt.event_moments import is_denied, phrases_pattern, written
from postmortems.adopt.moment_reader import MomentReader
from postmortems.adopt.record import Value, derived
from postmortems.adopt.statements import plain
from postmortems.model.section import Block, BlockKind
from postmortems.read.languages import chosen, plain_word, word_list, words
from postmortems.read.timeline.entry_start import is_day
from postmortems.read.timeline.time_parser import read_stamp
from postmortems.read.timeline.time_text import TimeText

_FEW_BLOCKS = 8
"""Number of paragraphs and items at the beginning in which a sentence may tell when the incident began and ended."""
_NOT_OF_INCIDENT = ("Timeline", "Action Items", "Lessons Learned", "What Went Well", "Areas for Improvement")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[^\W\da-z])")
_LONGEST = 600
_CLOCK_LIKE = re.compile(r"\d[:.h]\d\d|\d{4}\s?[A-Z]|\d\s?[ap]\.?m\b", re.IGNORECASE)
_HEAD = re.compile(r"(?<![\w/.:-])(?=[\d~A-Za-z])")
_IS_RANGE = re.compile(r"(?:from|between)\b", re.IGNORECASE)
_HOURS_OF = re.compile(r"\bbetween the hours of\b", re.IGNORECASE)
_FOUR_FIGURES = re.compile(
    r"\b([01]\d|2[0-3])([0-5]\d)(?= (?:and|to|until|till|-|–) (?:[01]\d|2[0-3])[0-5]\d (?:UTC|GMT|[A-Z]{2,4}T)\b)"
)
_ZONE_FIRST = re.compile(r"\b(UTC|GMT) (\d{1,2}:\d\d)(?![\d:])")
_ASIDE = re.compile(r"(?<=\d)\s\([^()\d]{1,30}\)(?=\s(?:to|until|till|and|–|-)\s)")
_CLAUSE_END = re.compile(r"[,;:–—]\s|\s(?:and|but|then|until|while|before|after)\s")
_WORDS_BEFORE, _WORDS_BEHIND, _FEW_WORDS = 8, 12, 3


def moments_in_prose(document: Document, reader: MomentReader) -> dict[str, Value]:
    """The moments that the first sentences tell, and those of a stretch of time that metadata name."""
    found: dict[str, Value] = {}
    for text, line in _stretches(document):
        for key, value in _ends(text, line, reader).items():
            found.setdefault(key, value)
    for key, value in _of_day(document, reader).items():
        found.setdefault(key, value)
    for block in islice(_first_blocks(document), _FEW_BLOCKS):
        for key, value in _of_block(block, reader).items():
            found.setdefault(key, value)
    return found


def _stretches(document: Document) -> Iterator[tuple[str, int]]:
    """The values of metadata that tell how long, or on which day, the incident was."""
    for role in ("time_to_resolve", "day"):
        for statement in document.stated(role):
            yield statement.value[:_LONGEST], statement.line


def _ends(text: str, line: int, reader: MomentReader) -> dict[str, Value]:
    """Both ends of the first stretch of time in a value: "8 h (14:00 UTC → 22:00 UTC)"."""
    for stamp, start, _ in _times(text):
        if stamp.until and _is_of_incident(text[:start], stamp, reader) and (ends := reader.both_ends(stamp)):
            return _as_values(ends, stamp, line)
    return {}


def _of_day(document: Document, reader: MomentReader) -> dict[str, Value]:
    """The beginning, where the day of the incident is stated with a time: "Date: 2024-02-06 3am UTC"."""
    for statement in document.stated("day"):
        times = _times(statement.value[:_LONGEST]) if not statement.is_key else []
        if len(times) == 1 and not times[0][0].until and (at := reader.at(times[0][0])) and reader.is_near(at):
            said = f'{statement.origin}: "{statement.label}: {statement.value[:60]}"'
            return {"started_at": derived(written(at), said)}
    return {}


def _as_values(ends: tuple[datetime, datetime], stamp: TimeText, line: int) -> dict[str, Value]:
    origin = f'line {line}: "{stamp.written}"'
    return {"started_at": derived(written(ends[0]), origin), "resolved_at": derived(written(ends[1]), origin)}


def _first_blocks(document: Document) -> Iterator[Block]:
    sections = [document.body.lead]
    skipped = 0
    for section in document.body.walk():
        if section.name in _NOT_OF_INCIDENT or is_day(section.title):
            skipped = max(skipped, section.last)
        elif section.line > skipped:
            sections.append(section.blocks)
    for blocks in sections:
        yield from (block for block in blocks if block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM))


def _of_block(block: Block, reader: MomentReader) -> dict[str, Value]:
    """Moments that the sentences of a paragraph tell: the first beginning and detection, the last end."""
    found: dict[str, Value] = {}
    text = plain(block.text)
    for sentence in _SENTENCE_END.split(text) if _CLOCK_LIKE.search(text) else ():
        times = _times(sentence[:_LONGEST])
        for index, (stamp, start, _) in enumerate(times):
            before = sentence[times[index - 1][2] if index else 0 : start]
            if not _is_of_incident(sentence[:start], stamp, reader):
                continue
            if stamp.until and _IS_RANGE.match(sentence, start):
                if ends := reader.both_ends(stamp):
                    return _as_values(ends, stamp, block.first)
                continue
            behind = sentence[times[index][2] : times[index + 1][1] if index + 1 < len(times) else None]
            key, at = _told(before, behind), reader.at(stamp)
            if key and at and reader.is_near(at) and (key not in found or key in ("mitigated_at", "resolved_at")):
                said = " ".join(sentence.split()[:12])
                found[key] = derived(written(at), f'line {block.first}: "{said}"')
    return found


def _times(text: str) -> list[tuple[TimeText, int, int]]:
    """The times of day in a sentence, each with its place; one without a day takes the last that was named."""
    text = _ASIDE.sub("", _ZONE_FIRST.sub(r"\2 \1", _FOUR_FIGURES.sub(r"\1:\2", _HOURS_OF.sub("between", text))))
    found: list[tuple[TimeText, int, int]] = []
    day, end = None, 0
    for head in _HEAD.finditer(text):
        if head.start() < end or (stamp := read_stamp(text[head.start() :])) is None:
            continue
        if stamp.day and stamp.clock is None and not stamp.day.only_weekday:
            day, end = stamp.day, head.start() + stamp.end
        elif stamp.clock:
            end = head.start() + stamp.end
            if (behind := read_stamp(stamp.rest)) and behind.day and not behind.clock and not behind.day.only_weekday:
                # "between 12:17 and 12:30 UTC on 2023-07-20"; of two days the second is that of the end.
                stamp = replace(stamp, until_day=behind.day) if stamp.day else replace(stamp, day=behind.day)
            stamp = stamp if stamp.day else replace(stamp, day=day)
            day = stamp.day or day
            found.append((stamp, head.start(), end))
    return found


def _is_of_incident(before: str, stamp: TimeText, reader: MomentReader) -> bool:
    """True if what a sentence says before a time speaks for the incident: of its day, and of nothing usual."""
    said = f" {plain_word(before)} "
    if any(f" {phrase} " in said for phrase in word_list("not_of_incident")):
        return False
    return (
        not stamp.day
        or (day := reader.day_of(stamp)) is None
        or reader.day is None
        or abs((day - reader.day).days) <= 7
    )


def _told(before: str, behind: str) -> str:
    """The moment that a sentence tells of a time: by what precedes it, or by what follows where it opens a clause."""
    words_before = plain_word(before).split()
    if key := _nearest(words_before[-_WORDS_BEFORE:], ("moment_events", "told_moments", "told_before_times"), -1):
        return key
    said_behind = plain_word(_clause(behind)).split()[:_WORDS_BEHIND]
    opens = len(plain_word(_CLAUSE_END.split(before)[-1]).split()) <= _FEW_WORDS
    return _nearest(said_behind, ("moment_events", "told_moments"), 0) if opens else ""


def _clause(behind: str) -> str:
    """The clause that follows a time; a word or two before a comma are none: "UTC time, the network halted"."""
    first, *rest = _CLAUSE_END.split(behind.lstrip(", "), maxsplit=1)
    return behind if rest and len(first.split()) <= _FEW_WORDS - 1 else first


def _nearest(said: Sequence[str], topics: tuple[str, ...], which: int) -> str:
    """The moment that the first or the last phrase of some words means, unless they deny it."""
    text = " ".join(said)
    found = [
        match
        for match in _phrases(topics, chosen()).finditer(text)
        if not is_denied(text[: match.start()]) and not text.startswith(" to ", match.end())
    ]
    if not found:
        return ""
    match = found[which]
    key = next(words(topic)[match[0]] for topic in topics if match[0] in words(topic))
    doers = set(text[: match.start()].split()) & word_list("doers")
    return "" if key == "started_at" and doers else key if key != "first_notice" else "detected_at"


@cache
def _phrases(topics: tuple[str, ...], languages: tuple[str, ...]) -> re.Pattern[str]:
    known = {word for topic in topics for word in words(topic, languages)}
    return phrases_pattern(known)
