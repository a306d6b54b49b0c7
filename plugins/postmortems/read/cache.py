"""Postmortems as an earlier run read them, where nothing has changed since: reading is four fifths of a check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from postmortems.model.diagnostic import Problem
from postmortems.model.postmortem import Postmortem
from postmortems.read.cache_keys import code_key, digest, settings_key
from postmortems.read.postmortem import read_postmortem, unread_postmortem
from postmortems.read.store import Store, pack, unpack
from postmortems.settings import Settings
from postmortems.workers import Workers

_AT_ONCE = 1_000
"""How many files are in memory at a time: enough to keep workers busy, and few enough for a small machine."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A postmortem's file as it was opened: its bytes, or why there are none, and the bytes of its timeline.json."""

    path: str
    data: bytes
    problem: Problem | None
    timeline: bytes | None

    def read(self, settings: Settings) -> Postmortem:
        """The postmortem."""
        if self.problem:
            return unread_postmortem(self.path, self.problem, settings)
        return read_postmortem(self.path, self.data, settings, self.timeline)


class ParsedPostmortem:
    """A postmortem that was just read. It comes from a worker as a store keeps it, so that this is made once."""

    def __init__(self, postmortem: Postmortem | None = None, packed: bytes = b"") -> None:
        self._postmortem = postmortem
        self._packed = packed

    def __reduce__(self) -> tuple[type[ParsedPostmortem], tuple[None, bytes]]:
        return ParsedPostmortem, (None, self.packed)

    @property
    def postmortem(self) -> Postmortem:
        """The postmortem."""
        if self._postmortem is None:
            unpacked = unpack(self._packed)
            assert isinstance(unpacked, Postmortem)
            self._postmortem = unpacked
        return self._postmortem

    @property
    def packed(self) -> bytes:
        """The postmortem as a store keeps it."""
        self._packed = self._packed or pack(self._postmortem)
        return self._packed


def read_opened(files: Iterable[SourceFile], settings: Settings, store: Store | None) -> Iterator[Postmortem]:
    """The postmortem of each file, in their order, taken from the store where it has it."""
    base = f"{code_key()}{settings_key(settings)}".encode() if store else b""
    rest = iter(files)
    while part := list(islice(rest, _AT_ONCE)):
        keys = [_key(base, one) if store else one.path for one in part]
        kept = store.get(keys) if store else {}
        new = [one for key, one in zip(keys, part, strict=True) if not isinstance(kept.get(key), Postmortem)]
        with Workers(lambda one: ParsedPostmortem(one.read(settings)), new) as workers:
            results = map(workers.result, range(len(new)))
            for key, one in zip(keys, part, strict=True):
                found = kept.pop(key, None)
                if not isinstance(found, Postmortem):
                    fresh = next(results)
                    found = fresh.postmortem
                    if store and one.problem is None:
                        store.put({key: fresh.packed})
                yield found


def _key(base: bytes, one: SourceFile) -> str:
    has_timeline = b"" if one.timeline is None else b"timeline"
    return digest(base, one.path.encode("utf-8", "surrogatepass"), one.data, has_timeline, one.timeline or b"")
