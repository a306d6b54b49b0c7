"""Cache of parsed postmortems, by content. Reading is four fifths of a check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from postmortems.model.diagnostic import Problem
from postmortems.model.postmortem import Postmortem
from postmortems.read.cache_keys import code_key, digest, settings_key
from postmortems.read.postmortem import read_postmortem, unread_postmortem
from postmortems.read.store import Store, pack
from postmortems.settings import Settings

_FILES_IN_MEMORY = 500
"""Maximum number of files whose bytes are in memory at a time."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A postmortem's file as it was opened: its bytes, or why there are none, and the bytes of its timeline.json."""

    path: str
    data: bytes
    problem: Problem | None
    timeline: bytes | None

    def read(self, settings: Settings) -> Postmortem:
        """Read the postmortem."""
        if self.problem:
            return unread_postmortem(self.path, self.problem, settings)
        return read_postmortem(self.path, self.data, settings, self.timeline)


def read_opened(files: Iterable[SourceFile], settings: Settings, store: Store | None) -> Iterator[Postmortem]:
    """The postmortem of each file, in their order, taken from the store where it has it."""
    if not store:
        yield from (file.read(settings) for file in files)
        return
    base = f"{code_key()}{settings_key(settings)}".encode()
    rest = iter(files)
    while part := list(islice(rest, _FILES_IN_MEMORY)):
        keys = [_key(base, file) for file in part]
        cached = store.get(keys)
        for key, file in zip(keys, part, strict=True):
            postmortem = cached.pop(key, None)
            if not isinstance(postmortem, Postmortem):
                postmortem = file.read(settings)
                if file.problem is None:
                    store.put({key: pack(postmortem)})
            yield postmortem


def _key(base: bytes, file: SourceFile) -> str:
    has_timeline = b"" if file.timeline is None else b"timeline"
    return digest(base, file.path.encode("utf-8", "surrogatepass"), file.data, has_timeline, file.timeline or b"")
