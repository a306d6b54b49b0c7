"""Lengths of time as authors write them: `5m`, `1h30m`, `2d`."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

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


def duration_text(length: timedelta) -> str:
    """A length of time as authors write it, to the second: `1h30m`, `14d`; `0m` for none. `parse_duration` reads it."""
    minutes, seconds = divmod(round(length.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    parts = ((days, "d"), (hours, "h"), (minutes, "m"), (seconds, "s"))
    return "".join(f"{number}{unit}" for number, unit in parts if number) or "0m"


def _duration(value: object) -> timedelta:
    found = parse_duration(value) if isinstance(value, str) else None
    if found is None:
        raise PydanticCustomError("duration_format", "is not a duration such as 5m, 1h30m or 14d")
    return found


DurationText = Annotated[str, Field(pattern=r"^\s*(?:[0-9]{1,6}\s*[DHMSdhms]\s*){1,4}$")]

Duration = Annotated[timedelta, BeforeValidator(_duration, json_schema_input_type=DurationText)]
"""A length of time as a field of a pydantic model."""
