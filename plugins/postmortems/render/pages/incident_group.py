"""The incidents of a service or an owner, as their pages show them alike: the list, and what they have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from postmortems.analyse.facets import Facet
from postmortems.model.postmortem import Postmortem
from postmortems.render.base.context import PageContext
from postmortems.render.base.timeline_link import TimelineLink, timeline_link
from postmortems.render.charts.strip import strip_head
from postmortems.render.pages.detection_comparison import Comparison, compare_group
from postmortems.render.pages.index_list import targets_words
from postmortems.render.pages.newest import newest
from postmortems.render.pages.row import Row, rows
from postmortems.render.pages.shares import Shares
from postmortems.render.words.formats import apart_words


@dataclass(frozen=True, slots=True)
class IncidentGroup:
    """The newest incidents as `rows` under a head with `ticks` and `targets`, of how many, and the way to all.

    `apart` are the near misses and drills, with `apart_words`; all other figures are of the incidents.
    """

    rows: Sequence[Row]
    apart: Sequence[Row]
    apart_total: int
    apart_words: str
    everything: TimelineLink | None
    ticks: Markup
    targets: str
    total: int
    shares: Shares
    comparison: Comparison


def incident_group(
    name: str,
    of_what: str,
    postmortems: Sequence[Postmortem],
    found_by: Sequence[Facet],
    shares: Shares,
    context: PageContext,
) -> IncidentGroup:
    """The group of these postmortems, given oldest first, which are what the facets `found_by` find on the index.

    `name` is what pictures call it, and `of_what` completes "All 12 incidents …".
    """
    incidents = [one for one in postmortems if one.is_incident]
    apart = [one for one in postmortems if not one.is_incident]
    return IncidentGroup(
        rows=rows(newest(incidents), context, with_year=True),
        apart=rows(newest(apart), context, with_year=True),
        apart_total=len(apart),
        apart_words=apart_words(apart),
        everything=timeline_link(postmortems, of_what, found_by, context),
        ticks=strip_head(),
        targets=targets_words(context),
        total=len(incidents),
        shares=shares,
        comparison=compare_group(name, incidents, context),
    )
