"""The store: never wrong, never believed blindly, safe to delete, to cut and to share."""

from __future__ import annotations

import pickle
import sqlite3
from multiprocessing import get_context
from pathlib import Path

import pytest

from postmortems.read import store as module
from postmortems.read.store import FILE, Store, open_store, pack

SECRET = b"s" * 32


def kept(folder: Path, values: dict[str, object], secret: bytes = SECRET) -> None:
    store = Store(folder, secret)
    store.put({key: pack(value) for key, value in values.items()})
    store.close()


def asked(folder: Path, *keys: str, secret: bytes = SECRET) -> tuple[dict[str, object], str]:
    store = Store(folder, secret)
    found = store.get(keys)
    store.close()
    return found, store.note


def test_what_was_kept_is_found_by_the_next_run(tmp_path: Path) -> None:
    kept(tmp_path / "a/b", {"one": (1, "text"), "two": None})
    assert asked(tmp_path / "a/b", "one", "three") == ({"one": (1, "text")}, "")
    assert (tmp_path / "a/b/.gitignore").read_text("utf-8") == "*\n"


def test_many_keys_are_asked_for_at_once(tmp_path: Path) -> None:
    values: dict[str, object] = {f"key {number}": number for number in range(1_300)}
    kept(tmp_path, values)
    assert asked(tmp_path, *values)[0] == values


def test_what_somebody_else_wrote_is_not_believed(tmp_path: Path) -> None:
    kept(tmp_path, {"finding": ()}, secret=b"x" * 32)
    assert asked(tmp_path, "finding") == ({}, "")


class Boom:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (pytest.fail, ("a pickle that is not ours was loaded",))


def test_a_pickle_without_our_signature_is_never_loaded(tmp_path: Path) -> None:
    kept(tmp_path, {"key": 1})
    with sqlite3.connect(tmp_path / FILE) as database:
        database.execute("UPDATE kept SET value = ?", (b"0" * 16 + pickle.dumps(Boom()),))
    assert asked(tmp_path, "key") == ({}, "")


def test_a_value_under_another_key_is_not_believed(tmp_path: Path) -> None:
    kept(tmp_path, {"bad file": "no findings"})
    with sqlite3.connect(tmp_path / FILE) as database:
        database.execute("UPDATE kept SET key = 'good file'")
    assert asked(tmp_path, "good file") == ({}, "")


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9])
def test_a_file_that_was_cut_is_begun_anew(tmp_path: Path, share: float) -> None:
    values: dict[str, object] = {f"key {number}": "x" * 500 + str(number) for number in range(3_000)}
    kept(tmp_path, values)
    data = (tmp_path / FILE).read_bytes()
    (tmp_path / FILE).write_bytes(data[: int(len(data) * share)])
    found, note = asked(tmp_path, *values)
    assert all(found[key] == values[key] for key in found)
    if share:
        assert note == f"{tmp_path / FILE}: was damaged, and is begun anew"
    kept(tmp_path, {"new": 1})
    assert asked(tmp_path, "new")[0] == {"new": 1}


@pytest.mark.parametrize("content", [b"no database", b"SQLite format 3\0" + b"\xff" * 4096])
def test_a_file_that_is_no_database_is_begun_anew(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    assert asked(tmp_path, "key") == ({}, f"{tmp_path / FILE}: was damaged, and is begun anew")
    kept(tmp_path, {"key": 1})
    assert asked(tmp_path, "key") == ({"key": 1}, "")


def test_a_folder_that_cannot_be_made_costs_only_time(tmp_path: Path) -> None:
    (tmp_path / ".cache").write_bytes(b"a file in the way")
    kept(tmp_path / ".cache", {"key": 1})
    assert asked(tmp_path / ".cache", "key") == ({}, "")


def test_what_nobody_asks_for_goes_after_a_month(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1_800_000_000
    monkeypatch.setattr(module, "time", lambda: now)
    kept(tmp_path, {"old": 1, "used": 2})
    now += 20 * 86_400
    asked(tmp_path, "used")
    now += 20 * 86_400
    asked(tmp_path)
    assert asked(tmp_path, "old", "used")[0] == {"used": 2}


def _write_many(folder: str, begin: int) -> None:
    for number in range(begin, begin + 60):
        kept(Path(folder), {f"key {number}": number})


def test_two_runs_at_once_do_no_harm(tmp_path: Path) -> None:
    kept(tmp_path, {})
    runs = [get_context("spawn").Process(target=_write_many, args=(str(tmp_path), begin)) for begin in (0, 30)]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    assert [run.exitcode for run in runs] == [0, 0]
    found, note = asked(tmp_path, *(f"key {number}" for number in range(90)))
    assert note == ""
    assert all(key == f"key {number}" for key, number in found.items())
    assert len(found) > 60


def test_without_a_home_for_the_secret_there_is_no_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert open_store(tmp_path) is None


def test_the_secret_is_the_users_alone_and_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    first = open_store(tmp_path)
    assert first is not None
    first.put({"key": pack(1)})
    first.close()
    again = open_store(tmp_path)
    assert again is not None
    assert again.get(["key"]) == {"key": 1}
    again.close()
    secret = tmp_path / "home/mkdocs-postmortems/secret"
    assert secret.stat().st_mode & 0o777 == 0o600
