"""Rows of earlier builds: how long they stay."""

from __future__ import annotations

from pathlib import Path

import pytest

from postmortems.publish.incremental import memo as module
from postmortems.publish.incremental.memo import Memo
from postmortems.read import store
from postmortems.read.store import open_store

DAYS = 86_400


def test_a_row_stays_that_is_only_known_by_its_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1_800_000_000
    for clock in (module, store):
        monkeypatch.setattr(clock, "time", lambda: now)
    monkeypatch.setenv("POSTMORTEMS_CACHE", str(tmp_path / "cache"))

    def opened() -> Memo:
        return Memo(open_store(tmp_path / "project", "build"))

    memo = opened()
    memo.keep("page", b"key", "text")
    memo.note("written page", b"other")
    memo.close()
    for _ in range(3):
        now += 20 * DAYS
        memo = opened()
        assert memo.has("page", b"key")
        assert memo.has("written page", b"other")
        memo.close()
    assert opened().found("page", b"key") == "text"
