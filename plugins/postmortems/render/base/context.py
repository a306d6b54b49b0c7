"""Rendering context of a page: corpus, analysis, settings and relative addresses."""

from __future__ import annotations

from dataclasses import dataclass

from postmortems.analyse.analysis import Analysis
from postmortems.model.corpus import Corpus
from postmortems.render.base.addresses import Addresses
from postmortems.settings import Completeness, SearchEngine, Settings

MANY = 200
"""The number of incidents from which a picture counts by months instead of drawing each, and a list is split."""


def authored_at(src_uri: str, corpus: Corpus) -> str | None:
    """The file that an author has put at a generated page's place; a README is a folder's index, as in MkDocs."""
    if src_uri in corpus.files:
        return src_uri
    folder, _, name = src_uri.rpartition("/")
    readme = f"{folder}/README.md".lstrip("/")
    return readme if name == "index.md" and readme in corpus.files else None


@dataclass(frozen=True, slots=True)
class PageContext:
    """The corpus, its analysis and the settings, for one page. `search_engine` is None where the site has no index."""

    corpus: Corpus
    analysis: Analysis
    settings: Settings
    addresses: Addresses
    search_engine: SearchEngine | None = SearchEngine.PAGEFIND

    @property
    def is_sample(self) -> bool:
        """True if frequencies in this collection mean nothing."""
        return self.settings.corpus is Completeness.SAMPLE

    def guide(self, page: str) -> str:
        """The address of a page of the guide, or empty where this site has none."""
        return self.addresses.guide(page) if f"guide/{page}.md" in self.corpus.files else ""
