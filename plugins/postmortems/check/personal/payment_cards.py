"""Numbers of payment cards: an issuer's first digits, a length that it issues, and a right check digit.

One number of ten has a right check digit by chance. So one without groups counts only where nothing before it says that
it is the number of something else: an order, a ticket, a trace.
Source: ISO/IEC 7812-1, for the check digit; the issuers' published ranges, for the first digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from postmortems.check.sensitive import Sensitive

_NUMBER = re.compile(
    r"(?<![\w.+-])(?:[2-6][0-9]{3}([ -]?)[0-9]{4}\1[0-9]{4}\1[0-9]{4}(?:\1?[0-9]{3})?"
    r"|3[0-9]{3}([ -]?)[0-9]{6}\2[0-9]{4,5})(?![\w-]|[.,][0-9])"
)
_ISSUED = re.compile(
    r"4[0-9]{15}(?:[0-9]{3})?|5[1-5][0-9]{14}|2(?:22[1-9]|2[3-9][0-9]|[3-6][0-9]{2}|7[01][0-9]|720)[0-9]{12}"
    r"|3[47][0-9]{13}|3(?:0[0-5]|[68][0-9])[0-9]{11}|35(?:2[89]|[3-8][0-9])[0-9]{12}"
    r"|6(?:011|5[0-9]{2}|4[4-9][0-9])[0-9]{12}|62[0-9]{14}(?:[0-9]{3})?"
)
_OF_SOMETHING_ELSE = re.compile(
    r"(?:\b(?:order|invoice|ticket|issue|case|id|no|nr|number of|trace|span|request|transaction|event|message|job|"
    r"build|tracking|parcel|shipment|account|epoch|timestamp|offset|serial|sku|ean|isbn|bytes|size)|#|_id)"
    r"[\"']?(?: (?:no|nr|number|id))?\.?[\"']?[ \t:=#]{0,4}[\"'`]?$",
    re.IGNORECASE,
)
_BEFORE = 30
_TAIL = 4


def payment_cards(text: str) -> Iterator[Sensitive]:
    """Each number of a card in the text."""
    for found in _NUMBER.finditer(text):
        digits = "".join(sign for sign in found[0] if sign.isdigit())
        if not _ISSUED.fullmatch(digits) or not _has_right_check_digit(digits):
            continue
        is_solid = found[0] == digits
        if is_solid and _OF_SOMETHING_ELSE.search(text[max(0, found.start() - _BEFORE) : found.start()]):
            continue
        yield Sensitive(found.start(), found.end(), "the number of a payment card", 0, _TAIL)


def _has_right_check_digit(digits: str) -> bool:
    """Luhn's test."""
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (sum(map(int, digits[-1::-2])) + sum(doubled)) % 10 == 0
