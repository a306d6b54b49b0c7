"""A postmortem that an import writes: its files, those that come along, and what of its links leads nowhere now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from postmortems.adopt.links import Places, relinked
from postmortems.adopt.old_front_matter import split
from postmortems.adopt.pictures import without_pictures
from postmortems.adopt.record import Record
from postmortems.adopt.written_file import written_file
from postmortems.read.body import read_body
from postmortems.read.postmortem import FILE
from postmortems.read.text import read_text


@dataclass(frozen=True, slots=True)
class NewPostmortem:
    """The files of a record by their whole path, the postmortem last: where that is, all others are.

    `origins` tells of files that come along from where, and `before` is the record's own document.
    """

    record: Record
    path: str
    files: Mapping[str, bytes]
    origins: Mapping[str, str]
    before: bytes = b""
    problems: tuple[str, ...] = ()


def new_postmortem(record: Record, before: bytes, old: str, home: str, places: Places) -> NewPostmortem:
    """The postmortem of a record whose document, `before`, lies at `old`; `home` is the folder of all postmortems."""
    folder = f"{home}/{record.id}"
    path = f"{folder}/{FILE}"
    if record.body is not None:
        files = {f"{folder}/{name}": content for name, content in record.files.items()}
        return NewPostmortem(record, path, {**files, path: written_file(record, b"", record.origin)}, {})
    data, pictures = without_pictures(before)
    source, _ = read_text(record.source, data)
    moved = relinked(data, read_body(split(source).body, {}), old, path, places)
    files = {f"{folder}/{name}": content for name, content in {**pictures, **moved.files}.items()}
    return NewPostmortem(
        record,
        path,
        {**files, path: written_file(record, moved.data, record.origin)},
        {f"{folder}/{name}": origin for name, origin in moved.origins.items()},
        before,
        tuple(moved.problems),
    )
