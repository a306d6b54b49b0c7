"""Files of an export: the JSON in each, or why it holds none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from postmortems.adopt.exports.json_object import JsonObject, objects_in
from postmortems.model.source import Source
from postmortems.read.text import with_line_feeds
from postmortems.read.timeline.json_elements import JsonError, decode_all

LARGEST = 64 * 1024 * 1024
"""The largest file of an export that is read, in bytes: some 10,000 incidents with all their events."""
DEEPEST = 100
"""Maximum depth of nested values; the rich text of an issue reaches 20."""

_SUFFIXES = (".json", ".jsonl", ".ndjson")
_OTHERS = {
    b"PK\x03\x04": "a zip archive: unpack it, and import the folder",
    b"\x1f\x8b": "a compressed file: unpack it, and import its contents",
    b"%PDF": "a PDF, which is not read: export the text as Markdown or JSON",
    b"\xd0\xcf\x11\xe0": "a document of Office, which is not read: save it as Markdown",
}


@dataclass(frozen=True, slots=True)
class JsonFile:
    """The values of one file, mostly one, or the reason why there are none."""

    path: str
    values: tuple[object, ...] = ()
    reason: str = ""

    def objects(self) -> Iterator[JsonObject]:
        """The objects on its outermost level, those of a list each."""
        for value in self.values:
            yield from objects_in(value)


def read_json_files(files: Mapping[str, bytes]) -> tuple[JsonFile, ...]:
    """All files of an export that are meant to be JSON, in the order of their paths."""
    return tuple(read_json(path, files[path]) for path in sorted(files) if _is_json(path, files[path]))


def foreign_kind(data: bytes) -> str:
    """Kind of a file whose first bytes say that it is no text, and the next step; empty for all others."""
    return next((reason for magic, reason in _OTHERS.items() if data.startswith(magic)), "")


def too_large(size: int) -> str:
    """Reason why a file of `size` bytes is not read."""
    return f"the file is {size:,} bytes; only {LARGEST:,} are read: export a shorter period into each file"


def read_json(path: str, data: bytes) -> JsonFile:
    """The values of one file."""
    if reason := foreign_kind(data):
        return JsonFile(path, reason=reason)
    if len(data) > LARGEST:
        return JsonFile(path, reason=too_large(len(data)))
    try:
        # PowerShell's `>` writes UTF-16.
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        byte = f"0x{data[error.start]:02x}"
        return JsonFile(path, reason=f"the file is not UTF-8 text: byte {byte} cannot be read; save it as UTF-8")
    if not text.strip():
        return JsonFile(path, reason="the file is empty")
    try:
        values = decode_all(text)
    except JsonError as error:
        line = Source(path, with_line_feeds(text[: error.offset])).text.count("\n") + 1
        return JsonFile(path, reason=f"line {line}: the file is not JSON: {error.message}")
    if _is_too_deep(values):
        return JsonFile(path, reason=f"the file is not read: its values are nested more than {DEEPEST} levels deep")
    return JsonFile(path, tuple(values))


def _is_json(path: str, data: bytes) -> bool:
    if path.casefold().endswith(_SUFFIXES):
        return True
    has_suffix = "." in path.rpartition("/")[2]
    return not has_suffix and data[:200].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")


def _is_too_deep(value: object) -> bool:
    level = [value]
    for _ in range(DEEPEST):
        level = [
            child
            for parent in level
            if isinstance(parent, dict | list)
            for child in (parent.values() if isinstance(parent, dict) else parent)
            if isinstance(child, dict | list)
        ]
        if not level:
            return False
    return True
