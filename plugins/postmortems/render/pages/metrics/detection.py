"""What was noticed later than its target, and who noticed first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from postmortems.analyse.detection import AgainstTarget, DetectionFigures
from postmortems.model.durations import TargetSource
from postmortems.model.front_matter import DetectedBy
from postmortems.render.base.context import PageContext
from postmortems.render.charts.share_bar import share_bar
from postmortems.render.charts.units import Unit, units
from postmortems.render.pages.metrics.figure_words import severity_words, share_words
from postmortems.render.words.formats import duration_words
from postmortems.render.words.incident import short_name

FIRST_LATE = 8
"""How many of those that were noticed late stand open beside the response time; the others are folded."""

MOST_LATE = 30
"""How many of those that were noticed late are listed, the latest first; the data file has all."""

_BY = {
    DetectedBy.ALERT: "An alert",
    DetectedBy.STAFF: "Staff",
    DetectedBy.CUSTOMER: "Customers",
    DetectedBy.THIRD_PARTY: "Third parties",
}


@dataclass(frozen=True, slots=True)
class Late:
    """One incident that was noticed later than its target; `source` says whose target it is."""

    name: str
    title: str
    href: str
    took: str
    target: str
    over: str
    source: str


@dataclass(frozen=True, slots=True)
class DetectorCount:
    """Who noticed first, and in how many incidents."""

    name: str
    count: int
    bar: Markup


@dataclass(frozen=True, slots=True)
class DetectionPart:
    """The times to detect against their targets as the page shows them."""

    figures: DetectionFigures
    interval: str
    picture: Markup
    severities: Sequence[tuple[str, AgainstTarget]]
    late: Sequence[Late]
    more: int
    noticers: Sequence[DetectorCount]
    known_noticers: int
    unknown_noticers: int


def detection_part(figures: DetectionFigures, context: PageContext) -> DetectionPart:
    """The section on detection; the incidents that were noticed most late come first."""
    against = figures.all
    late = sorted(against.late, key=lambda one: _over_seconds(one.path, context), reverse=True)
    known = sum(count for by, count in figures.detected_by.items() if by is not None)
    return DetectionPart(
        figures=figures,
        interval=share_words(against.interval),
        picture=_picture(against, context) if against.n else Markup(""),
        severities=[(severity_words(found.severity), found.against_target) for found in figures.severities],
        late=[_late(one.path, context) for one in late[:MOST_LATE]],
        more=max(0, len(late) - MOST_LATE),
        noticers=[
            DetectorCount(words, figures.detected_by.get(by, 0), share_bar(figures.detected_by.get(by, 0), known))
            for by, words in _BY.items()
        ],
        known_noticers=known,
        unknown_noticers=figures.detected_by.get(None, 0),
    )


def _over_seconds(path: str, context: PageContext) -> float:
    over = context.analysis.durations[path].over_target
    return over.total_seconds() if over else 0.0


def _picture(against: AgainstTarget, context: PageContext) -> Markup:
    late = {one.path for one in against.late}
    members = sorted((*against.in_time, *against.late), key=lambda one: one.chronology)
    squares = [
        Unit(
            context.addresses.postmortem(one),
            f"{short_name(one)}: noticed after {duration_words(context.analysis.durations_of(one).to_detect)}",
            one.path in late,
        )
        for one in members
    ]
    return units(squares, f"{len(against.late)} of {against.n} noticed later than their target")


def _late(path: str, context: PageContext) -> Late:
    one, lengths = context.corpus.by_path[path], context.analysis.durations[path]
    return Late(
        name=short_name(one),
        title=one.title,
        href=context.addresses.postmortem(one),
        took=duration_words(lengths.to_detect),
        target=duration_words(lengths.target),
        over=duration_words(lengths.over_target),
        source="its own" if lengths.target_source is TargetSource.POSTMORTEM else "settings",
    )
