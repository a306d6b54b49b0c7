"""The files for CI that others copy: each is valid for the program that reads it, and stands whole in the guide."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
EXAMPLES = sorted(path for path in (ROOT / "examples").rglob("*") if path.is_file())
GUIDE = (ROOT / "docs/guide/adopting.md").read_text("utf-8")
WORKFLOWS = [*sorted((ROOT / ".github/workflows").glob("*.yml")), ROOT / "examples/github/postmortems.yml"]


def run(*command: str) -> None:
    done = subprocess.run(
        [str(Path(sys.executable).with_name(command[0])), *command[1:]],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_workflow_fits_the_schema_of_github(path: Path) -> None:
    run("check-jsonschema", "--builtin-schema", "vendor.github-workflows", str(path))


def test_the_pipeline_fits_the_schema_of_gitlab() -> None:
    path = ROOT / "examples/gitlab/.gitlab-ci.yml"
    run("check-jsonschema", "--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci", str(path))


@pytest.mark.parametrize("path", [ROOT / "examples/shell/check.sh", ROOT / ".ci/run"], ids=lambda path: path.name)
def test_a_script_has_nothing_that_shellcheck_minds(path: Path) -> None:
    run("shellcheck", str(path))
    assert path.stat().st_mode & 0o111


def test_the_steps_of_workflows_have_nothing_that_shellcheck_minds(tmp_path: Path) -> None:
    import yaml

    for workflow in WORKFLOWS:
        for job in yaml.safe_load(workflow.read_text("utf-8"))["jobs"].values():
            for number, step in enumerate(step for step in job["steps"] if "run" in step):
                script = tmp_path / f"{workflow.stem}-{number}.sh"
                script.write_text(step["run"], "utf-8")
                run("shellcheck", "--shell=bash", str(script))
                # What comes from a pull request reaches a shell as a variable, never as a part of the script.
                assert "${{" not in step["run"]


def test_the_hooks_are_valid_for_pre_commit() -> None:
    run("pre-commit", "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_the_guide_shows_the_file_whole(path: Path) -> None:
    assert path.read_text("utf-8").rstrip() in GUIDE


def test_this_repository_uses_them_on_itself() -> None:
    def steps(path: Path) -> list[str]:
        lines = path.read_text("utf-8").splitlines()[1:]
        return [line for line in lines if not re.search(r"run: (pip|make) ", line)]

    assert steps(ROOT / ".github/workflows/postmortems.yml") == steps(ROOT / "examples/github/postmortems.yml")
    template = "github/pull_request_template.md"
    assert (ROOT / f".{template}").read_text("utf-8") == (ROOT / f"examples/{template}").read_text("utf-8")


def test_every_command_in_an_example_is_one_of_ours() -> None:
    import click

    from postmortems.cli.main import main

    context = click.Context(main)
    for path in [*EXAMPLES, ROOT / ".pre-commit-hooks.yaml"]:
        for name in re.findall(r"\bpostmortems ([a-z]+)(?= --|$)", path.read_text("utf-8"), re.MULTILINE):
            command = main.get_command(context, name)
            assert command is not None, (path.name, name)
            options = {option for parameter in command.params for option in parameter.opts}
            for line in re.findall(rf"\bpostmortems {name} ([^|>\n]*)", path.read_text("utf-8")):
                assert set(re.findall(r"--[a-z-]+", line)) <= options, (path.name, line)
