"""Names of time zones as authors write them → zones.

Abbreviations are fixed offsets, because that is what they say: `CET` in July is an hour behind the clocks of
Berlin. `PT`, `ET`, `CT` and `MT` name no offset but a place, so they follow its clocks, as `Europe/Berlin` does.
"""

from __future__ import annotations

import re
from datetime import UTC, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

_HOURS = {
    "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2, "EET": 2, "EEST": 3, "MSK": 3, "TRT": 3,
    "SAST": 2, "WAT": 1, "CAT": 2, "EAT": 3, "GST": 4, "PKT": 5, "IST": 5.5, "ICT": 7, "WIB": 7, "HKT": 8, "SGT": 8,
    "PHT": 8, "AWST": 8, "JST": 9, "KST": 9, "ACST": 9.5, "ACDT": 10.5, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13,
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "AKST": -9, "AKDT": -8,
    "HST": -10, "BRT": -3, "ART": -3, "UTC": 0, "GMT": 0, "Z": 0,
}  # fmt: skip
_PLACES = {
    "PT": "America/Los_Angeles",
    "MT": "America/Denver",
    "CT": "America/Chicago",
    "ET": "America/New_York",
}
_LOWER = ("utc", "gmt", "cet", "cest", "pst", "pdt", "bst")
"""What stays a zone in small letters. The others are words too often."""

ZONE = re.compile(
    r"""\+?(?:UTC|GMT|utc|gmt)(?:\s?[+\-−]\d{1,2}(?::?\d{2})?)?(?!\w)
      | [+−]\d{2}:?\d{2}(?![\d:])
      | [A-Z]{1,5}(?![\w/])
      | (?:cet|cest|pst|pdt|bst)(?!\w)
      | [A-Z][A-Za-z]{2,12}/[A-Z][A-Za-z_]{2,24}(?![\w/])""",
    re.VERBOSE,
)
_OFFSET = re.compile(r"([+\-−])(\d{1,2}):?(\d{2})?")


@lru_cache(maxsize=256)
def zone_named(name: str) -> tzinfo | None:
    """The zone that a name or an offset stands for: `UTC`, `CEST`, `UTC+2`, `+02:00`, `PT`, `Europe/Berlin`."""
    name = name.lstrip("+") if name[:1] == "+" and name[1:2].isalpha() else name
    if place := _PLACES.get(name):
        return ZoneInfo(place)
    if "/" in name:
        return _of_place(name)
    word = name[:3].upper()
    offset = _OFFSET.search(name)
    if offset and (name[0] in "+-−" or word in ("UTC", "GMT")):
        hours, minutes = int(offset[2]), int(offset[3] or 0)
        if hours > 14 or minutes > 59:
            return None
        length = timedelta(hours=hours, minutes=minutes)
        return timezone(length if offset[1] == "+" else -length) if length else UTC
    known = _HOURS.get(name.upper() if name in _LOWER else name)
    if known is None:
        return None
    return timezone(timedelta(hours=known)) if known else UTC


def _of_place(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def zone_in(words: str) -> tzinfo | None:
    """The first zone named in a heading or a column's header, such as `Time (UTC)`."""
    for found in ZONE.finditer(words[:500]):
        before = words[found.start() - 1 : found.start()]
        # A single letter is a zone only right behind a time, never in a title.
        if not before.isalnum() and len(found[0]) > 1 and (zone := zone_named(found[0])):
            return zone
    return None
