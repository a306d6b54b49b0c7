"""Two pictures of a pattern's incidents before all others: how long they took, and how soon they were detected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from markupsafe import Markup

from postmortems.analyse.incident_group import IncidentGroup
from postmortems.analyse.measures import Measure
from postmortems.analyse.statistics import Summary
from postmortems.model.postmortem import Postmortem
from postmortems.model.quarter import quarter_of
from postmortems.render.base.context import PageContext
from postmortems.render.charts.contrast import Contrast, contrast
from postmortems.render.charts.panel import Dot, axes_of
from postmortems.render.words.incident import mark_title

MOST_LINKS = 60
"""The number of a pattern's incidents up to which each dot is a link; the list below has all of more."""

MOST_BEHIND = 1000
"""The number of other incidents up to which they are drawn; their median is drawn in any case."""

_DAYS_A_QUARTER = 92


@dataclass(frozen=True, slots=True)
class PatternPicture:
    """One picture with the figures that it rests on: those of the pattern, and those of all others."""

    picture: Markup
    summary: Summary
    others: Summary


def pattern_picture(title: str, group: IncidentGroup, measure: Measure, context: PageContext) -> PatternPicture | None:
    """The picture of one length; None where none of the pattern's incidents with a day has a known one."""
    is_detection = measure is Measure.DETECT
    summary = group.detection.summary if is_detection else group.recovery
    others = group.detection_of_others.summary if is_detection else group.recovery_of_others
    incidents = [(incident, *place) for incident in group.incidents if (place := _place(incident, measure, context))]
    if not incidents:
        return None
    dots = [
        Dot(
            at=at,
            length=length,
            is_late=False,
            href=context.addresses.postmortem(incident),
            title=mark_title(incident, context.analysis.durations_of(incident)),
            key="",
        )
        for incident, at, length in incidents
    ]
    own = {incident.path for incident in group.incidents}
    rest = [incident for incident in context.analysis.incidents if incident.path not in own]
    rest = rest if len(rest) <= MOST_BEHIND else []
    behind = [place for incident in rest if (place := _place(incident, measure, context))]
    medians = [median for median in (summary.median, others.median) if median is not None]
    quarters = [quarter_of(day).ordinal for day in (*context.analysis.days, context.analysis.today)]
    lengths = [dot.length for dot in dots] + [length for _, length in behind] + medians
    axes = axes_of(lengths, min(quarters), max(quarters) + 1, has_target=False)
    shown = Contrast(dots, behind, summary.median, others.median, is_crowded=len(dots) > MOST_LINKS)
    name = "Time to detect" if is_detection else "Time to resolve"
    return PatternPicture(contrast(shown, axes, f"{name}: {title} and all other incidents"), summary, others)


def _place(incident: Postmortem, measure: Measure, context: PageContext) -> tuple[float, timedelta] | None:
    """The quarter, with the part of it gone by, and the length; None where the day or the length is unknown."""
    length, day = context.analysis.length(incident, measure), incident.day
    if length is None or day is None:
        return None
    quarter = quarter_of(day)
    return quarter.ordinal + (day - quarter.first).days / _DAYS_A_QUARTER, max(length, timedelta())
