"""Sites of every sort: no link is broken, no id is given twice, nothing in a text is code, and the HTML is valid."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from benchmarks.generate import generate
from tests.browser.odd_site import write_odd_site
from tests.publish.built_site import Built

ROOT = Path(__file__).parents[2]
VNU = "vnu-jar/build/dist/vnu.jar"

CONFIG = """\
site_name: Incidents
theme:
  name: material
  font: false
  features: [navigation.indexes, navigation.tabs]
plugins: [{plugins}]
markdown_extensions: [admonition, attr_list, def_list, md_in_html, tables, toc]
not_in_nav: /postmortems/
"""
WITH = "search, postmortems: {corpus: complete, levels: {undeclared-repeat: off}}"


def build(project: Path, site: Path) -> Path:
    from tests.conftest import run

    done = run(project, "mkdocs", "build", "-q", "-d", str(site))
    assert done.returncode == 0, done.stderr[-3000:]
    return site


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made-up knowledge base; its settings are still to be written."""
    folder = tmp_path_factory.mktemp("made-up")
    generate(folder / "docs", 12, patterns=4, services=5)
    return folder


@pytest.fixture(scope="module")
def complete(made_up: Path) -> Path:
    (made_up / "mkdocs.yml").write_text(CONFIG.format(plugins=WITH), "utf-8")
    return build(made_up, made_up / "with")


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("odd")
    write_odd_site(folder)
    return build(folder, folder / "site")


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(ROOT, tmp_path_factory.mktemp("own") / "site")


@pytest.mark.parametrize("name", ["own", "complete", "odd"])
def test_pages_are_sound(name: str, request: pytest.FixtureRequest) -> None:
    site = Built(request.getfixturevalue(name))
    complaints = [f"broken: {one}" for one in site.broken()]
    for address, page in site.pages.items():
        complaints += [f"{address}: the id {one} twice" for one in page.repeated]
        complaints += [f"{address}: a handler {one}" for one in page.handlers]
        complaints += [f"{address}: a <{one}> in the text" for one in page.code]
        # Markdown's own, for the columns of a table.
        complaints += [f"{address}: {one}" for one in page.styles if not re.fullmatch(r"text-align: \w+;", one)]
        complaints += [f"{address}: no shape {one}" for one in page.shapes if one.removeprefix("#") not in page.ids]
    assert not complaints, "\n".join(complaints[:40])


def kinds_of_errors(jar: Path, site: Path) -> set[str]:
    """What the Nu HTML checker has against a site, without the values that it quotes."""
    command = ["java", "-Xss4m", "-jar", str(jar), "--errors-only", "--format", "json", "--exit-zero-always"]
    done = subprocess.run([*command, "--skip-non-html", str(site)], capture_output=True, encoding="utf-8", check=True)
    return {re.sub("“[^”]*”", "“…”", one["message"]) for one in json.loads(done.stderr)["messages"]}


def test_the_html_checker_finds_nothing_that_it_does_not_find_without_the_plugin(
    made_up: Path, complete: Path, odd: Path, tool: Callable[[str], Path]
) -> None:
    jar = tool(VNU)
    if shutil.which("java") is None:
        pytest.skip("no Java here: `apt-get install default-jre-headless`")
    (made_up / "mkdocs.yml").write_text(CONFIG.format(plugins="search"), "utf-8")
    known = kinds_of_errors(jar, build(made_up, made_up / "without"))
    assert kinds_of_errors(jar, complete) <= known
    assert kinds_of_errors(jar, odd) <= known
