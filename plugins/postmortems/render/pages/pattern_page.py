"""The page of one pattern: its figures above the prose, and the evidence below it."""

from __future__ import annotations

from collections import Counter

from markupsafe import Markup

from postmortems.analyse.facets import Facet, Group
from postmortems.analyse.incident_group import IncidentGroup
from postmortems.analyse.occurrences import Occurrences, co_occurring
from postmortems.analyse.passages import passages_of
from postmortems.analyse.services import services_of_several
from postmortems.model.pattern import Pattern
from postmortems.render.base.context import MANY, PageContext
from postmortems.render.base.families import NEUTRAL, mark_of
from postmortems.render.base.page import Page
from postmortems.render.charts.density import Month, density_rows
from postmortems.render.charts.mark import marks
from postmortems.render.charts.pattern_strip import pattern_strip
from postmortems.render.charts.svg import Form
from postmortems.render.pages.detection_picture import MOST_MARKS
from postmortems.render.pages.layout import render, render_with_headings
from postmortems.render.words.formats import count_words

_GATHERED = (
    ("what-helped", "What helped", "What Went Well"),
    ("factors", "Contributing factors", "Contributing Factors"),
    ("detection-gaps", "Detection gaps", "Detection Gaps"),
)
"""Sections that are gathered, with anchor and heading: first what somebody needs who has the incident now."""


def pattern_page(pattern: Pattern, context: PageContext) -> Page:
    """The generated parts of one pattern's page; costs that pattern's incidents."""
    found = context.analysis.occurrences.get(pattern.id, Occurrences(pattern.id))
    postmortems = [occurrence.postmortem for occurrence in found.everywhere]
    group = IncidentGroup(postmortems, context.analysis, _facet(pattern))
    before = render("pattern/before.html", context=context, pattern=pattern, found=found, group=group)
    gathered = [
        (anchor, title, passages)
        for anchor, title, section in _GATHERED
        if (passages := passages_of(section, group.incidents))
    ]
    after, headings = render_with_headings(
        "pattern/after.html",
        context=context,
        pattern=pattern,
        found=found,
        group=group,
        when=_when(found, group, pattern, context),
        is_dense=len(group.incidents) > MOST_MARKS,
        gathered=gathered,
        services=services_of_several(group.incidents, context.analysis.services),
        co_occurring=co_occurring(found),
    )
    return Page(
        title=pattern.title,
        before=before,
        after=after,
        headings=headings,
        description=pattern.description or f"{pattern.title}: {count_words(len(group.incidents), 'incident')}",
    )


def _when(found: Occurrences, group: IncidentGroup, pattern: Pattern, context: PageContext) -> Markup:
    """The picture of the pattern on the calendar; cells of a month where its incidents are too many for marks."""
    days = context.analysis.days
    mark = mark_of(pattern.family, context.settings) or NEUTRAL
    label = f"{pattern.title}: {count_words(len(group.incidents), 'incident')} over time"
    if len(group.incidents) > MOST_MARKS:

        def address(month: Month) -> str:
            return f"{context.addresses.filtered([_facet(pattern)], month[0])}#m{month[1]:02}"

        own = Counter((incident.day.year, incident.day.month) for incident in group.incidents if incident.day)
        return density_rows(own, address, label, Form.ROWS)
    small = frozenset(occurrence.postmortem.path for occurrence in found.counted if not occurrence.leads)
    drawn = marks(group.incidents, context, mark, small)
    if not drawn:
        return Markup()
    return pattern_strip(drawn, (days[0].year, days[-1].year), group.days_of_others(MANY), label)


def _facet(pattern: Pattern) -> Facet:
    """Facet that finds the incidents of the pattern."""
    return Facet(Group.PATTERN, pattern.id)
