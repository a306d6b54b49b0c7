"""Telephone numbers that reach a person, as the library phonenumbers knows them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from postmortems.check.sensitive import Sensitive

_INTERNATIONAL = re.compile(r"\+\(?[0-9](?:[ ()./-]{0,3}[0-9]){6,16}")
_NATIONAL = re.compile(r"(?<![\w.,:+-])\(?[0-9]{2,5}(?:[ ()./-]{0,3}[0-9]){5,12}(?![\w:])")
_DATE = re.compile(r"(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}[./-][0-9]{1,2}[./-](?:19|20)[0-9]{2})(?![0-9])")
_AROUND = 12
_FICTIONAL = re.compile(r"1[2-9][0-9]{2}555[0-9]{4}|44(?:1632960|2079460|7700900|1314960|1414960)[0-9]{3}")
"""Numbers that the numbering plans of North America and Britain keep for films and documentation."""


def phone_numbers(text: str, region: str | None) -> Iterator[Sensitive]:
    """Each number with a country code, and with a `region` (`GB`) each of that country without one."""
    for found in _INTERNATIONAL.finditer(text):
        yield from _numbers(text, found, None)
    if region:
        for found in _NATIONAL.finditer(text):
            if not _DATE.search(found.group()):
                yield from _numbers(text, found, region)


def _numbers(text: str, found: re.Match[str], region: str | None) -> Iterator[Sensitive]:
    from phonenumbers import PhoneNumberMatcher, PhoneNumberType, number_type

    nobody = (PhoneNumberType.TOLL_FREE, PhoneNumberType.PREMIUM_RATE, PhoneNumberType.SHARED_COST)
    first = max(0, found.start() - _AROUND)
    for match in PhoneNumberMatcher(text[first : found.end() + _AROUND], region):
        number = f"{match.number.country_code}{match.number.national_number}"
        start, end = first + match.start, first + match.end
        if start < found.start() - 2 or _FICTIONAL.fullmatch(number) or number_type(match.number) in nobody:
            continue
        shown = text[start:end]
        head = len(str(match.number.country_code)) + shown.index("+") + 1 if "+" in shown else 0
        yield Sensitive(start, end, "a telephone number", head, 2)
