"""Figures in a text: what counts as one, and what only looks like one.

A figure is a number of something, in digits or words, a share ("half of", "all customers"), or a plain zero ("no data
was lost"). Two times of day tell how long something took. Digits in a name, a date, a version, a ticket or an HTTP
status say nothing of that kind. In doubt a text has its figure, so that nobody is asked for what is there.
"""

from __future__ import annotations

import re

_MONTH = (
    r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|january|february|march|april|august|september|october"
    r"|november|december)"
)
_ADDRESS = re.compile(r"\]\([^()\s]{0,1000}\)|https?://[^\s<>]{1,1000}", re.IGNORECASE)
_NO_FIGURE = re.compile(
    r"\b\d{4}-\d\d(?:-\d\d)?(?:[T ]\d)?"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH}\b(?:,?\s\d{{4}}\b)?"
    rf"|\b{_MONTH}\.?\s\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s\d{{4}}\b)?"
    rf"|\b{_MONTH}\s(?:19|20)\d\d\b"
    r"|\b(?:in|since|until|during)\s(?:19|20)\d\d\b(?!\s(?!this\b|was\b|is\b|has\b)[a-z]{2,30}s\b)"
    r"|\b\d{1,6}(?:st|nd|rd|th)\b"
    r"|\b\d{1,6}\.\d{1,6}\.\d{1,6}(?:\.\d{1,6})?"
    r"|\b(?:version|release|step|ticket|issue|phase|level|tier|sev|error|status|code|http)s?\s\d{1,6}(?:\.\d{1,6})?"
    r"|\b[45](?:\d\d|xx)s?\s(?:error|response|status|code|http)"
    r"|\b[45]xx",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\b\d{1,2}:\d\d(?::\d\d)?\b|\b\d{1,2}(?::\d\d)?\s?[ap]\.?m\b", re.IGNORECASE)
_DIGITS = re.compile(r"(?<![\w#\[^.])(?<![a-z][-/_])\d", re.IGNORECASE)
_WORDS = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy"
    r"|eighty|ninety|hundreds?|thousands?|millions?|billions?|dozens?|half|twice|doubled?|tripled?|tenfold|percent"
    r"|(?:a|one)\s(?:third|quarter|fifth|tenth)"
    r"|one\s(?:in|out\sof|of\s(?:the\s)?(?:two|three|four|five|six|\d{1,4})|customer|user|tenant|account|order|request"
    r"|server|host|service|region|second|minute|hour|day|week)"
    r"|(?<!\bat\s)(?<!\bafter\s)(?<!\babove\s)(?<!\bfirst\sof\s)all|every|everyone|everybody|entire|whole"
    r"|none|nobody|nothing|no\sone|zero)\b",
    re.IGNORECASE,
)
_NO = re.compile(
    r"\bno\s(?:[\w-]{1,30}\s){0,3}(?:impact|effect|loss|leak|outage|downtime|interruption|evidence|signs?)\b"
    r"|\bno\s(?:[\w-]{1,30}\s){1,4}(?:was|were|is|are|has\sbeen|have\sbeen)\s(?:[\w-]{1,30}\s){0,2}"
    r"(?:lost|leaked|affected|exposed|impacted|damaged|corrupted|harmed|compromised|stolen|missed|dropped|delayed)\b",
    re.IGNORECASE,
)
_UNKNOWN = re.compile(
    r"\bunknown\b|\b(?:not|never|nobody)\s(?:yet\s|been\s){0,2}(?:known|measured|recorded|counted|quantified|determined)"
    r"|\b(?:cannot|can't|can’t|could\snot|couldn't|couldn’t)\sbe\s(?:known|measured|counted|quantified|determined)"
    r"|\bno\s(?:figures?|numbers?|measurements?)\b",
    re.IGNORECASE,
)


def says_how_much(text: str) -> bool:
    """True if the text holds a figure, or says that it is unknown."""
    text = _ADDRESS.sub(" ", text)
    if _WORDS.search(text) or _NO.search(text) or _UNKNOWN.search(text):
        return True
    without_clock, times = _CLOCK.subn(" ", text)
    return times > 1 or _DIGITS.search(_NO_FIGURE.sub(" ", without_clock)) is not None
