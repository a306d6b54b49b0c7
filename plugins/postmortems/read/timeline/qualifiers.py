"""Words that make a time approximate: `~`, `about`, `shortly after`, `by`, and behind it `ish`, `approx.`, `or so`."""

from __future__ import annotations

import re

from postmortems.read.languages import ENGLISH, pattern_of, word_list


def _english(topic: str) -> frozenset[str]:
    return word_list(topic, ENGLISH)


_ABOUT = re.compile(
    rf"(?:[~≈∼]|(?:{pattern_of(_english('about_words'))}\b\.?|{pattern_of(_english('about_abbreviations'))}\.)\s?)\s?"
    r"(?=[\d*_`(\[A-ZnmT])",
    re.IGNORECASE,
)
_MORE = re.compile(
    rf"(?P<words>{pattern_of(_english('time_qualifiers'))})\s{{1,3}}(?=[~≈∼\d*_`(\[A-Zacnmr])"
    r"|(?P<arrow>(?:→|⇒|-{1,2}>|=>)\s{0,3})",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    rf"[~≈]|-?{pattern_of(_english('about_words_behind'))}(?!\w)\.?"
    rf"|(?-i:{pattern_of(_english('about_abbreviations'))})(?:\.|(?=\)))|\?(?=\s|$|[)*`\]])",
    re.IGNORECASE,
)
_PART_OF_DAY = re.compile(
    rf"(?:in\sthe\s)?((?:{pattern_of(_english('parts_of_day_leads'))}[\s-])?{pattern_of(_english('parts_of_day'))})\b",
    re.IGNORECASE,
)
_OPEN_END = re.compile(rf"{pattern_of(_english('open_end_words'))}\b", re.IGNORECASE)
_STARTS = frozenset("~≈∼→⇒-=") | {
    letter
    for topic in ("about_words", "about_abbreviations", "time_qualifiers")
    for word in _english(topic)
    for letter in (word[0], word[0].upper())
}


def match_qualifier(text: str, start: int) -> tuple[str, int] | None:
    """The words that begin at `start` ("about", where no others say more), and where the time behind them begins."""
    if text[start : start + 1] not in _STARTS:
        return None
    if found := _ABOUT.match(text, start):
        return "about", found.end()
    if found := _MORE.match(text, start):
        words = "until" if found["arrow"] else " ".join(found["words"].casefold().split())
        return words, found.end()
    return None


def match_qualifier_behind(text: str, start: int) -> int | None:
    """Return the end of a word that makes the time before it approximate (`14:30ish`, `14:30 or so`)."""
    found = _BEHIND.match(text, start)
    return found.end() if found else None


def match_open_end(text: str, start: int) -> int | None:
    """Return the end of a word that says that a period goes on (`14:00 onwards`)."""
    found = _OPEN_END.match(text, start)
    return found.end() if found else None


def match_part_of_day(text: str, start: int) -> tuple[str, int] | None:
    """The part of a day that is told behind it (`morning of`, as it is before it on a page), and where it ends."""
    found = _PART_OF_DAY.match(text, start)
    return (f"{found[1].casefold()} of", found.end()) if found else None
