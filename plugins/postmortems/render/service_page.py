"""The page of one service: what to read before touching it."""

from __future__ import annotations

from collections import Counter

from postmortems.analyse.services import Service
from postmortems.render.charts.strip import strip_head
from postmortems.render.environment import render
from postmortems.render.families import mark_of
from postmortems.render.index_list import summary_note, targets_words
from postmortems.render.open_actions import open_actions
from postmortems.render.page import Heading, Page
from postmortems.render.row import rows
from postmortems.render.surroundings import Surroundings


def source_of(service: Service) -> str:
    """The page's place below the docs folder."""
    return f"services/{service.slug}.md"


def service_page(service: Service, around: Surroundings) -> Page:
    """The generated parts of `/services/<slug>/`; costs that service's incidents."""
    incidents = service.incidents
    counts = Counter(name for one in incidents for name in {other.pattern for other in one.front_matter.patterns})
    patterns = []
    for name, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        if pattern := around.corpus.pattern_by_id.get(name):
            mark = mark_of(pattern.family, around.settings)
            patterns.append((pattern.title, around.addresses.pattern(name), mark, count))
    title = "" if around.is_authored(source_of(service)) else service.name
    lede = f"What to read before touching it: {summary_note(service.postmortems, around)}."
    headings = [Heading("incidents", "Incidents"), Heading("open-actions", "Open actions")]
    if patterns:
        headings.insert(1, Heading("patterns", "Patterns"))
    return Page(
        service.name,
        render("head.html", title=title, look="", lede=lede, kicker=("Service",), mark="", hero=False),
        render(
            "service.html",
            service=service,
            rows=rows(reversed(service.postmortems), around, with_year=True),
            total=len(incidents),
            patterns=patterns,
            actions=open_actions(incidents, around),
            ticks=strip_head(),
            targets=targets_words(around),
            today=around.analysis.today,
        ),
        tuple(headings),
        lede,
    )
