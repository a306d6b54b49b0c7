"""The content of pages that are on disk is what it was, whoever reads and changes it in whatever order."""

from __future__ import annotations

import copy
import gc

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page

from postmortems.publish.contents_on_disk import ContentsOnDisk

LONG = "<p>10:00 → 11:00</p>" * 1000


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> MkDocsConfig:
    folder = tmp_path_factory.mktemp("site")
    (folder / "docs").mkdir()
    (folder / "mkdocs.yml").write_text("site_name: x\nplugins: []\n", "utf-8")
    return load_config(str(folder / "mkdocs.yml"))


def pages_of(config: MkDocsConfig, count: int = 3) -> list[Page]:
    files = [File(f"{number}.md", config.docs_dir, config.site_dir, True) for number in range(count)]
    pages = [Page(f"Page {number}", file, config) for number, file in enumerate(files)]
    contents = ContentsOnDisk()
    for page in pages:
        contents.take_over(page)
    return pages


def test_only_the_last_content_is_in_memory(config: MkDocsConfig) -> None:
    pages = pages_of(config)
    for page in pages:
        page.content = f"{LONG}{page.title}"
    gc.collect()
    assert [isinstance(vars(page)["content"], str) for page in pages] == [False, False, True]
    assert [page.content for page in pages] == [f"{LONG}Page {number}" for number in range(3)]


TEXTS = st.one_of(
    st.none(),
    st.just(""),
    st.text(max_size=20),
    st.text(st.characters(exclude_categories=()), min_size=400, max_size=600),
)


@given(st.lists(st.tuples(st.integers(0, 2), st.one_of(st.just("read"), TEXTS)), max_size=30))
def test_any_order_of_reading_and_writing(config: MkDocsConfig, steps: list[tuple[int, str | None]]) -> None:
    pages, expected = pages_of(config), [None] * 3
    for number, text in steps:
        if text != "read":
            pages[number].content = expected[number] = text  # type: ignore[assignment, call-overload]
        assert pages[number].content == expected[number]
    assert [page.content for page in pages] == expected


def test_what_is_more_than_a_text_stays_as_it_is(config: MkDocsConfig) -> None:
    one, other, _ = pages_of(config)
    one.content = Markup(LONG)
    other.content = LONG
    assert isinstance(one.content, Markup)


def test_a_copy_and_an_equal_page(config: MkDocsConfig) -> None:
    one, other, _ = pages_of(config)
    one.content = other.content = LONG
    twin = copy.copy(one)
    plain = Page(one.title, one.file, config)
    assert twin == one == plain == one != other
    assert twin.content == LONG
    twin.content = "changed"
    assert one.content == LONG


def test_a_page_of_another_class_is_left_alone(config: MkDocsConfig) -> None:
    class Post(Page):
        pass

    post = Post("Post", File("post.md", config.docs_dir, config.site_dir, True), config)
    ContentsOnDisk().take_over(post)
    assert type(post) is Post
