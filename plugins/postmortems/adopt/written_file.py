"""A document with front matter of ours above its own text, which stays as it is to the byte."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping

import yaml

from postmortems.adopt.old_front_matter import split
from postmortems.adopt.record import UNKNOWN_VALUE, Certainty, Record, Value
from postmortems.model.front_matter import HOST_KEYS, KEYS, MOMENTS, UNKNOWN
from postmortems.model.host_keys import what_is_wrong
from postmortems.model.unsure_value import CHECK
from postmortems.read.text import read_text
from postmortems.read.yaml_scalar import plain

_LINE_END = re.compile(rb"\r\n|\n|\r")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_KEPT = frozenset(HOST_KEYS) - {"tags", "template"}
_ICON_SETS = ("material/", "fontawesome/", "octicons/", "simple/")
_HIDDEN = frozenset({"navigation", "toc", "footer", "path", "tags", "feedback"})


def written_file(record: Record, data: bytes, origin: str) -> bytes:
    """The whole file of a record: its front matter, and below it the text of `data` without the old front matter.

    `origin` is written as `x-source`. Old keys that are not ours stay, as `x-` keys where nothing of ours
    knows them. A record with a body of its own has no old text: `data` does not matter then.
    """
    if record.body is not None:
        head = "\n".join(["---", *_lines(record.values), f"x-source: {plain(origin)}", "---", "", ""])
        return (head + record.body).encode()
    source, _ = read_text(record.source, data)
    old = split(source)
    head = "\n".join(
        ["---", *_lines(record.values), *_old_lines(old.values, record.values), f"x-source: {plain(origin)}", "---", ""]
    )
    body = _behind(data.removeprefix(_BYTE_ORDER_MARK), old.body.first - 1)
    end = found[0] if (found := _LINE_END.search(data)) else b"\n"
    gap = b"" if not body or _LINE_END.match(body) else end
    return head.encode().replace(b"\n", end) + gap + body


def _behind(data: bytes, lines: int) -> bytes:
    """The bytes after the first `lines` lines."""
    position = 0
    for _ in range(lines):
        found = _LINE_END.search(data, position)
        position = found.end() if found else len(data)
    return data[position:]


def _lines(values: Mapping[str, Value]) -> Iterator[str]:
    """A line for each key in the order in which authors write them, those that must be there with `unknown`."""
    for key in (*KEYS, "tags"):
        value = values.get(key, UNKNOWN_VALUE)
        if key == "date" and values.get("started_at", UNKNOWN_VALUE).value:
            continue
        if value.value is None:
            if key in MOMENTS or key == "root_cause":
                yield f"{key}: {UNKNOWN}"
            elif key == "severity":
                yield f"{CHECK} {_one_line(value.origin) or 'no severity is stated'}"
                yield f"{key}: {UNKNOWN}"
            elif key == "services":
                yield f"{CHECK} {_one_line(value.origin) or 'no service is named'}"
                yield f"{key}: []"
            elif key == "patterns":
                yield f"{key}: []"
            elif key == "published_on" and values.get("status", UNKNOWN_VALUE).value == "published":
                yield f"{key}: {UNKNOWN}"
            continue
        if value.certainty is Certainty.DERIVED:
            yield f"{CHECK} {_one_line(value.origin)}"
        yield f"{key}: {_written(value.value)}"


def _written(value: str | tuple[str, ...]) -> str:
    return plain(value) if isinstance(value, str) else f"[{', '.join(map(plain, value))}]"


def _old_lines(old: Mapping[str, object], values: Mapping[str, Value]) -> Iterator[str]:
    """The old keys whose values are not among the new ones."""
    for key, content in old.items():
        name = str(key)
        new = values.get(name, UNKNOWN_VALUE).value
        if content is None or content == (list(new) if isinstance(new, tuple) else new):
            continue
        kept = name if _stays(name, content) else f"x-{name.replace('_', '-')}"
        made: str = yaml.safe_dump({kept: content}, allow_unicode=True, sort_keys=False, width=sys.maxsize)
        yield from made.removesuffix("\n").split("\n")


def _stays(name: str, content: object) -> bool:
    """True if an old key keeps its name: one of the host with a value that Material can use, or an `x-` key.

    A `template` is a file of the theme that the document was made for, which is not the one that it comes to.
    """
    if name == "icon":
        return isinstance(content, str) and content.startswith(_ICON_SETS) and not what_is_wrong(name, content)
    if name == "hide":
        hidden = content if isinstance(content, list) else [content]
        return not what_is_wrong(name, content) and all(part in _HIDDEN for part in hidden)
    return name.startswith("x-") or (name in _KEPT and not what_is_wrong(name, content))


def _one_line(text: str) -> str:
    """Text that is safe in a YAML comment: on one line, without control characters."""
    return "".join(character if character.isprintable() else " " for character in text)
