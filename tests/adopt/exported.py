"""Made-up exports, and what a source reads in them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import ModuleType

from postmortems.adopt.record import Found, NoRecord, Record, RegisterRow
from postmortems.adopt.sources.given import Given
from postmortems.settings import Settings


def given(files: Mapping[str, object], **further: object) -> Given:
    """Files of an export: bytes and texts as they are, everything else as JSON."""
    return Given(
        {
            path: content
            if isinstance(content, bytes)
            else (content if isinstance(content, str) else json.dumps(content)).encode()
            for path, content in files.items()
        },
        Settings(),
        **further,  # type: ignore[arg-type]
    )


def read(source: ModuleType, files: Mapping[str, object], **further: object) -> list[Found]:
    """All that a source finds in files that it recognises."""
    one = given(files, **further)
    assert source.recognises(one)
    return list(source.read(one))


def record(source: ModuleType, files: Mapping[str, object], **further: object) -> Record:
    """The only record in some files."""
    found = [one for one in read(source, files, **further) if isinstance(one, Record)]
    assert len(found) == 1, found
    return found[0]


def left_out(found: list[Found]) -> dict[str, str]:
    """Why files are no record."""
    return {one.source: one.reason for one in found if isinstance(one, NoRecord)}


def rows(found: list[Found]) -> list[RegisterRow]:
    """What is for the register alone."""
    return [one for one in found if isinstance(one, RegisterRow)]


def known(one: Record) -> dict[str, str]:
    """The values that are known, lists joined by commas, those that are derived with a `?` behind them."""
    return {
        key: (value.value if isinstance(value.value, str) else ", ".join(value.value))
        + ("?" if value.certainty == "derived" else "")
        for key, value in one.values.items()
        if value.value is not None
    }


def section(one: Record, name: str) -> str:
    """The text below a heading of level 2 of a record's body."""
    assert one.body is not None
    _, _, behind = f"\n{one.body}".partition(f"\n## {name}\n")
    return behind.partition("\n## ")[0].strip()
