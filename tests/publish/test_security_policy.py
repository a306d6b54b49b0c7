"""`csp.txt`: the policy of a build, which lets the theme's own scripts run and nothing that came in with a text."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

from postmortems.render.security_policy import hashes_in, inline_scripts, script_hash

Run = Callable[..., subprocess.CompletedProcess[str]]
Write = Callable[[dict[str, str | bytes]], Path]


def policy_of(folder: Path) -> str:
    return (folder / "site" / "csp.txt").read_text("utf-8")


def test_a_build_names_every_inline_script_of_the_theme_at_every_depth(write: Write, run_in: Run) -> None:
    folder = write({})
    assert run_in(folder, "mkdocs", "build", "-q").returncode == 0
    scripts = {text for path in (folder / "site").rglob("*.html") for text in inline_scripts(path.read_text("utf-8"))}
    assert any('new URL(".",' in text for text in scripts)
    assert any('new URL("../../..",' in text for text in scripts)
    assert any('new URL("/",' in text for text in scripts)  # 404.html
    assert hashes_in(policy_of(folder)) == {script_hash(text) for text in scripts}
    assert policy_of(folder).count("\n") == 1


def test_a_script_in_a_text_gets_no_leave_to_run(write: Write, run_in: Run) -> None:
    folder = write({"docs/guide/notes.md": "# Notes\n\n<script>document.title = 'taken'</script>\n"})
    assert run_in(folder, "mkdocs", "build", "-q").returncode == 0
    assert "document.title = 'taken'" in (folder / "site/guide/notes/index.html").read_text("utf-8")
    assert script_hash("document.title = 'taken'") not in policy_of(folder)
    assert len(hashes_in(policy_of(folder))) >= 5


def test_a_dirty_build_that_has_seen_few_pages_keeps_the_others_scripts(write: Write, run_in: Run) -> None:
    folder = write({})
    assert run_in(folder, "mkdocs", "build", "-q").returncode == 0
    whole = hashes_in(policy_of(folder))
    assert run_in(folder, "mkdocs", "build", "-q", "--dirty").returncode == 0
    assert hashes_in(policy_of(folder)) == whole
    policy = folder / "site" / "csp.txt"
    policy.unlink()
    assert run_in(folder, "mkdocs", "build", "-q", "--dirty").returncode == 0
    assert policy.is_file()
