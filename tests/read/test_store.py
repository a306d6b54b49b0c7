"""The store: never wrong, nobody's but the user's, safe to delete, to cut and to share."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from multiprocessing import get_context
from pathlib import Path

import pytest

from postmortems.model.postmortem import Postmortem
from postmortems.read import postmortems
from postmortems.read import store as module
from postmortems.read.corpus import read_corpus
from postmortems.read.store import Store, open_store
from postmortems.settings import DateOrder, Settings


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache/one.sqlite"


def kept(path: Path, values: dict[str, object]) -> str:
    store = Store(path)
    for key, value in values.items():
        store.keep(key, value)
    store.close()
    return store.note


def asked(path: Path, *keys: str) -> tuple[dict[str, object], str]:
    store = Store(path)
    found = {key: value for key in keys if (value := store.kept(key)) is not None}
    store.close()
    return found, store.note


def change(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as database:
        for statement in statements:
            database.execute(statement)
        database.commit()


def test_what_was_kept_is_found_by_the_next_run(path: Path) -> None:
    kept(path, {"one": (1, "text"), "two": 2})
    assert asked(path, "one", "three") == ({"one": (1, "text")}, "")


def test_folder_and_file_are_the_users_alone(path: Path) -> None:
    kept(path, {"key": 1})
    assert [one.stat().st_mode & 0o777 for one in (path.parent, path)] == [0o700, 0o600]


def test_what_was_kept_is_found_by_the_same_run(path: Path) -> None:
    store = Store(path)
    store.keep("key", [1])
    assert (store.kept("key"), store.kept("other")) == ([1], None)
    store.close()


def test_many_values_are_kept(path: Path) -> None:
    values: dict[str, object] = {f"key {number}": number for number in range(1_300)}
    kept(path, values)
    assert asked(path, *values)[0] == values


def test_a_value_that_cannot_be_unpacked_is_absent(path: Path) -> None:
    kept(path, {"good": 1, "bad": 2})
    change(path, "UPDATE kept SET value = x'00' WHERE key = 'bad'")
    assert asked(path, "good", "bad") == ({"good": 1}, "")


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9])
def test_a_file_that_was_cut_is_begun_anew(path: Path, share: float) -> None:
    values: dict[str, object] = {f"key {number}": "x" * 500 + str(number) for number in range(3_000)}
    kept(path, values)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    found, note = asked(path, *values)
    assert all(found[key] == values[key] for key in found)
    if share:
        assert note == f"{path}: was damaged; the next run recreates it"
    kept(path, {"new": 1})
    assert asked(path, "new") == ({"new": 1}, "")


@pytest.mark.parametrize("content", [b"no database", b"SQLite format 3\0" + b"\xff" * 4096])
def test_a_file_that_is_no_database_is_begun_anew(path: Path, content: bytes) -> None:
    kept(path, {})
    path.write_bytes(content)
    assert asked(path, "key") == ({}, f"{path}: was damaged; the next run recreates it")
    kept(path, {"key": 1})
    assert asked(path, "key") == ({"key": 1}, "")


@pytest.mark.parametrize(
    "statement",
    ["CREATE VIEW kept AS SELECT 1 AS key", "CREATE TABLE kept (key TEXT)", "CREATE TABLE kept (key, value)"],
)
def test_a_store_of_another_time_is_begun_anew(path: Path, statement: str) -> None:
    kept(path, {})
    path.write_bytes(b"")
    change(path, statement)
    assert asked(path, "key") == ({}, f"{path}: was damaged; the next run recreates it")
    kept(path, {"key": 1})
    assert asked(path, "key") == ({"key": 1}, "")


def test_a_value_that_has_become_text_is_damage(path: Path) -> None:
    kept(path, {"key": "\N{EURO SIGN}" * 9})
    change(path, "UPDATE kept SET value = CAST(value AS TEXT)")
    assert asked(path, "key") == ({}, f"{path}: was damaged; the next run recreates it")
    kept(path, {"key": 1})
    assert asked(path, "key") == ({"key": 1}, "")


def test_a_store_that_has_grown_too_large_begins_again(path: Path) -> None:
    kept(path, {"key": 1})
    os.truncate(path, module._LARGEST + 1)
    assert kept(path, {"key": 2}) == ""
    assert asked(path, "key") == ({"key": 2}, "")
    assert path.stat().st_size < 2**20


def test_links_are_not_followed(path: Path, tmp_path: Path) -> None:
    path.parent.mkdir(mode=0o700)
    other = tmp_path / "other.sqlite"
    change(other, "CREATE TABLE mine (x)")
    before = other.read_bytes()
    path.symlink_to(other)
    assert asked(path, "key") == ({}, f"{path}: not used: Too many levels of symbolic links")
    path.unlink()
    path.hardlink_to(other)
    other.chmod(0o600)
    assert asked(path, "key") == ({}, f"{path}: not used: it is not a regular file")
    assert other.read_bytes() == before


def test_a_pipe_is_not_waited_for(path: Path) -> None:
    path.parent.mkdir(mode=0o700)
    os.mkfifo(path, 0o600)
    assert asked(path, "key") == ({}, f"{path}: not used: it is not a regular file")


@pytest.mark.parametrize("name", ["cache", "cache/one.sqlite"])
def test_what_others_can_write_is_not_believed(path: Path, tmp_path: Path, name: str) -> None:
    kept(path, {"key": 1})
    (tmp_path / name).chmod(0o777)
    assert asked(path, "key") == ({}, f"{path}: not used: others can write there")


def test_what_belongs_to_another_user_is_not_believed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept(path, {"key": 1})
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    assert asked(path, "key") == ({}, f"{path}: not used: others can write there")


@contextmanager
def held(path: Path) -> Iterator[None]:
    with closing(sqlite3.connect(path)) as database:
        database.execute("BEGIN EXCLUSIVE")
        yield


def test_a_store_in_use_is_not_damaged(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PATIENCE", 0.01)
    kept(path, {"key": 1})
    with held(path):
        assert asked(path, "key") == ({}, f"{path}: is in use by another run; this one does not use it")
        assert kept(path, {"more": 1}) == f"{path}: is in use by another run; this one does not use it"
    assert asked(path, "key", "more") == ({"key": 1}, "")


def test_a_run_waits_for_another_one_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PATIENCE", 0.01)
    kept(path, {"key": 1})
    store = Store(path)
    with held(path):
        for number in range(3_000):
            store.keep(f"key {number}", number)
        assert not store
    store.close()
    assert asked(path, "key") == ({"key": 1}, "")


@pytest.mark.parametrize("limit", [0, 5_000])
def test_a_full_disk_costs_only_time(path: Path, limit: int) -> None:
    kept(path, {"key": 1})
    process = get_context("fork").Process(target=_keep_with_little_room, args=(path, limit))
    process.start()
    process.join()
    assert process.exitcode == 0
    found, _ = asked(path, "key")
    assert found in ({"key": 1}, {})


def _keep_with_little_room(path: Path, limit: int) -> None:
    import resource
    import signal

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    kept(path, {f"key {number}": os.urandom(1000) for number in range(600)})


def test_a_folder_that_cannot_be_made_costs_only_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"a file in the way")
    path = tmp_path / "file/one.sqlite"
    assert kept(path, {"key": 1}) == f"{path}: not used: File exists"


def test_what_nobody_asks_for_goes_after_a_month(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1_800_000_000
    monkeypatch.setattr(module, "time", lambda: now)
    kept(path, {"old": 1, "used": 2})
    now += 20 * 86_400
    asked(path, "used")
    now += 20 * 86_400
    asked(path)
    assert asked(path, "old", "used")[0] == {"used": 2}


def test_a_store_that_nobody_opens_goes_when_another_is_made(path: Path) -> None:
    kept(path, {})
    kept(path.with_name("two.sqlite"), {})
    os.utime(path, (1_600_000_000, 1_600_000_000))
    kept(path.with_name("three.sqlite"), {})
    assert sorted(one.name for one in path.parent.iterdir()) == ["three.sqlite", "two.sqlite"]


def _write_many(path: str, begin: int) -> None:
    for number in range(begin, begin + 60):
        kept(Path(path), {f"key {number}": number})


@pytest.mark.large
def test_two_runs_at_once_do_no_harm(path: Path) -> None:
    kept(path, {})
    runs = [get_context("spawn").Process(target=_write_many, args=(str(path), begin)) for begin in (0, 30)]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    assert [run.exitcode for run in runs] == [0, 0]
    found, note = asked(path, *(f"key {number}" for number in range(90)))
    assert note == ""
    assert all(key == f"key {number}" for key, number in found.items())
    assert len(found) > 60


class TestWhereItStands:
    @pytest.fixture(autouse=True)
    def home(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.delenv("POSTMORTEMS_CACHE", raising=False)
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
        return tmp_path / "home"

    @staticmethod
    def keep(project: Path, values: dict[str, object]) -> Store:
        store = open_store(project)
        for key, value in values.items():
            store.keep(key, value)
        store.close()
        return store

    @staticmethod
    def note(project: Path) -> str:
        store = open_store(project)
        store.close()
        return store.note

    def test_each_project_has_its_own_in_the_users_cache_folder(self, tmp_path: Path, home: Path) -> None:
        self.keep(tmp_path / "a", {"key": 1})
        assert not (tmp_path / "a").exists()
        assert [one.parent for one in home.rglob("*.sqlite")] == [home / "mkdocs-postmortems"]
        for name, found in (("a", 1), ("b", None)):
            store = open_store(tmp_path / name)
            assert store.kept("key") == found
            store.close()

    def test_a_project_that_is_reached_through_a_link_is_the_same(self, tmp_path: Path) -> None:
        (tmp_path / "a").mkdir()
        (tmp_path / "link").symlink_to("a")
        self.keep(tmp_path / "a", {"key": 1})
        store = open_store(tmp_path / "link")
        assert store.kept("key") == 1
        store.close()

    def test_ci_names_another_folder(self, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("POSTMORTEMS_CACHE", str(tmp_path / "ci"))
        self.keep(tmp_path / "a", {"key": 1})
        assert len(list((tmp_path / "ci").glob("*.sqlite"))) == 1
        assert not home.exists()

    @pytest.mark.parametrize("inside", ["a/.cache", "a", "link"])
    def test_a_folder_inside_the_project_is_not_used(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, inside: str
    ) -> None:
        (tmp_path / "a").mkdir()
        (tmp_path / "link").symlink_to("a/deep")
        monkeypatch.setenv("POSTMORTEMS_CACHE", str(tmp_path / inside))
        said = f"{tmp_path / inside}: not used: a pull request could bring a cache in the repository"
        assert self.note(tmp_path / "a") == said

    def test_a_folder_inside_the_repository_is_not_used(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "repository/.git").mkdir(parents=True)
        monkeypatch.setenv("POSTMORTEMS_CACHE", str(tmp_path / "repository/cache"))
        assert "a pull request could bring" in self.note(tmp_path / "repository/deep/project")

    def test_without_a_home_there_is_none(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(module, "user_cache_path", lambda _: Path("~/.cache/mkdocs-postmortems"))
        monkeypatch.chdir(tmp_path)
        assert not open_store(tmp_path / "a")
        assert list(tmp_path.iterdir()) == []

    def test_a_home_that_cannot_be_written_costs_one_line(self, tmp_path: Path, home: Path) -> None:
        home.write_bytes(b"")
        assert self.note(tmp_path / "a").endswith(": not used: Not a directory")

    def test_a_cache_that_was_committed_is_not_looked_at(self, tmp_path: Path) -> None:
        self.keep(tmp_path / "a", {"key": 1})
        (tmp_path / "a/.cache/postmortems").mkdir(parents=True)
        for name in ("store.sqlite", ".gitignore"):
            (tmp_path / "a/.cache/postmortems" / name).symlink_to(tmp_path / f"target-{name}")
        self.keep(tmp_path / "a", {"key": 2})
        assert not list(tmp_path.glob("target*"))
        shutil.rmtree(tmp_path / "a/.cache")


POSTMORTEM = "---\ntitle: Incident {}\nseverity: SEV2\n---\n\n## Timeline\n\n- 14:00 UTC: It begins\n"


def test_postmortems_that_are_kept_are_not_read_again(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    docs = tmp_path / "docs"
    for number in range(4):
        file = docs / f"postmortems/2026/{number}/postmortem.md"
        file.parent.mkdir(parents=True)
        file.write_text(POSTMORTEM.format(number), "utf-8")
    expected = read_corpus(docs, Settings())
    store = Store(path)
    assert read_corpus(docs, Settings(), store=store) == expected
    store.close()

    read: list[str] = []
    read_postmortem = postmortems.read_postmortem

    def counted(path: str, data: bytes, settings: Settings, timeline: bytes | None = None) -> Postmortem:
        read.append(path)
        return read_postmortem(path, data, settings, timeline)

    monkeypatch.setattr(postmortems, "read_postmortem", counted)
    store = Store(path)
    assert read_corpus(docs, Settings(), store=store) == expected
    assert read == []
    (docs / "postmortems/2026/1/postmortem.md").write_text(POSTMORTEM.format("one"), "utf-8")
    (docs / "postmortems/2026/2/timeline.json").write_text("[]", "utf-8")
    read_corpus(docs, Settings(), store=store)
    assert read == ["postmortems/2026/1/postmortem.md", "postmortems/2026/2/postmortem.md"]
    read_corpus(docs, Settings(date_order=DateOrder.DAY_FIRST), store=store)
    assert len(read) == 2 + 4
    store.close()
