"""One build's worth of the site: what MkDocs gets to read of each page, and what is put around it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from postmortems.publish import gate, host, site_files
from postmortems.publish.blank_pages import BlankPages
from postmortems.publish.collector import Collector
from postmortems.publish.contents_on_disk import ContentsOnDisk
from postmortems.publish.frame import Frame, Navigations
from postmortems.publish.generated_file import GeneratedFile
from postmortems.publish.incremental.parts import Parts
from postmortems.publish.incremental.rendering import Rendering
from postmortems.publish.left_out_html import LeftOutHtml
from postmortems.publish.page_content import page_content
from postmortems.publish.page_meta import pattern_meta, postmortem_meta, safe_text, with_meta
from postmortems.publish.search_texts import SearchTexts, engine_of
from postmortems.publish.source_folder import SourceFolder
from postmortems.publish.source_links import postmortem_at, with_links_here
from postmortems.render.authored.authored_blocks import AuthoredBlocks
from postmortems.render.authored.authored_source import authored_source, without_signs
from postmortems.render.authored.clean_html import with_inert_titles
from postmortems.render.authored.generated_blocks import insert_blocks
from postmortems.render.base.page import Heading
from postmortems.render.base.page import Page as Part
from postmortems.render.data import llms
from postmortems.render.pages import template_page
from postmortems.render.pages.site import Site

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files
    from mkdocs.structure.pages import Page as HostPage

    from postmortems.model.pattern import Pattern
    from postmortems.publish.incremental.memo import Memo
    from postmortems.results import Run
    from postmortems.settings.parsing import SettingProblem

log = logging.getLogger("mkdocs.plugins.postmortems")


class SiteBuilder:
    """The pages of one build. `preview` is a `mkdocs serve`, where diagnostics are shown instead of refused."""

    parts: Parts

    def __init__(
        self,
        run: Run,
        setting_problems: tuple[SettingProblem, ...],
        left_out: LeftOutHtml,
        config: MkDocsConfig,
        *,
        memo: Memo,
        preview: bool,
    ) -> None:
        self.run = run
        self.setting_problems = setting_problems
        self.preview = preview
        self._tooltips = host.has_tooltips(config)
        self.extension = AuthoredBlocks(
            active_html=run.settings.active_html, diagrams=host.has_diagrams(config), tooltips=self._tooltips
        )
        self.left_out = left_out
        self.memo = memo
        self.rendering = Rendering(memo, config, self.extension)
        self._blank_pages = BlankPages(config, self.extension)
        self._contents = ContentsOnDisk()
        self.search = SearchTexts(self.extension.nonce)
        self._folder = SourceFolder(run.docs)
        self._collector = Collector()
        self._collector.begin()
        self._site: Site | None = None
        self.data: dict[str, Callable[[], str]] = {}
        self.files: dict[str, GeneratedFile] = {}
        """Files for machines with what makes them, and all files that are made, by their place."""
        self._aside: list[File] = []
        self._taken_out: set[str] = set()
        self._patterns: Mapping[str, Pattern] = {}
        self._has_tabs = True
        self._is_partial = False
        self._templates: dict[str, tuple[str, Part]] = {}
        self._navigations: Navigations = {}
        self._heads: dict[str, tuple[str, str]] = {}

    @property
    def site(self) -> Site:
        """The pages and files that are made, once it is known what the site is made of."""
        assert self._site is not None
        return self._site

    def arrange(self, files: Files, config: MkDocsConfig) -> None:
        """Add what is generated, set addresses, and read the templates, which are pages here."""
        site_files.add_sources(files, config, self.run.corpus, self.run.docs)
        self._taken_out = site_files.admit(files, config, self.run.corpus)
        self._begin_site(files, config)
        site_files.place(files, config, self.run.corpus)
        self._add(files, config)
        pages = [file.src_uri for file in site_files.templates(files, config) if file.is_documentation_page()]
        self._templates = {uri: site_files.read_template(self.run.docs, uri) for uri in pages}

    def step_aside(self, files: Files) -> None:
        """Take the generated pages out again, while others look who know none."""
        self._aside = site_files.take_out(files, self.run.corpus)

    def arrange_again(self, files: Files, config: MkDocsConfig) -> None:
        """Arrange the files once more, after other plugins did theirs. Log nothing of what they leave out."""
        site_files.put_back(files, self._aside)
        before = self.site.pages.keys() | self.data.keys()
        self._begin_site(files, config)
        site_files.remove(files, gone := before - self.site.pages.keys() - self.data.keys())
        self.files = {uri: file for uri, file in self.files.items() if uri not in gone}
        self._add(files, config)

    def _begin_site(self, files: Files, config: MkDocsConfig) -> None:
        """The site of what neither MkDocs nor another plugin leaves out. Settings are read here, not earlier: other
        plugins change them, too."""
        self._has_tabs = "navigation.tabs" in config.theme.get("features", ())
        left_out = self.run.corpus.files - host.sources_in(files, preview=self.preview) - self._taken_out
        run = self.run.without(left_out)
        if self._site is not None and run is self.run:
            return
        self.run = run
        self._patterns = {pattern.path: pattern for pattern in run.corpus.patterns}
        engine = engine_of(run.settings.search, config)
        self._site = Site(run.corpus, run.analysis, run.settings, run.today, config.use_directory_urls, engine)
        self.parts = Parts(self.memo, self._site, self.run.key, self.parts if self._is_partial else None)
        self._about = config.site_name, config.site_url or "", config.repo_url or ""
        self.data = dict(self._site.data(*self._about, self.parts.remember))
        if "llmstxt" in config.plugins and llms.FILE in self.data:
            # The plugin of this name writes its own when all is built, and would replace ours.
            del self.data[llms.FILE]
            log.info("postmortems: the plugin llmstxt writes %s, so this plugin does not", llms.FILE)

    def _add(self, files: Files, config: MkDocsConfig) -> None:
        inside = host.sources_in(files, preview=self.preview)
        self.files |= site_files.add(files, config, self.site, self.data.keys(), self._folder, inside)

    def begin_again(self, run: Run, left_out: LeftOutHtml, config: MkDocsConfig, files: Files) -> None:
        """Go on with what was read after an edit. All that was made and arranged stays until it is made again."""
        self._is_partial = True
        self._collector.begin()
        self.memo.open_again()
        self.run, self.left_out, self._site = run, left_out, None
        self._begin_site(files, config)

    def fill(self, config: MkDocsConfig, files: Files) -> None:
        """Let the search read the pages, and go on as in `fill_again`."""
        self.search.let_search_read(config.plugins, files, self.memo)
        self.fill_again(config)

    def fill_again(self, config: MkDocsConfig) -> None:
        """Let each data file be made when MkDocs copies it, and begin the search's index."""
        self.search.begin_index(self.run, self.site.context, config, self.memo, preview=self.preview)
        for uri in self.data.keys() & self.files.keys():
            self.files[uri].remake(partial(self.parts.text, uri, self.data[uri], *self._about))

    def close(self) -> None:
        """Remove the temporary files, and keep what was made. What an edit of a preview has made is kept at its end, or
        by the next build by MkDocs, and what that asked never, which takes a second: that build makes those few
        again."""
        self.search.stop()
        if not self._is_partial:
            if self._site:
                self.parts.close()
            self.memo.close()
        self._folder.remove()
        self._collector.end(preview=self.preview)

    def source(self, uri: str) -> str | None:
        """The Markdown of a page that we have read ourselves; None for all others.

        MkDocs would take broken front matter for text.
        """
        if postmortem := postmortem_at(uri, self.run.corpus):
            return with_meta(postmortem_meta(postmortem), authored_source(postmortem, self.extension.nonce))
        if pattern := self._patterns.get(uri):
            return with_meta(pattern_meta(pattern), "\n".join(with_links_here(pattern, self.run.corpus).body.lines))
        if uri in self._templates:
            body, part = self._templates[uri]
            return with_meta({"title": part.title}, body)
        return None

    def enter(self, page: HostPage) -> None:
        """Tell the Markdown extension which page is rendered next."""
        self._collector.after_page()
        uri = page.file.src_uri
        postmortem, is_pattern = postmortem_at(uri, self.run.corpus), uri in self._patterns
        self.extension.enter(postmortem, is_pattern=is_pattern)
        self.rendering.take_over(page, self.parts.drawn(uri, postmortem), is_pattern=is_pattern)
        self._blank_pages.take_over(page)
        self._contents.take_over(page)

    def cleaned(self, uri: str, html: str) -> str:
        """The rendered HTML of a page as the allow-list leaves it."""
        cleaned = self.extension.cleaned_once(html)
        lost = not self.run.settings.active_html and self.left_out.tell_of_html(uri, self.extension.rendered)
        self.rendering.settle(keep=not lost)
        return cleaned

    def author_text(self, uri: str, markdown: str) -> str:
        """A page's Markdown as its author wrote it, without our signs."""
        return without_signs(markdown, self.extension.nonce) if uri in self.run.corpus.by_path else markdown

    def has_part_in(self, uri: str) -> bool:
        """True if anything of ours is on this page."""
        return self.site.has_part_in(uri) or uri in self._templates

    def hidden(self, uri: str) -> list[str]:
        """Parts that the theme leaves out of a page: the sidebar if there are tabs, since they lead everywhere."""
        page = self.site.pages.get(uri)
        hidden = {"navigation": self._has_tabs, "toc": page is not None and page.is_wide}
        return [] if uri in self._templates else [part for part, is_hidden in hidden.items() if is_hidden]

    def content(self, uri: str, root: str, words: str, title: str) -> tuple[str, tuple[Heading, ...]]:
        """A page's whole content, and the headings of what is generated: the author's words, cleaned, with all that is
        drawn within and around them. Search reads the words alone.

        `title` is the page's own, as safe HTML, for a page of an author who has not written a heading.
        """
        part = self._templates[uri][1] if uri in self._templates else self.parts.part(uri, root)
        self.search.add(uri, title, words, is_drawn_in=part is not None)
        if part is None:
            return words, ()
        is_postmortem = uri in self.run.corpus.by_path
        content = insert_blocks(words, part.parts, self.extension.nonce) if is_postmortem else words
        if uri in self._templates:
            content = template_page.with_named_boxes(content)
        self._heads[uri] = part.title, part.description
        banner = gate.banner_of(self.run, uri, self.setting_problems) if self.preview else ""
        whole = page_content(part, content, title, banner=banner, is_postmortem=is_postmortem)
        return with_inert_titles(whole) if self._tooltips else whole, part.headings

    def description(self, uri: str) -> str:
        """Text for previews of a page, once its content is made, as safe HTML; empty if nothing of ours is on it."""
        return safe_text(self._heads[uri][1]) if uri in self._heads else ""

    def frame(self, uri: str, site_name: str, folder: str | None) -> Frame | None:
        """Frame of one page; None if nothing of ours is on it. `folder` is as of `Frame`."""
        self._collector.after_page()
        if uri not in self._heads:
            return None
        title, _ = self._heads[uri]
        is_article = uri in self.run.corpus.by_path
        return Frame.of(title, site_name, is_article=is_article, navigation=self._navigations, folder=folder)
