"""`postmortems import --write`: what it writes, moves and commits, and that nothing is lost. All documents are made up."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from tests.commands import run_other

from postmortems.cli.main import main
from postmortems.cli.whole_file import write_whole
from postmortems.read.git import Repository

Run = Callable[..., subprocess.CompletedProcess[str]]
Write = Callable[[Mapping[str, str | bytes]], Path]

SLOW = (
    "# 2024-05-02, Slow\n\n**Severity:** High\n\n"
    '![graph](img/g%20a.png), [fast](fast.md#why), <img src="img/b.png">, [all](index.md), [gone](gone.png)\n\n'
    "`[code](fast.md)`\n\n## Summary\n\n[picture][image1]\n\n[image1]: <data:image/png;base64,aGFsbG8=>\n"
)
FAST = "# 2023-01-01, Fast\n\n## Summary\n\n[home](../index.md), [site](https://example.com/fast.md)\n"
OLD: dict[str, str | bytes] = {
    "docs/index.md": "# Home\n\n[slow](old/slow.md#a), [all](./old/index.md)\n",
    "docs/old/slow.md": SLOW,
    "docs/old/fast.md": FAST,
    "docs/old/index.md": "# Incidents\n\n- [slow](slow.md)\n",
    "docs/old/img/g a.png": b"g",
    "docs/old/img/b.png": b"b",
}
SLOW_PATH = "docs/postmortems/2024/01-slow/postmortem.md"
FAST_PATH = "docs/postmortems/2023/01-fast/postmortem.md"


def git(folder: Path, *arguments: str) -> str:
    done = run_other(folder, "git", *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def in_git(write: Write) -> Callable[[Mapping[str, str | bytes]], Path]:
    """A knowledge base in git, with files added."""

    def written(files: Mapping[str, str | bytes]) -> Path:
        folder = write(files)
        git(folder, "init", "-q", "-b", "main")
        git(folder, "config", "user.name", "A")
        git(folder, "config", "user.email", "a@example.com")
        git(folder, "add", ".")
        git(folder, "commit", "-qm", "one", "--date=2024-06-01T00:00:00Z")
        return folder

    return written


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".git" not in path.parts
    }


def below_front_matter(text: str) -> str:
    return text.split("\n---\n\n", 1)[1]


def test_documents_of_the_repository_are_moved_and_links_follow(in_git: Write, run_in: Run) -> None:
    folder = in_git(OLD)
    done = run_in(folder, "postmortems", "import", "docs/old", "--write")
    assert (done.returncode, done.stderr) == (0, "")
    found = files_of(folder / "docs")
    assert sorted(path for path in found if "old" in path) == ["old/img/b.png", "old/img/g a.png", "old/index.md"]
    assert below_front_matter((folder / SLOW_PATH).read_text()) == (
        SLOW.replace("img/g%20a.png", "../../../old/img/g%20a.png")
        .replace("(fast.md#why)", "(../../2023/01-fast/postmortem.md#why)")
        .replace('"img/b.png"', '"../../../old/img/b.png"')
        .replace("(index.md)", "(../../../old/index.md)")
        .replace("data:image/png;base64,aGFsbG8=", "artifacts/image1.png")
    )
    assert found["postmortems/2024/01-slow/artifacts/image1.png"] == b"hallo"
    assert below_front_matter((folder / FAST_PATH).read_text()) == FAST.replace("../index.md", "../../../index.md")
    assert found["index.md"].decode() == (
        "# Home\n\n[slow](postmortems/2024/01-slow/postmortem.md#a), [all](./old/index.md)\n"
    )
    assert found["old/index.md"].decode() == "# Incidents\n\n- [slow](../postmortems/2024/01-slow/postmortem.md)\n"
    assert "R  docs/old/fast.md -> docs/postmortems/2023/01-fast/postmortem.md" in git(
        folder, "-c", "status.renames=true", "status", "--porcelain"
    ).replace("RM ", "R  ")


def test_two_commits_keep_the_history(in_git: Write, run_in: Run) -> None:
    folder = in_git(OLD)
    (folder / "other.txt").write_text("staged by somebody")
    git(folder, "add", "other.txt")
    done = run_in(folder, "postmortems", "import", "docs/old", "--write", "--commit")
    assert (done.returncode, done.stderr) == (0, "")
    assert git(folder, "log", "--format=%s", "--follow", "--", SLOW_PATH).splitlines() == [
        "Import postmortems into docs/postmortems",
        "Move 2 files into docs/postmortems",
        "one",
    ]
    assert git(folder, "show", "--format=", "--name-status", "-M", "HEAD~1").splitlines() == [
        f"R100\tdocs/old/fast.md\t{FAST_PATH}",
        f"R100\tdocs/old/slow.md\t{SLOW_PATH}",
    ]
    assert git(folder, "status", "--porcelain") == "A  other.txt\n"


def test_documents_from_elsewhere_are_copied_with_what_they_show(write: Write, run_in: Run, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere/old"
    for path, content in OLD.items():
        if path.startswith("docs/old/"):
            file = elsewhere / path.removeprefix("docs/old/")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content if isinstance(content, bytes) else content.encode())
    before = files_of(elsewhere)
    folder = write({})
    done = run_in(folder, "postmortems", "import", str(elsewhere), "--write")
    assert (done.returncode, done.stderr) == (0, "")
    assert files_of(elsewhere) == before
    text = below_front_matter((folder / SLOW_PATH).read_text())
    assert (
        '![graph](artifacts/g%20a.png), [fast](../../2023/01-fast/postmortem.md#why), <img src="artifacts/b.png">'
        in text
    )
    assert (folder / SLOW_PATH).with_name("artifacts").joinpath("g a.png").read_bytes() == b"g"
    assert 'in the original, line 5: "gone.png" links to a file that is not imported' in done.stdout
    assert "x-source: folder:elsewhere/old/slow.md" in (folder / SLOW_PATH).read_text()


def test_another_folder_of_the_same_is_known_again_and_links_lead_to_what_was_made(write: Write, run_in: Run) -> None:
    alpha = "# 2024-05-02, Alpha\n\n## Summary\n\nx\n"
    links = "[1](../a/alpha.md#x) [2](../a/alpha) [3](../a/alpha.html) [4](../a/alpha/) [5](../a/gone.md)"
    beta = f"# 2024-05-03, Beta\n\n## Summary\n\n{links}\n"
    folder = write(
        {"kb/mkdocs.yml": "site_name: A\nplugins: [postmortems]\n", "old/a/alpha.md": alpha, "old/b/beta.md": beta}
    )
    (folder / "kb/docs").mkdir()
    for source in ("a", "b"):
        assert run_in(folder / "kb", "postmortems", "import", f"../old/{source}", "--write").returncode == 0
    made = "../01-alpha/postmortem.md"
    assert below_front_matter((folder / "kb/docs/postmortems/2024/02-beta/postmortem.md").read_text()) == beta.replace(
        links, f"[1]({made}#x) [2]({made}) [3]({made}) [4]({made}) [5](../a/gone.md)"
    )
    before = files_of(folder)
    done = run_in(folder / "kb", "postmortems", "import", "../old", "--write")
    assert (done.returncode, files_of(folder)) == (0, before)
    assert "Already imported: 2 postmortems\n" in done.stdout
    # Another team's document of that name is another one.
    (folder / "x/old/a").mkdir(parents=True)
    (folder / "x/old/a/alpha.md").write_text(alpha.replace("Alpha", "Other"))
    assert "Written: 1 postmortem" in run_in(folder / "kb", "postmortems", "import", "../x/old", "--write").stdout


def test_a_file_where_a_folder_must_be_is_named(write: Write, run_in: Run) -> None:
    folder = write({"old/slow.md": SLOW, "docs/postmortems/2024/01-slow": "mine"})
    done = run_in(folder, "postmortems", "import", "old", "--write")
    assert done.returncode == 2
    assert done.stderr.splitlines()[0].endswith(
        ": cannot write: docs/postmortems/2024/01-slow is a file, and a folder must be there: move it"
    )
    assert (folder / "docs/postmortems/2024/01-slow").read_text() == "mine"


def test_a_second_run_changes_nothing(in_git: Write, run_in: Run, tmp_path: Path) -> None:
    folder = in_git({path.replace("docs/old", "notes/old"): content for path, content in OLD.items()})
    copy = tmp_path / "copy"
    for path in ("slow.md", "fast.md"):
        (copy / path).parent.mkdir(exist_ok=True)
        (copy / path).write_bytes((folder / "notes/old" / path).read_bytes())
    git(folder, "rm", "-rq", "notes")
    git(folder, "commit", "-qm", "two")
    assert run_in(folder, "postmortems", "import", str(copy), "--write").returncode == 0
    before = files_of(folder)
    done = run_in(folder, "postmortems", "import", str(copy), "--write")
    assert done.stdout.startswith("Written: 0 postmortems in docs/postmortems\nAlready imported: 2 postmortems\n")
    assert files_of(folder) == before
    # What somebody has changed since stays as it is.
    changed = (folder / SLOW_PATH).read_text().replace("title: Slow", "title: Very slow")
    (folder / SLOW_PATH).write_text(changed)
    done = run_in(folder, "postmortems", "import", str(copy), "--write")
    assert (done.returncode, (folder / SLOW_PATH).read_text()) == (0, changed)
    assert f"{SLOW_PATH} was changed since it was imported; not modified" in done.stdout


class Killed(BaseException):
    """Stands for the end of a process."""


@pytest.fixture
def killed_at(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[int], list[int]]]:
    """Let the n-th thing that changes anything be the last: it is done, or only about to be."""

    def count(limit: int) -> list[int]:
        done = [0]

        def counted(function: Callable[..., object]) -> Callable[..., object]:
            def run(*arguments: object, **options: object) -> object:
                done[0] += 1
                if done[0] == limit:
                    raise Killed
                return function(*arguments, **options)

            return run

        monkeypatch.setattr("postmortems.cli.import_writing.write_whole", counted(write_whole))
        monkeypatch.setattr("postmortems.cli.fixing.write_whole", counted(write_whole))
        monkeypatch.setattr(Path, "unlink", counted(os.unlink))
        monkeypatch.setattr(Repository, "output", counted(Repository.output))
        return done

    yield count
    monkeypatch.undo()


@pytest.mark.parametrize("commit", [False, True])
def test_killed_at_any_moment_and_run_again_it_comes_to_the_same(
    commit: bool, in_git: Write, tmp_path: Path, killed_at: Callable[[int], list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = in_git(OLD)
    monkeypatch.chdir(folder)
    start = git(folder, "rev-parse", "HEAD").strip()
    arguments = ["import", "docs/old", "--write", *(["--commit"] if commit else [])]

    def state() -> tuple[object, ...]:
        return (
            files_of(folder),
            git(folder, "rev-parse", "HEAD^{tree}"),
            git(folder, "log", "--format=%s"),
            git(folder, "status", "--porcelain"),
        )

    def run(limit: int) -> int:
        done = killed_at(limit)
        try:
            main.main(arguments, standalone_mode=False)
        finally:
            monkeypatch.undo()
            monkeypatch.chdir(folder)
        return done[0]

    steps = run(0)
    expected = state()
    assert steps > 10
    for limit in range(1, steps + 1):
        git(folder, "reset", "-q", "--hard", start)
        git(folder, "clean", "-qfdx")
        with pytest.raises(Killed):
            run(limit)
        run(0)
        assert state() == expected, limit


@pytest.mark.parametrize("commit", [False, True])
def test_an_original_with_changes_that_git_has_not_stays(commit: bool, in_git: Write, run_in: Run) -> None:
    folder = in_git(OLD)
    (folder / "docs/old/slow.md").write_text(SLOW + "\nAdded.\n")
    done = run_in(folder, "postmortems", "import", "docs/old", "--write", *(["--commit"] if commit else []))
    assert done.returncode == 0
    assert "docs/old/slow.md was not removed: it has changes that are not committed to git" in done.stdout
    assert (folder / "docs/old/slow.md").read_text() == SLOW + "\nAdded.\n"
    assert (folder / SLOW_PATH).read_text().endswith("\nAdded.\n")
    assert not (folder / "docs/old/fast.md").exists()


def test_a_target_that_exists_is_named_and_never_overwritten(write: Write, run_in: Run) -> None:
    folder = write({**OLD, "docs/postmortems/2024/01-slow/artifacts/image1.png": b"another"})
    done = run_in(folder, "postmortems", "import", "docs/old", "--write")
    assert done.returncode == 2
    assert done.stderr.splitlines()[0] == (
        "postmortems: docs/postmortems/2024/01-slow/artifacts/image1.png: another file exists there; "
        f"{SLOW_PATH} is not written"
    )
    assert not (folder / SLOW_PATH).exists()
    assert (folder / FAST_PATH).exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only for root")
def test_a_read_only_folder_is_one_line(write: Write, run_in: Run) -> None:
    folder = write(OLD)
    (folder / "docs/postmortems").chmod(0o555)
    done = run_in(folder, "postmortems", "import", "docs/old", "--write")
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 2)


def test_no_space_left_is_one_line(
    write: Write, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write(OLD)
    monkeypatch.chdir(folder)

    def full(path: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr("postmortems.cli.import_writing.write_whole", full)
    with pytest.raises(SystemExit, match="2"):
        main.main(["import", "docs/old", "--write"], standalone_mode=False)
    assert capsys.readouterr().err.splitlines() == [
        f"postmortems: {FAST_PATH}: cannot write: No space left on device",
        "postmortems: the files written so far are complete; run it again to continue",
    ]


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("--commit",), "--commit does nothing without --write"),
        (("--write", "--diff"), "--diff shows what --write would do: use one of them"),
        (("--write", "--commit"), "--commit: docs is not in a git repository"),
    ],
)
def test_options_that_do_not_go_together(arguments: tuple[str, ...], line: str, write: Write, run_in: Run) -> None:
    folder = write(OLD)
    before = files_of(folder)
    done = run_in(folder, "postmortems", "import", "docs/old", *arguments)
    assert (done.returncode, done.stderr) == (2, f"postmortems: {line}\n")
    assert files_of(folder) == before


def test_a_diff_shows_the_front_matter_and_masks_secrets(write: Write, run_in: Run) -> None:
    folder = write({"old/slow.md": SLOW + "\nMail to kim.lee@corp-mail.de.\n"})
    done = run_in(folder, "postmortems", "import", "old", "--diff")
    assert done.returncode == 0
    assert f"+++ b/{SLOW_PATH}\n" in done.stdout
    assert "+title: Slow\n" in done.stdout
    assert not (folder / SLOW_PATH).exists()


def test_the_end_says_what_is_found_and_what_could_be_set(in_git: Write, run_in: Run) -> None:
    configuration = "site_name: A\nplugins: [search, postmortems]\nnav:\n  - index.md\n  - Slow: old/slow.md\n"
    third = {"docs/old/late.md": "# 2024-06-07, Late\n\n## Summary\n\nIt was late.\n"}
    folder = in_git({**OLD, **third, "mkdocs.yml": configuration})
    plan = run_in(folder, "postmortems", "import", "docs/old").stdout
    assert "A check would find 28 errors, 3 warnings; with these sections 1 error, 3 warnings\n" in plan
    assert plan.endswith(
        "Next: `postmortems import docs/old --diff` shows each file; --write in its place writes them\n"
    )
    lines = run_in(folder, "postmortems", "import", "docs/old", "--write").stdout.splitlines()
    assert lines[lines.index("  - redirects:") :][:5] == [
        "  - redirects:",
        "      redirect_maps:",
        "        old/fast.md: postmortems/2023/01-fast/postmortem.md",
        "        old/slow.md: postmortems/2024/01-slow/postmortem.md",
        "        old/late.md: postmortems/2024/02-late/postmortem.md",
    ]
    assert "mkdocs.yml:5 names old/slow.md, which is postmortems/2024/01-slow/postmortem.md now" in lines
    done = run_in(folder, "postmortems", "check", "docs/postmortems/2023", "docs/postmortems/2024", "--format", "json")
    counts = json.loads(done.stdout)["counts"]
    assert (counts["error"], counts["warning"]) == (28, 3)


@pytest.mark.parametrize("commit", [False, True])
def test_names_with_blanks_and_umlauts_and_other_line_ends(commit: bool, in_git: Write, run_in: Run) -> None:
    text = "# Störung, 6 May 2023\r\n\r\n![Bild](bilder/grün%201.png)\r\n\r\n## Summary\r\n\r\nWörter.\r\n"
    folder = in_git(
        {
            "alte Störungen/Störung im Mai.md": text,
            "alte Störungen/störung  im mai.md": text.replace("Wörter", "Andere"),
            "alte Störungen/bilder/grün 1.png": b"g",
            "docs/index.md": "# Home\r\n",
        }
    )
    done = run_in(folder, "postmortems", "import", "alte Störungen", "--write", *(["--commit"] if commit else []))
    assert (done.returncode, done.stderr) == (0, "")
    first, second = sorted((folder / "docs/postmortems/2023").iterdir())
    assert [first.name.partition("-")[0], second.name.partition("-")[0]] == ["01", "02"]
    written = (first / "postmortem.md").read_bytes()
    assert written.count(b"\n") == written.count(b"\r\n")
    assert (first / "artifacts/grün 1.png").read_bytes() == (second / "artifacts/grün 1.png").read_bytes()
    assert "artifacts/gr" in written.decode()
    assert not (folder / "alte Störungen").exists()
    if commit:
        assert git(folder, "status", "--porcelain") == ""


def test_a_record_of_an_export_is_written_once(write: Write, run_in: Run) -> None:
    export = {
        "incidents": [
            {
                "id": "PX1",
                "incident_number": 7,
                "title": "Search down",
                "created_at": "2026-03-02T14:21:07Z",
                "resolved_at": "2026-03-02T15:00:00Z",
                "status": "resolved",
                "priority": {"summary": "P2"},
                "service": {"summary": "search"},
            }
        ]
    }
    folder = write({"incidents.json": json.dumps(export), "docs/postmortems/register.yml": "[]\n"})
    options = ("--write", "--severity", "P2=SEV2")
    assert run_in(folder, "postmortems", "import", "incidents.json", *options).returncode == 0
    before = files_of(folder)
    assert "docs/postmortems/2026/02-search-down/postmortem.md" in before
    assert b"postmortem: 2026/02-search-down" in before["docs/postmortems/register.yml"]
    done = run_in(folder, "postmortems", "import", "incidents.json", *options, "--format", "json")
    assert (json.loads(done.stdout)["records"], files_of(folder)) == ([], before)
    assert "Already imported: 1 postmortem" in done.stderr
