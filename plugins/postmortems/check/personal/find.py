"""All personal data in one line."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import lru_cache

from postmortems.check.personal.bank_accounts import bank_accounts
from postmortems.check.personal.ip_addresses import ip_addresses
from postmortems.check.personal.mail_addresses import mail_addresses
from postmortems.check.personal.payment_cards import payment_cards
from postmortems.check.personal.phone_numbers import phone_numbers
from postmortems.check.sensitive import Sensitive, outermost
from postmortems.model.excerpt import chunks
from postmortems.model.personal_data import PersonalData


@lru_cache(maxsize=4096)
def find_personal_data(text: str, settings: PersonalData) -> tuple[Sensitive, ...]:
    """E-mail and IP addresses, numbers of telephones, accounts and cards, and identifiers, save what is allowed."""
    found = [span.at(offset) for offset, piece in chunks(text) for span in _found(piece, settings)]
    return outermost(span for span in found if not _is_allowed(text[span.start : span.end], settings))


def _found(text: str, settings: PersonalData) -> Iterator[Sensitive]:
    yield from mail_addresses(text)
    yield from ip_addresses(text)
    yield from phone_numbers(text, settings.phone_region)
    yield from bank_accounts(text)
    yield from payment_cards(text)
    for pattern in settings.patterns:
        for match in pattern.finditer(text):
            if length := match.end() - match.start():
                yield Sensitive(
                    match.start(), match.end(), "an identifier that the settings describe", min(4, length // 4)
                )


def _is_allowed(value: str, settings: PersonalData) -> bool:
    return any(fnmatchcase(value.casefold(), pattern.casefold()) for pattern in settings.allow)
