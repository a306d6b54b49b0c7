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
    tells that a key may stand here, `is_value` a value; in an entry of a list it may be either.
    """

    key: str
    inner: str
    typed: str
    start: int
    is_key: bool
    is_value: bool


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
    key = _key_above(text, row, len(parts["indent"]), is_entry=bool(parts["dash"])) if is_inside else ""
    if written := _KEY.fullmatch(rest):
        if not written["blank"]:
            return None  # `key:x` is no key and value yet
        typed, start = _last_of_list(written["value"], start + written.start("value"))
        name = written["key"]
        if inner := _KEY.fullmatch(typed.lstrip("{ ")):
            start += len(typed) - len(inner["value"])
            return FrontMatterCursor(name, inner["key"], inner["value"], start, False, True)
        is_map = written["value"].lstrip().startswith(("{", "[{"))
        typed, start = (typed.lstrip("{ "), start + len(typed) - len(typed.lstrip("{ ")))
        return FrontMatterCursor(key or name, name if key else "", *_unquoted(typed, start), is_map, True)
    is_key = bool(_WORD.fullmatch(rest))
    if not is_inside:
        return FrontMatterCursor("", "", rest, start, True, False) if is_key else None
    return FrontMatterCursor(key, "", *_unquoted(rest, start), is_key, bool(parts["dash"]))


def _key_above(text: Text, row: int, indent: int, *, is_entry: bool) -> str:
    """The outermost key above a row that is below it."""
    for above in range(row - 1, -1, -1):
        line = text.line(above)
        found = _KEY.match(line)
        if found:
            return found["key"]
        if line and not line[0].isspace() and not line.startswith(("-", "#")):
            return ""
    return ""


def _last_of_list(value: str, start: int) -> tuple[str, int]:
    """The last entry of a list in brackets, and where it begins."""
    if value.startswith(("[", "{")):
        cut = max(value.rfind("["), value.rfind(","), value.rfind("{")) + 1
        inside = value[cut:]
        return inside.lstrip(), start + cut + len(inside) - len(inside.lstrip())
    return value, start


def _unquoted(typed: str, start: int) -> tuple[str, int]:
    return (typed[1:], start + 1) if typed.startswith(('"', "'")) else (typed, start)
