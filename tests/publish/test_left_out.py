"""What MkDocs or another plugin leaves out of the site stands nowhere on it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import MKDOCS_YML, PATTERN
from tests.publish.built_site import Built

Run = Callable[..., subprocess.CompletedProcess[str]]
Write = Callable[[dict[str, str | bytes]], Path]

SECRET = "docs/postmortems/2026/02-payroll/postmortem.md"
"""A postmortem that is left out; all that it holds and nothing else has to do with payroll."""

REMOVE = """\
def on_files(files, config):
    for file in [file for file in files if "payroll" in file.src_uri]:
        files.remove(file)
    return files
"""


def secret(postmortem: str) -> str:
    """A postmortem on payroll: its title, services, owner, pattern and cause occur nowhere else."""
    for old, new in {
        "Checkout times out": "Payroll was readable",
        "services: [checkout]": "services: [payroll-api]",
        "owner: Payments": "owner: Payroll team",
        "root_cause: connection pool exhaustion": "root_cause: payroll bucket was public",
        "patterns: [database-issues]": "patterns: [payroll-leaks]",
        "[Payments]": "[Payroll team]",
        "2026-03": "2025-08",
        "12 % of requests": "12 % of payrolls",
    }.items():
        assert old in postmortem, old
        postmortem = postmortem.replace(old, new)
    return postmortem


LEFT_OUT = {
    "by exclude_docs": ("exclude_docs: |\n  payroll*\n  *payroll*/\n", {}),
    "by draft_docs": ("draft_docs: |\n  *payroll*\n", {}),
    "by a plugin": ("hooks: [remove.py]\n", {"remove.py": REMOVE}),
}


@pytest.mark.parametrize(("settings", "files"), LEFT_OUT.values(), ids=LEFT_OUT)
def test_it_is_told_of_nowhere(
    settings: str, files: dict[str, str], write: Write, run_in: Run, sound: dict[str, str]
) -> None:
    first = sound["postmortem"].replace("patterns: [", "repeat_of: 2026/02-payroll\npatterns: [")
    register = (
        "- {id: INC-1, severity: SEV2, resolved_at: 2025-08-02T16:00:00Z, postmortem: 2026/02-payroll}\n"
        "- {id: INC-2, severity: SEV2, resolved_at: 2026-03-02T16:00:00Z, postmortem: 2026/01-checkout}\n"
    )
    folder = write({
        "mkdocs.yml": MKDOCS_YML.replace("- postmortems\n", "- postmortems: {levels: {dangling-repeat: off}}\n") + settings,
        sound["path"]: first,
        SECRET: secret(sound["postmortem"]),
        f"{SECRET.rpartition('/')[0]}/artifacts/payroll.log": "payroll\n",
        "docs/patterns/payroll-leaks.md": PATTERN.replace("Database", "Payroll"),
        "docs/postmortems/register.yml": register,
        **files,
    })  # fmt: skip
    done = run_in(folder, "mkdocs", "build")
    assert done.returncode == 0, done.stderr
    site = folder / "site"
    told = [path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file() and tells(path)]
    assert told == []
    assert [path.as_posix() for path in site.rglob("*payroll*")] == []
    assert not (site / "postmortems/2025").exists()
    assert not (site / "reviews/2025-08").exists()
    assert list(Built(site).broken()) == []
    metrics = json.loads((site / "data/metrics.json").read_text("utf-8"))
    assert metrics["completion"]["n"] == 1


def tells(path: Path) -> bool:
    """Whether a file of the site says anything of payroll."""
    return b"payroll" in path.read_bytes().lower()


def test_what_a_dot_hides_is_left_out(write: Write, run_in: Run, sound: dict[str, str]) -> None:
    folder = write({SECRET.replace("/02-payroll", "/.trash/02-payroll"): secret(sound["postmortem"]),
                    "docs/patterns/payroll-leaks.md": PATTERN})  # fmt: skip
    assert run_in(folder, "mkdocs", "build").returncode == 0
    page = (folder / "site/postmortems/index.html").read_text("utf-8")
    assert "Payroll" not in page
    assert "Checkout times out" in page


def test_a_generated_page_stands_whatever_is_left_out(write: Write, run_in: Run) -> None:
    folder = write({
        "mkdocs.yml": MKDOCS_YML + "exclude_docs: |\n  /services/\n  /metrics/\n",
        "docs/services/index.md": "# Our own words on payroll\n",
    })  # fmt: skip
    done = run_in(folder, "mkdocs", "build", "--strict")
    assert done.returncode == 0, done.stderr
    assert "payroll" not in (folder / "site/services/index.html").read_text("utf-8")
    assert list(Built(folder / "site").broken()) == []
