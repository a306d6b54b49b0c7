"""Values as JSON, and the types that the declarations of files are made of.

A record of a file is a dictionary or a named tuple of Python's own types. pydantic's serialiser writes such a one in
2 µs, and takes 15 µs where it has to find out what an enumeration or a day is; so these become text when the record is
made: a time ISO 8601 in UTC, a duration its seconds, what is unknown None.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Annotated

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
    return "".join(json_lines(schema, head, name, rows))


def json_lines(schema: str, head: Mapping[str, object], name: str, rows: Iterable[object]) -> Iterator[str]:
    """The same line by line, so that nobody has to hold all of it."""
    begin = to_json({"$schema": schema, **head}).decode()[:-1]
    yield f'{begin},\n"{name}":[\n'
    line = ""
    for row in rows:
        if line:
            yield f"{line},\n"
        line = to_json(row).decode()
    yield f"{line}\n]}}\n"


def lines_document(schema: str, values: Mapping[str, object]) -> str:
    """An object that names its schema, with each of its values, and each object of a list, on a line of its own."""
    lines = (f"{to_json(name).decode()}:{_in_lines(value)}" for name, value in {"$schema": schema, **values}.items())
    return "{" + ",\n".join(lines) + "}\n"


def _in_lines(value: object) -> str:
    if isinstance(value, list) and value and isinstance(value[0], Mapping):
        return "[\n" + ",\n".join(to_json(row).decode() for row in value) + "\n]"
    return to_json(value).decode()


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
    """A time, which is in UTC as all of the model are, as `2026-03-02T14:20:00Z`; None where it is unknown."""
    return moment.isoformat().replace("+00:00", "Z") if moment else None
