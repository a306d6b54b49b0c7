"""Google Docs: documents that were downloaded as Markdown, with their pictures in the text.

They are read as a folder's documents are; their pictures go to files of their own as those of any document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from postmortems.adopt.record import Found, NoRecord
from postmortems.adopt.sources import folder
from postmortems.adopt.sources.given import Given

NAME = "google-docs"

_SIGN = re.compile(
    rb"^\[image\d{1,4}\]:\s{0,4}<?data:image/"
    rb"|^#{1,6} .{0,300}\{#[\w.-]{1,200}\}\s{0,3}$"
    rb"|^#{1,6} \*\*[^*\n]{1,300}\*\*\s{0,3}$",
    re.MULTILINE,
)
_LONGEST_BEGINNING = 20_000
_OTHER_DOWNLOADS = {
    ".docx": "a document of Word",
    ".odt": "an OpenDocument",
    ".pdf": "a PDF",
    ".html": "a web page",
    ".rtf": "rich text",
    ".epub": "a book",
    ".zip": "an archive",
}


def recognises(given: Given) -> bool:
    """True if most of the Markdown files have the marks of Google's: pictures in the text, bold headings, anchors."""
    documents = [path for path in given.files if path.casefold().endswith(".md")]
    signed = sum(_is_signed(given.files[path]) for path in documents)
    return signed > 0 and signed * 2 >= len(documents)


def read(given: Given) -> Iterator[Found]:
    """The record of each document, and what was downloaded in another form."""
    yield from folder.read(given)
    for path in sorted(given.files):
        if what := _OTHER_DOWNLOADS.get(PurePosixPath(path).suffix.casefold()):
            reason = f"{what}, which is not read: choose File, Download, Markdown (.md)"
            yield NoRecord(path, reason, is_unreadable=True)


def _is_signed(data: bytes) -> bool:
    # The pictures are at the end, after the text.
    return bool(_SIGN.search(data[:_LONGEST_BEGINNING].replace(b"\r\n", b"\n"))) or b"\n[image1]: <data:image/" in data
