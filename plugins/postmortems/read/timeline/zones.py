"""Names of time zones as authors write them → zones.

Most abbreviations are fixed offsets, because that is what they say. Two kinds say less, and become an `Abbreviation`
that other evidence settles: those of several countries (`CST`, `IST`, `BST`), and those of standard time (`CET`,
`PST`), which many write all summer long for what the clocks show. `PT`, `ET`, `CT` and `MT` name no offset but a place,
so they follow its clocks, as `Europe/Berlin` does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, timedelta, timezone, tzinfo
from functools import lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

_HOURS = {
    "WEST": 1, "CEST": 2, "MESZ": 2, "EEST": 3, "MSK": 3, "TRT": 3, "SAST": 2, "WAT": 1, "CAT": 2, "EAT": 3, "PKT": 5,
    "ICT": 7, "WIB": 7, "HKT": 8, "SGT": 8, "PHT": 8, "AWST": 8, "JST": 9, "KST": 9, "ACDT": 10.5, "AEDT": 11,
    "NZDT": 13, "EDT": -4, "CDT": -5, "MDT": -6, "PDT": -7, "AKDT": -8, "HST": -10, "BRT": -3, "ART": -3, "UTC": 0,
    "GMT": 0, "Z": 0,
}  # fmt: skip
_CLOCKS = {
    "America/New_York": ("ET", "EST", "EDT"),
    "America/Chicago": ("CT", "CST", "CDT"),
    "America/Denver": ("MT", "MST", "MDT"),
    "America/Los_Angeles": ("PT", "PST", "PDT"),
    "America/Anchorage": ("AKST", "AKDT"),
    "Europe/London": ("GMT", "BST"),
    "Europe/Lisbon": ("WET", "WEST"),
    "Europe/Berlin": ("CET", "CEST", "MEZ", "MESZ"),
    "Europe/Athens": ("EET", "EEST"),
    "Australia/Adelaide": ("ACST", "ACDT"),
    "Australia/Sydney": ("AEST", "AEDT"),
    "Pacific/Auckland": ("NZST", "NZDT"),
}
"""The clocks that show these abbreviations in turn: so `EST/EDT` names a place."""
_PLACES = {names[0]: place for place, names in _CLOCKS.items() if len(names[0]) == 2}
_SPOKEN = {"Eastern": "ET", "Central": "CT", "Mountain": "MT", "Pacific": "PT"}
_STANDARD = {
    "EST": -5, "MST": -7, "PST": -8, "AKST": -9, "WET": 0, "CET": 1, "MEZ": 1, "EET": 2, "ACST": 9.5, "AEST": 10,
    "NZST": 12,
}  # fmt: skip
_OTHERS = {"EST": (("Australia", 10),), "PST": (("the Philippines", 8),), "MST": (("Malaysia", 8),)}
"""Rare meanings, which hold only where other evidence is for them."""
_SEVERAL = {
    "CST": (("the central US", -6), ("China", 8), ("Cuba", -5)),
    "IST": (("India", 5.5), ("Ireland", 1), ("Israel", 2)),
    "BST": (("Britain", 1), ("Bangladesh", 6)),
    "AST": (("Atlantic Canada", -4), ("Arabia", 3)),
    "AMT": (("Armenia", 4), ("the Amazon", -4)),
    "GST": (("the Gulf", 4), ("South Georgia", -2)),
    "SST": (("Singapore", 8), ("Samoa", -11)),
}
_LOWER = ("utc", "gmt", "cet", "cest", "pst", "pdt", "bst")
"""Words that are zones in small letters too. The others are words too often."""

ZONE = re.compile(
    r"""\+?(?:UTC|GMT|utc|gmt)(?:\s?[+\-−]\d{1,2}(?::?\d{2})?(?!\s?d(?:ays?)?\b))?(?!\w)
      | [+−]\d{2}:?\d{2}(?![\d:])
      | Etc/GMT[+-]\d{1,2}(?!\w)
      | [A-Z]{2,5}/[A-Z]{2,5}(?![\w/])
      | (?:Eastern|Central|Mountain|Pacific)(?:\s[Tt]ime\b|(?=\s?[:)\]]|\s[-–—]|\s?$))
      | [A-Z]{1,5}(?!\w|/(?!\d))
      | (?:cet|cest|pst|pdt|bst)(?!\w)
      | [A-Z][A-Za-z]{1,12}/[A-Z][A-Za-z_\-]{2,24}(?:/[A-Z][A-Za-z_]{2,24})?(?![\w/])""",
    re.VERBOSE,
)
_OFFSET = re.compile(r"([+\-−])(\d{1,2}):?(\d{2})?")


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """An abbreviation that does not say by itself which zone it is.

    `meanings` are pairs of a place and its zone; the first one holds without other evidence if `has_default`.
    """

    name: str
    meanings: tuple[tuple[str, tzinfo], ...]
    has_default: bool = False


Zone = tzinfo | Abbreviation


@lru_cache(maxsize=256)
def zone_named(name: str) -> Zone | None:
    """The zone that a name or an offset stands for: `UTC`, `CEST`, `UTC+5:45`, `+02:00`, `PT`, `Europe/Berlin`."""
    name = name.lstrip("+") if name[:1] == "+" and name[1:2].isalpha() else name
    if "/" in name:
        return _of_clocks(name) or _of_place(name)
    if place := _PLACES.get(_SPOKEN.get(name.split(" ")[0], name)):
        return ZoneInfo(place)
    word = name[:3].upper()
    offset = _OFFSET.search(name)
    if offset and (name[0] in "+-−" or word in ("UTC", "GMT")):
        hours, minutes = int(offset[2]), int(offset[3] or 0)
        if hours > 14 or minutes > 59:
            return None
        length = timedelta(hours=hours, minutes=minutes)
        return fixed(length if offset[1] == "+" else -length)
    name = name.upper() if name in _LOWER else name
    if name in _SEVERAL:
        return _abbreviation(name, _SEVERAL[name], has_default=False)
    if name in _STANDARD:
        return _abbreviation(name, (("", _STANDARD[name]), *_OTHERS.get(name, ())), has_default=True)
    known = _HOURS.get(name)
    return None if known is None else fixed(timedelta(hours=known))


def fixed(offset: timedelta) -> tzinfo:
    """The zone that is always this far from UTC."""
    return timezone(offset) if offset else UTC


def _abbreviation(name: str, places: tuple[tuple[str, float], ...], *, has_default: bool) -> Abbreviation:
    meanings = [(place, fixed(timedelta(hours=hours))) for place, hours in places]
    clocks = next((place for place, names in _CLOCKS.items() if name in names and name not in ("GMT", "BST")), None)
    if clocks:
        meanings.insert(1, (clocks, ZoneInfo(clocks)))
    return Abbreviation(name, tuple(meanings), has_default)


def _of_clocks(pair: str) -> tzinfo | None:
    """The clocks that show both abbreviations: `EST/EDT`, `EST/ET`, `CET/CEST`."""
    one, _, other = pair.partition("/")
    return next((ZoneInfo(place) for place, names in _CLOCKS.items() if one in names and other in names), None)


def _of_place(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def zone_of_city(name: str) -> tzinfo | None:
    """The zone of a city or a country that has one in the tz database: `Kathmandu`, `New York`, `Japan`."""
    return _of_place(_cities().get(name.casefold().replace(" ", "_"), ""))


@lru_cache(maxsize=1)
def _cities() -> dict[str, str]:
    """The last part of each name in the tz database, and the whole name."""
    names = files("tzdata").joinpath("zones").read_text("utf-8").split()
    return {last.casefold(): name for name in names if (last := _last_part(name))}


def _last_part(name: str) -> str:
    """The city or country in a name of the tz database; empty where it names a direction, a group or an offset."""
    group, _, last = name.rpartition("/")
    ambiguous = group in ("Etc", "US", "Canada", "Brazil", "Mexico", "Chile") or last in ("North", "South", "West")
    return "" if ambiguous or last.isupper() or any(character.isdigit() for character in last) else last
