"""The time zone that a column's header, a heading or a sentence states for the times around it.

Where one is meant and is not known ("Time (NPT)"), that is what is returned: it must never be taken for one that
is not stated.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from zoneinfo import ZoneInfo

from postmortems.model.section import Block, BlockKind, Body, Section
from postmortems.read.timeline.in_english import zone_in_english
from postmortems.read.timeline.time_parser import read_stamp
from postmortems.read.timeline.zones import ZONE, Zone, zone_named, zone_of_city

_PROSE = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.QUOTE)
_ANNOUNCED = re.compile(r"\b(?:times|timestamps|time ?zone|timeline|time is|clock)\b", re.IGNORECASE)
_ALL_TIMES = re.compile(r"\ball (?:the )?times(?:tamps)?\b", re.IGNORECASE)
_OF_TIMES = ("times", "timestamps", "time zone", "timezone")
_NEAR = 80
_ZONE_TIMES = re.compile(r"\s+times?\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.;](?=\s|$)|\n")

_NAMES = {
    "pacific": "America/Los_Angeles",
    "mountain": "America/Denver",
    "central": "America/Chicago",
    "eastern": "America/New_York",
    "british": "Europe/London",
    "uk": "Europe/London",
    "central european": "Europe/Berlin",
    "eastern european": "Europe/Athens",
    "western european": "Europe/Lisbon",
}
_ABBREVIATED = {
    "coordinated universal time": "UTC", "universal time": "UTC", "greenwich mean time": "GMT",
    "british summer time": "UTC+1", "irish standard time": "UTC+1", "india standard time": "UTC+5:30",
    "indian standard time": "UTC+5:30", "japan standard time": "JST", "singapore time": "SGT",
    "china standard time": "UTC+8", "pacific standard time": "PST", "pacific daylight time": "PDT",
    "mountain standard time": "MST", "mountain daylight time": "MDT", "central standard time": "UTC-6",
    "central daylight time": "CDT", "eastern standard time": "EST", "eastern daylight time": "EDT",
    "central european summer time": "CEST", "eastern european summer time": "EEST",
}  # fmt: skip
_LONG_NAME = re.compile(rf"\b(?:{'|'.join(_ABBREVIATED)})\b", re.IGNORECASE)
_NAMED = re.compile(
    rf"(?<![\w/])(?:{'|'.join(sorted(_NAMES, key=len, reverse=True))})(?=\s+time\b|[\s).,]*$)", re.IGNORECASE
)

_WORD = r"[A-Z][A-Za-z]{1,24}(?:[/ _\-+][A-Z0-9][A-Za-z0-9_:]{0,24}){0,2}"
_BRACKETED = re.compile(rf"[(\[]\s?(?:in |all (?:times )?(?:in )?|times? (?:in )?)?({_WORD})(?: times?)?\s?[)\]]")
_BEFORE_TIME = re.compile(rf"({_WORD}) [Tt]ime\b")
_AFTER_IN = re.compile(rf"(?:\bin|zone:?|^:)\s+(?:the\s)?({_WORD})(?: times?)?(?=\s*(?:$|[.,;)\]]))")
_AFTER_ARE = re.compile(r"\b(?:are|is|as)\s+([A-Z]{2,5}|[A-Z][A-Za-z]+/[A-Z][A-Za-z_/]+)(?=\s*(?:$|[.,;)\]]))")
_TITLE_WORD = re.compile(r"[(\[](?:all |times? |in ){0,3}([A-Z]{2,3}T)[)\]]")
_TITLE_TIMES = re.compile(
    rf"[(\[](?=[^()\[\]]{{0,60}}\btimes?\b)(?:(?:all|the|times?|are|in) ){{0,4}}({_WORD})(?: times?)?[)\]]"
)
_UNDERSCORES = re.compile(r"(?<!\w)_+|(?<=[^\W_])_+(?!\w)")
_REMARK = re.compile(r"\s{0,4}[(\[][^()\[\]]{1,60}[)\]]\s{0,4}")
_NO_ZONE = frozenset((
    "local", "test", "cert", "post", "sirt",
    "approx", "approximate", "approximately", "approximations", "estimated", "elapsed", "relative", "start",
    "end", "since", "time", "times", "date", "day", "days", "hour", "hours", "minute", "minutes", "min", "hh", "mm",
    "ss", "am", "pm", "server", "system", "event", "incident", "detection", "response", "downtime", "real", "actual",
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "january", "february",
    "march", "april", "june", "july", "august", "september", "october", "november", "december", "mon", "tue", "wed",
    "thu", "fri", "sat", "sun", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
))  # fmt: skip
"""Words that are where a zone would, and are none."""


@dataclass(frozen=True, slots=True)
class StatedZone:
    """A zone as an author states it for several times: the words, what they mean (None: not known), and where."""

    words: str
    zone: Zone | None
    line: int
    column: int = 1


def zone_in_header(cell: str, line: int, column: int) -> StatedZone | None:
    """The zone in the header of a time column: `Time (UTC)`, `UTC`, `Pacific Time`, `Time (Kathmandu)`."""
    cell = zone_in_english(cell)
    return _known(cell, line, column) or _city_or_unknown(cell, line, column, (_BRACKETED, _BEFORE_TIME, _AFTER_IN))


def zone_in_heading(title: str, line: int) -> StatedZone | None:
    """The zone in a heading: `Timeline (CET)`, `Timeline (all times Pacific)`. An unknown one only if it looks like
    an abbreviation of one, or is said of times (`all times in Nepal`)."""
    title = zone_in_english(title)
    known = _known(title, line, 1) if len(title) < 500 else None
    found = _TITLE_WORD.search(title[:500])
    if known or found is None or found[1].casefold() in _NO_ZONE:
        return known or _city_or_unknown(title, line, 1, (_TITLE_TIMES,))
    return StatedZone(found[1], None, line)


def zone_in_remark(text: str, line: int) -> StatedZone | None:
    """The zone in what follows a heading's day, where that is nothing but a remark on it: `(all times CEST)`."""
    return zone_in_heading(text, line) if _REMARK.fullmatch(text) else None


def zone_of_words(words: str) -> Zone | None:
    """The zone that words name and nothing else: `Pacific`, `Berlin time`, `Central European Summer Time`."""
    words = words[:60].strip()
    if found := _LONG_NAME.fullmatch(words):
        return zone_named(_ABBREVIATED[found[0].casefold()])
    place = words.removesuffix(" time").removesuffix(" Time")
    if place.casefold() in _NAMES:
        return ZoneInfo(_NAMES[place.casefold()])
    return zone_of_city(place) if place[:1].isupper() else None


def _known(words: str, line: int, column: int) -> StatedZone | None:
    words = words[:500]
    if found := _LONG_NAME.search(words):
        return StatedZone(found[0], zone_named(_ABBREVIATED[found[0].casefold()]), line, column + found.start())
    for found in ZONE.finditer(words):
        before = words[found.start() - 1 : found.start()] if found.start() else ""
        # A single letter is a zone only right behind a time, never in a title.
        if not before.isalnum() and len(found[0]) > 1 and (zone := zone_named(found[0])):
            return StatedZone(found[0], zone, line, column + found.start())
    if found := _NAMED.search(words):
        return StatedZone(found[0], ZoneInfo(_NAMES[found[0].casefold()]), line, column + found.start())
    return None


def _city_or_unknown(words: str, line: int, column: int, places: tuple[re.Pattern[str], ...]) -> StatedZone | None:
    """The words in place of a zone: a city's, else one that is not known."""
    for place in places:
        for found in place.finditer(words[:500]):
            if not _NO_ZONE.intersection(re.split(r"[\s_/:]", found[1].casefold())):
                return StatedZone(found[1], zone_of_city(found[1]), line, column + found.start(1))
    return None


class ZoneSentences:
    """The sentences of one document that state a zone. What is about all times is sought once, however many sections
    ask for it."""

    def __init__(self, body: Body) -> None:
        self.body = body

    def zone_of(self, section: Section) -> StatedZone | None:
        """The zone of a Timeline section's times: what a sentence in it states, else one elsewhere about all times."""
        for block in section.all_blocks():
            if block.kind in _PROSE:
                for number, line in enumerate(_text_of(block).split("\n"), block.first):
                    may_state = (len(line) < 60 or "ime" in line) and not read_stamp(line)
                    if may_state and (stated := _of_times_around(line, number)):
                        return stated
        return self._of_all_times

    @cached_property
    def _of_all_times(self) -> StatedZone | None:
        return next((stated for block in self.body.blocks() if (stated := _of_all_times(block))), None)


def _text_of(block: Block) -> str:
    """The text of a block with the words for zones in English, and blanks in place of underscores of emphasis."""
    text = zone_in_english(block.text)
    return _UNDERSCORES.sub(lambda found: " " * len(found[0]), text) if "_" in text else text


def _of_times_around(text: str, line: int) -> StatedZone | None:
    for words in _ANNOUNCED.finditer(text[:2_000]):
        of_times = words[0].casefold() in _OF_TIMES
        if stated := _in_sentence(text, words.end(), line, or_unknown=of_times):
            return stated
    for found in ZONE.finditer(text[:2_000]):
        if _ZONE_TIMES.match(text, found.end()) and len(found[0]) > 1 and (zone := zone_named(found[0])):
            return StatedZone(found[0], zone, line, found.start() + 1)
    return _in_short_line(text, line)


def _in_short_line(text: str, line: int) -> StatedZone | None:
    """The zone that a short line is about, in whatever language: alone, or as its last word.

    There only what can be nothing else counts: a name of the tz database, UTC and offsets from it.
    """
    bare = text.strip(" ()*_.`\n>")
    if not 1 < len(bare) < 60:
        return None
    last = next(reversed(list(ZONE.finditer(bare))), None)
    if last is None or last.end() < len(bare) or not (zone := zone_named(last[0])):
        return None
    sure = "/" in last[0] or last[0][:3] in ("UTC", "GMT") or last[0] in ("MEZ", "MESZ")
    if last.start() == 0 or (sure and len(bare.split()) <= 6):
        return StatedZone(last[0], zone, line, text.find(last[0]) + 1)
    return None


def _of_all_times(block: Block) -> StatedZone | None:
    text = _text_of(block) if block.kind in _PROSE else ""
    if "times" not in text.casefold():
        return None
    for words in _ALL_TIMES.finditer(text):
        line = block.first + text.count("\n", 0, words.end())
        if stated := _in_sentence(text, words.end(), line):
            return stated
    return None


def _in_sentence(text: str, start: int, line: int, *, or_unknown: bool = True) -> StatedZone | None:
    """The zone in what follows "All times" and the like, up to the end of the sentence."""
    sentence = _SENTENCE_END.split(text[start : start + _NEAR], maxsplit=1)[0]
    column = start - text.rfind("\n", 0, start)
    known = _known(sentence, line, column)
    if known or not or_unknown:
        return known
    return _city_or_unknown(sentence, line, column, (_AFTER_IN, _AFTER_ARE))
