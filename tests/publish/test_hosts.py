"""What the plugin needs of MkDocs, its theme and its settings, whoever has chosen them."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from tempfile import gettempdir

import pytest
from tests.conftest import MKDOCS_YML
from tests.publish.built_site import Built

Run = Callable[..., subprocess.CompletedProcess[str]]
Write = Callable[[dict[str, str | bytes]], Path]

THEME = "theme:\n  name: material\n  font: false\n"
assert THEME in MKDOCS_YML


@pytest.mark.parametrize(
    ("theme", "named"),
    [
        ("theme: readthedocs\n", 'the theme "readthedocs"'),
        ("theme: {name: mkdocs}\n", 'the theme "mkdocs"'),
        ("", 'the theme "mkdocs", the default of MkDocs,'),
        ("theme: {name: null, custom_dir: ours}\n", "ours"),
    ],
)
def test_another_theme_is_one_error_and_leaves_the_old_site(theme: str, named: str, write: Write, run_in: Run) -> None:
    folder = write({
        "mkdocs.yml": MKDOCS_YML.replace(THEME, theme),
        "ours/main.html": "{{ page.content }}",
        "site/old.html": "old",
    })  # fmt: skip
    done = run_in(folder, "mkdocs", "build")
    assert done.returncode == 1
    assert named in done.stderr
    assert done.stderr.count("is not built on Material for MkDocs, which the pages need") == 1
    assert "Traceback" not in done.stderr
    assert [path.name for path in (folder / "site").iterdir()] == ["old.html"]


def test_a_theme_that_is_built_on_material_will_do(write: Write, run_in: Run) -> None:
    theme = "theme: {name: material, custom_dir: ours}\n"
    folder = write({
        "mkdocs.yml": MKDOCS_YML.replace(THEME, theme),
        "ours/main.html": '{% extends "base.html" %}{% block announce %}Freeze on Friday{% endblock %}',
    })  # fmt: skip
    done = run_in(folder, "mkdocs", "build", "--strict")
    assert done.returncode == 0, done.stderr
    assert "Deprecat" not in done.stderr
    assert "Freeze on Friday" in (folder / "site/postmortems/2026/01-checkout/index.html").read_text("utf-8")


@pytest.mark.parametrize("plugins", ["", "  - offline\n"], ids=["set by the user", "set by a plugin"])
def test_links_follow_the_addresses_that_the_site_has_in_the_end(plugins: str, write: Write, run_in: Run) -> None:
    own = "" if plugins else "use_directory_urls: false\n"
    folder = write({"mkdocs.yml": MKDOCS_YML.replace("  - postmortems\n", f"  - postmortems\n{plugins}") + own})
    done = run_in(folder, "mkdocs", "build", "--strict")
    assert done.returncode == 0, done.stderr
    site = Built(folder / "site")
    assert "patterns/database-issues.html" in site.pages
    assert list(site.broken()) == []


@pytest.mark.parametrize(("features", "hidden"), [("[navigation.tabs]", True), ("[]", False)])
def test_the_sidebar_is_there_where_no_tabs_are(features: str, hidden: bool, write: Write, run_in: Run) -> None:
    folder = write({"mkdocs.yml": MKDOCS_YML.replace("  font: false\n", f"  font: false\n  features: {features}\n")})
    run_in(folder, "mkdocs", "build")
    for page in ("postmortems/2026/01-checkout", "services/checkout", "postmortems", "metrics"):
        html = (folder / "site" / page / "index.html").read_text("utf-8")
        sidebar = html[html.index('data-md-type="navigation"') :].partition(">")[0]
        assert ("hidden" in sidebar) == hidden, page
        assert 'href="../../../services/"' in html or hidden or page.count("/") < 2


HOOK = """\
from pathlib import Path
from mkdocs.plugins import event_priority

def on_files(files, config):
    for file in files:
        assert Path(file.abs_src_path).is_file(), file.src_uri
        assert file.generated_by is None or not Path(file.abs_src_path).is_relative_to(config.docs_dir), file.src_uri
    return files

def on_env(env, config, files):
    folders = {Path(file.abs_src_path) for file in files if file.generated_by}
    Path(config.config_file_path).with_name("folders.txt").write_text("\\n".join(map(str, folders)))

@event_priority(-100)
def on_page_context(context, page, config, nav):
    # As a plugin does that prints all pages into one.
    context["page"] = page
    template = page.meta.get("template", "main.html")
    assert "</html>" in config.theme.get_env().get_template(template).render(context)
    return context
"""


def test_other_plugins_find_a_source_for_every_file_and_can_render_every_page(write: Write, run_in: Run) -> None:
    folder = write({"mkdocs.yml": MKDOCS_YML + "hooks: [hook.py]\n", "hook.py": HOOK})
    done = run_in(folder, "mkdocs", "build", "--strict")
    assert done.returncode == 0, done.stderr
    found = [Path(line) for line in (folder / "folders.txt").read_text().splitlines()]
    temporary = Path(gettempdir())
    ours = {temporary / path.relative_to(temporary).parts[0] for path in found if path.name == "index.md"}
    assert len(ours) == 1
    assert not ours.pop().exists()
    assert not any(path.name in ("services", "metrics") for path in (folder / "docs").rglob("*"))


NAV = """\
nav:
  - Home: index.md
  - Incidents: postmortems/index.md
  - Patterns:
      - patterns/index.md
"""


@pytest.mark.parametrize(
    ("settings", "lines"),
    [
        (NAV, ["- Services: services/index.md", "- Actions: actions/index.md", "- Metrics: metrics/index.md"]),
        (NAV + "not_in_nav: |\n  /metrics/\n  /actions/\n", ["- Services: services/index.md"]),
        (NAV + "  - services/index.md\n  - actions/index.md\n  - Figures: metrics/index.md\n", []),
        ("", []),
    ],
    ids=["three are missing", "two are meant to be", "none is missing", "MkDocs makes the navigation"],
)
def test_a_navigation_without_our_pages_is_one_warning(
    settings: str, lines: list[str], write: Write, run_in: Run
) -> None:
    done = run_in(write({"mkdocs.yml": MKDOCS_YML + settings}), "mkdocs", "build", "--strict")
    said = done.stderr[done.stderr.find("WARNING") :] if "WARNING" in done.stderr else ""
    assert done.stderr.count("WARNING") == bool(lines)
    assert [line.strip() for line in said.splitlines() if line.startswith("    - ")] == lines
    assert done.returncode == bool(lines)


def test_a_navigation_need_not_name_each_pattern(write: Write, run_in: Run) -> None:
    done = run_in(write({"mkdocs.yml": MKDOCS_YML + NAV}), "mkdocs", "build")
    assert done.returncode == 0, done.stderr
    assert 'not included in the "nav"' not in done.stderr
    assert "database-issues" not in done.stderr


TWICE = """\
from mkdocs import utils
from mkdocs.commands.build import build

again = []

def on_post_build(config):
    # As the plugin for languages does, for the second one.
    if not again:
        again.append(True)
        config.theme["language"] = "de"
        utils.clean_directory = lambda folder: None
        build(config)
"""


def test_generated_pages_are_those_of_the_first_of_several_builds(write: Write, run_in: Run) -> None:
    folder = write({"mkdocs.yml": MKDOCS_YML + "hooks: [twice.py]\n", "twice.py": TWICE})
    done = run_in(folder, "mkdocs", "build")
    assert done.returncode == 0, done.stderr
    language = '<html lang="{}"'.format
    assert language("de") in (folder / "site/patterns/database-issues/index.html").read_text("utf-8")
    assert language("en") in (folder / "site/services/index.html").read_text("utf-8")
    assert "script-src 'self' 'sha256-" in (folder / "site/csp.txt").read_text("utf-8")
