"""A made-up document of a folder → the record that an import makes of it."""

from __future__ import annotations

from textwrap import dedent

from postmortems.adopt.record import Certainty, Record
from postmortems.adopt.sources import folder
from postmortems.adopt.sources.given import Given
from postmortems.settings import Settings


def record(text: str, path: str = "notes.md", **given: object) -> Record:
    found = list(folder.read(Given({path: dedent(text).encode()}, Settings(), **given)))  # type: ignore[arg-type]
    assert len(found) == 1
    assert isinstance(found[0], Record), found
    return found[0]


def value(one: Record, key: str) -> tuple[object, Certainty]:
    return one.values[key].value, one.values[key].certainty
