"""Values that stand for a secret and are none: `<token>`, `$TOKEN`, `xxxx`, and whatever says that it is an example."""

from __future__ import annotations

import re

_WORDS = re.compile(
    r"example|placeholder|redacted|removed|masked|censored|dummy|sample|change-?_?me|replace-?_?me|not-?_?real|"
    r"your|fake|x{4}|\*{3}|\.{3}|…|•",
    re.IGNORECASE,
)
_TEMPLATE = re.compile(r"^\$|\$[{(]|\{\{|[<>]|%[(s]|^\[|^\{.{0,60}\}$")
_SHORTEST = 3
_LONGEST = 128
"""Maximum length of a stand-in: in a longer value letters come together by chance."""
_COUNTED = ("0123456789", "1234567890", "abcdefghij", "9876543210")
_STAND_INS = frozenset(
    ("pass", "passwd", "password", "passphrase", "pw", "pwd", "secret", "token", "key", "apikey", "user", "test", "xxx")
)
_FEWEST = 5
"""A key of at least sixteen characters that has fewer different ones was typed to fill a place."""


def is_placeholder(value: str) -> bool:
    """True if a value of a secret's shape is only a stand-in."""
    if len(value) > _LONGEST:
        return False
    lower = value.casefold()
    if (
        len(value) < _SHORTEST
        or lower.rstrip("0123456789") in _STAND_INS
        or _WORDS.search(value)
        or _TEMPLATE.search(value)
    ):
        return True
    if any(counted in lower for counted in _COUNTED):
        return True
    return len(value) >= 16 and len(set(lower)) < _FEWEST
