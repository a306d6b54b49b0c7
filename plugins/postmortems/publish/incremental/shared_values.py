"""Values that several makers share, such as the record of a postmortem: each made once, and kept with what it asked.

A list of all records is made again when one of them changes, and takes the others as they are.
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from postmortems.publish.incremental.answers import Apart
from postmortems.publish.incremental.questions import Asked, Questions
from postmortems.publish.incremental.reads import Reads

if TYPE_CHECKING:
    from postmortems.publish.incremental.memo import Memo

_ROW = "shared "

Key = tuple[str, str]
"""A kind of values, and the name of one of them."""


class SharedValues:
    """The shared values of one build; `questions` gives those of the build before, answered again."""

    def __init__(self, memo: Memo, reads: Reads, questions: Callable[[], Questions]) -> None:
        self._memo = memo
        self._reads = reads
        self._questions = questions
        self._known: dict[Key, Apart] = {}
        self._new: dict[Key, Apart] = {}
        self._kept: dict[str, dict[str, Any]] = {}

    def remember(self, key: Key, make: Callable[[], Any]) -> Any:
        """A value by its key, read by who asks now as if it had made it."""
        known = self._known.get(key)
        if known is None or (known.asked is None and self._reads.is_recording):
            known = self._found(key)
            if known is None:
                known = self._new[key] = self._reads.apart(make)
            self._known[key] = known
        self._reads.take_over(known)
        return known.value

    def close(self, made: Asked) -> set[str]:
        """Keep what was made, and add what that asked. Gives the names, as of parts, of what is still as it was."""
        new: defaultdict[str, dict[str, Any]] = defaultdict(dict)
        for (kind, name), value in self._new.items():
            if value.asked is not None and not value.is_opaque:
                made.add(_part(kind, name), value.asked)
                new[kind][name] = value.value
        questions = self._questions()
        for kind, values in new.items():
            current = {
                name: value for name, value in self._values(kind).items() if _part(kind, name) in questions.of_part
            }
            questions.stamps[kind] = secrets.token_bytes(8)
            self._memo.keep(f"{_ROW}{kind}", questions.stamps[kind], current | values)
        return {part for part in questions.of_part if part.startswith(_ROW)}

    def _found(self, key: Key) -> Apart | None:
        if not self._reads.is_recording:
            return None
        with self._reads.paused():
            questions, values = self._questions(), self._values(key[0])
        asked = questions.of_part.get(_part(*key))
        if asked is None or key[1] not in values:
            return None
        return Apart(values[key[1]], [questions.asked[number] for number in asked])

    def _values(self, kind: str) -> dict[str, Any]:
        if kind not in self._kept:
            stamp = self._questions().stamps.get(kind)
            kept = self._memo.found(f"{_ROW}{kind}", stamp) if stamp else None
            self._kept[kind] = kept if isinstance(kept, dict) else {}
        return self._kept[kind]


def _part(kind: str, name: str) -> str:
    return f"{_ROW}{kind} {name}"
