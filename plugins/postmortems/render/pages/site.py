"""All pages that have generated parts, each made when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from urllib.parse import quote

from postmortems.analyse.analysis import Analysis
from postmortems.model.corpus import Corpus
from postmortems.model.pattern import Pattern
from postmortems.render.base.addresses import Addresses
from postmortems.render.base.context import PageContext, authored_at
from postmortems.render.base.page import Page
from postmortems.render.data.data_context import DataContext, Remember, remembered
from postmortems.render.data.files import DataFiles, data_files
from postmortems.render.pages.agenda_sheet import agenda_files
from postmortems.render.pages.generated_pages import AUTHORED_TABS, GeneratedPage, generated_pages
from postmortems.render.pages.layout import render
from postmortems.render.pages.metrics.filters import metrics_files
from postmortems.render.pages.pattern_page import pattern_page
from postmortems.render.pages.postmortem_page import postmortem_page
from postmortems.render.pages.search_page import search_files
from postmortems.settings import SearchEngine, Settings


class Site:
    """The generated parts of every page, by the page's source below the docs folder.

    One page costs what stands on it; only the index, the lists of patterns, services, actions, owners and reviews,
    the metrics and the first page look at the whole corpus.
    """

    def __init__(
        self,
        corpus: Corpus,
        analysis: Analysis,
        settings: Settings,
        today: date,
        directory_urls: bool = True,
        search_engine: SearchEngine | None = SearchEngine.PAGEFIND,
    ) -> None:
        if analysis.today != today:
            raise ValueError("the analysis is of another day")
        self.corpus = corpus
        self.analysis = analysis
        self.settings = settings
        self._directory_urls = directory_urls
        self._search_engine = search_engine

    @cached_property
    def pages(self) -> Mapping[str, GeneratedPage]:
        """The pages that exist without an author, by the source of that or of what an author has put there."""
        pages = generated_pages(self.analysis, self.corpus.folder)
        return {authored_at(page.source, self.corpus) or page.source: page for page in pages}

    @cached_property
    def tabs(self) -> tuple[tuple[str, str], ...]:
        """Folders, each with the source of the page whose tab is lit on its pages that are out of the navigation."""
        pages = self.pages.values()
        listing = [page for page in pages if page.folder and page.source == f"{page.folder}index.md" and page.make]
        return (*((page.folder, page.tab) for page in listing), *AUTHORED_TABS)

    @cached_property
    def context(self) -> PageContext:
        """The context of a page at the root."""
        return self._seen_from("", "")

    def data(
        self, site_name: str = "", site_url: str = "", repo_url: str = "", remember: Remember | None = None
    ) -> DataFiles:
        """The files for machines: each one's place on the site, and what makes its text."""
        data_context = DataContext(self.context, site_name, site_url, repo_url, remember or remembered({}))
        files = (of(data_context) for of in (data_files, search_files, agenda_files, metrics_files))
        return {name: make for some in files for name, make in some.items()}

    def page(self, src_uri: str, root: str) -> Page | None:
        """The generated parts of a page, or None where it has none; `root` is the way to the site's root."""
        context = self._seen_from(root, src_uri)
        if postmortem := self.corpus.by_path.get(src_uri):
            return postmortem_page(postmortem, context=context)
        if pattern := self._pattern_by_path.get(src_uri):
            return pattern_page(pattern, context)
        page = self.pages.get(src_uri)
        return self._generated(page, context) if page else None

    def has_part_in(self, src_uri: str) -> bool:
        """True if a page has generated parts."""
        page = self.pages.get(src_uri)
        return src_uri in self.corpus.by_path or src_uri in self._pattern_by_path or bool(page and page.make)

    def _seen_from(self, root: str, src_uri: str) -> PageContext:
        folder, _, name = src_uri.rpartition("/")
        # Lists of incidents are long: hundreds of addresses each begin with the folder that the page is in.
        is_list = name == "index.md" and f"{folder}/".startswith(f"{self.corpus.folder}/")
        return PageContext(
            self.corpus,
            self.analysis,
            self.settings,
            Addresses(self._directory_urls, root, self.corpus.folder, quote(f"{folder}/") if is_list else ""),
            self._search_engine,
        )

    def _generated(self, page: GeneratedPage, context: PageContext) -> Page | None:
        if page.make is None:
            return None
        body = page.make(context)
        head = render(
            "head.html",
            title="" if authored_at(page.source, self.corpus) else page.title,
            look=page.css_class,
            lede=body.lede,
            kicker=page.kicker,
            hero=page.is_hero,
            context=context,
        )
        return Page(page.title, head, body.html, body.headings, body.description)

    @cached_property
    def _pattern_by_path(self) -> Mapping[str, Pattern]:
        return {pattern.path: pattern for pattern in self.corpus.patterns}
