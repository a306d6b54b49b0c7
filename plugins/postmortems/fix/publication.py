"""Publication of a postmortem: the edits that set its status and its day, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from postmortems.fix.document import Document
from postmortems.fix.rewrite import rewritten
from postmortems.fix.scalar import scalar_edit
from postmortems.model.edit import Edit
from postmortems.model.front_matter import Status
from postmortems.model.place import Place

STATUS = "status"
DAY = "published_on"
_COMMENTED_DAY = re.compile(rf"[ \t]*#[ \t]*{DAY}[ \t]*:.*")


class PublicationError(Exception):
    """A front matter that cannot be changed line by line; the text says why."""


def published(document: Document, day: date) -> bytes:
    """The file with `status: published` and `published_on`, every other byte as it is.

    A template's comment `# published_on: …` gives way to the key. Raises PublicationError.
    """
    front = document.front
    if document.unreadable or not front.found or front.problems:
        raise PublicationError("its front matter cannot be read; run `postmortems check`")
    after = rewritten(document.data, _edits(document, {STATUS: Status.PUBLISHED.value, DAY: day.isoformat()}))
    again = Document(document.path, after, document.settings).front
    meant = {**_words(document), STATUS: Status.PUBLISHED.value, DAY: day.isoformat()}
    if again.problems or _words(Document(document.path, after, document.settings)) != meant:
        raise PublicationError("its front matter cannot be changed line by line; set the two keys by hand")
    return after


def added_lines(document: Document, after: bytes) -> tuple[int, int]:
    """The line before which lines were added, and how many; findings below it are that far from where they are now."""
    return _closing(document), after.count(b"\n") - document.data.count(b"\n")


def _words(document: Document) -> dict[str, object]:
    """The values of the front matter, as they are spelt where they are no list and no mapping."""
    front = document.front
    return {str(key): front.document.spelling.get((key,), value) for key, value in front.values.items()}


def _edits(document: Document, values: dict[str, str]) -> Iterator[Edit]:
    front = document.front.document
    for key, new in values.items():
        if (key,) in front.keys:
            yield _replaced(document, key, new)
        elif key == DAY and (line := _commented(document)):
            indent = document.lines[line - 1][: len(document.lines[line - 1]) - len(document.lines[line - 1].lstrip())]
            place = Place(document.path, line, 1, line, len(document.lines[line - 1]) + 1)
            yield Edit(place, f"{indent}{key}: {new}")
        else:
            indent = " " * (min((place.column for place in front.keys.values()), default=1) - 1)
            line = _closing(document)
            yield Edit(Place(document.path, line, 1, line, 1), f"{indent}{key}: {new}\n")


def _replaced(document: Document, key: str, new: str) -> Edit:
    front = document.front.document
    place, written = front.places[(key,)], front.spelling.get((key,))
    if written == "" and document.text_at(place) == "":
        before = document.lines[place.line - 1][: place.column - 1]
        return Edit(place, new if before.endswith((" ", "\t")) else f" {new}")
    edit = None if written is None else scalar_edit(document, place, written, new)
    if edit is None:
        raise PublicationError(f'"{key}" is written in a form that cannot be changed automatically; set it by hand')
    return edit


def _commented(document: Document) -> int:
    """The last line of the front matter that is a comment with the key of the day; 0 if there is none."""
    inside = range(2, _closing(document))
    return next((line for line in reversed(inside) if _COMMENTED_DAY.fullmatch(document.lines[line - 1])), 0)


def _closing(document: Document) -> int:
    """The line of the closing fence."""
    return document.front.body.first - 1
