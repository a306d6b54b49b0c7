"""Picture of how soon the incidents of a pattern, a service or an owner were noticed, against all others."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from markupsafe import Markup

from postmortems.analyse.incident_group import IncidentGroup
from postmortems.model.postmortem import Postmortem
from postmortems.render.base.context import MANY, PageContext
from postmortems.render.charts.detection_dots import Group, detection_dots
from postmortems.render.charts.log_axis import Dot
from postmortems.render.words.incident import mark_title

MOST_MARKS = 60
"""The number of incidents of a group up to which each has a mark of its own: as many as stand beside each other in a
picture. A strip of more counts by months, and the times to detect of more are counted in cells."""


def detection_picture(title: str, group: IncidentGroup, context: PageContext, mark: str) -> Markup:
    """The picture; empty where no time to detect is known. Costs the group's incidents, save in a small corpus."""
    here, elsewhere = group.detection.summary, group.detection_of_others.summary
    if not here.n:
        return Markup("")
    incidents = context.analysis.incidents
    inside = {incident.path for incident in group.incidents}
    draws_others = len(incidents) <= MANY and elsewhere.n <= MOST_MARKS
    others = (incident for incident in incidents if incident.path not in inside) if draws_others else ()
    is_dotted = len(group.incidents) <= MOST_MARKS
    own = _dots(group.incidents, context) if is_dotted else ()
    lengths = () if is_dotted else _lengths(group.incidents, context)
    groups = (
        Group(title, here, own, lengths, mark),
        Group("All others", elsewhere, _dots(others, context)),
    )
    severities = {incident.front_matter.severity for incident in group.incidents}
    targets = {name: length for name, length in context.settings.detection_targets.items() if name in severities}
    return detection_dots(groups, targets, f"Time to detect: {title} against all other incidents")


def _lengths(incidents: Iterable[Postmortem], context: PageContext) -> tuple[timedelta, ...]:
    found = (context.analysis.durations_of(incident).to_detect for incident in incidents)
    return tuple(length for length in found if length is not None)


def _dots(incidents: Iterable[Postmortem], context: PageContext) -> tuple[Dot, ...]:
    found = []
    for incident in incidents:
        lengths = context.analysis.durations_of(incident)
        if lengths.to_detect is not None:
            title = mark_title(incident, lengths)
            found.append(Dot(lengths.to_detect, context.addresses.postmortem(incident), title))
    return tuple(found)
