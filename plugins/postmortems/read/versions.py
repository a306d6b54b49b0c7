"""Old versions of postmortems, by the names of their blobs, each read as far as the history is told by it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cache

from postmortems.model.front_matter import Status
from postmortems.model.history import PastAction, Reading
from postmortems.model.postmortem import Postmortem
from postmortems.model.source import Source
from postmortems.read.action_items import holds_actions, read_action_items
from postmortems.read.action_text import action_text
from postmortems.read.body import read_body
from postmortems.read.front_matter import front_matter_lines, split_front_matter, typed_front_matter
from postmortems.read.git import Repository
from postmortems.read.headings import canonical_name
from postmortems.read.languages import reading_in
from postmortems.read.text import LARGEST, read_text
from postmortems.settings import Settings

UNREADABLE = Reading(is_readable=False)


def read_versions(
    git: Repository, blobs: Collection[str], settings: Settings, present: Iterable[Postmortem] = ()
) -> Mapping[str, Reading]:
    """The readings of these versions; `present` are the postmortems as they are now, whose action items need not be
    read again. Raises GitError where a version is not in this clone."""
    reader = _Reader(settings)
    with reading_in(settings.languages):
        if blobs:
            reader.learn(present)
        return {
            blob: UNREADABLE if data is None else reader.reading(blob, data) for blob, data in git.blobs(blobs, LARGEST)
        }


class _Reader:
    """The reader of many versions, of which most have a part in common with another one."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._statuses: dict[tuple[str, ...], Status | None] = {}
        self._actions: dict[str, tuple[PastAction, ...]] = {}
        self._is_action_heading = cache(lambda words: holds_actions(canonical_name(words, settings.synonyms)))

    def reading(self, blob: str, data: bytes) -> Reading:
        """One version of a postmortem."""
        source, unreadable = read_text(blob, data)
        if unreadable:
            return UNREADABLE
        lines = front_matter_lines(source.text)
        if lines is None:
            return Reading()
        status = self._status(tuple(lines), source)
        if status is not Status.PUBLISHED:
            return Reading(status)
        first = len(lines) + 2
        body = Source(source.path, "\n".join(source.lines[first - 1 :]), first)
        return Reading(status, self._actions_in(action_text(body, self._is_action_heading)))

    def learn(self, present: Iterable[Postmortem]) -> None:
        """Take the action items of postmortems that were read whole: most have the same as in an earlier version."""
        for postmortem in present:
            body = Source(postmortem.path, "\n".join(postmortem.body.lines))
            text = action_text(body, self._is_action_heading).text
            self._actions[text] = tuple(PastAction.of(item) for item in postmortem.actions.items)

    def _status(self, lines: tuple[str, ...], source: Source) -> Status | None:
        if lines not in self._statuses:
            self._statuses[lines] = typed_front_matter(split_front_matter(source))[0].status
        return self._statuses[lines]

    def _actions_in(self, body: Source) -> tuple[PastAction, ...]:
        if body.text not in self._actions:
            items, _ = read_action_items(read_body(body, self.settings.synonyms), self.settings)
            self._actions[body.text] = tuple(PastAction.of(item) for item in items.items)
        return self._actions[body.text]
