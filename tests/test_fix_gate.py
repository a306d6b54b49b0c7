"""The check for *no fix without its postmortem*: its files are valid, and its scripts run with names of every kind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.code_blocks import BLOCKS
from tests.conftest import MKDOCS_YML, POSTMORTEM, POSTMORTEM_PATH

FILES = {block.title: block.content for block in BLOCKS if block.page == "fix-gate.md"}
WORKFLOW = FILES[".github/workflows/incident-fix.yml"]
PIPELINE = FILES["incident-fix.gitlab-ci.yml"]
BIN = Path(sys.executable).parent
REGISTER = """\
- id: INC-412
  severity: SEV2
  resolved_at: 2026-03-02T14:45:00Z
- id: INC 7
  severity: SEV2
  resolved_at: 2026-03-02T14:45:00Z
"""


def job(text: str) -> str:
    """The script of a job, by the forge's schema."""
    jobs = yaml.safe_load(text)
    if "jobs" in jobs:
        script = jobs["jobs"]["registered"]["steps"][-1]["run"]
    else:
        (script,) = jobs["incident-fix"]["script"]
    assert isinstance(script, str)
    assert "${{" not in script
    return script


@pytest.mark.parametrize(
    ("text", "schema"),
    [
        pytest.param(WORKFLOW, ["vendor.github-workflows"], id="github"),
        pytest.param(PIPELINE, ["vendor.gitlab-ci", "--data-transform", "gitlab-ci"], id="gitlab"),
    ],
)
def test_files_fit_the_schemas_and_scripts_have_nothing_that_shellcheck_minds(
    text: str, schema: list[str], tmp_path: Path
) -> None:
    (tmp_path / "file.yml").write_text(text, "utf-8")
    (tmp_path / "script.sh").write_text(job(text), "utf-8")
    for command in (
        ["check-jsonschema", "--builtin-schema", *schema, str(tmp_path / "file.yml")],
        ["shellcheck", "--shell=bash", str(tmp_path / "script.sh")],
    ):
        done = subprocess.run([str(BIN / command[0]), *command[1:]], capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == 0, done.stdout + done.stderr


def test_the_workflow_can_only_read_and_its_actions_are_pinned() -> None:
    data = yaml.safe_load(WORKFLOW)
    assert data["permissions"] == {}
    assert data["jobs"]["registered"]["permissions"] == {"contents": "read"}
    assert "secrets" not in WORKFLOW
    # YAML 1.1 takes the key `on` for true.
    assert list(data[True]) == ["pull_request"]
    used = [step for step in data["jobs"]["registered"]["steps"] if "uses" in step]
    assert all(len(step["uses"].partition("@")[2]) == 40 for step in used)
    assert used[0]["with"] == {"persist-credentials": False}


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A knowledge base with a register of two incidents, and one postmortem."""
    folder = tmp_path_factory.mktemp("repository")
    for path, text in {
        "mkdocs.yml": MKDOCS_YML,
        POSTMORTEM_PATH: POSTMORTEM,
        "docs/postmortems/register.yml": REGISTER,
    }.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    return folder


CASES = [
    pytest.param([], "fix-typo", 0, id="no incident"),
    pytest.param(["bug", "incident:INC-412"], "pool", 0, id="label"),
    pytest.param(["incident:INC 7"], "pool", 0, id="label with a blank"),
    pytest.param(["Incident:INC-999"], "pool", 1, id="label with a capital"),
    pytest.param([], "incident/INC-412-checkout", 0, id="branch"),
    pytest.param([], "Incident/INC-412-checkout", 0, id="branch with a capital"),
    pytest.param([], "incident/2026/01-checkout", 0, id="branch of a postmortem"),
    pytest.param(["incident:INC-999"], "incident/INC-412", 1, id="one of two is not there"),
    pytest.param([], "incident/INC-999-search", 1, id="branch that is not found"),
    pytest.param([], "incident/$(touch x)", 1, id="command"),
    pytest.param([], "incident/`touch x`;touch x", 1, id="commands"),
    pytest.param(["incident:\"; touch x; '"], "a'b\"c", 1, id="quotes"),
    pytest.param([], "incident/--config=x", 1, id="option"),
    pytest.param([], "incident/--help", 1, id="help"),
    pytest.param([], "incident/INC 412", 1, id="blank"),
    pytest.param([], "incident/INC-999\nincident/INC-412", 1, id="line break"),
    pytest.param(["incident:"], "x", 2, id="no id"),
    pytest.param([], "incident/*", 1, id="wildcard"),
    pytest.param([], "incident/\\x", 1, id="backslash"),
]


@pytest.mark.parametrize(("labels", "branch", "code"), CASES)
@pytest.mark.parametrize("text", [WORKFLOW, PIPELINE], ids=["github", "gitlab"])
def test_the_script(text: str, labels: list[str], branch: str, code: int, repository: Path) -> None:
    done = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", job(text)], cwd=repository, capture_output=True, encoding="utf-8", check=False,
        env=os.environ | {
            "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
            "LABELS": json.dumps(labels), "GITHUB_HEAD_REF": branch,
            "CI_MERGE_REQUEST_LABELS": ",".join(labels), "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME": branch,
        },
    )  # fmt: skip
    assert done.returncode == code, done.stdout + done.stderr
    assert ("add the incident to docs/postmortems/register.yml" in done.stderr.replace("Else ", "")) is (code == 1)
    assert not (repository / "x").exists()


def test_a_scoped_label_of_gitlab(repository: Path) -> None:
    for name, code in (("incident::INC-412", 0), ("Incident::INC-999", 1)):
        environment = {"CI_MERGE_REQUEST_LABELS": f"a,{name}", "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME": "x"}
        done = subprocess.run(
            ["bash", "-eo", "pipefail", "-c", job(PIPELINE)], cwd=repository, capture_output=True, check=False,
            env=os.environ | environment | {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"},
        )  # fmt: skip
        assert done.returncode == code
