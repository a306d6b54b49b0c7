"""Paths in reports: a forge knows files from the root of its repository, a person from where the command runs."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree as Xml

import pytest
from tests.conftest import Write

Run = Callable[..., subprocess.CompletedProcess[str]]
IN_REPOSITORY = {
    "github": lambda text: text.split("file=")[1].split(",")[0],
    "gitlab": lambda text: json.loads(text)[0]["location"]["path"],
    "sarif": lambda text: unquote(
        json.loads(text)["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    ),
    "junit": lambda text: next(case.get("file") for case in Xml.fromstring(text).iter("testcase") if case.get("file")),
    "rdjson": lambda text: json.loads(text)["diagnostics"][0]["location"]["path"],
}
FROM_HERE = {
    "text": lambda text: text.split(":")[0],
    "json": lambda text: json.loads(text)["diagnostics"][0]["path"],
}
BELOW = "docs/postmortems/2026/01-checkout/postmortem.md"


@pytest.fixture
def handbook(write: Write, tmp_path: Path, sound: dict[str, str]) -> Path:
    """A knowledge base in the folder `team/handbook ü` of a repository."""
    root = write({sound["path"]: sound["postmortem"].replace("severity: SEV2", "severity: P7")})
    inner = tmp_path / "team/handbook ü"
    inner.mkdir(parents=True)
    for name in ("docs", "mkdocs.yml"):
        (root / name).rename(inner / name)
    return inner


@pytest.mark.parametrize("folder", ["", "docs/patterns"])
@pytest.mark.parametrize("form", IN_REPOSITORY)
def test_from_the_root_of_the_repository(handbook: Path, run_in: Run, form: str, folder: str) -> None:
    subprocess.run(["git", "init", "-q", handbook.parents[1]], check=True)
    done = run_in(handbook / folder, "postmortems", "check", "--format", form)
    assert IN_REPOSITORY[form](done.stdout) == f"team/handbook ü/{BELOW}"


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        ("", BELOW),
        ("docs/patterns", BELOW.replace("docs", "..")),
        ("docs/postmortems", BELOW.removeprefix("docs/postmortems/")),
    ],
)
@pytest.mark.parametrize("form", FROM_HERE)
def test_from_the_working_directory(handbook: Path, run_in: Run, form: str, folder: str, expected: str) -> None:
    subprocess.run(["git", "init", "-q", handbook.parents[1]], check=True)
    done = run_in(handbook / folder, "postmortems", "check", "--format", form)
    assert FROM_HERE[form](done.stdout) == expected


@pytest.mark.parametrize("form", IN_REPOSITORY)
def test_without_a_repository_from_the_working_directory(handbook: Path, run_in: Run, form: str) -> None:
    done = run_in(handbook, "postmortems", "check", "--format", form)
    assert IN_REPOSITORY[form](done.stdout) == BELOW


def test_the_report_names_what_the_forge_knows(handbook: Path, run_in: Run) -> None:
    root = handbook.parents[1]
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.com")
    for arguments in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "base")):
        subprocess.run(["git", *identity, *arguments], cwd=root, check=True)
    (handbook / "docs/patterns/database-issues.md").unlink()
    done = run_in(handbook, "postmortems", "report", "--changed-since", "HEAD")
    assert "team/handbook ü/docs/patterns/database-issues.md" in done.stdout
