"""JSON → plain values, and where each element of a list begins.

The standard library decodes one element after the other, since of a whole file it would forget all places.
"""

from __future__ import annotations

import re
from json import JSONDecodeError, JSONDecoder

_BLANK = re.compile(r"[ \t\n\r]*")
_REASONS = {
    "Expecting property name enclosed in double quotes": "a key in double quotes is missing",
    "Expecting ':' delimiter": "a colon is missing after a key",
    "Expecting ',' delimiter": "a comma or a closing bracket is missing",
}


class JsonError(ValueError):
    """The text is no JSON, from `offset` on."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message, self.offset = message, offset


class Members(tuple[tuple[str, object], ...]):
    """The keys and values of an object, a doubled key twice."""

    __slots__ = ()


def decode(text: str) -> tuple[object, list[int]]:
    """The one value in `text`, and the offset of each element if it is a list. Raises JsonError, and nothing else."""
    start = _skip(text, 0)
    value: object
    offsets: list[int] = []
    if text.startswith("[", start):
        value, end = _elements(text, start + 1, offsets)
    else:
        value, end = _value(text, start)
    if (rest := _skip(text, end)) < len(text):
        raise JsonError("there is text after its end", rest)
    return value, offsets


def decode_all(text: str) -> list[object]:
    """All values in `text`, one after the other, their objects as dictionaries. Raises JsonError, and nothing else.

    Programs that fetch page by page write one value behind the other, on lines of their own or without a blank.
    """
    values: list[object] = []
    position = _skip(text, 0)
    while position < len(text) or not values:
        value, end = _value(text, position, _PLAIN_DECODER)
        values.append(value)
        position = _skip(text, end)
    return values


def kind_of(value: object) -> str:
    """The kind of a value, in words."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, Members | list):
        return "a list" if isinstance(value, list) else "an object"
    return "text" if isinstance(value, str) else "a number"


def _skip(text: str, position: int) -> int:
    found = _BLANK.match(text, position)
    return found.end() if found else position


def _elements(text: str, position: int, offsets: list[int]) -> tuple[list[object], int]:
    values: list[object] = []
    position = _skip(text, position)
    while not text.startswith("]", position):
        if values:
            if not text.startswith(",", position):
                raise JsonError('a comma or "]" is missing', position)
            comma, position = position, _skip(text, position + 1)
            if text.startswith("]", position):
                raise JsonError("trailing comma", comma)
        offsets.append(position)
        value, end = _value(text, position)
        values.append(value)
        position = _skip(text, end)
    return values, position + 1


def _value(text: str, position: int, decoder: JSONDecoder | None = None) -> tuple[object, int]:
    try:
        return (decoder or _DECODER).raw_decode(text, position)
    except JSONDecodeError as error:
        raise _refused(error, text) from None
    except RecursionError:
        raise JsonError("it is nested too deeply", position) from None
    except _ConstantError as error:
        raise JsonError(f'"{str(error)[0]}" is unexpected', position) from None


def _refused(error: JSONDecodeError, text: str) -> JsonError:
    """The decoder's error in our words. Its own messages on commas differ between versions of Python."""
    offset = min(error.pos, len(text))
    sign = text[offset : offset + 1]
    if error.msg == "Expecting value":
        return JsonError(f'"{sign}" is unexpected' if sign else "it ends unexpectedly", offset)
    if "trailing comma" in error.msg or (sign == "}" and text[:offset].rstrip(" \t\n\r").endswith(",")):
        return JsonError("trailing comma", text.rfind(",", 0, offset + 1))
    return JsonError(_REASONS.get(error.msg, error.msg[:1].lower() + error.msg[1:]), offset)


class _ConstantError(Exception):
    """NaN or an infinity, which JavaScript knows and JSON does not."""


def _no_constant(name: str) -> object:
    raise _ConstantError(name)


# As floats, since Python refuses integers of thousands of digits; nothing counts with them.
_DECODER = JSONDecoder(object_pairs_hook=Members, parse_int=float, parse_constant=_no_constant)


def _number(digits: str) -> int | float:
    return int(digits) if len(digits) < _MOST_DIGITS else float(digits)


_MOST_DIGITS = 20
_PLAIN_DECODER = JSONDecoder(parse_int=_number, parse_constant=_no_constant)
