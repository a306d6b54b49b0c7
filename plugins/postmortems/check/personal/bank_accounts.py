"""Bank accounts by their international number, the IBAN: right country, right length, right check digits.

Source: ISO 13616-1, and the IBAN registry that SWIFT keeps, for the lengths.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from postmortems.check.sensitive import Sensitive

_BEGIN = re.compile(r"(?<![A-Za-z0-9])([A-Z]{2})[0-9]{2}(?=[ \u00a0-]?[A-Z0-9]{2})")
_COUNTRIES = {
    15: "NO",
    16: "BE",
    18: "DK FI FK FO GL NL SD",
    19: "MK SI",
    20: "AT BA EE KZ LT LU MN XK",
    21: "CH HR LI LV",
    22: "BG BH CR DE GB GE IE ME RS VA",
    23: "AE GI IL IQ OM SO TL",
    24: "AD CZ ES MD PK RO SA SE SK TN VG",
    25: "LY PT ST",
    26: "IS TR",
    27: "BI DJ FR GR IT MC MR SM",
    28: "AL AZ BY CY DO GT HN HU LB NI PL SV",
    29: "BR EG PS QA UA",
    30: "JO KW MU YE",
    31: "MT SC",
    32: "LC",
    33: "RU",
}
_LENGTHS = {country: length for length, countries in _COUNTRIES.items() for country in countries.split()}
_GAPS = " \u00a0-"
_HEAD, _TAIL = 4, 2


def bank_accounts(text: str) -> Iterator[Sensitive]:
    """Each IBAN in the text, written in one or in groups."""
    for begin in _BEGIN.finditer(text):
        length = _LENGTHS.get(begin[1], 0)
        end = _end_of(text, begin.start(), length)
        if end and _is_right(text[begin.start() : end]):
            yield Sensitive(begin.start(), end, "the number of a bank account (IBAN)", _HEAD, _TAIL)


def _end_of(text: str, start: int, length: int) -> int:
    """Return the end of `length` letters and digits with at most one blank between two; 0 if there are fewer."""
    place = start
    while length and place < len(text):
        sign = text[place]
        if sign in _GAPS and text[place - 1] not in _GAPS:
            place += 1
            continue
        if not (sign.isascii() and (sign.isupper() or sign.isdigit())):
            return 0
        place, length = place + 1, length - 1
    return 0 if length or text[place : place + 1].isalnum() else place


def _is_right(number: str) -> bool:
    bare = "".join(sign for sign in number if sign not in _GAPS)
    return int("".join(str(int(sign, 36)) for sign in bare[4:] + bare[:4])) % 97 == 1
