"""Headings as authors write them → canonical section names.

A heading is matched whole, never by substring: "What didn't go well" is not "What Went Well".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from enum import IntEnum
from functools import cache, lru_cache
from typing import NamedTuple

from postmortems.model.section import SECTIONS, TEMPLATE_SECTIONS
from postmortems.read.languages import ENGLISH, chosen, word_list, words
from postmortems.text.inline import without_escapes

_TAIL = re.compile(r"\s*[(\[（【][^()\[\]（）【】]{0,200}[)\]）】]\s*$")
_NUMBERING = re.compile(
    r"^\s*(?:section\s+)?(?:\d{1,3}(?:\.\d{1,3}){0,4}|[ivx]{1,5}|[a-z])[.):]\s+|^\s*\d{1,3}(?:\.\d{1,3}){0,4}\s+"
    r"|^\s*(?:\d{1,3}|[一二三四五六七八九十]{1,3})[、．.]\s*",
    re.I,
)
_LINK = re.compile(r"!?\[([^\[\]]{0,500})\]\([^()\s]{0,1000}\)")
_ATTRIBUTES = re.compile(r"\s*\{[:#.][^{}]{0,200}\}\s*$")
_EMOJI = re.compile(r":[a-z0-9_+-]{2,40}:(?=\s|$)")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>|<!--[^<>]{0,300}-->")
_LONGEST = 300
_OF_SOMETHING = ("Root Cause Analysis", "Primary Cause", "Impact Assessment")
"""Sections whose heading may say of what they are; "Timeline of the deployment tool" is no Timeline."""


@lru_cache(4096)  # the same few headings are in every postmortem
def plain_heading(text: str) -> str:
    """A heading's words as a reader sees them: without links, emphasis, code marks, escapes and attribute lists."""
    text = without_escapes(_ATTRIBUTES.sub("", _LINK.sub(r"\1", text[:10_000])))
    return " ".join(re.sub(r"[*`]|(?<!\w)_+|_+(?!\w)", "", text).split())


@lru_cache(4096)
def normalised(heading: str) -> str:
    """A heading reduced to what it is matched by: case, numbering, emphasis, emoji, HTML tags such as those of anchors,
    a parenthesised tail and a trailing colon do not count; `-` counts as a blank and an apostrophe as nothing."""
    words = plain_heading(_EMOJI.sub(" ", _TAG.sub(" ", heading[:_LONGEST])))
    words = _TAIL.sub("", _NUMBERING.sub("", words.rstrip(" :："))).casefold()
    words = words.replace("'", "").replace("’", "")
    kept = [
        character if unicodedata.category(character)[0] in "LN" else " " for character in words if character != "\ufe0f"
    ]
    return " ".join("".join(kept).split())


_ABOUT_TIMES = re.compile(
    r"(?: (?:\d{1,4}(?:st|nd|rd|th)?|all|times?|in|are|is|to|and|from|on|of|approximate|approximations?|utc|gmt|local"
    r"|[a-z]{1,2}[sd]?t|ces?t|jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|january|february|march|april|august"
    r"|september|october|november|december|(?:mon|tues|wednes|thurs|fri|satur|sun)day)){1,40}"
)


class Rank(IntEnum):
    """Certainty that a heading means its section; a weak one counts only if there is no better one."""

    EXACT = 0
    """The section's own name, or one that the settings map to it."""
    SYNONYM = 1
    WEAK = 2
    """A word that often means it, such as "Remediation"."""
    PART = 3
    """One part of the heading names it: "Action Items & Follow-ups"."""


class Meaning(NamedTuple):
    """The canonical section that a heading opens, and how surely."""

    name: str
    rank: Rank


class Heading(NamedTuple):
    """A heading, or a bold label that plays its part: its words, what they mean, its level and its line."""

    title: str
    meaning: Meaning | None
    level: int
    line: int
    is_label: bool = False


@cache
def _known(languages: tuple[str, ...]) -> Mapping[str, Meaning]:
    """The meanings of whole headings, normalised."""
    weak = {word: Meaning(name, Rank.WEAK) for word, name in words("weak_headings", languages).items()}
    synonyms = {word: Meaning(name, Rank.SYNONYM) for word, name in words("headings", languages).items()}
    return weak | synonyms | {normalised(name): Meaning(name, Rank.EXACT) for name in SECTIONS}


@cache
def _timelines() -> tuple[str, ...]:
    return tuple(word for word, meaning in _known(ENGLISH).items() if meaning.name == "Timeline" and "timeline" in word)


@cache
def _separators(languages: tuple[str, ...]) -> re.Pattern[str]:
    """Pattern for what divides a heading into parts; a hyphen within a word and a slash within a number do not."""
    joiners = "|".join(map(re.escape, sorted(word_list("heading_joiners", languages))))
    return re.compile(
        rf"\s+(?:{joiners}|&|\+|-|/|\|)\s+|\s*[—–;・／]\s*|(?<=[^\W\d])/(?=[^\W\d])|[,:]\s+|[、：]\s*", re.IGNORECASE
    )


@cache
def _tail(languages: tuple[str, ...]) -> re.Pattern[str]:
    """Pattern for what a heading says it is of."""
    return re.compile(
        rf"\s(?:{'|'.join(sorted(word_list('heading_tails', languages)))})\s.*", re.IGNORECASE | re.DOTALL
    )


def meaning_of(heading: str, synonyms: Mapping[str, str]) -> Meaning | None:
    """The section that a heading opens, or None. `synonyms` comes first and maps headings to names."""
    word = normalised(heading)
    for written, name in synonyms.items():
        if normalised(written) == word:
            return Meaning(name, Rank.EXACT)
    if found := _known(chosen()).get(word):
        return found
    if _is_timeline_with_times(heading):
        return Meaning("Timeline", Rank.SYNONYM)
    return _meaning_of_part(heading)


def _meaning_of_part(heading: str) -> Meaning | None:
    """Meaning of the first part that names a section: "Root Cause(s) — 5 Whys", "Background & Timeline", "Root cause of
    the outage"."""
    text = _NUMBERING.sub("", plain_heading(_EMOJI.sub(" ", heading[:_LONGEST])))
    parts = _separators(chosen()).split(text)
    for part in parts if len(parts) > 1 else ():
        if found := _known_part(part):
            return found
    heads = (_known_part(_tail(chosen()).sub("", part)) for part in parts)
    return next((found for found in heads if found and found.name in _OF_SOMETHING), None)


def _known_part(part: str) -> Meaning | None:
    word = normalised(part)
    found = _known(chosen()).get(word)
    # What is outside the template must be a heading of its own: "Open questions and next steps" is Action Items.
    if found is None or found.name not in TEMPLATE_SECTIONS or word in word_list("partial_headings"):
        return None
    return Meaning(found.name, Rank.PART)


def canonical_name(heading: str, synonyms: Mapping[str, str]) -> str | None:
    """The name of the section that a heading opens, seen by itself; None where it opens none."""
    meaning = meaning_of(heading, synonyms)
    return meaning.name if meaning else None


def _is_timeline_with_times(heading: str) -> bool:
    """True if a heading says Timeline and then only which days and which zone: `Timeline (UTC) 1/29/24 - 2/16/24`."""
    if "ime" not in heading:
        return False
    written = re.sub(r"[\W_]+", " ", plain_heading(heading[:_LONGEST]).casefold()).strip()
    return any(written.startswith(known) and _ABOUT_TIMES.fullmatch(written, len(known)) for known in _timelines())
