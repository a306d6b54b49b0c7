"""All personal data in one line."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import lru_cache

from postmortems.check.personal.ip_addresses import ip_addresses
from postmortems.check.personal.mail_addresses import mail_addresses
from postmortems.check.personal.phone_numbers import phone_numbers
from postmortems.check.sensitive import Sensitive, outermost
from postmortems.model.excerpt import stretches
from postmortems.model.personal_data import PersonalData


@lru_cache(maxsize=4096)
def find_personal_data(text: str, settings: PersonalData) -> tuple[Sensitive, ...]:
    """E-mail addresses, IP addresses, telephone numbers and identifiers in a line, save what the settings allow."""
    found = [one.at(offset) for offset, piece in stretches(text) for one in _found(piece, settings)]
    return outermost(one for one in found if not _is_allowed(text[one.start : one.end], settings))


def _found(text: str, settings: PersonalData) -> Iterator[Sensitive]:
    yield from mail_addresses(text)
    yield from ip_addresses(text)
    yield from phone_numbers(text, settings.phone_region)
    for pattern in settings.patterns:
        for match in pattern.finditer(text):
            if length := match.end() - match.start():
                yield Sensitive(
                    match.start(), match.end(), "an identifier that the settings describe", min(4, length // 4)
                )


def _is_allowed(value: str, settings: PersonalData) -> bool:
    return any(fnmatchcase(value.casefold(), pattern.casefold()) for pattern in settings.allow)
