"""JSON of another program, of whose shape nothing is sure: a value by its path of keys, or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from math import isfinite

_NO_TEXT = re.compile(r"[^\t\n -\ud7ff\ue000-\U0010ffff]|[\x7f-\x9f]")
"""Control characters and halves of surrogates, which no file of text can hold."""


@dataclass(frozen=True, slots=True)
class JsonObject:
    """An object; what is no object has no members."""

    members: Mapping[str, object]

    def at(self, *path: str) -> object:
        """The value below some keys, None where there is none."""
        value: object = self.members
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
        return value

    def text(self, *path: str) -> str:
        """A text, or a number as text; else nothing."""
        return as_text(self.at(*path))

    def line(self, *path: str) -> str:
        """A text on one line."""
        return " ".join(self.text(*path).split())

    def object(self, *path: str) -> JsonObject:
        """An object below some keys."""
        return as_object(self.at(*path))

    def objects(self, *path: str) -> tuple[JsonObject, ...]:
        """The objects of a list below some keys; an object in place of a list is its only one."""
        return tuple(objects_in(self.at(*path)))

    def texts(self, *path: str) -> tuple[str, ...]:
        """The texts of a list below some keys."""
        value = self.at(*path)
        return tuple(
            text for item in (value if isinstance(value, list) else [value]) if (text := as_text(item).strip())
        )

    def has(self, *keys: str) -> bool:
        """True if it has all of some keys."""
        return all(key in self.members for key in keys)

    def has_any(self, *keys: str) -> bool:
        """True if it has one of some keys."""
        return any(key in self.members for key in keys)

    def moment(self, *path: str) -> Moment | None:
        """A time below some keys."""
        return read_moment(self.text(*path))

    def __bool__(self) -> bool:
        return bool(self.members)


@dataclass(frozen=True, slots=True)
class Moment:
    """A time in UTC; `zone_stated` tells that the export says its zone."""

    at: datetime
    zone_stated: bool = True


def as_object(value: object) -> JsonObject:
    """A value as an object."""
    return JsonObject(value if isinstance(value, dict) else {})


def objects_in(value: object) -> Iterator[JsonObject]:
    """The objects of a list, or the one object in place of it."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            yield JsonObject(item)


def as_text(value: object) -> str:
    """A text without what no file can hold, or a number as text; else nothing."""
    if isinstance(value, str):
        return _NO_TEXT.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        return ""
    return str(int(value)) if value == int(value) else str(value)


def read_moment(text: str) -> Moment | None:
    """A time of ISO 8601, with `+0000` and fractions too, or None where there is none."""
    text = text.strip()
    if ":" not in text or not 16 <= len(text) <= 40:
        return None
    try:
        at = datetime.fromisoformat(text.removesuffix(" UTC"))
        stated = at.tzinfo is not None or text.endswith(" UTC")
        return Moment((at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC), stated)
    except (ValueError, OverflowError):
        return None


def moment_of_epoch(text: str) -> Moment | None:
    """A time that is written as seconds since 1970, with a fraction or without."""
    if not re.fullmatch(r"\d{9,11}(?:\.\d{1,9})?", text):
        return None
    return Moment(datetime.fromtimestamp(float(text), UTC))
