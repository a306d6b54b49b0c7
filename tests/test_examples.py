"""The files for CI that others copy: each is valid for the program that reads it, and stands whole in the guide."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.code_blocks import BLOCKS
from tests.conftest import MKDOCS_YML, Write

ROOT = Path(__file__).parents[1]
SCAFFOLD = ROOT / "plugins/postmortems/start/scaffold"
EXAMPLES = sorted(path for forge in ("github", "gitlab") for path in (SCAFFOLD / forge).rglob("*") if path.is_file())
"""What `postmortems init` writes for a forge."""
GUIDE = (ROOT / "docs/guide/adopting.md").read_text("utf-8")
WORKFLOW = SCAFFOLD / "github/.github/workflows/postmortems.yml"
REMINDER = WORKFLOW.with_name("postmortems-reminder.yml")
WORKFLOWS = [*sorted((ROOT / ".github/workflows").glob("*.yml")), WORKFLOW, REMINDER]
(SCRIPT,) = [block.content for block in BLOCKS if block.title == "check.sh"]


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
    path = SCAFFOLD / "gitlab/.gitlab-ci.yml"
    run("check-jsonschema", "--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci", str(path))


@pytest.mark.parametrize("text", [SCRIPT, (ROOT / ".ci/run").read_text("utf-8")], ids=["check.sh", ".ci/run"])
def test_a_script_has_nothing_that_shellcheck_minds(text: str, tmp_path: Path) -> None:
    (tmp_path / "script").write_text(text, "utf-8")
    run("shellcheck", str(tmp_path / "script"))


def test_ci_can_start_its_script() -> None:
    assert (ROOT / ".ci/run").stat().st_mode & 0o111


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


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_the_guide_shows_the_file_whole(path: Path) -> None:
    """That for merge requests differs from that for pull requests in its own name alone."""
    text = path.read_text("utf-8").rstrip()
    name = ".gitlab/merge_request_templates/Default.md"
    assert text.replace(name, ".github/pull_request_template.md") in GUIDE
    assert path.relative_to(SCAFFOLD).as_posix().partition("/")[2] in GUIDE


def test_this_repository_uses_them_on_itself() -> None:
    def steps(path: Path) -> list[str]:
        lines = path.read_text("utf-8").splitlines()[1:]
        return [line for line in lines if not re.search(r"run: (pip|make) ", line)]

    assert steps(ROOT / ".github/workflows/postmortems.yml") == steps(WORKFLOW)
    template = ".github/pull_request_template.md"
    assert (ROOT / template).read_text("utf-8") == (SCAFFOLD / "github" / template).read_text("utf-8")


def test_every_command_in_an_example_is_one_of_ours() -> None:
    import click

    from postmortems.cli.main import main

    context = click.Context(main)
    texts = (SCRIPT, *(path.read_text("utf-8") for path in [*EXAMPLES, ROOT / ".pre-commit-hooks.yaml"]))
    for text in texts:
        for name in re.findall(r"\bpostmortems ([a-z]+)(?= --|$)", text, re.MULTILINE):
            command = main.get_command(context, name)
            assert command is not None, name
            options = {option for parameter in command.params for option in parameter.opts}
            for line in re.findall(rf"\bpostmortems {name} ([^|>\n]*)", text):
                assert set(re.findall(r"--[a-z-]+", line)) <= options, line


def test_actions_are_pinned_by_commit_and_leave_no_token_behind() -> None:
    import yaml

    for workflow in WORKFLOWS:
        text = workflow.read_text("utf-8")
        for line in text.splitlines():
            if "uses:" in line:
                assert re.search(r"uses: [\w-]+/[\w-]+@[0-9a-f]{40} # (?:v\d|release/)\S*$", line), line
        parsed = yaml.safe_load(text)
        assert parsed["permissions"] in ({}, {"contents": "read"})
        for job in parsed["jobs"].values():
            checkouts = [step for step in job["steps"] if "actions/checkout@" in step.get("uses", "")]
            assert all(step["with"]["persist-credentials"] is False for step in checkouts)
            # What may write runs nothing of the pull request: it has none of its files, and installs nothing.
            if "write" in job.get("permissions", {}).values():
                assert not checkouts
                assert not re.search(r"pip |mkdocs |postmortems check|make ", str(job["steps"]))


def test_a_preview_follows_the_check_and_ends() -> None:
    import yaml

    steps = [step.get("name") for step in yaml.safe_load(WORKFLOW.read_text("utf-8"))["jobs"]["check"]["steps"]]
    assert steps.index("Check") < steps.index("Build the site") < steps.index("Keep the site as a preview")
    pipeline = yaml.safe_load((SCAFFOLD / "gitlab/.gitlab-ci.yml").read_text("utf-8"))
    preview, stop = pipeline["preview"], pipeline["stop-preview"]
    assert pipeline["stages"].index(pipeline["postmortems"]["stage"]) < pipeline["stages"].index(preview["stage"])
    assert "needs" not in preview
    assert pipeline[preview["environment"]["on_stop"]] is stop
    assert (stop["environment"]["name"], stop["environment"]["action"]) == (preview["environment"]["name"], "stop")
    assert stop["rules"][0]["if"] == preview["rules"][0]["if"]


def test_the_comment_is_found_by_its_author_too() -> None:
    text = WORKFLOW.read_text("utf-8")
    assert '.user.login == \\"github-actions[bot]\\" and (.body | startswith(\\"$mark\\"))' in text


def test_no_branch_can_be_taken_for_an_option() -> None:
    for text in (SCRIPT, *(path.read_text("utf-8") for path in EXAMPLES)):
        for line in re.findall(r"\bgit (?:fetch|merge-base|diff|checkout) .*", text):
            assert " -- " in line, line


@pytest.fixture
def repository(write: Write, sound: dict[str, str]) -> Path:
    """A repository whose main branch has an error in an old postmortem, on a branch of it."""
    wrong = sound["postmortem"].replace("## Timeline\n", "## Course\n")
    folder = write({"docs/postmortems/2026/02-old/postmortem.md": wrong, "README.md": "x"})
    for arguments in (("init", "-q", "-b", "main"), ("add", "-A"), ("commit", "-qm", "x"), ("checkout", "-qb", "b")):
        subprocess.run(
            ["git", "-c", "user.name=A", "-c", "user.email=a@example.com", *arguments], cwd=folder, check=True
        )
    return folder


def check(repository: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The guide's check.sh with the installed commands."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "-c", SCRIPT, "check.sh", *arguments],
        cwd=repository, env={**os.environ, "PATH": path}, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("change", "arguments", "code"),
    [
        pytest.param({"README.md": "y"}, ["main"], 0, id="nothing of ours"),
        pytest.param({"docs/patterns/database-issues.md": None}, ["main"], 1, id="a pattern that is gone"),
        pytest.param({"docs/postmortems/2026/03-new/postmortem.md": "# New\n"}, ["main"], 1, id="a wrong postmortem"),
        pytest.param({"README.md": "y"}, ["--all"], 1, id="the main branch's own state"),
        pytest.param({"README.md": "y"}, ["--upload-pack=touch ran"], 128, id="a branch that looks like an option"),
    ],
)
def test_the_script_refuses_a_change_only_for_what_it_touches(
    repository: Path, change: dict[str, str | None], arguments: list[str], code: int
) -> None:
    for path, text in change.items():
        (repository / path).parent.mkdir(parents=True, exist_ok=True)
        (repository / path).unlink(missing_ok=True)
        if text is not None:
            (repository / path).write_text(text, "utf-8")
    done = check(repository, *arguments)
    assert done.returncode == code, done.stdout + done.stderr
    assert not (repository / "ran").exists()


@pytest.mark.parametrize("folder", [".", "handbook", "deep/handbook"])
def test_the_hooks_follow_the_configuration_wherever_it_is(
    write: Write,
    sound: dict[str, str],
    run_in: Callable[..., subprocess.CompletedProcess[str]],
    folder: str,
    tmp_path: Path,
) -> None:
    import yaml

    base = "" if folder == "." else f"{folder}/"
    settings = MKDOCS_YML.replace("  - postmortems\n", "  - postmortems: {folder: incidents}\n")
    text = sound["postmortem"].replace("- [x] [Payments]", "- [X] [Payments]")
    new = f"{base}content/incidents/2026/01-a/postmortem.md"
    root = write({f"{base}mkdocs.yml": f"{settings}docs_dir: content\n", new: text, f"{base}content/index.md": "# x\n"})
    subprocess.run(["rm", "-rf", *(["mkdocs.yml"] if base else []), "docs"], cwd=root, check=True)
    hooks = {one["id"]: one for one in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
    arguments = ["--config", f"{base}mkdocs.yml"] if base else []
    for name, touched in (("postmortems-check", new), ("postmortems-fmt", new)):
        assert re.search(hooks[name]["files"], touched)
        command = hooks[name]["entry"].split() + arguments
        if hooks[name].get("pass_filenames", True):
            command += [touched, f"{base}content/index.md"]
        done = run_in(root, *command)
        expected = 1 if name == "postmortems-check" else 0  # a pattern that has no page is an error
        assert done.returncode == expected, done.stdout + done.stderr
    assert "- [x] [Payments]" in (root / new).read_text("utf-8")
