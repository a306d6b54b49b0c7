"""Nouns as JSON: of dataclasses the fields, of a duration its seconds, of a time ISO 8601 in UTC.

Whatever has no such form is an error, and so are NaN and infinity, which JSON does not know.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from operator import attrgetter
from typing import Any


def json_text(value: object) -> str:
    """A value on one line."""
    return _ENCODER.encode(value)


def json_document(schema: str, head: object, name: str, rows: Iterable[object]) -> str:
    """An object that names its schema, has the fields of `head` and, last, a list with a row on each line.

    So a file can be compared by the line, and is written at a fraction of the cost of indented JSON.
    """
    begin = json_text({"$schema": schema})[:-1]
    middle = json_text(head)[1:-1]
    lines = ",\n".join(map(json_text, rows))
    return f"{begin},{middle},\n{json_text(name)}:[\n{lines}\n]}}\n"


def seconds(length: timedelta | None) -> int | float | None:
    """A length of time in seconds, whole where it is; None where it is unknown."""
    if length is None:
        return None
    found = length.total_seconds()
    return int(found) if found.is_integer() else found


def moment_text(moment: datetime) -> str:
    """A time as `2026-03-02T14:20:00Z`."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _plain(value: object) -> object:
    """What JSON can hold in place of a value that it does not know; called by the encoder."""
    if isinstance(value, timedelta):
        return seconds(value)
    if isinstance(value, datetime):
        return moment_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    if is_dataclass(value) and not isinstance(value, type):
        names, read = _fields(type(value))
        return dict(zip(names, read(value), strict=True))
    raise TypeError(f"{type(value).__name__} has no form in JSON")


@cache
def _fields(kind: type) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]:
    names = tuple(field.name for field in fields(kind))
    if len(names) == 1:
        return names, lambda value: (getattr(value, names[0]),)
    return names, attrgetter(*names)


_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_plain)
