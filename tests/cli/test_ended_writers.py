"""Wherever a writer ends, and whatever ends it: the old file or the new one, whole, and nothing that a later run trips
over; one exact line, and the right exit code."""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from pathlib import Path
from time import sleep
from types import FrameType, ModuleType

import pytest

from postmortems.cli import check, export, fmt, new, new_file, whole_file  # noqa: F401 - children have imported
from postmortems.cli.main import main
from postmortems.cli.new_file import write_new
from postmortems.cli.whole_file import write_whole
from postmortems.read.files import list_files
from postmortems.settings import Settings

Write = Callable[[Mapping[str, str | bytes]], Path]

KILLED, DONE, INTERRUPTED = -signal.SIGKILL, 0, 7
HOME = "postmortems/2026/01-x"
OLD, NEW = b"old " * 5_000, b"new " * 7_000


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def interrupt() -> None:
    raise KeyboardInterrupt


def in_child(work: Callable[[], object]) -> int:
    """The exit code of a fork of this process that does the work; a signal's number is negative."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = DONE
        except KeyboardInterrupt:
            code = INTERRUPTED
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def ended_at_each_line(module: ModuleType, work: Callable[[], object], end: Callable[[], None]) -> Iterator[int]:
    """The exit codes of the work, ended before the first line of a module's code, then before the second, and so on."""

    def until(last: int) -> None:
        lines = count(1)

        def trace(frame: FrameType, event: str, _: object) -> Callable[..., object] | None:
            if frame.f_code.co_filename != module.__file__:
                return None
            if event == "line" and next(lines) == last:
                end()
            return trace

        sys.settrace(trace)
        work()

    for last in count(1):
        code = in_child(lambda last=last: until(last))
        yield code
        if code == DONE:
            return


@pytest.fixture(params=[True, False], ids=["files without a name", "none"])
def nameless(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether the system has files that get their name later, as Linux has."""
    if not request.param:
        monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    elif not hasattr(os, "O_TMPFILE"):
        pytest.skip("only Linux has them")
    return bool(request.param)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_killed_at_any_line_a_writer_leaves_a_whole_file(tmp_path: Path, nameless: bool) -> None:
    file = tmp_path / HOME / "postmortem.md"
    file.parent.mkdir(parents=True)
    seen: list[bytes] = []
    left = 0
    file.write_bytes(OLD)
    for code in ended_at_each_line(whole_file, lambda: write_whole(file, NEW), kill):
        assert code in (KILLED, DONE)
        seen.append(file.read_bytes())
        aside = [name for name in names(file.parent) if name != file.name]
        left += len(aside)
        # What is left is nobody's document, and in nobody's way.
        assert list_files(tmp_path).postmortems(Settings()) == [f"{HOME}/postmortem.md"]
        for name in aside:
            (file.parent / name).unlink()
        file.write_bytes(OLD)
    assert set(seen) == {OLD, NEW}
    assert seen == sorted(seen, reverse=True)
    assert len(seen) > 15
    # With a name that comes last there are two lines before which it is there: permissions, and the step itself.
    assert left <= 4 if nameless else left > 4


def test_interrupted_at_any_line_a_writer_leaves_nothing_beside(tmp_path: Path, nameless: bool) -> None:
    file = tmp_path / "postmortem.md"
    for code in ended_at_each_line(whole_file, lambda: write_whole(file, NEW), interrupt):
        assert code in (INTERRUPTED, DONE)
        assert names(tmp_path) in ([], ["postmortem.md"])
        if file.exists():
            assert file.read_bytes() == NEW
            file.unlink()


@pytest.mark.parametrize("end", [kill, interrupt])
def test_ended_at_any_line_a_new_postmortem_is_there_or_not(tmp_path: Path, end: Callable[[], None]) -> None:
    home = tmp_path / "postmortems/2026"
    text = NEW.decode()
    whole = 0
    for _ in ended_at_each_line(new_file, lambda: write_new(tmp_path, home, "Checkout", text), end):
        found = list_files(tmp_path).postmortems(Settings())
        assert all((tmp_path / path).read_bytes() == NEW for path in found)
        whole += bool(found)
        # The next one takes the place of nothing, and what is left holds no number.
        path = write_new(tmp_path, home, "Next", "text")
        assert path.read_text("utf-8") == "text"
        assert names(home) == (["01-checkout", "02-next"] if found else ["01-next"])
        assert end is kill or names(tmp_path) == ["postmortems"]
        for below in sorted(tmp_path.rglob("*"), reverse=True):
            below.rmdir() if below.is_dir() else below.unlink()
    assert whole > 1


def run(folder: Path, *words: str, before: Callable[[], None] = lambda: None) -> tuple[int, str]:
    """The exit code of a command in a child of this process, and what it says on stderr."""
    reading, writing = os.pipe()

    def work() -> None:
        os.dup2(os.open(os.devnull, os.O_RDWR), 1)
        os.dup2(writing, 2)
        sys.stdout, sys.stderr = os.fdopen(1, "w"), os.fdopen(2, "w")
        os.chdir(folder)
        before()
        try:
            main(words, prog_name="postmortems")
        except SystemExit as end:
            sys.stderr.flush()
            os._exit(int(end.code or 0))

    code = in_child(lambda: (os.close(reading), work()))
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as said:
        return code, said.read()


def full() -> None:
    """A disk without room: data is refused when it is to be kept."""

    def refuse(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    os.fsync = refuse


def small() -> None:
    """A user who may write no file of more than 64 bytes."""
    import resource

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64, 64))


def read_only() -> None:
    """A file system that takes nothing. Not by permissions: the superuser, whom containers run as, writes anyway."""
    opened, made = os.open, os.mkdir

    def refuse(path: str, flags: int, *more: int, **named: int) -> int:
        if flags & os.O_WRONLY:
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), path)
        return opened(path, flags, *more, **named)

    def refuse_folder(path: Path, *more: int, **named: int) -> None:
        if Path(path).exists():
            return made(path, *more, **named)
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))

    os.open, os.mkdir = refuse, refuse_folder


def interrupted() -> None:
    """Ctrl-C while the data is written."""

    def refuse(_: int) -> None:
        raise KeyboardInterrupt

    os.fsync = refuse


WRITERS = {
    "check --fix": "postmortems: docs/postmortems/2026/01-checkout/postmortem.md: cannot write: {}\n",
    "fmt": "postmortems: docs/postmortems/2026/01-checkout/postmortem.md: cannot write: {}\n",
    "check --format json:out.json": "postmortems: --format json:out.json: cannot write: {}\n",
    "check --baseline known.json --write-baseline": "postmortems: known.json: cannot write: {}\n",
    "export docs": "postmortems: docs/.postmortems-export.json: cannot write: {}; 0 of ",
    "new Next --started 2026-03-02T14:20Z --severity SEV2": ("postmortems: docs/postmortems/2026: cannot write: {}\n"),
}


@pytest.fixture
def untidy(write: Write, sound: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A knowledge base with something to fix, to write in another form, and to put into a baseline."""
    (tmp_path / "cache").mkdir()
    monkeypatch.setenv("POSTMORTEMS_CACHE", "/nowhere/at all")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795000000")
    text = sound["postmortem"].replace("T14:20:00Z", " 14:20Z").replace("severity:", "severty:")
    return write({sound["path"]: text})


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize(
    ("failure", "reason"),
    [(full, "No space left on device"), (small, "File too large"), (read_only, "Read-only file system")],
)
def test_what_cannot_be_written_is_one_line_and_nothing_changes(
    untidy: Path, writer: str, failure: Callable[[], None], reason: str
) -> None:
    before = contents(untidy)
    code, said = run(untidy, *writer.split(), before=failure)
    assert WRITERS[writer].format(reason) in said
    assert "Traceback" not in said
    assert code == (1 if writer.startswith("new") else 2)
    assert contents(untidy) == before


@pytest.mark.parametrize("writer", WRITERS)
def test_an_interruption_is_one_line_and_loses_nothing(untidy: Path, writer: str) -> None:
    before = contents(untidy)
    code, said = run(untidy, *writer.split(), before=interrupted)
    is_new = writer.startswith("new")
    assert (code, said.strip().split("\n")[-1]) == (
        (1, "postmortems: nothing written") if is_new else (130, "postmortems: interrupted")
    )
    assert "Traceback" not in said
    assert contents(untidy) == before


def many(write: Write, text: str) -> Path:
    return write({f"docs/postmortems/2026/{number:02}-x/postmortem.md": text for number in range(2, 42)})


@pytest.mark.parametrize("after", [1, 12, 33])
def test_a_run_that_is_killed_between_files_is_finished_by_the_next(
    write: Write, sound: dict[str, str], after: int
) -> None:
    untidy = sound["postmortem"].replace("T14:20:00Z", " 14:20Z")
    folder = many(write, untidy)
    files = sorted((folder / "docs/postmortems").glob("*/*/postmortem.md"))
    files.remove(folder / sound["path"])
    child = os.fork()
    if child == 0:
        os.setpgid(0, 0)
        run(folder, "fmt")
        os._exit(0)
    os.setpgid(child, child)
    while sum(file.stat().st_size != len(untidy) for file in files) < after:
        sleep(0.0005)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    tidy = sound["postmortem"].encode()
    assert {file.read_bytes() for file in files} <= {untidy.encode(), tidy}
    left = sum(file.read_bytes() != tidy for file in files)
    assert run(folder, "fmt") == (0, f"formatted {left} files\n")
    assert {file.read_bytes() for file in files} == {tidy}
    assert {name for file in files for name in names(file.parent) if not name.startswith(".")} == {"postmortem.md"}


def test_two_runs_at_once_write_the_same_files_whole(write: Write, sound: dict[str, str]) -> None:
    folder = many(write, sound["postmortem"].replace("T14:20:00Z", " 14:20Z"))
    children = []
    for words in (("fmt",), ("fmt",), ("check", "--fix"), ("export", "out"), ("export", "out")):
        if (child := os.fork()) == 0:
            os._exit(run(folder, *words)[0])
        children.append(child)
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    # A file that the other has changed meanwhile is left, and said so: exit code 2.
    assert set(codes) <= {0, 1, 2}
    assert run(folder, "fmt") == (0, "formatted 0 files\n")
    assert {file.read_text("utf-8") for file in (folder / "docs/postmortems").glob("*/*/*.md")} == {sound["postmortem"]}
    assert not [path for path in folder.rglob(".*") if path.name != ".postmortems-export.json"]
