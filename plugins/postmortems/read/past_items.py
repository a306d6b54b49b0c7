"""The action items of old versions of postmortems, of which most differ in a line or two.

Maintainers: of a version whose lines alone tell where its items are, a skeleton is parsed, with a sample in place of
each plain item: a checkbox with its text on one line. Most versions have their skeleton in common with others, so that
of these only the changed lines are read. `tests/read/test_past_items.py` compares this with a whole reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from postmortems.model.history import PastAction
from postmortems.model.source import Source
from postmortems.read.action_items import holds_actions, read_action_items, read_plain_item, read_with_surroundings
from postmortems.read.action_state import WrittenState
from postmortems.read.action_text import action_text
from postmortems.read.body import read_body
from postmortems.read.headings import canonical_name
from postmortems.settings import Settings

_PLAIN = re.compile(r"([-*+]) \[[ xX]\] \S.*")
_HEADING = re.compile(r"#{1,6}[ \t]")
_FENCES = ("```", "~~~")
_SAMPLE = "\ue000"

_Entry = PastAction | tuple[int, WrittenState | None]
"""An item that is told by the skeleton, or the index of the line that tells it, and the state that is around it."""


class PastItems:
    """The reader of the action items of many versions, within one choice of languages."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._known: dict[str, tuple[PastAction, ...]] = {}
        self._skeletons: dict[str, tuple[_Entry, ...] | None] = {}
        self._lines: dict[tuple[str, WrittenState | None], PastAction | None] = {}
        self._is_action_heading = cache(lambda words: holds_actions(canonical_name(words, settings.synonyms)))

    def of(self, body: Source) -> tuple[PastAction, ...]:
        """The action items of the text behind the front matter of a version."""
        part = action_text(body, self._is_action_heading)
        if part.text not in self._known:
            found = None if part is body else self._of_lines(part.lines)
            self._known[part.text] = self._of_text(part) if found is None else found
        return self._known[part.text]

    def _of_text(self, part: Source) -> tuple[PastAction, ...]:
        items, _ = read_action_items(read_body(part, self._settings.synonyms), self._settings)
        return tuple(PastAction.of(item) for item in items.items)

    def _of_lines(self, lines: Sequence[str]) -> tuple[PastAction, ...] | None:
        """The items by their lines; None where these do not tell them."""
        plain = dict(_plain_lines(lines))
        if not plain or any(line.startswith(_FENCES) or _SAMPLE in line for line in lines):
            return None
        skeleton = "\n".join(plain.get(index, line) for index, line in enumerate(lines))
        if skeleton not in self._skeletons:
            self._skeletons[skeleton] = self._entries(skeleton, plain)
        entries = self._skeletons[skeleton]
        if entries is None:
            return None
        items = (
            entry if isinstance(entry, PastAction) else self._of_line(lines[entry[0]], entry[1]) for entry in entries
        )
        return tuple(item for item in items if item)

    def _entries(self, skeleton: str, plain: Mapping[int, str]) -> tuple[_Entry, ...] | None:
        items, around = read_with_surroundings(read_body(Source("", skeleton), self._settings.synonyms), self._settings)
        if not all(index + 1 in around for index in plain):
            return None
        return tuple(
            (item.first - 1, around[item.first]) if item.first - 1 in plain else PastAction.of(item) for item in items
        )

    def _of_line(self, line: str, around: WrittenState | None) -> PastAction | None:
        if (line, around) not in self._lines:
            item = read_plain_item(line, around, self._settings)
            self._lines[line, around] = PastAction.of(item) if item else None
        return self._lines[line, around]


def _plain_lines(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The index of each plain item, and the sample that takes its place. What is below it begins something else."""
    is_ended = is_outside = True
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        found = _PLAIN.fullmatch(line)
        if found and is_ended and is_outside and "<!--" not in line:
            yield index, f"{found[1]} [ ] {_SAMPLE}"
        if line.strip(" \t"):
            is_outside = line[0] not in " \t"
            is_ended = bool(found or _HEADING.match(line))
        else:
            is_ended = True
