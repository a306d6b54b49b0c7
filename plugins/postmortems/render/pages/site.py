"""All pages that have generated parts, each made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial

from postmortems.analyse.analysis import Analysis
from postmortems.model.corpus import Corpus
from postmortems.model.pattern import Pattern
from postmortems.render.base.addresses import Addresses
from postmortems.render.base.context import PageContext, authored_at
from postmortems.render.base.page import Page
from postmortems.render.data.data_context import DataContext
from postmortems.render.data.files import DataFiles, data_files
from postmortems.render.pages import (
    actions_page,
    home_page,
    index_page,
    owners_page,
    patterns_page,
    reviews_page,
    services_page,
)
from postmortems.render.pages.metrics import page as metrics_page
from postmortems.render.pages.owner_page import owner_page
from postmortems.render.pages.owner_page import source_of as owner_source
from postmortems.render.pages.pattern_page import pattern_page
from postmortems.render.pages.postmortem_page import postmortem_page
from postmortems.render.pages.review_page import review_page
from postmortems.render.pages.review_page import source_of as review_source
from postmortems.render.pages.review_page import title_of as review_title
from postmortems.render.pages.service_page import service_page
from postmortems.render.pages.service_page import source_of as service_source
from postmortems.render.pages.year_page import source_of as year_source
from postmortems.render.pages.year_page import title_of as year_title
from postmortems.render.pages.year_page import year_page
from postmortems.settings import Settings

HOME = home_page.SOURCE

Maker = Callable[[PageContext], Page]


@dataclass(frozen=True, slots=True)
class _Generated:
    """A page that exists without an author: its plain title, and what makes it."""

    title: str
    make: Maker


class Site:
    """The generated parts of every page, by the page's source below the docs folder.

    One page costs what stands on it; only the index, the lists of patterns, services, actions, owners and reviews,
    the metrics and the first page look at the whole corpus.
    """

    def __init__(
        self, corpus: Corpus, analysis: Analysis, settings: Settings, today: date, directory_urls: bool = True
    ) -> None:
        if analysis.today != today:
            raise ValueError("the analysis is of another day")
        self.corpus = corpus
        self.analysis = analysis
        self.settings = settings
        self._directory_urls = directory_urls

    @cached_property
    def generated(self) -> Mapping[str, str]:
        """The source of each page that exists without an author → its plain title."""
        return {source: one.title for source, one in self._generated.items()}

    def data(self, site_name: str = "", site_url: str = "", repo_url: str = "") -> DataFiles:
        """The files for machines: each one's place on the site, and what makes its text."""
        return data_files(DataContext(self._seen_from(""), site_name, site_url, repo_url))

    def page(self, src_uri: str, root: str) -> Page | None:
        """The generated parts of a page, or None where it has none; `root` is the way to the site's root."""
        make = self._maker(src_uri)
        if make is None:
            return None
        return make(self._seen_from(root))

    def has_part_in(self, src_uri: str) -> bool:
        """Whether a page has generated parts."""
        return self._maker(src_uri) is not None

    def _seen_from(self, root: str) -> PageContext:
        return PageContext(
            self.corpus, self.analysis, self.settings, Addresses(self._directory_urls, root, self.corpus.folder)
        )

    def _maker(self, src_uri: str) -> Maker | None:
        if postmortem := self.corpus.by_path.get(src_uri):
            return lambda context: postmortem_page(postmortem, context=context)
        if pattern := self._pattern_by_path.get(src_uri):
            return partial(pattern_page, pattern)
        found = self._generated.get(src_uri)
        return found.make if found else None

    @cached_property
    def _pattern_by_path(self) -> Mapping[str, Pattern]:
        return {pattern.path: pattern for pattern in self.corpus.patterns}

    @cached_property
    def _generated(self) -> Mapping[str, _Generated]:
        pages = {
            HOME: _Generated(home_page.TITLE, home_page.home_page),
            index_page.source_of(self.corpus.folder): _Generated(index_page.TITLE, index_page.index_page),
            patterns_page.SOURCE: _Generated(patterns_page.TITLE, patterns_page.patterns_page),
            services_page.SOURCE: _Generated(services_page.TITLE, services_page.services_page),
            actions_page.SOURCE: _Generated(actions_page.TITLE, actions_page.actions_page),
            owners_page.SOURCE: _Generated(owners_page.TITLE, owners_page.owners_page),
            reviews_page.SOURCE: _Generated(reviews_page.TITLE, reviews_page.reviews_page),
            metrics_page.SOURCE: _Generated(metrics_page.TITLE, metrics_page.metrics_page),
        }
        for year in self.analysis.years:
            if year is not None:
                pages[year_source(self.corpus.folder, year)] = _Generated(year_title(year), partial(year_page, year))
        for service in self.analysis.services.values():
            pages[service_source(service)] = _Generated(service.name, partial(service_page, service))
        for owner in self.analysis.owners.values():
            pages[owner_source(owner)] = _Generated(owner.name, partial(owner_page, owner))
        for month in self.analysis.reviews.months:
            pages[review_source(month)] = _Generated(review_title(month), partial(review_page, month))
        return {authored_at(source, self.corpus) or source: one for source, one in pages.items()}
