"""`postmortems check --fix` and `postmortems fmt` as a user runs them: what is written, what is said, and what stays."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from postmortems.check.masking import Masking
from postmortems.cli import fixing
from postmortems.cli.fixing import print_diff, write_fixed
from postmortems.cli.main import main
from postmortems.fix.fixed_file import FixedFile
from postmortems.fix.rewrite import rewritten
from postmortems.model.corpus import Corpus
from postmortems.model.edit import Edit
from postmortems.model.place import Place
from postmortems.settings import Settings

Run = Callable[..., subprocess.CompletedProcess[str]]
Write = Callable[[dict[str, str | bytes]], Path]

OTHER = "docs/postmortems/2025/02-other/postmortem.md"


def a_year_before(text: str) -> str:
    """The same incident so much earlier that it is no repeat."""
    return text.replace("2026-03", "2025-03")


@pytest.fixture
def misspelt(sound: dict[str, str]) -> str:
    """Two errors that can be fixed."""
    return sound["postmortem"].replace("severity:", "severty:").replace("[database-issues]", "[db]")


@pytest.fixture
def untidy(sound: dict[str, str]) -> str:
    """Nothing wrong, and three things that have another form."""
    return "\ufeff" + sound["postmortem"].replace("14:20:00Z", "14:20Z").replace("- [x]", "- [X]")


def text_of(folder: Path, path: str) -> str:
    return (folder / path).read_bytes().decode()


# check --fix -------------------------------------------------------------------------------------------------------


def test_what_is_left_is_reported(write: Write, run_in: Run, sound: dict[str, str], misspelt: str) -> None:
    folder = write({sound["path"]: misspelt, OTHER: a_year_before(misspelt.replace("kind: prevent", "kind: prevnt"))})
    done = run_in(folder, "postmortems", "check", "--fix")
    assert (done.returncode, done.stderr) == (1, "fixed 4 problems in 2 files\n")
    assert done.stdout.splitlines()[-1].startswith("1 error")
    assert "PM007 invalid-value" in done.stdout
    assert text_of(folder, sound["path"]) == sound["postmortem"]
    again = run_in(folder, "postmortems", "check", "--fix")
    assert (again.returncode, again.stdout, again.stderr) == (1, done.stdout, "fixed 0 problems in 0 files\n")


def test_the_exit_code_is_that_of_the_result(write: Write, run_in: Run, sound: dict[str, str], misspelt: str) -> None:
    folder = write({sound["path"]: misspelt})
    done = run_in(folder, "postmortems", "check", "--fix", "--no-cache")
    assert (done.returncode, done.stdout) == (0, "2 files, nothing to report\n")


def test_the_diff_is_all_that_stands_on_stdout(write: Write, run_in: Run, sound: dict[str, str], misspelt: str) -> None:
    folder = write({sound["path"]: misspelt})
    done = run_in(folder, "postmortems", "check", "--fix", "--diff", "--format", "json:found.json")
    assert (done.returncode, done.stderr) == (1, "would fix 2 problems in 1 file\n")
    assert done.stdout.startswith(f"--- a/{sound['path']}\n+++ b/{sound['path']}\n@@ -1,7 +1,7 @@\n ---\n")
    assert "-severty: SEV2\n+severity: SEV2\n" in done.stdout
    assert text_of(folder, sound["path"]) == misspelt
    assert json.loads((folder / "found.json").read_text("utf-8"))["counts"]["error"] == 3
    subprocess.run(["git", "apply", "-"], cwd=folder, input=done.stdout.encode(), check=True)
    assert text_of(folder, sound["path"]) == sound["postmortem"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["--diff"], "--diff shows what --fix would change: add --fix", id="nothing to show"),
        pytest.param(["--fix", "--diff", "--format", "json"], "--diff and --format json cannot both use stdout", id="two on stdout"),
        pytest.param(["--fix", "--baseline", "b.json", "--write-baseline"], "--fix and --write-baseline cannot be combined", id="a baseline of what?"),
    ],
)  # fmt: skip
def test_wrong_usage(arguments: list[str], said: str, write: Write, run_in: Run) -> None:
    done = run_in(write({}), "postmortems", "check", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"postmortems: {said}")
    assert done.stderr.count("\n") == 1


def test_paths_and_the_baseline_limit_what_is_fixed(
    write: Write, run_in: Run, sound: dict[str, str], misspelt: str
) -> None:
    folder = write({sound["path"]: misspelt, OTHER: a_year_before(misspelt)})
    run_in(folder, "postmortems", "check", "--baseline", "known.json", "--write-baseline")
    done = run_in(folder, "postmortems", "check", "--fix", "--baseline", "known.json")
    assert (done.returncode, done.stderr) == (0, "fixed 0 problems in 0 files\n")
    done = run_in(folder, "postmortems", "check", "--fix", OTHER)
    assert (done.returncode, done.stderr) == (0, "fixed 2 problems in 1 file\n")
    assert text_of(folder, sound["path"]) == misspelt


def test_changed_files_limit_what_is_fixed(write: Write, run_in: Run, sound: dict[str, str], misspelt: str) -> None:
    folder = write({OTHER: a_year_before(misspelt)})
    for arguments in (
        ["init", "-q"],
        ["add", "-A"],
        ["-c", "user.name=A", "-c", "user.email=a@b", "commit", "-qm", "x"],
    ):
        subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)
    (folder / sound["path"]).write_text(misspelt, "utf-8")
    done = run_in(folder, "postmortems", "check", "--fix", "--changed-since", "HEAD")
    assert (done.returncode, done.stderr) == (
        0,
        "fixed 2 problems in 1 file\npostmortems: not counted, in files unchanged since HEAD: 3 errors\n",
    )
    assert text_of(folder, OTHER) == a_year_before(misspelt)


def test_a_link_stays_and_its_target_is_fixed(write: Write, run_in: Run, sound: dict[str, str], misspelt: str) -> None:
    folder = write({"docs/kept/checkout.md": misspelt})
    (folder / sound["path"]).unlink()
    (folder / sound["path"]).symlink_to("../../../kept/checkout.md")
    done = run_in(folder, "postmortems", "check", "--fix")
    assert (done.returncode, done.stderr) == (0, "fixed 2 problems in 1 file\n")
    assert (folder / sound["path"]).is_symlink()
    assert text_of(folder, "docs/kept/checkout.md") == sound["postmortem"]


def test_two_links_to_one_file(write: Write, run_in: Run, sound: dict[str, str], misspelt: str) -> None:
    folder = write({sound["path"]: misspelt})
    (folder / OTHER).parent.mkdir(parents=True)
    (folder / OTHER).symlink_to("../../2026/01-checkout/postmortem.md")
    done = run_in(folder, "postmortems", "check", "--fix")
    assert (done.returncode, done.stderr) == (0, "fixed 2 problems in 1 file\n")


def test_a_file_that_is_no_text_is_left_alone(write: Write, run_in: Run, sound: dict[str, str], misspelt: str) -> None:
    latin = misspelt.replace("Checkout", "Größe").encode("latin-1")
    folder = write({sound["path"]: misspelt, OTHER: latin})
    done = run_in(folder, "postmortems", "check", "--fix")
    assert (done.returncode, done.stderr) == (1, "fixed 2 problems in 1 file\n")
    assert (folder / OTHER).read_bytes() == latin
    done = run_in(folder, "postmortems", "fmt")
    assert (done.returncode, done.stdout) == (2, "")
    assert f"postmortems: {OTHER}: skipped: the file is not UTF-8 text: byte 0xf6" in done.stderr
    assert (folder / OTHER).read_bytes() == latin


def test_a_line_of_a_megabyte(write: Write, run_in: Run, sound: dict[str, str], misspelt: str) -> None:
    folder = write({sound["path"]: f"{misspelt}\n- {'x ' * 500_000}"})
    assert run_in(folder, "postmortems", "check", "--fix").returncode == 0
    assert text_of(folder, sound["path"]) == f"{sound['postmortem']}\n- {'x ' * 500_000}"


def test_a_diff_shows_no_secret(write: Write, run_in: Run, sound: dict[str, str], misspelt: str) -> None:
    secret = "AKIA" + "IOSFODNN7ABCDEFG"
    written = misspelt.replace("severty: SEV2\n", f"severty: SEV2\nx-note: {secret}\n").replace("14:20:00Z", "14:20Z")
    folder = write({sound["path"]: written})
    for arguments in (["check", "--fix", "--diff"], ["fmt", "--diff"]):
        done = run_in(folder, "postmortems", *arguments)
        assert secret not in done.stdout
        assert " x-note: AKIA****" in done.stdout
        said = f"postmortems: {sound['path']}: the diff masks 1 line, so it cannot be applied\n"
        assert said in done.stderr


# fmt ---------------------------------------------------------------------------------------------------------------


def test_fmt_writes_one_form(write: Write, run_in: Run, sound: dict[str, str], untidy: str) -> None:
    folder = write({sound["path"]: untidy.replace("\n", "\r\n")})
    done = run_in(folder, "postmortems", "fmt")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "formatted 1 file\n")
    assert text_of(folder, sound["path"]) == sound["postmortem"].replace("\n", "\r\n")
    again = run_in(folder, "postmortems", "fmt")
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "formatted 0 files\n")


def test_fmt_repairs_nothing_that_is_wrong(write: Write, run_in: Run, sound: dict[str, str], misspelt: str) -> None:
    folder = write({sound["path"]: misspelt})
    assert run_in(folder, "postmortems", "fmt").stderr == "formatted 0 files\n"
    assert text_of(folder, sound["path"]) == misspelt


def test_fmt_check_names_what_would_change(write: Write, run_in: Run, sound: dict[str, str], untidy: str) -> None:
    folder = write({sound["path"]: untidy})
    done = run_in(folder, "postmortems", "fmt", "--check")
    assert (done.returncode, done.stdout, done.stderr) == (1, f"{sound['path']}\n", "would format 1 file\n")
    assert text_of(folder, sound["path"]) == untidy
    assert run_in(write({}), "postmortems", "fmt", "--check").returncode == 0


def test_fmt_diff_shows_what_would_change(write: Write, run_in: Run, sound: dict[str, str], untidy: str) -> None:
    folder = write({sound["path"]: untidy})
    done = run_in(folder, "postmortems", "fmt", "--diff")
    assert (done.returncode, done.stderr) == (0, "would format 1 file\n")
    assert "-- [X] [Payments] Alert" in done.stdout
    assert text_of(folder, sound["path"]) == untidy
    assert run_in(folder, "postmortems", "fmt", "--diff", "--check").returncode == 1
    subprocess.run(["git", "apply", "-"], cwd=folder, input=done.stdout.encode(), check=True)
    assert text_of(folder, sound["path"]) == sound["postmortem"]


def test_fmt_looks_only_where_it_is_told(write: Write, run_in: Run, sound: dict[str, str], untidy: str) -> None:
    folder = write(
        {sound["path"]: untidy, OTHER: untidy, "docs/patterns/x.md": "\ufeff---\ntitle: X\nfamily: y\n---\n"}
    )
    assert run_in(folder, "postmortems", "fmt", "--check", "docs/patterns").stdout == "docs/patterns/x.md\n"
    assert run_in(folder, "postmortems", "fmt", "--check", "mkdocs.yml").returncode == 0
    assert run_in(folder, "postmortems", "fmt", OTHER).stderr == "formatted 1 file\n"
    assert text_of(folder, sound["path"]) == untidy
    done = run_in(folder, "postmortems", "fmt", "docs/nowhere.md")
    assert (done.returncode, done.stderr) == (2, "postmortems: docs/nowhere.md: no such file or folder\n")


# Writing -----------------------------------------------------------------------------------------------------------


def shown(path: str) -> str:
    return f"docs/{path}"


def to_b(folder: Path, *names: str) -> list[FixedFile]:
    """Files that hold `a` and are to hold `b`."""
    for name in names:
        (folder / name).write_bytes(b"a\n")
    return [FixedFile(name, b"a\n", b"b\n", 1) for name in names]


def test_a_file_that_has_changed_meanwhile_stays(tmp_path: Path) -> None:
    files = to_b(tmp_path, "one.md", "two.md", "three.md")
    (tmp_path / "one.md").write_bytes(b"other\n")
    (tmp_path / "two.md").unlink()
    written, problems = write_fixed(tmp_path, files, shown)
    assert [file.path for file in written] == ["three.md"]
    assert problems == [
        "docs/one.md: changed since it was read; not modified",
        "docs/two.md: cannot write: No such file or directory",
    ]
    assert (tmp_path / "one.md").read_bytes() == b"other\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.md", "three.md"]


def test_a_file_that_may_not_be_written_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = to_b(tmp_path, "one.md", "two.md")
    (tmp_path / "one.md").chmod(0o444)
    monkeypatch.setattr(os, "access", lambda path, _mode: Path(path).stat().st_mode & 0o200)
    written, problems = write_fixed(tmp_path, files, shown)
    assert [file.path for file in written] == ["two.md"]
    assert problems == ["docs/one.md: cannot write: Permission denied"]
    assert (tmp_path / "one.md").read_bytes() == b"a\n"


def test_what_could_not_be_written_is_said_behind_the_report(
    write: Write, sound: dict[str, str], misspelt: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write({sound["path"]: misspelt})

    def refuse(_path: Path, _data: bytes) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(fixing, "write_whole", refuse)
    monkeypatch.chdir(folder)
    done = CliRunner().invoke(main, ["check", "--fix", "--no-cache"])
    assert done.exit_code == 2
    assert done.stdout.endswith("3 errors in 2 files\n")
    assert done.stderr == (
        f"fixed 0 problems in 0 files\npostmortems: {sound['path']}: cannot write: Read-only file system\n"
    )
    done = CliRunner().invoke(main, ["fmt"])
    assert (done.exit_code, done.stderr) == (0, "formatted 0 files\n")
    (folder / sound["path"]).write_text("\ufeff" + misspelt, "utf-8")
    assert CliRunner().invoke(main, ["fmt"]).exit_code == 2


def test_a_terminal_is_shown_no_control_characters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = b"\x1b[2J\r\n"
    edit = Edit(Place.at("a.md", 1, 5), "\n\u202eb")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    file = FixedFile("a.md", before, rewritten(before, [edit]))
    print_diff([file], shown, lambda _: Masking.of(Corpus(), Settings().personal_data))
    assert capsys.readouterr().out == (
        "--- a/docs/a.md\n+++ b/docs/a.md\n@@ -1,1 +1,2 @@\n \\x1b[2J\\r\n+\\u202eb\\r\n"
    )
