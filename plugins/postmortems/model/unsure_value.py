"""A value of the front matter that an import was not sure of."""

from __future__ import annotations

from dataclasses import dataclass

from postmortems.model.place import Place

CHECK = "# check:"
"""The beginning of the comment above such a value; it goes once somebody has looked."""


@dataclass(frozen=True, slots=True)
class UnsureValue:
    """A key whose value is still to be checked, the `place` of its comment, and what the comment says."""

    key: str
    place: Place
    reason: str
