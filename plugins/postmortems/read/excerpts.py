"""The lines of a file that may hold a secret or personal data, kept as they are there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from postmortems.model.excerpt import Excerpt, chunks
from postmortems.model.personal_data import PersonalData
from postmortems.model.source import Source
from postmortems.text.prefilter import national_number_signs, personal_signs, token_signs

_TEXT_SUFFIXES = frozenset(
    (
        *("", ".log", ".md", ".out", ".rst", ".txt"),
        *(".csv", ".eml", ".har", ".htm", ".html", ".json", ".jsonl", ".ndjson", ".tsv", ".xml"),
        *(".cfg", ".conf", ".cnf", ".env", ".ini", ".properties", ".toml", ".tf", ".tfvars", ".yaml", ".yml"),
        *(".bash", ".diff", ".go", ".java", ".js", ".patch", ".php", ".ps1", ".py", ".rb", ".sh", ".sql", ".ts"),
        *(".asc", ".crt", ".key", ".pem", ".ppk"),
    )
)


def read_excerpts(source: Source, personal_data: PersonalData) -> tuple[Excerpt, ...]:
    """The lines of a document that may hold a secret or personal data."""
    data = source.text.encode()
    found = {*token_signs(data), *personal_signs(data), *_identifiers(source.lines, personal_data)}
    if personal_data.phone_region:
        found.update(national_number_signs(data))
    return tuple(_lines(source.path, data, found))


def read_attached(path: str, data: bytes) -> tuple[Excerpt, ...]:
    """The lines of any other text file that may hold a secret; what is no UTF-8 in them is replaced.

    Personal data is not looked for: the log of a web server holds an address on every line.
    """
    data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return tuple(_lines(path, data, token_signs(data)))


def is_attached_text(path: str) -> bool:
    """True if a file, by its name, holds text."""
    name = PurePosixPath(path)
    return name.suffix.lower() in _TEXT_SUFFIXES or name.name.startswith(".env")


def _identifiers(lines: Iterable[str], personal_data: PersonalData) -> Iterator[int]:
    """Byte offsets of the lines that hold one of the identifiers which the settings describe."""
    patterns = personal_data.patterns
    if not patterns:
        return
    start = 0
    for line in lines:
        if any(pattern.search(piece) for _, piece in chunks(line) for pattern in patterns):
            yield start
        start += len(line.encode()) + 1


def _lines(path: str, data: bytes, places: Iterable[int]) -> Iterator[Excerpt]:
    """The lines of `data` on which these places are, each once."""
    number, counted, end = 1, 0, -1
    for place in sorted(places):
        if place <= end:
            continue
        start = data.rfind(b"\n", 0, place) + 1
        end = data.find(b"\n", place)
        end = len(data) if end < 0 else end
        number += data.count(b"\n", counted, start)
        counted = start
        yield Excerpt(path, number, data[start:end].decode("utf-8", "replace"))
