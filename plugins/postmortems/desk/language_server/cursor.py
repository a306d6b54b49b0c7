"""The place of a cursor in a document: which key of the front matter it is at, or what of the body.

It looks at the lines above the cursor, and at no more than their indentation: while somebody types, front matter is
seldom YAML that can be read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from postmortems.desk.language_server.positions import Text
from postmortems.read.front_matter import front_matter_lines

_PREFIX = re.compile(r"(?P<indent>\s*)(?P<dash>(?:-\s+)*)(?P<rest>.*)")
_KEY = re.compile(r"(?P<key>[\w-]{1,60}):(?P<blank>\s*)(?P<value>.*)")
_WORD = re.compile(r"[\w-]{0,60}")
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class FrontMatterCursor:
    """A cursor in the front matter, or in a file that is YAML as a whole.

    `key` is the outermost key that it is below, empty at the beginning of a line; `inner` the key of an entry there.
    `typed` is the part of the value or key that is there already, and `start` the column where that begins. `is_key`
    tells that a key may stand here, `is_value` a value; in an entry of a list it may be either. `quote` is the sign
    that the value begins with, if it does, and `is_alone` tells that a value is directly behind its key, in no list.
    """

    key: str
    inner: str
    typed: str
    start: int
    is_key: bool
    is_value: bool
    quote: str = ""
    is_alone: bool = False


def in_front_matter(text: Text, row: int) -> bool:
    """True if a row is between the fences."""
    lines = front_matter_lines("\n".join(text.lines))
    return lines is not None and 1 <= row < len(lines)


def front_matter_cursor(text: Text, row: int, column: int) -> FrontMatterCursor | None:
    """The cursor between the fences; None in a comment, and where nothing can be told."""
    prefix = text.line(row)[:column]
    parts = _PREFIX.fullmatch(prefix)
    if len(prefix) > _LONGEST or parts is None or parts["rest"].startswith("#"):
        return None
    rest, start = parts["rest"], parts.start("rest")
    is_inside = bool(parts["indent"] or parts["dash"])
    key = _key_above(text, row) if is_inside else ""
    if rest.startswith(("[", "{")):
        return _in_brackets(rest, start, key) if parts["dash"] else None
    if written := _KEY.fullmatch(rest):
        if not written["blank"]:
            return None  # `key:x` is no key and value yet
        name, value, start = written["key"], written["value"], start + written.start("value")
        outer, inner = (key, name) if key else (name, "")
        if value.startswith(("[", "{")):
            return _in_brackets(value, start, outer)
        return FrontMatterCursor(outer, inner, *_unquoted(value, start), is_alone=True)
    is_key = bool(_WORD.fullmatch(rest))
    if not is_inside:
        return FrontMatterCursor("", "", rest, start, is_key=True, is_value=False) if is_key else None
    typed, start, _, _, quote = _unquoted(rest, start)
    return FrontMatterCursor(key, "", typed, start, is_key, bool(parts["dash"]), quote)


def _key_above(text: Text, row: int) -> str:
    """The outermost key above a row that is below it."""
    for above in range(row - 1, -1, -1):
        line = text.line(above)
        found = _KEY.match(line)
        if found:
            return found["key"]
        if line and not line[0].isspace() and not line.startswith(("-", "#")):
            return ""
    return ""


def _in_brackets(value: str, start: int, key: str) -> FrontMatterCursor | None:
    """The cursor in a list or mapping in brackets, which is below `key`; None behind its end."""
    open_, inner, begin, quote = "", "", 0, ""
    for index, sign in enumerate(value):
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "\"'" and not value[begin:index].strip():
            quote = sign
        elif sign in "[{":
            open_, inner, begin = open_ + sign, "", index + 1
        elif sign in "]}":
            open_, begin = open_[:-1], index + 1
        elif sign == ",":
            inner, begin = "", index + 1
        elif sign == ":" and open_.endswith("{") and value[index + 1 : index + 2].isspace():
            inner, begin = value[begin:index].strip(), index + 1
    if not open_:
        return None
    blank = len(value) - begin - len(value[begin:].lstrip())
    typed, start, is_key, is_value, quote = _unquoted(value[begin + blank :], start + begin + blank)
    if open_.endswith("{"):
        is_key, is_value = not inner, bool(inner)
    return FrontMatterCursor(key, inner, typed, start, is_key, is_value, quote)


def _unquoted(typed: str, start: int) -> tuple[str, int, bool, bool, str]:
    """A value without the quote that it begins with: where it begins, that it is no key but a value, and the quote."""
    quote = typed[0] if typed.startswith(('"', "'")) else ""
    return typed.removeprefix(quote), start + len(quote), False, True, quote
