"""Values that were found somewhere, to be found again wherever a message quotes them, whole or cut off."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from postmortems.check.sensitive import Sensitive

SHORTEST = 6
"""A shorter value, and one of letters alone, is masked only at its own place: it may well be an ordinary word."""

CUT = 12
"""Minimum number of a value's first characters that tell that it was cut off."""

_SIGNS = str.maketrans(dict.fromkeys("_+/=.:@", "-"))


@dataclass(frozen=True)
class KnownValues:
    """Values that must not be shown, folded and in alphabetical order, each with how it is shown."""

    values: list[str]
    shown: Mapping[str, Sensitive]
    heads: frozenset[str]
    longest: int

    @classmethod
    def of(cls, shown: Mapping[str, Sensitive]) -> KnownValues:
        """Build the search for these values; `shown` maps each folded value to how it is shown."""
        heads = frozenset(value[:SHORTEST] for value in shown)
        return cls(sorted(shown), shown, heads, max(map(len, shown)))

    def in_text(self, text: str) -> Iterator[Sensitive]:
        """Every one of them in `text`, whole or cut off at its end."""
        text, place = folded(text), 0
        while place + SHORTEST <= len(text):
            found = self._at(text, place) if text[place : place + SHORTEST] in self.heads else None
            if found:
                yield found
            place = found.end if found else place + 1

    def _at(self, text: str, place: int) -> Sensitive | None:
        near = bisect(self.values, text[place : place + self.longest])
        candidates = ((value, _common(value, text, place)) for value in self.values[max(0, near - 1) : near + 1])
        value, common = max(candidates, key=lambda pair: pair[1])
        shown = self.shown[value]
        if common == len(value):
            return replace(shown, start=place, end=place + common)
        if common < CUT:
            return None
        return Sensitive(place, place + common, shown.what, min(shown.head, common // 4))


def folded(text: str) -> str:
    """A text as it is compared, just as long: an address that is made of a value has other letters and signs."""
    lower = text.lower()
    return (lower if len(lower) == len(text) else text).translate(_SIGNS)


def _common(value: str, text: str, place: int) -> int:
    length = 0
    for mine, theirs in zip(value, text[place : place + len(value)], strict=False):
        if mine != theirs:
            break
        length += 1
    return length
