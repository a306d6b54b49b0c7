"""A generated page without Markdown is what MkDocs would make of it, and only where no extension could tell."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from markdown.extensions import Extension
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from postmortems.publish import host
from postmortems.publish.blank_pages import BlankPages
from postmortems.render.authored.authored_blocks import AuthoredBlocks

RENDERED = ("content", "present_anchor_ids", "links_to_anchors", "_title_from_render")


@pytest.fixture
def config(tmp_path: Path) -> MkDocsConfig:
    docs = tmp_path / "docs"
    docs.mkdir()
    tmp_path.joinpath("mkdocs.yml").write_text("site_name: x\nplugins: []\n", "utf-8")
    loaded = load_config(str(tmp_path / "mkdocs.yml"))
    loaded.plugins._current_plugin = None
    return loaded


def page_of(config: MkDocsConfig, markdown: str, by: str | None = host.NAME) -> Page:
    file = File.generated(config, "exercises/index.md", content="")
    file.generated_by = by
    page = Page(None, file, config)
    page.markdown = markdown
    return page


def rendered(page: Page, config: MkDocsConfig) -> list[Any]:
    page.render(config, Files([]))
    return [[item.id for item in page.toc], *(str(getattr(page, name)) for name in RENDERED)]


@pytest.mark.parametrize("markdown", ["", " \n\n", "# Title\n\n## Part\n\n[on](#part)\n", "Words.\n"])
@pytest.mark.parametrize("by", [host.NAME, None])
def test_the_page_is_what_mkdocs_makes_of_it(config: MkDocsConfig, markdown: str, by: str | None) -> None:
    extension = AuthoredBlocks()
    host.add_extension(config, extension)
    page = page_of(config, markdown, by)
    BlankPages(config, extension).take_over(page)
    page.markdown = markdown  # as another plugin may set it
    expected = rendered(page_of(config, markdown), config)
    assert rendered(page, config) == expected
    assert extension.cleaned_once(page.content or "") is page.content


class Counting(Extension):
    def __init__(self) -> None:
        super().__init__()
        self.loaded = 0

    def extendMarkdown(self, md: Any) -> None:  # noqa: N802 - the host's name
        self.loaded += 1


def test_an_extension_that_is_not_known_is_loaded_for_each_page(config: MkDocsConfig) -> None:
    ours, other = AuthoredBlocks(), Counting()
    config.markdown_extensions.append(other)  # type: ignore[arg-type]
    blank = BlankPages(config, ours)
    for _ in range(2):
        page = page_of(config, "")
        blank.take_over(page)
        page.render(config, Files([]))
    assert other.loaded == 2
