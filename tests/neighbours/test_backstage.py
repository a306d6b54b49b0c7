"""A site in Backstage, from the example's files to what the reader shows of its pages."""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.commands import ROOT, run
from tests.conftest import PATTERN, POSTMORTEM, POSTMORTEM_PATH
from tests.neighbours.backstage import Reader, prepare
from tests.neighbours.environment import checkout, python_of
from tests.sites import made_once

EXAMPLE = ROOT / "examples/backstage"
FILES = sorted(path.name for path in EXAMPLE.iterdir())
APP: dict[str, Any] = yaml.safe_load((EXAMPLE / "app-config.yaml").read_text("utf-8"))
INCIDENT = "postmortems/2026/01-checkout/index.html"


def app(**mkdocs: Any) -> dict[str, Any]:
    return {"techdocs": {"generator": {"mkdocs": mkdocs}}}


ALLOWED = {"dangerouslyAllowAdditionalPlugins": ["postmortems"]}
SITES: dict[str, tuple[str, dict[str, Any]]] = {
    "the example": ((EXAMPLE / "mkdocs.yml").read_text("utf-8"), APP),
    "without techdocs-core": ("site_name: K\nplugins: [postmortems]\n", app(**ALLOWED)),
    "a mapping": ("site_name: K\nplugins: {postmortems: {}, techdocs-core: {}}\n", app(**ALLOWED)),
    "without plugins": ("site_name: K\n", app(defaultPlugins=["postmortems"])),
    "without fonts": (
        "site_name: K\nplugins: [techdocs-core, postmortems]\n",
        app(**ALLOWED, disableExternalFonts=True),
    ),
    "settings that are removed": (
        "site_name: K\nplugins: [techdocs-core, postmortems]\nhooks: [hook.py]\nextra_javascript: [x.js]\n"
        "theme: {name: material, custom_dir: layouts}\nmarkdown_extensions: [admonition, no_such_extension]\n",
        app(**ALLOWED),
    ),
}


@pytest.fixture(scope="session")
def generated(shared: Path) -> Callable[[str], Path]:
    """Generate one of `SITES` as Backstage does: what it downloaded has no history, and its container no git."""
    path = checkout(shared)

    def once(name: str) -> Path:
        def make(folder: Path) -> None:
            text, settings = SITES[name]
            pages = {"index.md": "# Home\n", "patterns/database-issues.md": PATTERN}
            for file, content in {
                POSTMORTEM_PATH: POSTMORTEM,
                **{f"docs/{page}": page_text for page, page_text in pages.items()},
            }.items():
                (folder / file).parent.mkdir(parents=True, exist_ok=True)
                (folder / file).write_text(content, "utf-8")
            python, config = python_of("techdocs"), folder / "mkdocs.yml"
            config.write_text(text, "utf-8")
            prepare(config, settings)
            command = ("mkdocs", "build", "-f", "mkdocs.yml", "-d", str(folder / "output"))
            done = run(folder, *command, python=python, path=path, PATH=str(Path(python).parent))
            assert done.returncode == 0, done.stdout + done.stderr
            assert [line for line in done.stderr.splitlines() if line.startswith(("WARNING -", "ERROR -"))] == []

        return made_once(shared / f"backstage-{list(SITES).index(name)}", make) / "output"

    return once


@pytest.mark.parametrize("name", SITES)
def test_the_generator_makes_the_site(name: str, generated: Callable[[str], Path]) -> None:
    site = generated(name)
    assert "pm-chart" in (site / INCIDENT).read_text("utf-8")
    assert (site / "techdocs_metadata.json").is_file()
    index = (site / "search/search_index.json").read_text("utf-8")  # which Backstage's search reads
    assert '"location":"postmortems/2026/01-checkout/"' in index.replace('": "', '":"')


def test_the_generator_removes_a_plugin_that_backstage_does_not_allow(tmp_path: Path) -> None:
    config = tmp_path / "mkdocs.yml"
    shutil.copyfile(EXAMPLE / "mkdocs.yml", config)
    prepare(config, app())
    assert yaml.safe_load(config.read_text("utf-8"))["plugins"] == ["techdocs-core"]


def test_the_reader_keeps_the_style_sheet_and_all_but_scripts(generated: Callable[[str], Path]) -> None:
    found = {path: Reader(path.read_text("utf-8")) for path in sorted(generated("the example").rglob("*.html"))}
    ours = {path: [sheet for sheet in page.sheets if "assets/postmortems/" in sheet] for path, page in found.items()}
    assert [path for path, sheets in ours.items() if len(sheets) != 1] == []
    assert set().union(*(page.dropped for page in found.values())) == {"script", "noscript"}


def test_every_shape_of_a_chart_has_its_colour_without_a_style_sheet(generated: Callable[[str], Path]) -> None:
    found = [Reader(path.read_text("utf-8")) for path in sorted(generated("the example").rglob("*.html"))]
    assert sum(page.shapes for page in found) > 100
    assert [shape for page in found for shape in page.unpainted] == []


def test_the_parts_of_the_example_fit_each_other() -> None:
    entity = yaml.safe_load((EXAMPLE / "catalog-info.yaml").read_text("utf-8"))
    assert (entity["apiVersion"], entity["kind"]) == ("backstage.io/v1alpha1", "Component")
    assert entity["metadata"]["annotations"]["backstage.io/techdocs-ref"] == "dir:."
    assert {"type", "lifecycle", "owner"} <= entity["spec"].keys()
    assert "theme" not in yaml.safe_load((EXAMPLE / "mkdocs.yml").read_text("utf-8"))
    image = APP["techdocs"]["generator"]["dockerImage"]
    assert f"docker build -t {image} " in (ROOT / "docs/guide/hosts.md").read_text("utf-8")


def test_the_image_starts_mkdocs_with_what_is_proved_to_go_together() -> None:
    base, install, start = (EXAMPLE / "Dockerfile").read_text("utf-8").splitlines()
    assert base.startswith("FROM python:3.")
    assert start == 'ENTRYPOINT ["mkdocs"]'
    listed = [
        line for line in (ROOT / "tests/neighbours/techdocs.in").read_text("utf-8").splitlines() if line[0] != "#"
    ]
    wanted = [word for word in shlex.split(install)[3:] if not word.startswith("--")]
    assert wanted == [*listed, "mkdocs-postmortems"]


@pytest.mark.parametrize("name", FILES)
def test_the_guide_shows_each_file_of_the_example(name: str) -> None:
    text = (EXAMPLE / name).read_text("utf-8")
    assert f' title="{name}"\n{text}```' in (ROOT / "docs/guide/hosts.md").read_text("utf-8")
