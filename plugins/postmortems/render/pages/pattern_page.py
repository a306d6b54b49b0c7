"""The page of one pattern: what to do right now, the prose, and the evidence below it."""

from __future__ import annotations

from postmortems.analyse.facets import Facet, Group
from postmortems.analyse.incident_group import IncidentGroup
from postmortems.analyse.measures import Measure
from postmortems.analyse.occurrences import Occurrences, co_occurring
from postmortems.analyse.passages import learned_in, passages_of, saved_by
from postmortems.analyse.services import services_of_several
from postmortems.model.pattern import Pattern
from postmortems.render.authored.right_now import RIGHT_NOW
from postmortems.render.base.context import PageContext
from postmortems.render.base.page import Page
from postmortems.render.pages.layout import render, render_with_headings
from postmortems.render.pages.pattern_pictures import pattern_picture
from postmortems.render.words.formats import count_words

COPY = "assets/postmortems/copy.js"

_GATHERED = (
    ("what-helped", "What helped", "What Went Well"),
    ("factors", "What made it worse", "Contributing Factors"),
    ("detection-gaps", "Why it was detected late", "Detection Gaps"),
)
"""Sections that are gathered, with anchor and heading: first what somebody needs who has the incident now."""


def pattern_page(pattern: Pattern, context: PageContext) -> Page:
    """The generated parts of one pattern's page; costs that pattern's incidents, and in pictures all others."""
    found = context.analysis.occurrences.get(pattern.id, Occurrences(pattern.id))
    postmortems = [occurrence.postmortem for occurrence in found.everywhere]
    group = IncidentGroup(postmortems, context.analysis, _facet(pattern))
    gathered = [
        (anchor, title, passages)
        for anchor, title, section in _GATHERED
        if (passages := passages_of(section, group.incidents, context.corpus))
    ]
    has_steps = any(section.title.casefold() == RIGHT_NOW and section.blocks for section in pattern.body.walk())
    before = render(
        "pattern/before.html",
        context=context,
        pattern=pattern,
        found=found,
        group=group,
        last=next((incident for incident in reversed(group.incidents) if incident.day), None),
        has_steps=has_steps,
        helped=any(anchor == "what-helped" for anchor, _, _ in gathered),
    )
    after, headings = render_with_headings(
        "pattern/after.html",
        context=context,
        pattern=pattern,
        group=group,
        resolved=pattern_picture(pattern.title, group, Measure.RECOVER, context),
        detected=pattern_picture(pattern.title, group, Measure.DETECT, context),
        gathered=gathered,
        saved=saved_by(group.apart, context.corpus),
        learned=learned_in(group.postmortems, context.corpus),
        services=services_of_several(group.incidents, context.analysis.services),
        co_occurring=co_occurring(found),
        script=context.addresses.file(COPY) if has_steps else "",
    )
    return Page(
        title=pattern.title,
        before=before,
        after=after,
        headings=headings,
        description=pattern.description or f"{pattern.title}: {count_words(len(group.incidents), 'incident')}",
    )


def _facet(pattern: Pattern) -> Facet:
    """Facet that finds the incidents of the pattern."""
    return Facet(Group.PATTERN, pattern.id)
