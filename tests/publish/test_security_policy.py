"""`csp.txt`: the policy of a build, which lets the theme's own scripts run and nothing that came in with a text."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from postmortems.publish.security_policy import inline_scripts, script_hash

Run = Callable[..., subprocess.CompletedProcess[str]]
Write = Callable[[dict[str, str | bytes]], Path]


CONFIG = "site_name: x\ntheme: {name: material, font: false}\nplugins: [postmortems]\n"


def policy_of(folder: Path) -> str:
    return (folder / "site" / "csp.txt").read_text("utf-8")


def hashes_in(policy: str) -> set[str]:
    return {source for source in policy.replace(";", " ").split() if source.startswith("'sha256-")}


def test_a_build_names_every_inline_script_of_the_theme_at_every_depth(write: Write, run_in: Run) -> None:
    folder = write({})
    assert run_in(folder, "mkdocs", "build", "-q").returncode == 0
    scripts = {text for path in (folder / "site").rglob("*.html") for text in inline_scripts(path.read_text("utf-8"))}
    assert any('new URL(".",' in text for text in scripts)
    assert any('new URL("../../..",' in text for text in scripts)
    assert any('new URL("/",' in text for text in scripts)  # 404.html
    assert {script_hash(text) for text in scripts} == hashes_in(policy_of(folder))
    assert policy_of(folder).count("\n") == 1


@pytest.mark.parametrize("active_html", ["true", "false"])
def test_a_script_in_a_text_or_a_title_gets_no_leave_to_run(active_html: str, write: Write, run_in: Run) -> None:
    config = CONFIG.replace(
        "[postmortems]", f"[{{postmortems: {{active_html: {active_html}, levels: {{PM705: off}}}}}}]"
    )
    text = "---\ntitle: \"</title><script>document.title = 'title'</script>\"\n---\n"
    text += "# Notes\n\n<script>document.title = 'text'</script>\n"
    folder = write({"mkdocs.yml": config, "docs/guide/notes.md": text})
    assert run_in(folder, "mkdocs", "build", "-q").returncode == 0
    html = (folder / "site/guide/notes/index.html").read_text("utf-8")
    assert ("<script>document.title = 'text'</script>" in html) is (active_html == "true")
    for words in ("text", "title"):
        assert script_hash(f"document.title = '{words}'") not in policy_of(folder)
    assert len(hashes_in(policy_of(folder))) >= 5


def test_a_script_of_another_plugin_gets_no_leave_and_that_of_a_teams_own_layout_does(
    write: Write, run_in: Run
) -> None:
    config = CONFIG.replace("name: material", "name: material, custom_dir: ours") + "hooks: [hook.py]\n"
    hook = "def on_post_page(output, page, config):\n    return output.replace('</body>', '<script>hook()</script></body>')\n"
    layout = "{% extends 'base.html' %}{% block scripts %}{{ super() }}<script>ours()</script>{% endblock %}"
    folder = write({"mkdocs.yml": config, "hook.py": hook, "ours/main.html": layout})
    assert run_in(folder, "mkdocs", "build", "-q").returncode == 0
    assert "<script>hook()</script>" in (folder / "site/index.html").read_text("utf-8")
    assert script_hash("hook()") not in policy_of(folder)
    assert script_hash("ours()") in policy_of(folder)


def test_a_dirty_build_writes_the_same_policy(write: Write, run_in: Run) -> None:
    folder = write({})
    assert run_in(folder, "mkdocs", "build", "-q").returncode == 0
    whole = policy_of(folder)
    assert run_in(folder, "mkdocs", "build", "-q", "--dirty").returncode == 0
    assert policy_of(folder) == whole


def test_scripts_come_from_the_themes_folders_where_the_sites_address_is_known(write: Write, run_in: Run) -> None:
    more = (
        "site_url: https://example.org/team a/incidents\nextra_javascript: [js/own.js, https://cdn.example.org/x.js]\n"
    )
    folder = write({"mkdocs.yml": CONFIG + more, "docs/js/own.js": ""})
    assert run_in(folder, "mkdocs", "build", "-q").returncode == 0
    root = "example.org/team%20a/incidents"
    sources = f"{root}/assets/javascripts/ {root}/assets/postmortems/ {root}/js/own.js 'sha256-"
    assert f"; script-src {sources}" in policy_of(folder)
