"""Made-up exports, and what a source reads in them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from types import ModuleType

from postmortems.adopt.record import Found, NoRecord, Record, RegisterRow
from postmortems.adopt.sources.given import Given
from postmortems.adopt.written_file import written_file
from postmortems.model.action_item import ActionState
from postmortems.model.front_matter import MOMENTS
from postmortems.read.postmortem import read_postmortem
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
    """All that a source finds in files that it recognises; each record's file reads back as the record says."""
    one = given(files, **further)
    assert source.recognises(one)
    found = list(source.read(one))
    for each in found:
        if isinstance(each, Record):
            assert_reads_back(each)
    return found


def record(source: ModuleType, files: Mapping[str, object], **further: object) -> Record:
    """The only record in some files."""
    found = [one for one in read(source, files, **further) if isinstance(one, Record)]
    assert len(found) == 1, found
    return found[0]


def assert_reads_back(one: Record) -> None:
    """The file of a record says what the record says, and holds nothing that a check would stop at."""
    assert one.body is not None
    postmortem = read_postmortem("postmortems/2026/01-x/postmortem.md", written_file(one, b"", one.origin), Settings())
    assert [problem for problem in postmortem.problems if problem.rule not in ("missing-field",)] == []
    if one.events.count:
        times = [event.at.replace(microsecond=0) for event in postmortem.timeline.events if event.at]
        said = [at.replace(microsecond=0) if at else None for at in (one.events.first, one.events.last)]
        assert len(postmortem.timeline.events) == one.events.count
        assert [min(times, default=None), max(times, default=None)] == said
    if one.actions.count:
        assert len(postmortem.actions.items) == one.actions.count
        assert sum(item.state is ActionState.DONE for item in postmortem.actions.items) == one.actions.done
        assert sum(bool(item.owner) for item in postmortem.actions.items) == one.actions.owned
    for key, value in known(one).items():
        if key in MOMENTS:
            at = getattr(postmortem.front_matter, key)
            assert at == datetime.fromisoformat(value.rstrip("?"))


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
