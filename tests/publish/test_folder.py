"""Postmortems in a folder of another name, and files there that are none, in every command and on the site."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import MKDOCS_YML, POSTMORTEM_PATH, Write

Run = Callable[..., subprocess.CompletedProcess[str]]

SETTINGS = """\
  - postmortems:
      folder: sre/incidents
      ignore: [pir-template.md, archive/]
"""
ONE = POSTMORTEM_PATH.replace("postmortems/", "sre/incidents/")


@pytest.fixture
def folder(write: Write, sound: dict[str, str]) -> Path:
    root = write(
        {
            "mkdocs.yml": MKDOCS_YML.replace("  - postmortems\n", SETTINGS),
            ONE: sound["postmortem"],
            "docs/sre/incidents/2026/pir-template.md": "# What to fill in\n",
            "docs/sre/incidents/archive/2019/01-old/postmortem.md": "# Old\n",
            "docs/sre/incidents/register.yml": "- id: INC-1\n  severity: SEV2\n  resolved_at: 2026-03-02T16:00:00Z\n"
            "  postmortem: 2026/01-checkout\n",
        }
    )
    (root / POSTMORTEM_PATH).unlink()
    return root


def test_the_check_reads_it_and_what_is_ignored_is_none(folder: Path, run_in: Run) -> None:
    done = run_in(folder, "postmortems", "check", "--strict")
    assert (done.returncode, done.stdout) == (0, "2 files, nothing to report\n")


def test_a_finding_names_the_folder(folder: Path, run_in: Run, sound: dict[str, str]) -> None:
    (folder / "docs/sre/incidents/2025/01-x").mkdir(parents=True)
    (folder / "docs/sre/incidents/2025/01-x/postmortem.md").write_text(sound["postmortem"], "utf-8")
    done = run_in(folder, "postmortems", "check", "docs/sre/incidents/2025")
    assert "docs/sre/incidents/2025/01-x/postmortem.md:1:1 PM009 misplaced-file [warning]" in done.stdout


def test_new_and_list_agree(folder: Path, run_in: Run) -> None:
    made = run_in(folder, "postmortems", "new", "Slow again", "--severity", "SEV2", "--started", "2026-05-01T10:00Z")
    assert made.returncode == 0, made.stderr
    assert "docs/sre/incidents/2026/02-slow-again/postmortem.md" in made.stdout
    listed = json.loads(run_in(folder, "postmortems", "list", "--format", "json").stdout)
    assert [one["id"] for one in listed["postmortems"]] == ["2026/02-slow-again", "2026/01-checkout"]
    assert listed["postmortems"][0]["url"] == "sre/incidents/2026/02-slow-again/"


def test_pages_have_their_addresses_below_it(folder: Path, run_in: Run) -> None:
    done = run_in(folder, "mkdocs", "build", "--strict", "--quiet")
    assert done.returncode == 0, done.stderr
    site = folder / "site"
    for page in ("sre/incidents/2026/01-checkout", "sre/incidents/2026", "sre/incidents"):
        assert (site / page / "index.html").is_file(), page
    assert not (site / "postmortems").exists()
    assert not (site / "sre/incidents/register.yml").exists()
    assert 'href="sre/incidents/2026/01-checkout/"' in (site / "index.html").read_text("utf-8")
    assert 'href="/sre/incidents/"' in (site / "404.html").read_text("utf-8")
    assert json.loads((site / "data/index.json").read_text("utf-8"))["address"] == "sre/incidents/{id}/"
    # An ignored file is a page like any other, and in no list.
    assert (site / "sre/incidents/archive/2019/01-old/postmortem/index.html").is_file()
    assert "01-old" not in (site / "sre/incidents/index.html").read_text("utf-8")


def test_what_changed_is_counted_there(folder: Path, run_in: Run) -> None:
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.com")
    for arguments in (("init", "-q", "-b", "main"), ("add", "-A"), ("commit", "-qm", "base")):
        subprocess.run(["git", *identity, *arguments], cwd=folder, check=True)
    (folder / ONE).with_name("notes.txt").write_text("x", "utf-8")
    done = run_in(folder, "postmortems", "report", "--changed-since", "main")
    assert "Checkout times out" in done.stdout


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ("{folder: ../x}", "folder: is not a folder below the docs folder, such as incidents or sre/incidents"),
        ("{folder: .}", "folder: is not a folder below the docs folder, such as incidents or sre/incidents"),
        ("{folder: /incidents}", "folder: is not a folder below the docs folder, such as incidents or sre/incidents"),
        (
            "{folder: patterns}",
            "folder: is used by other pages of the site; give the postmortems a folder of their own",
        ),
        (
            "{folder: metrics/x}",
            "folder: is used by other pages of the site; give the postmortems a folder of their own",
        ),
        ("{folder: 7}", "folder: is not text"),
        ("{ignore: ['']}", "ignore: is not a list of file patterns such as [pir-template.md, archive/]"),
        ("{ignore: ['!a.md']}", "ignore: has a pattern that starts with !, which has no effect here"),
    ],
)
def test_a_folder_that_cannot_be_one(block: str, said: str, write: Write, run_in: Run) -> None:
    root = write({"mkdocs.yml": MKDOCS_YML.replace("  - postmortems\n", f"  - postmortems: {block}\n")})
    done = run_in(root, "postmortems", "check")
    assert (done.returncode, done.stderr) == (2, f"postmortems: {root}/mkdocs.yml: plugins.postmortems.{said}\n")
