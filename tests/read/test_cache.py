"""Postmortems are the same, whoever reads them and wherever they were kept meanwhile."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from postmortems import workers
from postmortems.model.postmortem import Postmortem
from postmortems.read import cache as kept
from postmortems.read.cache import ParsedPostmortem, SourceFile, read_opened
from postmortems.read.store import Store, pack
from postmortems.read.text import unreadable
from postmortems.settings import Settings

HERE = os.getpid()
TEXT = "---\ntitle: Incident {}\nseverity: SEV2\n---\n\n## Timeline\n\n- 14:00 UTC: It begins\n\n## Action Items\n\n- [ ] Do it\n"


def opened(count: int) -> list[SourceFile]:
    files = [
        SourceFile(f"postmortems/2026/{number}/postmortem.md", TEXT.format(number).encode(), None, None)
        for number in range(count)
    ]
    files[1] = SourceFile(files[1].path, b"", unreadable(files[1].path, "is gone", "restore it"), None)
    return files


@pytest.fixture
def two_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_processors", lambda: 2)
    monkeypatch.setattr(threading, "active_count", lambda: 1)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "cache/one.sqlite")


@pytest.mark.usefixtures("two_workers")
def test_workers_read_what_would_be_read_here(store: Store) -> None:
    files = opened(130)
    expected = [one.read(Settings()) for one in files]
    assert list(read_opened(files, Settings(), None)) == expected
    assert list(read_opened(files, Settings(), store)) == expected
    assert list(read_opened(files, Settings(), store)) == expected


def test_what_is_kept_is_not_read_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    files = opened(3)
    expected = list(read_opened(files, Settings(), store))
    read: list[str] = []

    def counted(self: SourceFile, settings: Settings) -> Postmortem:
        read.append(self.path)
        return expected[1]

    monkeypatch.setattr(kept.SourceFile, "read", counted)
    assert list(read_opened(files, Settings(), store)) == expected
    assert read == [files[1].path]  # why a file could not be opened may be another reason tomorrow


def test_more_files_than_are_in_memory_at_a_time(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_AT_ONCE", 2)
    files = opened(5)
    expected = [one.read(Settings()) for one in files]
    assert list(read_opened(files, Settings(), store)) == expected
    assert list(read_opened(files, Settings(), store)) == expected


def test_a_postmortem_is_packed_once() -> None:
    read = opened(2)[0].read(Settings())
    make, given = ParsedPostmortem(read).__reduce__()
    came = make(*given)
    assert came.packed == pack(read)
    assert came.postmortem == read
