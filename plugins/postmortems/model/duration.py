"""Lengths of time as authors write them: `5m`, `1h30m`, `2d`."""

from __future__ import annotations

import re
from datetime import timedelta

_UNITS = {"d": "days", "h": "hours", "m": "minutes", "s": "seconds"}
_WHOLE = re.compile(r"(?:\d{1,6}\s*[dhms]\s*){1,4}", re.IGNORECASE)
_PART = re.compile(r"(\d{1,6})\s*([dhms])", re.IGNORECASE)


def parse_duration(text: str) -> timedelta | None:
    """The length of time that `text` names, or None where it names none.

    Units are `d`, `h`, `m`, `s`, each at most once, largest first or not: `90m` and `1h30m` are equal.
    """
    if not _WHOLE.fullmatch(text.strip()):
        return None
    parts = _PART.findall(text)
    names = [_UNITS[unit.lower()] for _, unit in parts]
    if len(set(names)) != len(names):
        return None
    return timedelta(**{name: int(number) for name, (number, _) in zip(names, parts, strict=True)})
