"""Postmortems are the same, whether they are read or come from a store."""

from __future__ import annotations

from pathlib import Path

import pytest

from postmortems.model.postmortem import Postmortem
from postmortems.read import cache
from postmortems.read.cache import SourceFile, read_opened
from postmortems.read.store import Store
from postmortems.read.text import unreadable
from postmortems.settings import Settings

TEXT = "---\ntitle: Incident {}\nseverity: SEV2\n---\n\n## Timeline\n\n- 14:00 UTC: It begins\n\n## Action Items\n\n- [ ] Do it\n"


def opened(count: int) -> list[SourceFile]:
    files = [
        SourceFile(f"postmortems/2026/{number}/postmortem.md", TEXT.format(number).encode(), None, None)
        for number in range(count)
    ]
    files[1] = SourceFile(files[1].path, b"", unreadable(files[1].path, "is gone", "restore it"), None)
    return files


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "cache/one.sqlite")


def test_what_is_cached_is_not_read_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    files = opened(3)
    expected = [file.read(Settings()) for file in files]
    assert list(read_opened(files, Settings(), None)) == expected
    assert list(read_opened(files, Settings(), store)) == expected
    read: list[str] = []

    def counted(self: SourceFile, settings: Settings) -> Postmortem:
        read.append(self.path)
        return expected[1]

    monkeypatch.setattr(cache.SourceFile, "read", counted)
    assert list(read_opened(files, Settings(), store)) == expected
    assert read == [files[1].path]  # why a file could not be opened may be another reason tomorrow


def test_more_files_than_are_in_memory_at_a_time(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "_FILES_IN_MEMORY", 2)
    files = opened(5)
    expected = [file.read(Settings()) for file in files]
    assert list(read_opened(files, Settings(), store)) == expected
    assert list(read_opened(files, Settings(), store)) == expected
