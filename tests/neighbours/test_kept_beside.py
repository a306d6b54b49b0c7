"""Beside plugins of others a build leaves in the site's folder just what a whole one would, and touches no more."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.commands import ENVIRONMENT, ROOT, run
from tests.conftest import MKDOCS_YML, PATTERN, POSTMORTEM, POSTMORTEM_PATH
from tests.neighbours.environment import checkout, python_of

PAGE = "postmortems/2026/01-checkout/index.html"
REDIRECTS = "redirects: {redirect_maps: {'old.md': 'metrics/index.md'}}"
FILES = {
    "docs/index.md": "# Home\n\nSee [one](postmortems/2026/01-checkout/postmortem.md).\n",
    "docs/tags.md": "# Tags\n\n<!-- material/tags -->\n",
    "docs/blog/index.md": "# Blog\n",
    "docs/blog/posts/one.md": "---\ndate: 2026-03-01\n---\n# Post\n\nText\n",
    "docs/patterns/database-issues.md": PATTERN,
    POSTMORTEM_PATH: POSTMORTEM,
    "docs/postmortems/2026/02-cart/postmortem.md": POSTMORTEM.replace("2026-03-", "2026-04-"),
}


def write(folder: Path, plugins: str, *, incremental: bool) -> None:
    """The site of two incidents beside some plugins, in a repository of its own."""
    ours = f"postmortems: {{incremental: {str(incremental).lower()}, levels: {{undeclared-repeat: off}}}}"
    lines = "".join(f"  - {plugin}\n" for plugin in (ours, *plugins.split("; ")))
    for name, text in {**FILES, "mkdocs.yml": MKDOCS_YML.replace("  - postmortems\n", lines)}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    when = "2026-05-01T10:00:00Z"
    for command in ("init -q", "add .", "-c user.name=Ada -c user.email=ada@kb.example commit -qm First"):
        environment = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
        subprocess.run(["git", *command.split()], cwd=folder, check=True, env=environment)


def contents(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


@pytest.mark.large
@pytest.mark.parametrize(
    ("plugins", "is_kept"),
    [
        (f"awesome-nav; {REDIRECTS}; exclude-search: {{exclude: ['tags.md']}}", True),
        ("tags; blog; git-revision-date-localized; include-markdown; macros; roamlinks", True),
        ("glightbox; minify: {minify_html: true}; section-index; git-authors", True),
        ("print-site; literate-nav", False),
    ],
)
def test_the_site_is_the_same_and_what_has_not_changed_stays(
    plugins: str, is_kept: bool, tmp_path: Path, shared: Path
) -> None:
    python, path = python_of("together"), checkout(shared)
    kept, whole = tmp_path / "kept", tmp_path / "whole"

    def differences() -> list[str]:
        found = []
        for folder in (kept, whole):
            done = run(folder, "mkdocs", "build", "-q", python=python, path=path)
            assert done.returncode == 0, done.stdout + done.stderr
            found.append(contents(folder / "site"))
        return sorted(name for name in {*found[0], *found[1]} if found[0].get(name) != found[1].get(name))

    for folder in (kept, whole):
        write(folder, plugins, incremental=folder == kept)
    assert differences() == []
    before = (kept / "site" / PAGE).stat().st_mtime_ns
    assert differences() == []
    assert ((kept / "site" / PAGE).stat().st_mtime_ns == before) == is_kept
    for folder in (kept, whole):
        (folder / POSTMORTEM_PATH).write_text(POSTMORTEM.replace("Checkout times out", "Checkout is slow"), "utf-8")
        shutil.rmtree(folder / "docs/postmortems/2026/02-cart")
    assert differences() == []
    assert "Checkout is slow" in (kept / "site" / PAGE).read_text("utf-8")


@pytest.mark.large
def test_a_preview_makes_what_an_edit_changes(tmp_path: Path, shared: Path) -> None:
    plugins = ("awesome-nav", REDIRECTS, "glightbox", "exclude: {glob: ['x/*']}", "meta",
               "exclude-search: {exclude: ['tags.md']}")  # fmt: skip
    ours = "postmortems: {incremental: INCREMENTAL, search: material, levels: {undeclared-repeat: off}}"
    lines = "".join(f"  - {plugin}\n" for plugin in (*plugins, ours))
    files = {**FILES, "docs/.nav.yml": "append_unmatched: true\n", "docs/runbook.md": "# Runbook\n\nStay calm.\n",
             "mkdocs.yml": MKDOCS_YML.replace("  - postmortems\n", lines)}  # fmt: skip
    edits = (
        (POSTMORTEM_PATH, "## Timeline", "More.\n\n## Timeline"),
        (POSTMORTEM_PATH, "Checkout times out", "Checkout is slow"),
        ("docs/runbook.md", "Stay calm.", "Breathe."),
        ("docs/runbook.md", "# Runbook", "# What to do"),
        ("docs/.nav.yml", "append_unmatched: true", "append_unmatched: true\nsort: {direction: desc}"),
    )
    environment = {**os.environ, **ENVIRONMENT, "PYTHONPATH": f"{checkout(shared)}:{ROOT}",
                   "POSTMORTEMS_CACHE": str(tmp_path / "cache")}  # fmt: skip
    done = subprocess.run(
        [python_of("together"), "-m", "tests.publish.edited_preview", str(tmp_path / "twins")], env=environment,
        input=json.dumps([files, edits]), capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert [json.loads(line) for line in done.stdout.splitlines()] == [[False, []]] * 3 + [[True, []]] * 2
