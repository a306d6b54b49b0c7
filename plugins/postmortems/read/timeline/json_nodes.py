"""JSON → nodes that know where they stand. The standard library's decoder forgets positions and doubled keys."""

from __future__ import annotations

import re
from dataclasses import dataclass
from json.decoder import JSONDecodeError, scanstring  # type: ignore[attr-defined]

_BLANK = re.compile(r"[ \t\n\r]*")
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?")
_WORDS = {"true": True, "false": False, "null": None}
_DEEPEST = 20


class JsonError(ValueError):
    """The text is no JSON, from `position` on."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(message)
        self.message, self.position = message, position


@dataclass(frozen=True, slots=True)
class Member:
    """One key of an object, where it begins, and its value."""

    key: str
    start: int
    value: Node


@dataclass(frozen=True, slots=True)
class Node:
    """A value, its kind in words, and its stretch of the text.

    An array is a tuple of nodes, an object one of members; a number stays as written, since nothing counts with it.
    """

    value: str | bool | tuple[Node, ...] | tuple[Member, ...] | None
    kind: str
    start: int
    end: int


def parse_json(text: str) -> Node:
    """The one value in `text`; raises JsonError, and nothing else, where there is none or more."""
    node = _value(text, _skip(text, 0), 0)
    end = _skip(text, node.end)
    if end < len(text):
        raise JsonError("something stands behind its end", end)
    return node


def _skip(text: str, position: int) -> int:
    found = _BLANK.match(text, position)
    return found.end() if found else position


def _value(text: str, start: int, depth: int) -> Node:
    if depth > _DEEPEST:
        raise JsonError("it is nested too deeply", start)
    character = text[start : start + 1]
    if character == '"':
        value, end = _string(text, start)
        return Node(value, "a text", start, end)
    if character == "[":
        return _array(text, start, depth)
    if character == "{":
        return _object(text, start, depth)
    for word, meaning in _WORDS.items():
        if text.startswith(word, start):
            return Node(meaning, "null" if meaning is None else "a truth value", start, start + len(word))
    if found := _NUMBER.match(text, start):
        return Node(found[0], "a number", start, found.end())
    raise JsonError("it ends too early" if not character else f'"{character}" begins no value', start)


def _string(text: str, start: int) -> tuple[str, int]:
    try:
        value, end = scanstring(text, start + 1, True)
    except JSONDecodeError as error:
        raise JsonError(error.msg[:1].lower() + error.msg[1:], min(error.pos, len(text))) from None
    return value, end


def _array(text: str, start: int, depth: int) -> Node:
    nodes: list[Node] = []
    position = _skip(text, start + 1)
    if text.startswith("]", position):
        return Node((), "a list", start, position + 1)
    while True:
        node = _value(text, position, depth + 1)
        nodes.append(node)
        position = _skip(text, node.end)
        if text.startswith("]", position):
            return Node(tuple(nodes), "a list", start, position + 1)
        position = _comma(text, position, "]")


def _object(text: str, start: int, depth: int) -> Node:
    members: list[Member] = []
    position = _skip(text, start + 1)
    if text.startswith("}", position):
        return Node((), "an object", start, position + 1)
    while True:
        if not text.startswith('"', position):
            raise JsonError("a key in double quotes is missing", position)
        key, end = _string(text, position)
        colon = _skip(text, end)
        if not text.startswith(":", colon):
            raise JsonError(f'a colon is missing behind "{key[:60]}"', colon)
        value = _value(text, _skip(text, colon + 1), depth + 1)
        members.append(Member(key, position, value))
        position = _skip(text, value.end)
        if text.startswith("}", position):
            return Node(tuple(members), "an object", start, position + 1)
        position = _comma(text, position, "}")


def _comma(text: str, position: int, closing: str) -> int:
    if not text.startswith(",", position):
        raise JsonError(f'a comma or "{closing}" is missing', position)
    after = _skip(text, position + 1)
    if text.startswith(closing, after):
        raise JsonError("a comma stands before the end", position)
    return after
