"""The pages of a build one by one: what MkDocs gets to read of each, and what is put around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.publish import gate, host
from postmortems.publish.blank_pages import BlankPages
from postmortems.publish.contents_on_disk import ContentsOnDisk
from postmortems.publish.frame import Frame, Navigations
from postmortems.publish.incremental.kept_pages import KeptPages
from postmortems.publish.page_content import page_content
from postmortems.publish.page_meta import make_meta_safe, pattern_meta, postmortem_meta, safe_text, with_meta
from postmortems.publish.source_links import postmortem_at, with_links_here
from postmortems.publish.titles import Titles, titles_in
from postmortems.render.authored.authored_source import authored_source, without_signs
from postmortems.render.authored.clean_html import with_inert_titles
from postmortems.render.authored.generated_blocks import insert_blocks
from postmortems.render.base.page import Heading
from postmortems.render.pages import template_page

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

    from postmortems.publish.site_builder import SiteBuilder


class PageBuilder:
    """The pages of one build, of which `builder` knows the rest."""

    def __init__(self, builder: SiteBuilder, config: MkDocsConfig) -> None:
        self._builder = builder
        self.titles = Titles(titles_in(config.nav), host.has_tooltips(config))
        self._blank_pages = BlankPages(config, builder.extension)
        self._contents = ContentsOnDisk()
        self.kept = KeptPages(builder, config)
        self._navigations: Navigations = {}
        self._heads: dict[str, tuple[str, str]] = {}

    def begin(self, page: Page, files: Files) -> None:
        """A page that MkDocs is about to read: one that is kept is not read again."""
        if (head := self.kept.restore(page, files)) is not None:
            self._heads[page.file.src_uri] = head
            self._builder.collector.after_page()
            self._contents.take_over(page)

    def source(self, uri: str) -> str | None:
        """The Markdown of a page that we have read ourselves; None for all others.

        MkDocs would take broken front matter for text.
        """
        corpus, extension = self._builder.run.corpus, self._builder.extension
        if postmortem := postmortem_at(uri, corpus):
            return with_meta(postmortem_meta(postmortem), authored_source(postmortem, extension.nonce))
        if pattern := self._builder.patterns.get(uri):
            return with_meta(pattern_meta(pattern), "\n".join(with_links_here(pattern, corpus).body.lines))
        if uri in self._builder.templates:
            body, part = self._builder.templates[uri]
            return with_meta({"title": part.title}, body)
        return None

    def enter(self, page: Page, config: MkDocsConfig) -> None:
        """A page that has been read: choose its frame, unless the author has chosen one, and tell the Markdown
        extension that it is rendered next. Its front matter is safe from here on."""
        if self.kept.is_restored(page):
            return
        builder, uri = self._builder, page.file.src_uri
        if wrong := make_meta_safe(page, config.theme.dirs):
            builder.left_out.tell_of_front_matter(uri, wrong)
            self.kept.leave(page)
        if self.has_part_in(uri):
            page.meta.setdefault("template", host.TEMPLATE)
            page.meta.setdefault("hide", self._hidden(uri))
        builder.collector.after_page()
        postmortem, is_pattern = postmortem_at(uri, builder.run.corpus), uri in builder.patterns
        builder.extension.enter(postmortem, is_pattern=is_pattern)
        builder.rendering.take_over(page, builder.parts.drawn(uri, postmortem), is_pattern=is_pattern)
        self._blank_pages.take_over(page)
        self._contents.take_over(page)

    def has_part_in(self, uri: str) -> bool:
        """True if anything of ours is on this page."""
        return self._builder.site.has_part_in(uri) or uri in self._builder.templates

    def whole(self, page: Page, html: str) -> str:
        """The content of a page that has been rendered: the author's words, cleaned, with all that is drawn within and
        around them. Its titles, headings and description follow."""
        if self.kept.is_restored(page):
            return html
        uri = page.file.src_uri
        words = self._cleaned(uri, html)
        page.markdown = self._author_text(uri, page.markdown or "")
        self.titles.make_safe(page)
        title = str(page.meta.get("title") or page.title)
        content, headings = self._content(uri, host.root_from(page), words, title)
        self.titles.make_headings_safe(host.add_headings(page, headings))
        if uri in self._heads:
            host.describe(page, safe_text(self._heads[uri][1]))
        self.kept.keep(page, content, self._heads.get(uri), title)
        return content

    def frame(self, page: Page, site_name: str) -> Frame | None:
        """Frame of one page; None if nothing of ours is on it."""
        self._builder.collector.after_page()
        if (uri := page.file.src_uri) not in self._heads:
            return None
        title, _ = self._heads[uri]
        is_article, folder = uri in self._builder.run.corpus.by_path, host.folder_out_of_navigation(page)
        return Frame.of(title, site_name, is_article=is_article, navigation=self._navigations, folder=folder)

    def _cleaned(self, uri: str, html: str) -> str:
        """The rendered HTML of a page as the allow-list leaves it."""
        builder = self._builder
        cleaned = builder.extension.cleaned_once(html)
        lost = not builder.run.settings.active_html and builder.left_out.tell_of_html(uri, builder.extension.rendered)
        builder.rendering.settle(keep=not lost)
        return cleaned

    def _author_text(self, uri: str, markdown: str) -> str:
        """A page's Markdown as its author wrote it, without our signs."""
        is_postmortem = uri in self._builder.run.corpus.by_path
        return without_signs(markdown, self._builder.extension.nonce) if is_postmortem else markdown

    def _hidden(self, uri: str) -> list[str]:
        """Parts that the theme leaves out of a page: the sidebar if there are tabs, since they lead everywhere."""
        page = self._builder.site.pages.get(uri)
        hidden = {"navigation": self._builder.has_tabs, "toc": page is not None and page.is_wide}
        return [] if uri in self._builder.templates else [part for part, is_hidden in hidden.items() if is_hidden]

    def _content(self, uri: str, root: str, words: str, title: str) -> tuple[str, tuple[Heading, ...]]:
        """A page's whole content, and the headings of what is generated. Search reads the words alone.

        `title` is the page's own, as safe HTML, for a page of an author who has not written a heading.
        """
        builder = self._builder
        is_template = uri in builder.templates
        part = builder.templates[uri][1] if is_template else builder.parts.part(uri, root)
        builder.search.add(uri, title, words, is_drawn_in=part is not None)
        if part is None:
            return words, ()
        is_postmortem = uri in builder.run.corpus.by_path
        content = insert_blocks(words, part.parts, builder.extension.nonce) if is_postmortem else words
        if is_template:
            content = template_page.with_named_boxes(content)
        self._heads[uri] = part.title, part.description
        banner = gate.banner_of(builder.run, uri, builder.setting_problems) if builder.preview else ""
        whole = page_content(part, content, title, banner=banner, is_postmortem=is_postmortem)
        return with_inert_titles(whole) if self.titles.tooltips else whole, part.headings
