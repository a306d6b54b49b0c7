"""The visible list of all sources, and which of them some files are from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Protocol

from postmortems.adopt.exports.json_file import foreign_kind
from postmortems.adopt.record import Found
from postmortems.adopt.sources import (
    firehydrant,
    folder,
    github,
    gitlab,
    google_docs,
    incident_io,
    jira,
    opsgenie,
    pagerduty,
    rootly,
    slack,
    statuspage,
)
from postmortems.adopt.sources.given import Given
from postmortems.text.spelling import listed


class Source(Protocol):
    """A module of this package: its name, a test for its files, and their reader."""

    NAME: str
    """The word for it in `--from`."""

    def recognises(self, given: Given) -> bool:
        """True if there is anything among the files that this source reads."""

    def read(self, given: Given) -> Iterator[Found]:
        """Yield a record for each document, or the reason why it is none."""


SOURCES: tuple[Source, ...] = (
    google_docs,
    incident_io,
    pagerduty,
    slack,
    opsgenie,
    github,
    gitlab,
    rootly,
    firehydrant,
    statuspage,
    jira,
    folder,
)
"""All of them. The last one, prose in any shape, is asked only where no other recognises anything."""

NAMES = tuple(source.NAME for source in SOURCES)

_ZIP = b"PK\x03\x04"
_MOST_ENDINGS = 4


def origin_name(source: Source) -> str:
    """The word for a source in the origins of its documents.

    A document from Google Docs is a file of a folder, too: whatever lies beside it, and whichever of the two sources
    takes it the next time, it is known as the same.
    """
    return folder.NAME if source is google_docs else source.NAME


class UnrecognisedError(Exception):
    """Files that no source, or more than one, takes for its own; the text says so in one line."""


def source_of(given: Given) -> Source:
    """The source whose files these are.

    Raises UnrecognisedError if no source, or more than one, recognises them.
    """
    *exports, prose = SOURCES
    found = [source for source in exports if source.recognises(given)]
    if len(found) > 1:
        names = listed(source.NAME for source in found)
        raise UnrecognisedError(f"the files match several sources ({names}): choose one with --from")
    if found or prose.recognises(given):
        return found[0] if found else prose
    raise UnrecognisedError(_unrecognised(given))


def _unrecognised(given: Given) -> str:
    if not given.files:
        return "no file to read"
    if archive := next((path for path in given.files if given.files[path].startswith(_ZIP)), None):
        return f"{archive} is an archive, which is not opened: unpack it, and name the folder"
    known = f"known formats: {listed(NAMES)}"
    for file in given.json_files:
        if file.reason:
            return file.reason if len(given.files) == 1 else f"{file.path}: {file.reason}"
    if len(given.files) == 1:
        kind = foreign_kind(next(iter(given.files.values())))
        return f"it is {kind}" if kind else f"its format is not known; {known}"
    endings = Counter(PurePosixPath(path).suffix or "without ending" for path in given.files)
    shown = listed(f"{number} {ending}" for ending, number in endings.most_common(_MOST_ENDINGS))
    return f"none of the {len(given.files)} files is of a known format ({shown}); {known}"
