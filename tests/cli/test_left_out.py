"""What MkDocs leaves out of the site: named by the check, and told of by no command that tells what the site tells."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import MKDOCS_YML, POSTMORTEM

Run = Callable[..., subprocess.CompletedProcess[str]]
Write = Callable[[dict[str, str | bytes]], Path]

SECRET = "docs/postmortems/2026/02-payroll/postmortem.md"
ARTIFACT = "docs/postmortems/2026/02-payroll/artifacts/bucket.log"


@pytest.fixture
def folder(write: Write) -> Path:
    secret = POSTMORTEM.replace("Checkout times out", "Payroll was readable").replace(
        "owner: Payments", "owner: People"
    )
    return write({SECRET: secret, ARTIFACT: "x\n"})


@pytest.mark.parametrize(
    ("patterns", "help_text"),
    [
        ("exclude_docs: '*payroll/'", "help: it is checked, but the site does not show it\n"),
        (
            "exclude_docs: '**/*payroll/postmortem.md'",
            "the site does not show it; not left out: 1 file beside it\n",
        ),
        ("draft_docs: '*payroll/'", "help: it is checked, but only a preview shows it\n"),
    ],
)
def test_the_check_names_it(patterns: str, help_text: str, folder: Path, run_in: Run) -> None:
    assert "PM904" not in run_in(folder, "postmortems", "check").stdout
    (folder / "mkdocs.yml").write_text(f"{MKDOCS_YML}{patterns}\n", "utf-8")
    done = run_in(folder, "postmortems", "check", "--strict")
    assert f"{SECRET}:1:1 PM904 excluded-by-mkdocs [info]\n" in done.stdout
    assert f"leaves this postmortem out of the site: `{patterns.partition(':')[0]}` matches it" in done.stdout
    assert help_text in done.stdout


@pytest.mark.parametrize("command", [("list",), ("actions",), ("metrics",), ("export", "out")], ids=" ".join)
def test_commands_that_tell_what_the_site_tells_leave_it_out(
    command: tuple[str, ...], folder: Path, run_in: Run
) -> None:
    (folder / "mkdocs.yml").write_text(f"{MKDOCS_YML}exclude_docs: '*payroll/'\n", "utf-8")
    done = run_in(folder, "postmortems", *command)
    told = done.stdout + "".join(path.read_text("utf-8") for path in folder.glob("out/**/*.*"))
    assert "ayroll" not in told
    assert (
        done.stderr == "postmortems: without 1 postmortem that MkDocs leaves out of the site; see PM904 of the check\n"
    )


def test_a_pattern_that_cannot_be_used_is_one_line(folder: Path, run_in: Run) -> None:
    (folder / "mkdocs.yml").write_text(f"{MKDOCS_YML}exclude_docs: '!'\n", "utf-8")
    done = run_in(folder, "postmortems", "check")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "mkdocs.yml: exclude_docs or draft_docs: " in done.stderr
