"""Postmortems as an earlier run read them, where nothing has changed since: reading is four fifths of a check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from postmortems.model.diagnostic import Problem
from postmortems.model.postmortem import Postmortem
from postmortems.read.keys import code_key, digest, settings_key
from postmortems.read.postmortem import read_postmortem, unread_postmortem
from postmortems.read.store import Store
from postmortems.settings import Settings

_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Opened:
    """A postmortem's file as it was opened: its bytes, or why there are none, and the bytes of its timeline.json."""

    path: str
    data: bytes
    problem: Problem | None
    timeline: bytes | None

    def read(self, settings: Settings) -> Postmortem:
        """The postmortem."""
        if self.problem:
            return unread_postmortem(self.path, self.problem)
        return read_postmortem(self.path, self.data, settings, self.timeline)


def read_opened(files: Iterable[Opened], settings: Settings, store: Store | None) -> Iterator[Postmortem]:
    """The postmortem of each file, in their order, taken from the store where it has it."""
    if store is None:
        yield from (one.read(settings) for one in files)
        return
    base = f"{code_key()}{settings_key(settings)}".encode()
    rest = iter(files)
    while part := list(islice(rest, _AT_ONCE)):
        keys = [_key(base, one) for one in part]
        kept = store.get(keys)
        new: dict[str, object] = {}
        for key, one in zip(keys, part, strict=True):
            found = kept.get(key)
            if not isinstance(found, Postmortem):
                found = one.read(settings)
                if one.problem is None:
                    new[key] = found
            yield found
        store.put(new)


def _key(base: bytes, one: Opened) -> str:
    has_timeline = b"" if one.timeline is None else b"timeline"
    return digest(base, one.path.encode("utf-8", "surrogatepass"), one.data, has_timeline, one.timeline or b"")
