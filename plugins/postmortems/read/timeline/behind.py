"""Words right behind a time that still belong to it: the same time on other clocks, words that are not understood."""

from __future__ import annotations

import re
from collections.abc import Callable

from postmortems.read.timeline.time_text import TimeText

_OTHER_CLOCKS = re.compile(r"[*_`]{0,3}\s{0,3}(?:(?P<bracket>[(\[])|[/|]|or\b)\s{0,3}(?=[\d*_`~])")
_CLOSED = re.compile(r"\s{0,2}[)\]]")
_LONGEST = 40
_REMARK = re.compile(r"[*_`]{0,3}\s{0,3}[(\[]([^()\[\]\n]{1,40})[)\]](?!\()")
_LIKE_A_DAY = re.compile(
    r"[^\W\d]{0,3}\s?[+−]\s?\d{1,3}(?:\s?[^\W\d]{1,10}\.?)?|\d{1,2}\.\s?[^\W\d]{3,12}\.?(?:\s\d{4})?"
    r"|\d{1,2}(?:\s(?:de|di|van))?\s[^\W\d]{3,12}\.?\s(?:de\s)?\d{4}"
)
"""Pattern for another day in the words of any language: `J+2`, `+1 Tag`, `5. März`, `5 mars 2026`."""
_LIKE_A_ZONE = re.compile(r"\s{1,2}([A-Z]{2,3}T)(?=[)\]*_`]|\s{1,2}[-–—]|\s{0,2}$)")
_NO_ZONE = frozenset(("CERT", "SIRT", "POST", "GET", "PUT", "GIT", "TEST", "START", "ALERT", "EVENT", "RESET", "REST"))


def same_time_elsewhere(text: str, end: int, read: Callable[[str], TimeText | None]) -> tuple[TimeText, int] | None:
    """The same time on other clocks, such as `(10:23 EDT)` or `/ 10:23 EDT`, and where it ends.

    Its zone must be named.
    """
    found = _OTHER_CLOCKS.match(text, end)
    if not found:
        return None
    other = read(text[found.end() : found.end() + _LONGEST])
    if other is None or other.clock is None or other.zone is None or other.bad or other.is_range or other.also:
        return None
    after = found.end() + other.end
    if found["bracket"]:
        closed = _CLOSED.match(text, after)
        if not closed:
            return None
        after = closed.end()
    return other, after


def unread_behind(text: str, end: int) -> tuple[str, int] | None:
    """A remark in brackets right behind a time that looks like another day, and where it ends."""
    found = _REMARK.match(text, end)
    if found and _LIKE_A_DAY.fullmatch(found[1].strip()):
        return found[1].strip(), found.end()
    return None


def unknown_zone_behind(text: str, end: int) -> tuple[str, int] | None:
    """A word right behind a time that looks like a zone, and where it ends."""
    found = _LIKE_A_ZONE.match(text, end)
    return (found[1], found.end()) if found and found[1] not in _NO_ZONE else None
