"""`postmortems init`, from an empty folder or a site to one that passes the check and builds."""

from __future__ import annotations

import os
import re
import subprocess
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from tests.commands import run, run_other

from postmortems.cli.init import command
from postmortems.model.language import Language
from postmortems.pipeline import run_pipeline
from postmortems.read.settings_file import read_project
from postmortems.read.templates import TEMPLATE, packaged_template

Run = Callable[..., subprocess.CompletedProcess[str]]

SITE = "site_name: Handbook\ntheme: material\nplugins:\n  - search # ours\n"


def init(*words: str, answers: str | None = None) -> Result:
    """The command in a pipe; in a terminal where there are answers."""
    return CliRunner().invoke(command, words, input=answers, obj=answers is not None)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, as the working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".git/" not in path.as_posix()
    }


def write(folder: Path, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode("utf-8"))


def assert_sound(folder: Path, run_in: Run) -> None:
    """It passes the check and builds, strictly, with nothing to say."""
    for line in (("postmortems", "check", "--strict"), ("mkdocs", "build", "--strict")):
        done = run_in(folder, *line)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "WARNING" not in done.stderr
        assert " PM" not in done.stdout


@pytest.mark.parametrize(
    ("forge", "of_the_forge"),
    [
        (
            "github",
            {
                ".github/workflows/postmortems.yml",
                ".github/workflows/postmortems-reminder.yml",
                ".github/pull_request_template.md",
            },
        ),
        ("gitlab", {".gitlab-ci.yml", ".gitlab/merge_request_templates/Default.md"}),
        ("none", set[str]()),
    ],
)
def test_what_it_writes_passes_the_check_and_builds(
    folder: Path, run_in: Run, forge: str, of_the_forge: set[str]
) -> None:
    done = run_in(folder, "postmortems", "init", "kb", "--ci", forge, "--yes")
    assert done.returncode == 0, done.stderr
    made = set(files(folder / "kb"))
    assert {path for path in made if path.startswith((".github", ".gitlab"))} == of_the_forge
    assert {".gitignore", ".pre-commit-config.yaml", "docs/index.md", "mkdocs.yml", "requirements.txt"} < made
    assert done.stdout.splitlines()[-4:] == [
        "Next:",
        "  cd kb && mkdocs serve",
        '  postmortems new "What happened"',
        "  git init && git add --all && git commit -m 'Add a postmortem knowledge base'",
    ]
    assert_sound(folder / "kb", run_in)
    if forge == "gitlab":
        return
    # Each tab and each entry leads to a page.
    site = folder / "kb/site"
    for page in (
        "",
        "postmortems/",
        "patterns/",
        "services/",
        "actions/",
        "metrics/",
        "guide/settings/",
        "guide/rules/",
    ):
        assert (site / page / "index.html").exists()
    assert "The day we began" in (site / "postmortems/index.html").read_text("utf-8")
    settings = (site / "guide/settings/index.html").read_text("utf-8")
    names = [re.sub(r"<[^>]+>|\s", "", link) for link in re.findall(r'(?s)<a href="../rules/".*?</a>', settings)]
    assert "Rules" in names, "the page of the rules has taken another name in the navigation"


def findings(folder: Path) -> list[tuple[str, int]]:
    """The findings of each rule, those of drafts included, with their number."""
    run = run_pipeline(folder / "docs", read_project(folder / "mkdocs.yml").settings)
    return sorted(Counter(found.code for found in run.diagnostics).items())


def begin(folder: Path, run_in: Run, language: Language) -> None:
    """A knowledge base in a language, in an empty folder."""
    done = run_in(folder, "postmortems", "init", ".", "--language", language, "--ci", "none", "--yes")
    assert done.returncode == 0, done.stderr


def draft(folder: Path, run_in: Run) -> list[tuple[str, int]]:
    """The findings once there is a draft of which nothing is written."""
    assert run_in(folder, "postmortems", "new", "Slow", "--severity", "SEV2").returncode == 0
    return findings(folder)


@pytest.fixture(scope="module")
def in_english(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, int]]:
    """The findings in English."""
    folder = tmp_path_factory.mktemp("english")
    begin(folder, run, Language.ENGLISH)
    return draft(folder, run)


@pytest.mark.parametrize("language", [code for code in Language if code is not Language.ENGLISH])
def test_in_each_language_all_passes_and_a_new_draft_is_found_unwritten_as_in_english(
    folder: Path, run_in: Run, language: Language, in_english: list[tuple[str, int]]
) -> None:
    begin(folder, run_in, language)
    done = run_in(folder, "postmortems", "check", "--strict")
    assert done.returncode == 0, done.stdout
    assert " PM" not in done.stdout
    found = draft(folder, run_in)
    assert found == in_english
    assert dict(found)["PM103"] > 40
    assert {"PM101", "PM102"}.isdisjoint(dict(found))
    # What is said of a draft is no warning.
    done = run_in(folder, "mkdocs", "build")
    assert (done.returncode, "WARNING" in done.stderr) == (0, False), done.stderr


def test_a_site_that_exists_gets_its_language_and_keeps_the_one_it_has(folder: Path) -> None:
    write(folder, {"mkdocs.yml": SITE, "docs/index.md": "# x\n"})
    assert init("--yes", "--language", "ja").exit_code == 0
    assert "  - postmortems:\n        languages: [ja, en]\n        levels:\n" in Path("mkdocs.yml").read_text("utf-8")
    assert Path("docs", TEMPLATE).read_text("utf-8") == packaged_template("ja")
    before = files(folder)
    result = init("--yes")
    assert (result.exit_code, files(folder)) == (0, before)
    result = init("--yes", "--language", "nb")
    assert (result.exit_code, files(folder)) == (2, before)
    assert result.output == (
        "postmortems: mkdocs.yml: plugins.postmortems.languages: begins with ja, which is the language of the site's"
        " own template; write [nb, ja, en], then run this again\n"
    )


def test_a_language_that_is_not_known_is_refused(folder: Path) -> None:
    result = init("--yes", "--language", "no")
    assert (result.exit_code, files(folder)) == (2, {})
    assert "'no' is not one of 'en', 'de'" in result.output


@pytest.mark.parametrize("name", ['Zahlungs-Störungen: "Ü" #1', "- [a]", "{{ x }} ${{ y }} @@name@@", "null", "日本"])
def test_any_name_is_kept_to_the_letter(folder: Path, name: str) -> None:
    assert init("--yes", "--name", name).exit_code == 0
    assert yaml.safe_load(Path("mkdocs.yml").read_text("utf-8"))["site_name"] == name


@pytest.mark.parametrize(
    ("name", "said"),
    [("a\nb", "the name is not one line of text"), ("\x1b[2J", "the name is not one line of text"), (" ", "is empty"),
     ("x" * 201, "more than 200 characters")],
)  # fmt: skip
def test_a_name_that_is_none_is_refused(folder: Path, name: str, said: str) -> None:
    result = init("--yes", "--name", name)
    assert (result.exit_code, files(folder)) == (2, {})
    assert said in result.output


def test_without_a_terminal_and_without_yes_it_says_what_it_would_do(folder: Path) -> None:
    result = init("kb")
    assert (result.exit_code, files(folder)) == (2, {})
    assert "  mkdocs.yml\n" in result.output
    assert "nothing written: add --yes to write" in result.output


def test_in_a_terminal_it_asks_for_the_name_and_the_forge(folder: Path) -> None:
    result = init("kb", answers="Our incidents\nnb\ngithub\ny\n")
    assert result.exit_code == 0, result.output
    assert "Name of the site [kb]" in result.output
    assert yaml.safe_load(Path("kb/mkdocs.yml").read_text("utf-8"))["site_name"] == "Our incidents"
    assert "Language of the postmortems" in result.output
    assert "languages: [nb, en]" in Path("kb/mkdocs.yml").read_text("utf-8")
    assert Path("kb/.github/workflows/postmortems.yml").exists()


@pytest.mark.parametrize("answers", ["\n\n\nn\n", "", "x\nen\ngithub\n"])
def test_whoever_says_no_or_leaves_gets_nothing(folder: Path, answers: str) -> None:
    result = init("kb", answers=answers)
    assert (result.exit_code, files(folder)) == (2, {})
    assert "nothing written" in result.output


def test_the_forge_is_that_of_the_remote(folder: Path) -> None:
    run_other(folder, "git", "init", "--quiet")
    run_other(folder, "git", "remote", "add", "origin", "git@gitlab.example.com:a/b.git")
    result = init("--yes")
    assert Path(".gitlab-ci.yml").exists()
    assert "  git add --all && git commit" in result.output


def test_a_second_run_changes_nothing(folder: Path) -> None:
    init("--yes", "--ci", "github")
    before = files(folder)
    result = init("--yes", "--ci", "github")
    assert (result.exit_code, files(folder)) == (0, before)
    assert "nothing to write: all files exist" in result.output


@pytest.mark.parametrize("written", range(0, 21, 4))
def test_a_run_that_was_ended_is_completed_by_the_next(folder: Path, written: int) -> None:
    """The configuration comes last, so what has one is whole."""
    assert init("whole", "--yes", "--ci", "github").exit_code == 0
    all_files = files(folder / "whole")
    order = [line.strip() for line in init("other", "--ci", "github").output.splitlines() if line.startswith("  ")]
    assert order[-1] == "mkdocs.yml"
    write(folder / "half", {path: all_files[path].decode("utf-8") for path in order[:written]})
    assert init("half", "--yes", "--ci", "github", "--name", "whole").exit_code == 0
    assert files(folder / "half").keys() == all_files.keys()


def test_what_is_there_stays_and_is_named(folder: Path) -> None:
    there = {
        "README.md": "ours",
        "docs/index.md": "# Ours\n",
        ".gitignore": "site/\n*.pyc",
        "requirements.txt": "mkdocs-material>=9\n",
        ".gitlab-ci.yml": "test: {script: [make]}\n",
    }
    write(folder, there)
    result = init("--yes", "--ci", "gitlab")
    assert result.exit_code == 1
    for name in ("docs/index.md", ".gitlab-ci.yml"):
        assert f"{name}: exists with other contents; not modified" in result.output
        assert Path(name).read_text("utf-8") == there[name]
    assert Path("README.md").read_text("utf-8") == "ours"
    # Files of lines grow, and no line of theirs changes.
    assert Path(".gitignore").read_text("utf-8") == "site/\n*.pyc\n/.cache/\n/.venv/\n"
    own, mkdocs = Path("requirements.txt").read_text("utf-8").removeprefix(there["requirements.txt"]).splitlines()
    assert own.startswith("mkdocs-postmortems")
    assert mkdocs.startswith("mkdocs==")


def test_old_postmortems_that_are_there_are_not_joined_by_a_drill(folder: Path) -> None:
    write(folder, {"docs/postmortems/2020-01-02-outage.md": "# Outage\n"})
    assert init("--yes").exit_code == 0
    assert [path for path in files(folder) if path.startswith("docs/postmortems/")] == [
        "docs/postmortems/2020-01-02-outage.md"
    ]


@pytest.mark.parametrize(
    ("there", "words", "said"),
    [
        pytest.param({"kb": "x"}, ["kb"], "postmortems: kb: is a file, not a folder\n", id="a file"),
        pytest.param({"docs": "x"}, [], "postmortems: docs: is a file, and docs/patterns/", id="a file for a folder"),
        pytest.param(
            {"mkdocs.yml": "plugins: [\n"}, [], "postmortems: mkdocs.yml:2:1: is not valid YAML: ", id="a broken file"
        ),
        pytest.param({"mkdocs.yml": "- x\n"}, [], "postmortems: mkdocs.yml: holds no settings\n", id="a list"),
        pytest.param(
            {"mkdocs.yml": "site_name: x\n"}, [], "postmortems: mkdocs.yml: the docs folder docs does not exist\n",
            id="no docs",
        ),
        pytest.param(
            {"mkdocs.yml": "site_name: x\n", "docs/a.md": ""}, [],
            'postmortems: mkdocs.yml: the theme "mkdocs", the default of MkDocs, is not built on',
            id="another theme",
        ),
        pytest.param(
            {"mkdocs.yml": SITE, "docs/patterns/singleton.md": ""}, [],
            "postmortems: mkdocs.yml: docs/patterns/ has other pages, such as patterns/singleton.md, which would",
            id="other patterns",
        ),
        pytest.param(
            {"mkdocs.yml": f"{SITE}  - postmortems: {{levls: 1}}\n", "docs/a.md": ""}, [],
            "postmortems: mkdocs.yml: plugins.postmortems.levls: unknown option", id="wrong settings",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_one_line_and_nothing_is_written(
    folder: Path, there: dict[str, str], words: list[str], said: str
) -> None:
    write(folder, there)
    before = files(folder)
    result = init(*words, "--yes")
    assert (result.exit_code, files(folder)) == (2, before)
    assert result.output.startswith(said)
    assert result.output.count("\n") == 1


def test_a_link_that_leads_nowhere_is_no_folder(folder: Path) -> None:
    Path("kb").symlink_to("gone")
    result = init("kb", "--yes")
    assert (result.exit_code, result.output) == (2, "postmortems: kb: is a broken link\n")


def test_a_file_that_may_not_be_changed_is_named_before_anything_is_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, {"mkdocs.yml": SITE, "docs/index.md": "# x\n"})
    before = files(folder)
    monkeypatch.setattr(os, "access", lambda path, _mode: Path(path).name != "mkdocs.yml")
    result = init("--yes")
    assert (result.exit_code, files(folder)) == (2, before)
    assert "postmortems: mkdocs.yml: cannot write: Permission denied\n" in result.output


def test_a_folder_that_may_not_be_written_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)
    result = init("kb", "--yes")
    assert (result.exit_code, result.output) == (
        2,
        f"postmortems: {folder}: cannot write: Permission denied\n",
    )


@pytest.mark.parametrize(
    ("forge", "path", "others"),
    [
        ("github", ".github/workflows/postmortems.yml", [".github/workflows/postmortems-reminder.yml"]),
        ("gitlab", ".gitlab-ci.yml", []),
    ],
)
def test_a_folder_of_another_repository_gets_its_ci_at_the_root(
    folder: Path, forge: str, path: str, others: list[str]
) -> None:
    run_other(folder, "git", "init", "--quiet")
    run_other(folder, "git", "remote", "add", "origin", f"https://{forge}.com/a/b")
    result = init("teams/kb", "--yes")
    assert result.exit_code == 0
    assert f"  ../../{path}\n" in result.output
    assert "teams/kb lies inside another repository, whose root is where pre-commit is read" in result.output
    assert sorted(made for made in files(folder) if not made.startswith(".git/")) == sorted(
        [path, *others, *(f"teams/kb/{made}" for made in files(folder / "teams/kb"))]
    )
    assert not [made for made in files(folder / "teams/kb") if made.startswith((".github", ".gitlab", ".pre-commit"))]
    before = files(folder)
    assert init("teams/kb", "--yes").exit_code == 0
    (folder / path).write_text("mine")
    assert init("teams/kb", "--yes", "--ci", forge).exit_code == 1
    assert (folder / path).read_text() == "mine"
    assert set(files(folder)) == set(before)


def test_a_folder_that_no_file_of_ci_can_name_gets_none(folder: Path) -> None:
    run_other(folder, "git", "init", "--quiet")
    run_other(folder, "git", "remote", "add", "origin", "https://github.com/a/b")
    assert init("k*b", "--yes").exit_code == 0
    assert ".github/workflows/postmortems.yml" not in files(folder)
    result = init("k$b", "--yes", "--ci", "github")
    assert (result.exit_code, result.output) == (
        2,
        "postmortems: --ci: the folder k$b cannot be named in a file of CI; choose none\n",
    )


@pytest.mark.parametrize(
    ("config", "nav"),
    [
        pytest.param(SITE, False, id="without a navigation"),
        pytest.param(f"{SITE}nav:\n  - index.md\n  - Teams:\n      - teams.md\n", True, id="with a navigation"),
        pytest.param(
            SITE.replace("material", "\n  name: material\n  features: [navigation.tabs, navigation.indexes]")
            + "nav:\n  - Home: index.md\n  - Teams:\n      - teams.md\n", True, id="with tabs",
        ),
        pytest.param("site_name: H\ntheme: {name: material}\nplugins:\n  search:\n", False, id="plugins as a mapping"),
    ],
)  # fmt: skip
def test_a_site_that_exists_gets_the_plugin_its_pages_and_its_documents(
    folder: Path, run_in: Run, config: str, nav: bool
) -> None:
    there = {"mkdocs.yml": config, "docs/index.md": "# Handbook\n\nText.\n", "docs/teams.md": "# Teams\n\nText.\n"}
    write(folder, there)
    done = run_in(folder, "postmortems", "init", "--yes")
    assert done.returncode == 0, done.stderr
    assert "--- a/mkdocs.yml\n+++ b/mkdocs.yml\n" in done.stdout
    made = files(folder)
    assert {path: made[path].decode("utf-8") for path in ("docs/index.md", "docs/teams.md")} == {
        path: there[path] for path in ("docs/index.md", "docs/teams.md")
    }
    assert not [path for path in made if path.startswith((".", "requirements"))]
    assert set(config.splitlines()) <= set(made["mkdocs.yml"].decode("utf-8").splitlines())
    assert_sound(folder, run_in)
    page = (folder / "site/teams/index.html").read_text("utf-8")
    for target in ("postmortems/", "patterns/", "services/", "actions/", "metrics/"):
        assert f'href="../{target}"' in page, (target, nav)
    assert run_in(folder, "postmortems", "init", "--yes").returncode == 0
    assert files(folder)["mkdocs.yml"] == made["mkdocs.yml"]


def test_a_site_with_requirements_gets_the_one_that_is_new(folder: Path) -> None:
    write(folder, {"mkdocs.yml": SITE, "docs/index.md": "# x\n", "requirements.txt": "mkdocs-material==9.7.0\r\n"})
    assert init("--yes").exit_code == 0
    first, second = Path("requirements.txt").read_bytes().splitlines(keepends=True)
    assert first == b"mkdocs-material==9.7.0\r\n"
    assert second.startswith(b"mkdocs-postmortems")
    assert second.endswith(b"\r\n")
