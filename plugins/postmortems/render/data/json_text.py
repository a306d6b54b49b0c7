"""Values as JSON, and the types that declarations of a file are made of.

A record of a file is a dictionary or a named tuple of Python's own types, since pydantic's serialiser writes such a one
in 2 µs, and in 15 µs where it has to find out what an enumeration or a day is. A noun of analysis is written by
`noun_text`: of a dataclass the fields, of a time ISO 8601 in UTC, of a duration its seconds, of None null.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from typing import Annotated, Any

from pydantic import Field, WithJsonSchema
from pydantic_core import to_json

Day = Annotated[str, WithJsonSchema({"type": "string", "format": "date"})]
"""A day as `2026-03-02`."""

Moment = Annotated[str, WithJsonSchema({"type": "string", "format": "date-time"})]
"""A time as `2026-03-02T14:20:00Z`."""

Seconds = Annotated[float, Field(ge=0)]
Count = Annotated[int, Field(ge=0)]


def one_of(names: Iterable[str]) -> WithJsonSchema:
    """The schema of a text that is one of these, such as the values of an enumeration."""
    return WithJsonSchema({"type": "string", "enum": [str(name) for name in names]})


def json_document(schema: str, head: Mapping[str, object], name: str, rows: Iterable[object]) -> str:
    """An object that names its schema, has the values of `head` and, last, a list with a row on each line.

    So a file can be compared and searched by the line, and is as small as one without any.
    """
    begin = to_json({"$schema": schema, **head}).decode()[:-1]
    lines = ",\n".join(to_json(row).decode() for row in rows)
    return f'{begin},\n"{name}":[\n{lines}\n]}}\n'


def noun_text(noun: object) -> str:
    """A noun of analysis on one line; what has no form in JSON is an error."""
    return to_json(plain(noun), inf_nan_mode="null").decode()


def plain(value: Any) -> Any:
    """A value in Python's own types, which JSON has a form for."""
    if value is None or isinstance(value, bool | int | float) or type(value) is str:
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, timedelta):
        return seconds(value)
    if isinstance(value, datetime):
        return moment_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {plain(key): plain(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def seconds(length: timedelta | None) -> int | float | None:
    """A length of time in seconds, whole where it is; None where it is unknown."""
    if length is None:
        return None
    found = length.total_seconds()
    return int(found) if found.is_integer() else found


def day_text(day: date | None) -> str | None:
    """A day as `2026-03-02`; None where it is unknown."""
    return day.isoformat() if day else None


def moment_text(moment: datetime | None) -> str | None:
    """A time as `2026-03-02T14:20:00Z`; None where it is unknown."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z") if moment else None
