"""What comes with the package, and what becomes of it in a new folder."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from tests.commands import run_other

from postmortems.model.language import Language
from postmortems.start.scaffold import scaffold_files, shared_docs

ROOT = Path(__file__).parents[2]
START = ROOT / "plugins/postmortems/start"


def test_patterns_and_templates_are_those_of_this_repository() -> None:
    ours = {f"{path.parent.name}/{path.name}" for path in (ROOT / "docs/patterns").glob("*.md")} | {
        f"templates/{path.name}" for path in (ROOT / "docs/templates").iterdir()
    }
    assert shared_docs().keys() == ours
    for path, text in shared_docs().items():
        links = r"\]\([^)]*\)"
        assert re.sub(links, "", text) == re.sub(links, "", (ROOT / "docs" / path).read_text("utf-8"))


def test_no_link_of_them_leads_to_a_postmortem_that_a_new_collection_lacks() -> None:
    for path, text in shared_docs().items():
        for target in re.findall(r"\]\(([^)#\s]+)", text):
            beside = f"{path.partition('/')[0]}/{target}"
            assert target.startswith(("https://", "http://")) or beside in shared_docs(), (path, target)


def test_each_incident_has_its_report() -> None:
    """Written anew with: for each postmortem a line, its id and the first address under `sources`."""
    lines = []
    for path in sorted((ROOT / "docs/postmortems").glob("*/*/postmortem.md")):
        front = yaml.safe_load(path.read_text("utf-8").split("---\n")[1])
        lines.append(f"{path.parent.parent.name}/{path.parent.name} {front['sources'][0]}")
    assert (START / "reports.txt").read_text("utf-8").splitlines() == lines


def test_the_hooks_of_a_new_folder_are_those_that_we_offer() -> None:
    (repository,) = yaml.safe_load(scaffold_files("site", Values())[".pre-commit-config.yaml"])["repos"]
    offered = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
    for hook in repository["hooks"]:
        expected = {key: value for key, value in offered[hook["id"]].items() if key != "description"}
        assert hook == expected | {"language": "system"}


def test_the_configuration_of_a_new_folder_looks_like_ours() -> None:
    """Save for the name, the plugin's options and the guide."""
    (new, ours) = (
        yaml.safe_load(text)
        for text in (
            scaffold_files("site", Values())["mkdocs.yml"],
            (ROOT / "mkdocs.yml").read_text("utf-8"),
        )
    )
    for key in ("theme", "markdown_extensions", "validation"):
        assert new[key] == ours[key]
    assert new["nav"][:-1] == ours["nav"][:-1]


@pytest.mark.parametrize("part", ["site", "github", "gitlab", "record"])
def test_a_placeholder_without_a_value_is_an_error(part: str) -> None:
    texts = "".join(path.read_text("utf-8") for path in (START / "scaffold" / part).rglob("*") if path.is_file())
    if "@@" in texts:
        with pytest.raises(KeyError):
            scaffold_files(part, {})
    else:
        assert scaffold_files(part, {})


def test_a_wheel_carries_all_of_it(tmp_path: Path) -> None:
    from zipfile import ZipFile

    done = run_other(ROOT, "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path))
    assert done.returncode == 0, done.stderr
    (wheel,) = tmp_path.glob("*.whl")
    names = set(ZipFile(wheel).namelist())
    ours = {path.relative_to(ROOT / "plugins").as_posix() for path in (START / "scaffold").rglob("*") if path.is_file()}
    assert ours | {"postmortems/start/reports.txt"} <= names
    assert {f"postmortems/start/shared/{path}" for path in shared_docs()} <= names
    assert {f"postmortems/read/templates/{language}.md" for language in Language} <= names


class Values(dict[str, str]):
    """A value for each placeholder."""

    def __missing__(self, key: str) -> str:
        return f'"{key}"'
