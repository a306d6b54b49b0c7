"""Points on the course of an incident: what is unknown, what was slow, where the timeline is silent, what surprised."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from operator import itemgetter

from postmortems.analyse.agenda.meeting import Comparison, Point, Topic
from postmortems.analyse.agenda.quotes import quoted
from postmortems.analyse.analysis import Analysis
from postmortems.model.front_matter import MOMENTS, DetectedBy, FrontMatter
from postmortems.model.postmortem import Postmortem
from postmortems.model.template import is_left_over
from postmortems.model.timeline import Event

_MOST_SILENCES = 3
_SHORTEST_SILENCE = timedelta(minutes=5)
_SHARE_OF_INCIDENT = 10
"""A silence is worth a point from a tenth of the incident on."""

_ENOUGH = 8
"""Minimum other incidents with a known length for a comparison."""

_PHASES = (
    ("undetected", "started_at", "detected_at"),
    ("responding", "detected_at", "mitigated_at"),
    ("recovering", "mitigated_at", "resolved_at"),
)
"""The phases by the names that the phase bar gives them, each with the moments at its ends."""

_MOST_QUOTES = 3


def timeline_points(postmortem: Postmortem, analysis: Analysis) -> Iterator[Point]:
    """The points for the review of the timeline."""
    events = written_events(postmortem, analysis)
    matter = postmortem.front_matter
    # The short form of a near miss has no timeline, and it may have none of the moments.
    if events or not postmortem.is_near_miss:
        yield Point(Topic.ENTRIES, number=len(events), events=tuple(_ends(events)))
    if without := [event for event in events if event.at is None]:
        yield Point(Topic.ENTRIES_WITHOUT_TIME, number=len(without), events=tuple(without[:1]))
    asked = [name for name in MOMENTS if postmortem.has(name) or not postmortem.is_near_miss]
    if unknown := tuple(name for name in asked if getattr(matter, name) is None):
        yield Point(Topic.MOMENTS_UNKNOWN, names=unknown)
    lengths = analysis.durations_of(postmortem)
    if lengths.over_target:
        yield Point(Topic.DETECTED_LATE, length=lengths.to_detect, over_target=lengths.over_target)
    if matter.detected_by in (DetectedBy.CUSTOMER, DetectedBy.THIRD_PARTY):
        yield Point(Topic.DETECTED_OUTSIDE)
    for before, after in silences(events, matter):
        yield Point(Topic.SILENCE, events=(before, after), length=_silence(before, after))
    yield from _long_phases(postmortem, analysis, detected_late=bool(lengths.over_target))
    corpus = analysis.corpus
    yield from quoted(Topic.SAVED, "What Saved Us", postmortem, corpus, _MOST_QUOTES)
    yield from quoted(Topic.SURPRISE, "What Surprised Us", postmortem, corpus, _MOST_QUOTES)
    yield from quoted(Topic.DETECTION_GAP, "Detection Gaps", postmortem, corpus, _MOST_QUOTES)


def written_events(postmortem: Postmortem, analysis: Analysis) -> tuple[Event, ...]:
    """The entries of a timeline without those that the template left."""
    return tuple(event for event in postmortem.timeline.events if not is_left_over(event.text, analysis.corpus))


def silences(events: Sequence[Event], matter: FrontMatter) -> list[tuple[Event, Event]]:
    """The longest stretches without an entry between detection and resolution, at most three, in their order.

    Times decide which entries follow each other; where the text has another order, or an entry without a time of day
    between them, no one knows how long it was silent. The time before detection is the detection's own point.
    """
    begin, end = matter.detected_at, matter.resolved_at
    found = [
        (before, after)
        for before, after in _neighbours(events)
        # One that is under way at an end counts: it says how the incident was found, or how it was called over.
        if (begin is None or _begin(after) > begin) and (end is None or _begin(before) < end)
    ]
    shortest = max(_SHORTEST_SILENCE, _course(events, matter) / _SHARE_OF_INCIDENT)
    long = [pair for pair in found if _silence(*pair) >= shortest]
    longest = sorted(long, key=lambda pair: _silence(*pair), reverse=True)[:_MOST_SILENCES]
    return [pair for pair in found if pair in longest]


def _neighbours(events: Sequence[Event]) -> Iterator[tuple[Event, Event]]:
    """Pairs of an entry and the next one after it, by time; of entries that overlap the one that ends last."""
    exact = [(event.at, place, event) for place, event in enumerate(events) if event.at and not event.day_only]
    vague = [place for place, event in enumerate(events) if event.at is None or event.day_only]
    last: tuple[int, Event] | None = None
    for _, place, event in sorted(exact, key=itemgetter(0, 1)):
        if last and last[0] < place and bisect_left(vague, last[0]) == bisect_left(vague, place):
            yield last[1], event
        if last is None or _end(event) >= _end(last[1]):
            last = place, event


def _course(events: Sequence[Event], matter: FrontMatter) -> timedelta:
    """Time from detection to resolution, as far as it is known; else what the timeline spans."""
    if matter.detected_at and matter.resolved_at:
        return max(timedelta(0), matter.resolved_at - matter.detected_at)
    times = [event.at for event in events if event.at and not event.day_only]
    return max(times) - min(times) if times else timedelta(0)


def _silence(before: Event, after: Event) -> timedelta:
    return _begin(after) - _end(before)


def _begin(event: Event) -> datetime:
    assert event.at
    return event.at


def _end(event: Event) -> datetime:
    return max(event.until or _begin(event), _begin(event))


def _ends(events: Sequence[Event]) -> Iterator[Event]:
    """The first and the last entry that have a time; a day counts where no other entry of it has a time of day."""
    days = {event.at.date() for event in events if event.at and not event.day_only}
    timed = [event for event in events if event.at and not (event.day_only and event.at.date() in days)]
    if timed:
        yield min(timed, key=_begin)
    if len(timed) > 1:
        yield max(timed, key=_end)


def _long_phases(postmortem: Postmortem, analysis: Analysis, *, detected_late: bool) -> Iterator[Point]:
    """The phases that took longer than nine in ten of those of the other incidents."""
    ordered = analysis.once(phase_lengths)
    for name, begin, end in _PHASES:
        length = _between(postmortem, begin, end)
        if length is None or (name == "undetected" and detected_late):
            continue
        all_lengths = ordered[name]
        others = len(all_lengths) - postmortem.is_incident
        shorter = bisect_left(all_lengths, length)
        if others >= _ENOUGH and shorter * 10 >= others * 9:
            yield Point(Topic.LONG_PHASE, names=(begin, end), comparison=Comparison(name, length, shorter, others))


def phase_lengths(analysis: Analysis) -> Mapping[str, tuple[timedelta, ...]]:
    """The known lengths of each phase in all incidents, in order."""
    return {
        name: tuple(
            sorted(length for incident in analysis.incidents if (length := _between(incident, begin, end)) is not None)
        )
        for name, begin, end in _PHASES
    }


def _between(postmortem: Postmortem, begin: str, end: str) -> timedelta | None:
    first: datetime | None = getattr(postmortem.front_matter, begin)
    last: datetime | None = getattr(postmortem.front_matter, end)
    return last - first if first and last and last >= first else None
