"""How soon the incidents of a pattern, a service or an owner were noticed, held against all others.

The figures and the picture.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from markupsafe import Markup

from postmortems.analyse.measures import Measure
from postmortems.analyse.statistics import Summary
from postmortems.model.pattern import Pattern
from postmortems.model.postmortem import Postmortem
from postmortems.render.base.context import MANY, PageContext
from postmortems.render.base.families import mark_of
from postmortems.render.charts.detection_dots import Group, detection_dots
from postmortems.render.charts.log_axis import Dot
from postmortems.render.words.incident import mark_title

MOST_MARKS = 60
"""The number of incidents of a group up to which each has a mark of its own: as many as stand beside each other in a
picture. A strip of more counts by months, and of how soon more were noticed the median and its interval are drawn."""

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class DetectionSummary:
    """One group of incidents: how many were noticed within a minute, and the summary of the times to detect."""

    group: str
    within_a_minute: int
    summary: Summary


@dataclass(frozen=True, slots=True)
class Comparison:
    """Some incidents and all others. The picture is empty where nothing is known of the former.

    `has_dots` is False where they are too many for a dot each.
    """

    here: DetectionSummary
    elsewhere: DetectionSummary
    picture: Markup
    has_dots: bool


def compare(pattern: Pattern, members: Sequence[Postmortem], context: PageContext) -> Comparison:
    """The comparison of a pattern's incidents with all others."""
    return compare_group(pattern.title, members, context, mark_of(pattern.family, context.settings) or "neutral")


def compare_group(title: str, members: Sequence[Postmortem], context: PageContext, mark: str = "neutral") -> Comparison:
    """The comparison; its cost is that of the group's incidents, save in a corpus small enough to draw whole."""
    analysis = context.analysis
    rest, of_rest = analysis.detection.without(members)
    lengths = [analysis.durations_of(one).to_detect for one in members]
    soon = sum(length is not None and length <= _MINUTE for length in lengths)
    here = DetectionSummary("here", soon, analysis.summary(members, Measure.DETECT))
    elsewhere = DetectionSummary("all others", rest.up_to(_MINUTE), of_rest)
    has_dots = len(members) <= MOST_MARKS
    if not here.summary.n:
        return Comparison(here, elsewhere, Markup(""), has_dots)
    inside = {one.path for one in members}
    draws_others = len(analysis.incidents) <= MANY and len(rest) <= MOST_MARKS
    others = (one for one in analysis.incidents if one.path not in inside) if draws_others else ()
    groups = (
        Group(title, here.summary, _dots(members if has_dots else (), context), mark),
        Group("All others", elsewhere.summary, _dots(others, context)),
    )
    severities = {one.front_matter.severity for one in members}
    targets = {name: length for name, length in context.settings.detection_targets.items() if name in severities}
    label = f"Time to detect: {title} against all other incidents"
    return Comparison(here, elsewhere, detection_dots(groups, targets, label), has_dots)


def _dots(members: Iterable[Postmortem], context: PageContext) -> tuple[Dot, ...]:
    found = []
    for one in members:
        lengths = context.analysis.durations_of(one)
        if lengths.to_detect is not None:
            found.append(Dot(lengths.to_detect, context.addresses.postmortem(one), mark_title(one, lengths)))
    return tuple(found)
