"""Old versions of postmortems, by the names of their blobs, each read as far as the history is told by it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from postmortems.model.front_matter import Status
from postmortems.model.history import Reading
from postmortems.model.source import Source
from postmortems.read.front_matter import front_matter_lines, split_front_matter, typed_front_matter
from postmortems.read.git import Repository
from postmortems.read.languages import reading_in
from postmortems.read.past_items import PastItems
from postmortems.read.text import LARGEST, read_text
from postmortems.settings import Settings

UNREADABLE = Reading(is_readable=False)

_STATUS = re.compile(r"status: [\w-]+")
_SAMPLE = "status: draft"


def read_versions(git: Repository, blobs: Collection[str], settings: Settings) -> Mapping[str, Reading]:
    """The readings of these versions. Raises GitError where one is not in this clone."""
    reader = _Reader(settings)
    with reading_in(settings.languages):
        return {
            blob: UNREADABLE if data is None else reader.reading(blob, data) for blob, data in git.blobs(blobs, LARGEST)
        }


class _Reader:
    """The reader of many versions, of which most have a part in common with another one."""

    def __init__(self, settings: Settings) -> None:
        self._statuses: dict[tuple[str, ...], Status | None] = {}
        self._items = PastItems(settings)

    def reading(self, blob: str, data: bytes) -> Reading:
        """One version of a postmortem."""
        source, unreadable = read_text(blob, data)
        if unreadable:
            return UNREADABLE
        lines = front_matter_lines(source.text)
        if lines is None:
            return Reading()
        status = self._status(tuple(lines))
        if status is not Status.PUBLISHED:
            return Reading(status)
        first = len(lines) + 2
        body = Source(source.path, "\n".join(source.lines[first - 1 :]), first)
        return Reading(status, self._items.of(body))

    def _status(self, lines: tuple[str, ...]) -> Status | None:
        """The status in a front matter. Most versions of a document differ in it alone, so that others are read with a
        sample in its place, once."""
        places = [index for index, line in enumerate(lines) if line.startswith("status:")]
        if len(places) == 1 and _STATUS.fullmatch(line := lines[places[0]]):
            sampled = tuple(_SAMPLE if index == places[0] else each for index, each in enumerate(lines))
            if self._read_status(sampled) is Status.DRAFT:
                return self._read_status((line,))
        return self._read_status(lines)

    def _read_status(self, lines: tuple[str, ...]) -> Status | None:
        if lines not in self._statuses:
            text = "\n".join(("---", *lines, "---", ""))
            self._statuses[lines] = typed_front_matter(split_front_matter(Source("", text)))[0].status
        return self._statuses[lines]
