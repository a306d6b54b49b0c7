"""One build's worth of the site: the files that are added to it, what is made of all of them, and its end."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from postmortems.publish import host, site_files
from postmortems.publish.collector import Collector
from postmortems.publish.generated_file import GeneratedFile
from postmortems.publish.incremental.parts import Parts
from postmortems.publish.incremental.rendering import Rendering
from postmortems.publish.left_out_html import LeftOutHtml
from postmortems.publish.page_builder import PageBuilder
from postmortems.publish.search_texts import SearchTexts, engine_of
from postmortems.publish.source_folder import SourceFolder
from postmortems.render.authored.authored_blocks import AuthoredBlocks
from postmortems.render.base.page import Page as Part
from postmortems.render.data import llms
from postmortems.render.pages.site import Site

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files

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
        tooltips, diagrams = host.has_tooltips(config), host.has_diagrams(config)
        self.extension = AuthoredBlocks(active_html=run.settings.active_html, diagrams=diagrams, tooltips=tooltips)
        self.left_out = left_out
        self.memo = memo
        self.rendering = Rendering(memo, config, self.extension)
        self.pages = PageBuilder(self, config)
        self.search = SearchTexts(self.extension.nonce)
        self._folder = SourceFolder(run.docs)
        self.collector = Collector()
        self.collector.begin()
        self._site: Site | None = None
        self.data: dict[str, Callable[[], str]] = {}
        self.files: dict[str, GeneratedFile] = {}
        """Files for machines with what makes them, and all files that are made, by their place."""
        self._aside: list[File] = []
        self._taken_out: set[str] = set()
        self.patterns: Mapping[str, Pattern] = {}
        self.has_tabs = True
        self._is_partial = False
        self.templates: dict[str, tuple[str, Part]] = {}

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
        self.templates = {uri: site_files.read_template(self.run.docs, uri) for uri in pages}

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
        self.has_tabs = "navigation.tabs" in config.theme.get("features", ())
        left_out = self.run.corpus.files - host.sources_in(files, preview=self.preview) - self._taken_out
        run = self.run.without(left_out)
        if self._site is not None and run is self.run:
            return
        self.run = run
        self.patterns = {pattern.path: pattern for pattern in run.corpus.patterns}
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
        self.collector.begin()
        self.memo.open_again()
        self.run, self.left_out, self._site = run, left_out, None
        self._begin_site(files, config)

    def fill(self, config: MkDocsConfig, files: Files) -> None:
        """Let the search read the pages, and go on as in `fill_again`."""
        self.pages.kept.end_reading()
        self.search.let_search_read(config.plugins, files, self.memo)
        self.fill_again(config)

    def fill_again(self, config: MkDocsConfig) -> None:
        """Let each data file be made when MkDocs copies it, and prepare the search's index."""
        self.search.prepare_index(self.run, self.site.context, config, self.memo, preview=self.preview)
        for uri in self.data.keys() & self.files.keys():
            text = partial(self.parts.text, uri, self.data[uri], *self._about)
            self.files[uri].remake(text, partial(self.parts.is_right, uri, self._about))

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
        self.collector.end(preview=self.preview)
