"""Headings as authors write them → canonical section names.

A heading is matched whole, never by substring: "What didn't go well" is not "What Went Well".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from postmortems.model.inline import without_escapes
from postmortems.model.section import TEMPLATE_SECTIONS

_SYNONYMS = {
    "Executive Summary": (
        "summary", "tl dr", "tldr", "overview", "abstract", "incident summary", "summary of events", "issue summary",
        "summary of the incident", "short summary",
    ),
    "Timeline": (
        "incident timeline", "timeline of events", "events", "chronology", "event timeline",
        "detailed timeline", "full timeline", "time line", "sequence of events", "key events",
        "timeline of the incident", "timeline of key events", "timeline of incident", "course of events",
        "log of events",
    ),
    "Root Cause Analysis": (
        "root cause", "root causes", "root cause s", "rca", "causes", "cause analysis", "what caused it",
        "analysis", "five whys", "5 whys", "analysis of causes", "analysis of the cause", "root cause and trigger",
        "blameless root cause",
    ),
    "Primary Cause": (
        "primary root cause", "direct cause", "technical cause", "immediate cause", "proximate cause",
    ),
    "Contributing Factors": (
        "contributing causes", "contributors", "contributing conditions", "contributing factor",
        "contributory factors",
    ),
    "Detection Gaps": (
        "detection", "detection gap", "detection analysis", "gaps in detection",
    ),
    "Impact Assessment": (
        "impact", "impact analysis", "incident impact", "user impact", "customer impact", "effects",
    ),
    "Technical Impact": (
        "service degradation", "service impact", "system impact",
    ),
    "Business Impact": (
        "business metrics", "commercial impact",
    ),
    "Response Evaluation": (
        "response", "incident response", "retrospective", "evaluation", "review of the response",
    ),
    "What Went Well": (
        "what went right", "went well", "things that went well", "where we got lucky", "where we were lucky",
        "the good",
    ),
    "Areas for Improvement": (
        "what went wrong", "what went poorly", "what went badly", "what could improve",
        "what could be improved", "what could have gone better", "what didnt go well", "what did not go well",
        "what didnt go so well", "what we could improve", "what needs improvement", "improvements",
        "areas of improvement", "the bad", "went wrong", "what can be improved", "what can we improve",
    ),
    "Action Items": (
        "actions", "action plan", "follow up", "follow ups", "follow up actions", "follow up items",
        "action item", "actions to take", "corrective actions", "remediation items", "next steps", "todo",
        "to do", "todos", "tasks", "process improvements and action items", "follow up tasks", "follow up work",
        "corrective and preventative measures", "corrective and preventative measure",
        "corrective and preventive measures", "corrective and preventive actions",
        "corrective and preventative actions", "corrective measures", "preventive measures", "preventative measures",
        "preventive actions", "preventative actions", "action points", "review actions", "remediation actions",
    ),
    "Immediate": (
        "immediate actions", "immediate fixes", "immediate action items",
    ),
    "Short-term": (
        "short term actions", "short term fixes", "short term action items", "medium term", "short term improvements",
    ),
    "Long-term": (
        "long term actions", "long term fixes", "long term action items", "long term improvements",
    ),
    "Lessons Learned": (
        "lessons", "lessons learnt", "learnings", "what we learned", "what we learnt", "key learnings",
        "takeaways", "key takeaways", "lessons learned and future improvements",
    ),
}  # fmt: skip

_TAIL = re.compile(r"\s*[(\[][^()\[\]]{0,200}[)\]]\s*$")
_NUMBERING = re.compile(
    r"^\s*(?:section\s+)?(?:\d{1,3}(?:\.\d{1,3}){0,4}|[ivx]{1,5}|[a-z])[.):]\s+|^\s*\d{1,3}(?:\.\d{1,3}){0,4}\s+",
    re.I,
)
_LINK = re.compile(r"!?\[([^\[\]]{0,500})\]\([^()\s]{0,1000}\)")
_ATTRIBUTES = re.compile(r"\s*\{[:#.][^{}]{0,200}\}\s*$")
_EMOJI = re.compile(r":[a-z0-9_+-]{2,40}:(?=\s|$)")
_LONGEST = 300


@lru_cache(4096)  # the same few headings stand in every postmortem
def plain_heading(text: str) -> str:
    """A heading's words as a reader sees them: without links, emphasis, code marks, escapes and attribute lists."""
    text = without_escapes(_ATTRIBUTES.sub("", _LINK.sub(r"\1", text[:10_000])))
    return " ".join(re.sub(r"[*`]|(?<!\w)_+|_+(?!\w)", "", text).split())


@lru_cache(4096)
def normalised(heading: str) -> str:
    """A heading reduced to what it is matched by: case, numbering, emphasis, emoji, a parenthesised tail and a
    trailing colon do not count; `-` counts as a blank and an apostrophe as nothing."""
    words = plain_heading(_EMOJI.sub(" ", heading[:_LONGEST]))
    words = _TAIL.sub("", _NUMBERING.sub("", words.rstrip(" :"))).casefold()
    words = words.replace("'", "").replace("’", "")
    kept = [
        character if unicodedata.category(character)[0] in "LN" else " " for character in words if character != "\ufe0f"
    ]
    return " ".join("".join(kept).split())


_KNOWN = {normalised(name): name for name in TEMPLATE_SECTIONS}
_KNOWN |= {word: name for name, words in _SYNONYMS.items() for word in words}

_TIMELINES = tuple(word for word, name in _KNOWN.items() if name == "Timeline" and "timeline" in word)
_ABOUT_TIMES = re.compile(
    r"(?: (?:\d{1,4}(?:st|nd|rd|th)?|all|times?|in|are|is|to|and|from|on|of|approximate|approximations?|utc|gmt|local"
    r"|[a-z]{1,2}[sd]?t|ces?t|jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|january|february|march|april|august"
    r"|september|october|november|december|(?:mon|tues|wednes|thurs|fri|satur|sun)day)){1,40}"
)


def canonical_name(heading: str, synonyms: Mapping[str, str]) -> str | None:
    """The canonical section that a heading opens, or None. `synonyms` comes first and maps headings to names."""
    word = normalised(heading)
    for written, name in synonyms.items():
        if normalised(written) == word:
            return name
    return _KNOWN.get(word) or ("Timeline" if _is_timeline_with_times(heading) else None)


def _is_timeline_with_times(heading: str) -> bool:
    """Whether a heading says Timeline and then only which days and which zone: `Timeline (UTC) 1/29/24 - 2/16/24`."""
    if "ime" not in heading:
        return False
    words = re.sub(r"[\W_]+", " ", plain_heading(heading[:_LONGEST]).casefold()).strip()
    return any(words.startswith(known) and _ABOUT_TIMES.fullmatch(words, len(known)) for known in _TIMELINES)
