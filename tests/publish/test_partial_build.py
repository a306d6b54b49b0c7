"""Builds of a preview after an edit: as little as possible is made again, and the site is that of a whole build."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest
from mkdocs.config.defaults import MkDocsConfig
from tests.conftest import SURVEY
from tests.publish.edited_preview import EditedPreview
from tests.publish.knowledge_base import FILES, FIRST, SECOND, told
from tests.publish.random_changes import edited, random_changes
from tests.publish.twins import MKDOCS_YML, Change, Twins
from tests.source_repositories import CARDS, PAYMENTS, REFUNDS, SOURCES
from tests.source_repositories import told as source_told

from postmortems.publish import partial_build
from postmortems.publish.incremental.memo import Memo
from postmortems.publish.incremental.rendering import Rendering
from postmortems.read.store import open_store
from postmortems.render.authored.authored_blocks import AuthoredBlocks

NEW = "docs/postmortems/2026/03-search/postmortem.md"


@pytest.fixture
def previewed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., EditedPreview]]:
    """What begins the preview of a knowledge base, of which some files are others."""
    monkeypatch.setenv("POSTMORTEMS_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(MkDocsConfig.plugins, "plugin_cache", {})
    begun: list[EditedPreview] = []

    def begin(files: Change | None = None, *, options: str = "") -> EditedPreview:
        twins = Twins(tmp_path, FILES, options=options)
        if files:
            twins.change(files)
        begun.append(EditedPreview(twins))
        return begun[-1]

    yield begin
    for preview in begun:
        preview.close()


def edited_both(folder: Path) -> None:
    for path in (FIRST, SECOND):
        edited(path, "## Timeline", "More.\n\n## Timeline")(folder)


def edited_and_new(folder: Path) -> None:
    edited(FIRST, "Checkout times out", "Checkout is slow")(folder)
    (folder / "docs/new.md").write_text("# New\n", "utf-8")


EDITS: Sequence[tuple[str, Change]] = (
    ("prose", edited(FIRST, "Connections leaked on one error path.", "Connections leaked on *two* error paths.")),
    ("a line more", edited(FIRST, "## Timeline", "One line.\n\nAnother.\n\n## Timeline")),
    ("title", edited(FIRST, "Checkout times out", "Checkout is slow")),
    ("summary", edited(SECOND, "Checkout answered slowly", "The cart answered slowly")),
    ("severity", edited(FIRST, "severity: SEV2", "severity: SEV1")),
    ("end", edited(FIRST, "resolved_at: 2026-03-02T16:00:00Z", "resolved_at: 2026-03-02T18:30:00Z")),
    ("action", edited(SECOND, "- [ ] [Payments] Test", "- [x] [Payments] Test")),
    ("repeat", edited(SECOND, "detected_by:", "repeat_of: [2026/01-checkout]\ndetected_by:")),
    ("near miss", edited(SECOND, "severity: SEV2", "severity: SEV2\nkind: near-miss")),
    ("pattern", edited(SECOND, "[database-issues]", "[lost-leader, {pattern: database-issues, role: mitigation}]")),
    ("pattern's prose", edited("docs/patterns/lost-leader.md", "Sessions wait.", "Nobody leads.")),
    ("a section missing", edited(FIRST, "### Contributing Factors", "### Others")),
    ("and back", edited(FIRST, "### Others", "### Contributing Factors")),
    ("a link to nowhere", edited(FIRST, "One line.", "One [line](nowhere.md).")),
    ("and elsewhere", edited(SECOND, "The cart answered slowly", "The cart answered late")),
    ("not found in search", edited(FIRST, "severity: SEV1", "severity: SEV1\nsearch: {exclude: true}")),
    ("found in search", edited(FIRST, "search: {exclude: true}\n", "")),
    ("another page", edited("docs/other/deep/page.md", "Some words", "Other words")),
    ("two at once", edited_both),
    ("nothing but the time", lambda folder: (folder / FIRST).touch()),
)  # fmt: skip

OF_ALL: Sequence[tuple[str, Change]] = (
    ("what an editor keeps", {"docs/postmortems/2026/02-cart/postmortem.md~": "old"}),
    ("title in the navigation", edited("docs/runbook.md", "# Runbook", "# What to do")),
    ("pattern's title", edited("docs/patterns/lost-leader.md", "Lost leader", "No leader")),
    ("front matter broken", edited(FIRST, "severity: SEV2", "severity: SEV2\nseverity: [")),
    ("and whole", edited(FIRST, "severity: [\n", "")),
    ("services", edited(SECOND, "services: [checkout]", "services: [checkout, cart]")),
    ("new", {NEW: told("Search finds nothing", "2026-04-02")}),
    ("removed", {"docs/postmortems/2026/03-search": None}),
    ("data", {"docs/postmortems/2026/02-cart/data.csv": "a,b\n1,3\n"}),
    ("timeline beside", {"docs/postmortems/2026/02-cart/timeline.json":
                         '[{"at": "2026-03-09T14:20:00Z", "event": "Only here"}]'}),
    ("register", {"docs/postmortems/register.yml": "- id: INC-1\n  severity: SEV1\n  postmortem: 2026/01-checkout\n"}),
    ("survey", {"docs/reviews/2026-q1.yml": SURVEY}),
    ("template", {"docs/templates/postmortem-template.md": "---\ntitle: \n---\n\n## Timeline\n"}),
    ("setting", edited("mkdocs.yml", "site_name: Knowledge base", "site_name: Incidents")),
    ("an edit and a new page", edited_and_new),
)  # fmt: skip


def test_a_page_that_no_store_can_keep_is_rendered_again() -> None:
    page: Any = SimpleNamespace(file=SimpleNamespace(src_uri="runbook.md"))
    rendering = Rendering(Memo(None), MkDocsConfig(), AuthoredBlocks(active_html=False, diagrams=False, tooltips=False))
    rendering.take_over(page, b"", is_pattern=False)
    assert rendering.unkept == {"runbook.md"}


@pytest.mark.large
def test_an_edit_of_pages_makes_those_that_show_it(previewed: Callable[..., EditedPreview]) -> None:
    preview = previewed()
    assert {name: preview.edit(change) for name, change in EDITS} == {name: (False, []) for name, _ in EDITS}


@pytest.mark.large
def test_any_other_change_makes_the_whole_site(previewed: Callable[..., EditedPreview]) -> None:
    preview = previewed()
    assert {name: preview.edit(change) for name, change in OF_ALL} == {name: (True, []) for name, _ in OF_ALL}


def test_the_log_tells_of_what_was_edited_and_of_what_is_new(
    previewed: Callable[..., EditedPreview], caplog: pytest.LogCaptureFixture
) -> None:
    preview = previewed(edited(FIRST, "### Contributing Factors", "### Others"))

    def told_of(change: Change) -> set[str]:
        caplog.clear()
        with caplog.at_level(logging.INFO, "mkdocs.plugins.postmortems"):
            assert preview.edit(change)[0] is False
        own = caplog.messages[: next(i for i, told in enumerate(caplog.messages) if "were made again" in told)]
        return {told.partition("/postmortem.md:")[0] for told in own if "PM" in told}

    first, second = (path.removeprefix("docs/").removesuffix("/postmortem.md") for path in (FIRST, SECOND))
    assert told_of(edited(SECOND, "### Contributing Factors", "### Others")) == {second}
    assert told_of(edited(FIRST, "Connections leaked", "Old connections leaked")) == {first}
    assert told_of(edited(SECOND, "### Others", "### Contributing Factors")) == set()


@pytest.mark.parametrize("ends_with", ["the preview", "a whole build"])
def test_what_edits_have_made_is_kept(previewed: Callable[..., EditedPreview], ends_with: str) -> None:
    preview, row = previewed(), f"page {FIRST.removeprefix('docs/')}"

    def kept() -> object:
        with closing(open_store(preview.twins.kept, "serve")) as store:
            return store.kept(row)

    before = kept()
    assert preview.edit(edited(FIRST, "Connections leaked", "Old connections leaked"))[0] is False
    assert kept() == before is not None
    if ends_with == "the preview":
        preview.close()
    else:
        assert preview.edit({"docs/new.md": "# New\n"}) == (True, [])
    assert "Old connections leaked" in str(kept())


@pytest.mark.parametrize(
    "change", [edited(FIRST, "Connections leaked", "Old connections leaked"), {NEW: told("New", "2026-04-02")}]
)
def test_what_is_noticed_right_after_a_build_that_has_seen_it_makes_nothing(
    change: Change, previewed: Callable[..., EditedPreview], monkeypatch: pytest.MonkeyPatch
) -> None:
    preview = previewed()
    monkeypatch.setattr(partial_build, "monotonic", lambda: 100.0)
    preview.edit(change)
    monkeypatch.setattr(partial_build, "monotonic", lambda: 101.5)
    assert preview.edit({}) == (False, [])
    monkeypatch.setattr(partial_build, "monotonic", lambda: 102.5)
    assert preview.edit({}) == (True, [])


@pytest.mark.large
def test_what_an_editor_hides_makes_nothing(previewed: Callable[..., EditedPreview]) -> None:
    preview, steps = (
        previewed(),
        (
            ("swap file", {"docs/postmortems/2026/02-cart/.postmortem.md.swp": "half a word"}),
            ("lock", lambda folder: (folder / "docs/.#index.md").symlink_to("author@host.1:2")),
            ("an edit beside them", edited(FIRST, "## Timeline", "More.\n\n## Timeline")),
            ("swap file gone", {"docs/postmortems/2026/02-cart/.postmortem.md.swp": None}),
        ),
    )
    assert [preview.edit(change) for _, change in steps] == [(False, [])] * 4


@pytest.mark.large
def test_hidden_files_that_the_site_takes_in_make_it_whole(previewed: Callable[..., EditedPreview]) -> None:
    preview = previewed({"mkdocs.yml": MKDOCS_YML + 'exclude_docs: "!.notes"\n'})
    assert preview.edit({"docs/.notes": "Seen."}) == (True, [])


@pytest.mark.large
def test_beside_plugins_that_keep_nothing_of_pages(previewed: Callable[..., EditedPreview]) -> None:
    found = MKDOCS_YML.replace("- search\n", "- search\n  - meta\n")
    preview = previewed({"mkdocs.yml": found, "docs/postmortems/.meta.yml": "search:\n  boost: 2\n"})
    assert preview.edit(edited(FIRST, "Connections leaked", "Sockets leaked")) == (False, [])
    assert preview.edit({"docs/postmortems/.meta.yml": "search:\n  boost: 3\n"}) == (True, [])
    assert preview.edit({"mkdocs.yml": found.replace("- meta\n", "- tags\n")}) == (True, [])
    assert preview.edit(edited(FIRST, "Sockets leaked", "Old sockets leaked")) == (True, [])


CARD_NETWORK = f"{PAYMENTS}/patterns/card-network.md"
NOTES = f"{PAYMENTS}/postmortems/2026/01-cards/notes.md"
HERE = {"docs/postmortems/2026/04-own/postmortem.md": source_told("Own", "2026-06-02", pattern="card-network")}

IN_SOURCES: Sequence[tuple[str, Change]] = (
    ("title", edited(CARDS, "Cards are refused", "Cards are late")),
    ("prose beside links", edited(CARDS, "See the [pattern]", "More: see the [pattern]")),
    ("a link of its own", edited(CARDS, "[other](../02-refunds/postmortem.md)", "[all](../../index.md)")),
    ("severity", edited(REFUNDS, "severity: SEV2", "severity: SEV1")),
    ("repeat", edited(REFUNDS, "repeat_of: 2026/01-cards\n", "")),
    ("a page beside", edited(NOTES, "Some words", "Other words")),
    ("pattern", edited(CARD_NETWORK, "Stop the writes.", "Stop all of them.")),
    ("what the pattern is found by", edited(CARD_NETWORK, "family: database", "family: network")),
    ("one of this site", edited(FIRST, "Checkout times out", "Checkout is slow")),
    ("what an editor keeps", {f"{PAYMENTS}/postmortems/2026/01-cards/.postmortem.md.swp": "half a word"}),
)

IN_SOURCES_OF_ALL: Sequence[tuple[str, Change]] = (
    ("broken front matter", edited(CARDS, "severity: SEV2", "severity: [")),
    ("and whole", edited(CARDS, "severity: [", "severity: SEV3")),
    ("an owner of its own", edited(REFUNDS, "severity: SEV1", "severity: SEV1\nowner: Ledger")),
    ("a pattern that this site has itself", edited(f"{PAYMENTS}/patterns/database-issues.md", "Stop", "End")),
    ("new", {f"{PAYMENTS}/postmortems/2026/03-new/postmortem.md": source_told("New", "2026-07-02")}),
    ("removed", {f"{PAYMENTS}/postmortems/2026/03-new": None}),
    ("a register", {f"{PAYMENTS}/postmortems/register.yml": "- id: INC-1\n  severity: SEV1\n"}),
    ("gone", lambda folder: (folder / "sources").rename(folder / "gone")),
    ("back", lambda folder: (folder / "gone").rename(folder / "sources")),
)


@pytest.mark.large
def test_an_edit_in_another_repository_makes_the_pages_that_show_it(
    previewed: Callable[..., EditedPreview], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (temporary := tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    sources = json.dumps([{"folder": "sources/payments/docs", "name": "payments"}])
    files = {path: text for path, text in SOURCES.items() if path.startswith(PAYMENTS)}
    preview = previewed(files | HERE | {NOTES: "# Notes\n\nSome words.\n"}, options=f", sources: {sources}")
    assert {name: preview.edit(change) for name, change in IN_SOURCES} == {name: (False, []) for name, _ in IN_SOURCES}
    made = {name: preview.edit(change) for name, change in IN_SOURCES_OF_ALL}
    assert made == {name: (True, []) for name, _ in IN_SOURCES_OF_ALL}
    # To look for what was edited writes no file that nobody has asked for.
    assert [*temporary.glob("postmortems-[!i]*")] == []


@pytest.mark.large
@pytest.mark.parametrize("seed", range(2))
def test_after_random_edits_the_site_is_that_of_a_whole_build(
    previewed: Callable[..., EditedPreview], seed: int
) -> None:
    preview, random, made = previewed(), Random(seed), []
    for _ in range(5):
        for name, change in random_changes(random, preview.twins.kept):
            made.append(name)
            assert preview.edit(change)[1] == [], made
