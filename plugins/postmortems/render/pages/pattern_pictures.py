"""Two pictures of a pattern's incidents before all others: how long they took, and how soon they were detected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from markupsafe import Markup

from postmortems.analyse.incident_group import IncidentGroup
from postmortems.analyse.measures import Measure
from postmortems.analyse.periods import quarter_of
from postmortems.analyse.statistics import Summary
from postmortems.model.postmortem import Postmortem
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
    dots = list(_dots(group.incidents, measure, context))
    if not dots:
        return None
    own = {incident.path for incident in group.incidents}
    rest = [incident for incident in context.analysis.incidents if incident.path not in own]
    behind = [(dot.at, dot.length) for dot in _dots(rest if len(rest) <= MOST_BEHIND else (), measure, context)]
    medians = [median for median in (summary.median, others.median) if median is not None]
    quarters = [quarter_of(day).ordinal for day in (*context.analysis.days, context.analysis.today)]
    lengths = [dot.length for dot in dots] + [length for _, length in behind] + medians
    axes = axes_of(lengths, min(quarters), max(quarters) + 1, has_target=False)
    shown = Contrast(dots, behind, summary.median, others.median, is_crowded=len(dots) > MOST_LINKS)
    name = "Time to detect" if is_detection else "Time to resolve"
    return PatternPicture(contrast(shown, axes, f"{name}: {title} and all other incidents"), summary, others)


def _dots(incidents: Iterable[Postmortem], measure: Measure, context: PageContext) -> Iterator[Dot]:
    for incident in incidents:
        length = context.analysis.length(incident, measure)
        if length is None or incident.day is None:
            continue
        quarter = quarter_of(incident.day)
        yield Dot(
            at=quarter.ordinal + (incident.day - quarter.first).days / _DAYS_A_QUARTER,
            length=max(length, timedelta()),
            is_late=False,
            href=context.addresses.postmortem(incident),
            title=mark_title(incident, context.analysis.durations_of(incident)),
            key="",
        )
