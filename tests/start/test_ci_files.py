"""The files of CI for a folder of a larger repository."""

from __future__ import annotations

import pytest
import yaml

from postmortems.start.ci_files import can_have_ci, ci_files
from postmortems.start.forge import Forge
from postmortems.start.scaffold import scaffold_files


@pytest.mark.parametrize("forge", [Forge.GITHUB, Forge.GITLAB])
def test_at_the_root_they_are_those_of_the_scaffold(forge: Forge) -> None:
    assert ci_files(forge, "") == scaffold_files(forge.value, {})
    assert ci_files(Forge.NONE, "kb") == {}


def test_a_workflow_runs_in_the_folder_and_for_changes_of_it() -> None:
    files = ci_files(Forge.GITHUB, "teams/our kb")
    assert sorted(files) == [
        "../../.github/workflows/postmortems-reminder.yml",
        "../../.github/workflows/postmortems.yml",
    ]
    text = files["../../.github/workflows/postmortems.yml"]
    data = yaml.safe_load(text)
    # YAML 1.1 takes the key `on` for true or false.
    for event in ("pull_request", "push"):
        assert data[True][event]["paths"] == ["teams/our kb/**", ".github/workflows/postmortems.yml"]
    assert data["jobs"]["check"]["defaults"] == {"run": {"working-directory": "teams/our kb"}}
    taken = [step["with"]["path"] for step in data["jobs"]["check"]["steps"] if "path" in step.get("with", {})]
    assert taken == ["teams/our kb/site", "teams/our kb/site", "teams/our kb/report.md"]
    # These jobs check nothing out, so that there is no such folder.
    assert "defaults" not in data["jobs"]["comment"] | data["jobs"]["publish"]


def test_the_reminder_runs_in_the_folder() -> None:
    data = yaml.safe_load(ci_files(Forge.GITHUB, "teams/our kb")["../../.github/workflows/postmortems-reminder.yml"])
    remind, issue = data["jobs"]["remind"], data["jobs"]["issue"]
    assert remind["defaults"] == {"run": {"working-directory": "teams/our kb"}}
    assert [step["with"]["path"] for step in remind["steps"] if "path" in step.get("with", {})] == [
        "teams/our kb/reminder.*"
    ]
    assert "defaults" not in issue


def test_a_pipeline_runs_in_the_folder_and_for_changes_of_it() -> None:
    ((path, text),) = ci_files(Forge.GITLAB, "teams/our kb").items()
    assert path == "../../.gitlab-ci.yml"
    data = yaml.safe_load(text)
    assert data["default"]["before_script"][1] == 'cd "teams/our kb"'
    for job in ("postmortems", "pages"):
        assert data[job]["rules"][0]["changes"] == ["teams/our kb/**/*", ".gitlab-ci.yml"]
        assert data[job]["artifacts"]["reports"]["codequality"] == "teams/our kb/code-quality.json"
    assert data["postmortems"]["artifacts"]["paths"] == ["teams/our kb/report.md"]
    assert data["postmortems"]["artifacts"]["reports"]["junit"] == "teams/our kb/junit.xml"
    preview = data["preview"]
    assert preview["rules"][0]["changes"] == data["stop-preview"]["rules"][0]["changes"]
    assert preview["artifacts"]["paths"] == ["teams/our kb/site"]
    assert preview["artifacts"]["reports"]["dotenv"] == "teams/our kb/preview.env"
    assert preview["environment"]["url"].endswith("/artifacts/teams/our%20kb/site/index.html")
    assert data["pages"]["script"][-1] == 'mkdocs build --strict --site-dir "$CI_PROJECT_DIR/public"'
    assert data["pages"]["artifacts"]["paths"] == ["public"]


@pytest.mark.parametrize(
    ("below", "can"),
    [
        ("", True),
        ("kb", True),
        ("a/b c.d-e_f", True),
        ("k*b", False),
        ("a/$b", False),
        ('a"b', False),
        ("-", False),
        ("a/-b", False),
    ],
)
def test_a_name_that_would_mean_something_else_is_refused(below: str, can: bool) -> None:
    assert can_have_ci(below) is can
