"""The beginning of an entry of a timeline, and which days headings name for the entries below them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from postmortems.read.timeline.in_english import begins_a_sentence
from postmortems.read.timeline.time_parser import read_stamp, read_stamp_at_end
from postmortems.read.timeline.time_text import TimeText

_SENTENCE_WORD = re.compile(
    r"[*_`]{0,3}(?:on|at|by|after|before|until|till|shortly|just|soon|right|some|no|not|up|early|late|the|next"
    r"|following|same|previous|prior|noon|midday|midnight|later)\b",
    re.IGNORECASE,
)
_DASH_OR_COLON = re.compile(r"[*_`)\]]{0,4}\s{0,2}(?::|-{1,2}|[–—→])")
_TITLE_DAY = re.compile(r"(?:[(\[]|[-–—:,]\s{1,2})(?=[A-Za-z0-9+])")
_UNREAD_DAY = re.compile(
    r"[^\W\d]{1,3}\s?\+\s?\d{1,3}|(\d{1,2})\.\s[^\W\d]{3,12}\.?|[^\n]{0,60}(?<!\d)(?:19|20)\d\d(?!\d)"
)
"""A heading that looks like a day in words that are not known: `J+2`, `5. März`, `Le 5 mars 2026`."""
_LONGEST_TITLE = 200
_BARE_CLOCK = r"\d{1,2}\.\d{2}(?![\d.%\w])|(?!19|20)[0-2]\d[0-5]\d[*_`]{0,3}\s{0,2}(?::(?!\d)|-\s|[–—])"
_AFTER_DAY = r"\d{4}-\d\d-\d\d[*_`]{0,3}\s[0-2]\d[0-5]\d[*_`]{0,3}\s"
_BARE_CLOCKS = re.compile(rf"^[\s*_`\-+]{{0,12}}(?:{_BARE_CLOCK}|{_AFTER_DAY})", re.MULTILINE)
_SEVERAL = 2
"""Minimum number of lines that begin like `14.23`, `1423:` or `2024-04-01 1423` before that is a time: one may be a
version, a year or a number."""
_LABELLED = re.compile(r"([^\W\d_][^\n:：]{1,60}?)\s?[:：]\s+(?=\d)")


def has_bare_clocks(text: str) -> bool:
    """True if several lines begin with a time of day that is no such thing by itself: `14.23`."""
    return len(_BARE_CLOCKS.findall(text)) >= _SEVERAL


def time_at_end(line: str) -> TimeText | None:
    """The day and time of day that end a line, or that follow its label."""
    return read_stamp_at_end(line) or labelled_time(line)


def labelled_time(line: str) -> TimeText | None:
    """The day and time of day that are all that a label is followed by: `Fault noticed: 22.02.2024 13.00`.

    `rest` is the label.
    """
    label = _LABELLED.match(line)
    stamp = read_stamp(line[label.end() :], dotted=True) if label else None
    if label is None or stamp is None or not (stamp.day and stamp.clock) or stamp.rest or stamp.marks or stamp.bad:
        return None
    stamp.start, stamp.end, stamp.rest = stamp.start + label.end(), stamp.end + label.end(), label[1]
    return stamp


def is_time(stamp: TimeText) -> bool:
    """True if a time at the head of a line opens an entry: one in words alone may as well begin a sentence."""
    in_words = stamp.day_only and (stamp.day is None or stamp.day.only_weekday)
    return stamp.separated or not (in_words or (stamp.clock and not stamp.clock.written[:1].isdigit()))


def is_prose(line: str, stamp: TimeText) -> bool:
    """True if a line begins with a time as a sentence does: "At 14:23, …", "The next day …"."""
    return bool(_SENTENCE_WORD.match(line) or begins_a_sentence(line)) and not _DASH_OR_COLON.match(line, stamp.end)


def day_at_end(title: str) -> TimeText | None:
    """The day that ends a heading in words, in brackets or behind a dash: `Session 1 (May 17)`."""
    title = title[:_LONGEST_TITLE]
    ends = (read_stamp(title[found.end() :]) for found in _TITLE_DAY.finditer(title))
    return next((stamp for stamp in ends if stamp and stamp.day_only and not stamp.rest.strip(")]")), None)


def is_unread_day(title: str, ordinal: int) -> bool:
    """True if a heading looks like a day in words that are not known. `ordinal` is its place among its neighbours: so
    `5. März` is no day where it is the fifth."""
    found = _UNREAD_DAY.fullmatch(title[:_LONGEST_TITLE])
    return bool(found and found[1] != str(ordinal))


def is_day(heading: str) -> bool:
    """True if a heading is a day and nothing else."""
    stamp = read_stamp(heading)
    return bool(stamp and stamp.day_only and stamp.day and not stamp.rest and not stamp.bad)


def day_in_title(title: str) -> TimeText | None:
    """The first day that a section's own heading names: `Timeline (2024-02-06, UTC)`."""
    for start in _words_of(title):
        stamp = read_stamp(title[start:])
        if stamp and stamp.day and not stamp.day.only_weekday and stamp.clock is None:
            return stamp
    return None


def _words_of(title: str) -> Iterator[int]:
    yield from (found.start() for found in re.finditer(r"(?<![\w/.-])[A-Z0-9]", title[:_LONGEST_TITLE]))
