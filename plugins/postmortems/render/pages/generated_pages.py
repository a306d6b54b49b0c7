"""Table of the pages that exist without an author."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.reading_list import exercises
from postmortems.render.base import addresses
from postmortems.render.base.context import PageContext
from postmortems.render.base.page import Body
from postmortems.render.pages.actions_page import actions_page
from postmortems.render.pages.compare_page import compare_page
from postmortems.render.pages.exercise_page import exercise_page
from postmortems.render.pages.exercises_page import (
    exercise_part_page,
    exercise_part_title,
    exercise_parts,
    exercises_page,
)
from postmortems.render.pages.guide_pages import RULES_INDEX, SETTINGS, guide_pages
from postmortems.render.pages.home_page import home_page
from postmortems.render.pages.index_page import index_page
from postmortems.render.pages.metrics.page import metrics_page
from postmortems.render.pages.name_parts import name_part_page, owner_parts, service_parts
from postmortems.render.pages.owner_page import owner_page
from postmortems.render.pages.owners_page import owners_page
from postmortems.render.pages.patterns_page import patterns_page
from postmortems.render.pages.repository_pages import (
    repository_page,
    repository_part_page,
    repository_part_title,
    repository_parts,
)
from postmortems.render.pages.review_page import review_page
from postmortems.render.pages.reviews_page import reviews_page
from postmortems.render.pages.search_page import search_page
from postmortems.render.pages.service_page import service_page
from postmortems.render.pages.services_page import FIND, services_page
from postmortems.render.pages.spans import all_spans, span_page
from postmortems.render.pages.year_page import year_page
from postmortems.render.words.exercise import exercise_name
from postmortems.render.words.formats import long_month_words

AUTHORED_TABS = (("guide/", addresses.GUIDE), ("templates/", addresses.GUIDE))
"""Folders in which no page is generated that others are listed on, and the page whose tab is lit in them."""


@dataclass(frozen=True, slots=True)
class GeneratedPage:
    """A page that exists without an author, at `source` below the docs folder. `title` is plain text.

    `make` makes its body; a page without one is the Markdown in `text`. `tab` is the source of the page whose tab is
    lit on it. With `in_nav` a navigation made by MkDocs lists it, as `nav_title` if that differs; others are reached
    from these. Search finds it unless `in_search` is off. `is_wide`: its pictures and lists take the width of the table
    of contents, too. `css_class`, `kicker` and `is_hero` are the look of its title.
    """

    source: str
    title: str
    make: Callable[[PageContext], Body] | None
    tab: str
    text: str = ""
    in_nav: bool = False
    in_search: bool = True
    nav_title: str = ""
    is_wide: bool = False
    css_class: str = ""
    kicker: str = ""
    is_hero: bool = False

    @property
    def folder(self) -> str:
        """Its folder, with the `/` at the end; empty at the root."""
        return self.source[: self.source.rfind("/") + 1]


def generated_pages(analysis: Analysis, folder: str) -> Iterator[GeneratedPage]:
    """All of them, those that list others first; the postmortems are in `folder`."""
    index = addresses.index_source(folder)
    lists = partial(GeneratedPage, is_wide=True)
    yield lists(
        addresses.HOME,
        "Have we seen this before?",
        home_page,
        tab=addresses.HOME,
        in_nav=True,
        nav_title="Home",
        css_class="pm-home",
        is_hero=True,
    )
    yield lists(index, "Postmortems", index_page, tab=index, in_nav=True, css_class="pm-index")
    yield lists(addresses.PATTERNS, "Patterns", patterns_page, tab=addresses.PATTERNS, in_nav=True)
    yield lists(addresses.SERVICES, "Services", services_page, tab=addresses.SERVICES, in_nav=True)
    yield lists(
        addresses.ACTIONS,
        "Action items",
        actions_page,
        tab=addresses.ACTIONS,
        in_nav=True,
        nav_title="Actions",
        css_class="pm-actions-page",
    )
    # What an owner is asked about first is what is still to do.
    yield lists(addresses.OWNERS, "Owners", owners_page, tab=addresses.ACTIONS)
    yield lists(addresses.REVIEWS, "Monthly reviews", reviews_page, tab=index)
    yield lists(addresses.COMPARE, "Compare", compare_page, tab=index)
    yield lists(addresses.METRICS, "Metrics", metrics_page, tab=addresses.METRICS, in_nav=True, css_class="pm-metrics")
    yield lists(addresses.EXERCISES, "Exercises", exercises_page, tab=addresses.PATTERNS)
    yield lists(addresses.SEARCH, "Search", search_page, tab=addresses.HOME, css_class="pm-search-head")
    for year in analysis.years:
        if year is not None:
            source, make = addresses.year_source(folder, year), partial(year_page, year)
            yield lists(source, f"Postmortems in {year}", make, tab=index, css_class="pm-index")
    for span in all_spans(analysis):
        source, make_span = addresses.span_source(folder, span.year, span.month, span.number), partial(span_page, span)
        yield lists(source, span.title, make_span, tab=index, css_class="pm-index", in_search=False)
    for name in analysis.corpus.by_source:
        home, make_newest = f"{folder}/{name}", partial(repository_page, name)
        source = addresses.index_source(home)
        yield lists(source, f"Postmortems of {name}", make_newest, tab=index, css_class="pm-index")
        for listed in repository_parts(name, analysis):
            source, make_listed = f"{home}/{listed.file}.md", partial(repository_part_page, name, listed)
            title = repository_part_title(name, listed)
            yield lists(source, title, make_listed, tab=index, css_class="pm-index", in_search=False)
    for service in analysis.services.values():
        source, make_service = addresses.service_source(service.name), partial(service_page, service)
        yield GeneratedPage(source, service.name, make_service, tab=addresses.SERVICES, kicker="Service")
    for owner in analysis.owners.values():
        source, make_owner = addresses.owner_source(owner.name), partial(owner_page, owner)
        yield GeneratedPage(source, owner.name, make_owner, tab=addresses.ACTIONS, kicker="Owner")
    for parts_of, tab in ((service_parts, addresses.SERVICES), (owner_parts, addresses.ACTIONS)):
        for names in parts_of(analysis):
            make_names = partial(name_part_page, names, parts_of, FIND)
            yield lists(names.source, names.title, make_names, tab=tab, in_search=False)
    for month in analysis.reviews.months:
        source, make_review = addresses.review_source(month), partial(review_page, month)
        yield GeneratedPage(
            source, f"Review of {long_month_words(month)}", make_review, tab=index, kicker="Monthly review"
        )
    for part in exercise_parts(analysis):
        source, make_part = addresses.exercises_source(part.file), partial(exercise_part_page, part)
        yield lists(source, exercise_part_title(part), make_part, tab=addresses.PATTERNS, in_search=False)
    for exercise in analysis.once(exercises).by_path.values():
        yield GeneratedPage(
            addresses.exercise_source(exercise.postmortem),
            exercise_name(exercise),
            partial(exercise_page, exercise),
            tab=addresses.PATTERNS,
            kicker="Exercise",
            in_search=False,
        )
    for source, text in guide_pages().items():
        title, in_nav = text.partition("\n")[0].lstrip("# "), source in (SETTINGS, RULES_INDEX)
        yield GeneratedPage(source, title, None, tab=addresses.GUIDE, text=text, in_nav=in_nav)
