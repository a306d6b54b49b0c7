"""Pages that an earlier build has read: which of them are read again, and when."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.structure.pages import Page
from tests.publish.knowledge_base import FILES, FIRST, SECOND
from tests.publish.random_changes import edited
from tests.publish.twins import MKDOCS_YML, Twins

Built = Callable[[], set[str]]

FIRST_PAGE, SECOND_PAGE = "postmortems/2026/01-checkout/postmortem.md", "postmortems/2026/02-cart/postmortem.md"
NEVER_KEPT = {
    "index.md",
    "other/deep/page.md",
    "patterns/database-issues.md",
    "patterns/lost-leader.md",
    "runbook.md",
}
"""The pages of authors that are no postmortems, which are few in any site."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "base"
    for name, text in {**FILES, "mkdocs.yml": MKDOCS_YML.replace("INCREMENTAL", "true").replace("OPTIONS", "")}.items():
        path = found / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(str(text), "utf-8")
    return found


@pytest.fixture
def built(folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Built:
    """A build, which gives the sources of the pages that were read in it, without those of the guide, which are written
    and not made."""
    monkeypatch.setenv("POSTMORTEMS_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795000000")
    found: set[str] = set()
    read = Page.read_source

    def seen(page: Page, config: object) -> None:
        if not page.file.src_uri.startswith("guide/"):
            found.add(page.file.src_uri)
        read(page, config)  # type: ignore[arg-type]

    monkeypatch.setattr(Page, "read_source", seen)

    def once() -> set[str]:
        found.clear()
        config = load_config(str(folder / "mkdocs.yml"))
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
        return {*found}

    return once


def test_only_what_has_changed_is_read(built: Built, folder: Path) -> None:
    whole = built()
    assert {FIRST_PAGE, SECOND_PAGE, "postmortems/index.md", "actions/index.md"} < whole
    assert built() == NEVER_KEPT
    edited(FIRST, "Connections leaked on one error path.", "Connections leaked on *two* error paths.")(folder)
    read = built()
    assert FIRST_PAGE in read
    assert SECOND_PAGE not in read
    assert len(read) < len(whole) / 2
    assert built() == NEVER_KEPT


SETTINGS = (
    ("site_name: Knowledge base", "site_name: Another name"),
    ("  font: false", "  font: false\n  features: [navigation.tabs]"),
    ("theme:", "nav:\n  - Start: index.md\n  - postmortems/index.md\ntheme:"),
    ("theme:", "repo_url: https://example.org/x\nedit_uri: edit/\ntheme:"),
    ("theme:", "use_directory_urls: false\ntheme:"),
    ("- search\n", "- search: {lang: de}\n"),
    ("- search\n", "- search\n  - material/tags\n"),
    ("[attr_list, ", "[attr_list, nl2br, "),
)


@pytest.mark.parametrize(("old", "new"), SETTINGS, ids=[new.strip() for _, new in SETTINGS])
def test_of_other_settings_all_are_read(built: Built, folder: Path, old: str, new: str) -> None:
    whole = built()
    edited("mkdocs.yml", old, new)(folder)
    assert built() == whole


def test_a_page_that_is_linked_to(built: Built, folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    built()
    edited("docs/runbook.md", "## First steps", "## Begin")(folder)
    for _ in range(2):
        caplog.clear()
        assert SECOND_PAGE not in built()
        assert "does not contain an anchor '#first-steps'" in caplog.text
    runbook, moved = folder / "docs/runbook.md", folder / "docs/more/runbook.md"
    moved.parent.mkdir()
    runbook.rename(moved)
    for _ in range(2):
        caplog.clear()
        assert SECOND_PAGE in built()
        assert "the target 'runbook.md' is not found" in caplog.text
    moved.rename(runbook)
    built()
    assert SECOND_PAGE not in built()


@pytest.mark.parametrize("line", ["template: mine.html", "icon: material/fire", "hide: 3"])
def test_a_page_that_needs_files_of_the_theme_or_a_warning_is_read(built: Built, folder: Path, line: str) -> None:
    edited("mkdocs.yml", "  font: false", "  font: false\n  custom_dir: over")(folder)
    edited("mkdocs.yml", "undeclared-repeat: off", "undeclared-repeat: off, invalid-value: warning")(folder)
    (folder / "over").mkdir()
    (folder / "over/mine.html").write_text("{{ page.content }}", "utf-8")
    edited(FIRST, "detected_by:", f"{line}\ndetected_by:")(folder)
    built()
    assert built() == {*NEVER_KEPT, FIRST_PAGE}


def test_a_content_that_is_asked_for_after_all(built: Built, folder: Path) -> None:
    whole = built()
    page = folder / "site/postmortems/2026/01-checkout/index.html"
    before = page.read_text("utf-8")
    page.unlink()
    assert built() == NEVER_KEPT  # in its frame it is kept, too
    assert page.read_text("utf-8") == before
    edited("docs/runbook.md", "# Runbook", "# What to do")(folder)  # which every page shows
    assert built() == whole
    assert before.replace("Runbook", "What to do") == page.read_text("utf-8")


@pytest.mark.large
def test_the_search_has_the_words_of_pages_that_were_not_read(tmp_path: Path) -> None:
    twins = Twins(tmp_path, {**FILES, "mkdocs.yml": MKDOCS_YML.replace("search: material", "search: pagefind")})
    assert twins.build() == []
    for path, old, new in (
        (FIRST, "Connections leaked", "Sockets leaked"),
        ("docs/runbook.md", "Stay calm", "Breathe"),
        (SECOND, "owner: Payments", "owner: Carts"),
        ("docs/patterns/lost-leader.md", "Sessions wait.", "Nobody leads."),
        ("mkdocs.yml", "theme:", "site_url: https://example.org/x/\ntheme:"),
    ):
        twins.change(edited(path, old, new))
        assert twins.build() == [], path
