"""Where nothing was read, nothing passes: exit code 2, and one line that says what was looked for and what may be meant."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import MKDOCS_YML, POSTMORTEM, Write

Run = Callable[..., subprocess.CompletedProcess[str]]
LOOKED = "looked for <year>/<nn>-<slug>/postmortem.md and other Markdown files there"


def empty(write: Write, files: dict[str, str]) -> Path:
    """A knowledge base of these files that has no folder of postmortems, unless they are in one."""
    root = write({})
    shutil.rmtree(root / "docs/postmortems")
    return write_only(root, files)


def write_only(root: Path, files: dict[str, str]) -> Path:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    return root


PROSE = "# Outage of the shop\n\n## Timeline\n\n10:00 it broke\n\n## Root cause\n\nA disk.\n"


@pytest.mark.parametrize(
    ("files", "said"),
    [
        pytest.param(
            {}, f"docs/postmortems does not exist: {LOOKED}; `postmortems new` creates the first", id="no folder"
        ),
        pytest.param(
            {"docs/postmortems/index.md": "# All\n"},
            f"docs/postmortems has no postmortem: {LOOKED}; `postmortems new` creates the first",
            id="an index alone",
        ),
        pytest.param(
            {
                "docs/incidents/2026/01-a/postmortem.md": POSTMORTEM,
                "docs/incidents/2025/02-b/postmortem.md": POSTMORTEM,
            },
            f"docs/postmortems does not exist: {LOOKED}; files that look like postmortems are in docs/incidents (2 files): "
            "set `folder: incidents`, or move them",
            id="a folder of another name",
        ),
        pytest.param(
            {"docs/sre/outages/2026-03-02-shop.md": PROSE, "docs/guide/how.md": "# How we write\n"},
            f"docs/postmortems does not exist: {LOOKED}; files that look like postmortems are in docs/sre/outages (1 file): "
            "set `folder: sre/outages`, or move them",
            id="prose of a team's own",
        ),
        pytest.param(
            {"docs/2026-03-02-shop.md": PROSE},
            f"docs/postmortems does not exist: {LOOKED}; files that look like postmortems are in docs (1 file): "
            "move them into a folder of their own",
            id="in the docs folder itself",
        ),
        pytest.param(
            {"handbook/docs/postmortems/2026/01-a/postmortem.md": POSTMORTEM},
            f"docs/postmortems does not exist: {LOOKED}; files that look like postmortems are in handbook/docs/postmortems "
            "(1 file): set `docs_dir` and `folder`, name another mkdocs.yml with --config, or move them",
            id="the docs of another part of the repository",
        ),
        pytest.param(
            {
                "mkdocs.yml": MKDOCS_YML.replace("  - postmortems\n", "  - postmortems: {ignore: postmortems/}\n"),
                "docs/postmortems/2026/01-a/postmortem.md": POSTMORTEM,
            },
            "docs/postmortems has no postmortem: the setting `ignore` covers 1 Markdown file there",
            id="all ignored",
        ),
        pytest.param(
            {"mkdocs.yml": MKDOCS_YML.replace("  - postmortems\n", f"  - postmortems: {{folder: {'n' * 300}}}\n")},
            f"docs/{'n' * 300} does not exist: {LOOKED}; `postmortems new` creates the first",
            id="a folder whose name is too long",
        ),
    ],
)
def test_no_postmortem_ends_check_and_build(files: dict[str, str], said: str, write: Write, run_in: Run) -> None:
    root = empty(write, files)
    for arguments in (
        ("check",),
        ("check", "--strict", "--format", "json"),
        ("report", "--changed-since", "x"),
        ("fmt",),
    ):
        if arguments[0] == "report":
            subprocess.run(["git", "init", "-q"], cwd=root, check=True)
            subprocess.run(["git", "add", "."], cwd=root, check=True)
            identity = ("-c", "user.name=A", "-c", "user.email=a@b.example")
            subprocess.run(["git", *identity, "commit", "-qm", "x"], cwd=root, check=True)
            arguments = ("report", "--changed-since", "HEAD")
        done = run_in(root, "postmortems", *arguments)
        assert (done.returncode, done.stdout, done.stderr) == (2, "", f"postmortems: {said}\n"), arguments
    write_only(root, {"site/old.html": "the old site"})
    done = run_in(root, "mkdocs", "build", "--quiet")
    assert (done.returncode, done.stderr) == (2, f"Error: postmortems: {said}\n")
    assert (root / "site/old.html").exists()


@pytest.mark.parametrize(
    ("paths", "code", "stderr"),
    [
        (["docs/index.md"], 2, "docs/index.md: no postmortem or pattern found; they are in docs/postmortems and docs/patterns"),
        (["docs/guide"], 2, "docs/guide: no postmortem or pattern found; they are in docs/postmortems and docs/patterns"),
        (["mkdocs.yml"], 2, "mkdocs.yml: no postmortem or pattern found; they are in docs/postmortems and docs/patterns"),
        (["docs/postmortems", "docs/guide"], 2, "docs/guide: no postmortem or pattern found; they are in docs/postmortems and docs/patterns"),
        (["docs/postmortems", "mkdocs.yml"], 0, "mkdocs.yml: no postmortem or pattern found; they are in docs/postmortems and docs/patterns; skipped"),
        (["docs"], 0, ""),
        (["."], 0, ""),
        (["docs/patterns"], 0, ""),
        (["docs/postmortems/2026/01-checkout/artifacts"], 0, ""),
        (["docs/postmortems/2026/01-checkout/artifacts/a.log"], 0, ""),
    ],
)  # fmt: skip
def test_a_path_without_a_document(paths: list[str], code: int, stderr: str, write: Write, run_in: Run) -> None:
    root = write({"docs/guide/how.md": "# How\n", "docs/postmortems/2026/01-checkout/artifacts/a.log": "x"})
    done = run_in(root, "postmortems", "check", *paths)
    assert (done.returncode, done.stderr) == (code, f"postmortems: {stderr}\n" if stderr else "")


@pytest.mark.parametrize(
    ("path", "text", "message"),
    [
        ("incidents/2026/01-a/postmortem.md", POSTMORTEM, "is not in docs/postmortems, so it is not read as a postmortem"),
        ("postmortems/postmortem.md", POSTMORTEM, "is in docs/postmortems itself, so it is not read as a postmortem"),
        ("postmortems/2026/02-b/index.md", POSTMORTEM, "looks like a postmortem, and a file of this name is an index, which is not read as one"),
        ("postmortems/2026/02-b/README.md", PROSE, "looks like a postmortem, and a file of this name is an index, which is not read as one"),
        ("postmortems/2026/02-b.markdown", "# x", 'is Markdown with the ending ".markdown", which is not read'),
        ("postmortems/2026/02-b/postmortem.MD", "# x", 'is Markdown with the ending ".MD", which is not read'),
        ("postmortems/2026/01-checkout/second.md", POSTMORTEM, "has the front matter of a postmortem and is in the folder of postmortems/2026/01-checkout/postmortem.md, so it is not read"),
        ("postmortems/2026/README.md", "# 2026\n\nThe incidents of a year.\n", None),
        ("postmortems/2026/01-checkout/artifacts/vendor.md", PROSE, None),
        ("templates/postmortem.md", POSTMORTEM, None),
        ("guide/writing.md", PROSE, None),
    ],
)  # fmt: skip
def test_markdown_that_is_passed_over(path: str, text: str, message: str | None, write: Write, run_in: Run) -> None:
    root = write({f"docs/{path}": text})
    done = run_in(root, "postmortems", "check", "--strict")
    lines = [line for line in done.stdout.splitlines() if "misplaced-file" in line]
    assert lines == ([f"docs/{path}:1:1 PM009 misplaced-file [warning]"] if message else []), done.stdout
    assert message is None or f"  {message}\n" in done.stdout
    ignoring = MKDOCS_YML.replace("  - postmortems\n", f"  - postmortems: {{ignore: {path}}}\n")
    write_only(root, {"mkdocs.yml": ignoring})
    assert "misplaced-file" not in run_in(root, "postmortems", "check").stdout
