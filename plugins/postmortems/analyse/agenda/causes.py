"""Points on causes: whys for the trigger, the primary cause and each factor, and what the incident repeats."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from postmortems.analyse.agenda.meeting import Point, Quote, Topic
from postmortems.analyse.agenda.quotes import quoted, quotes
from postmortems.analyse.analysis import Analysis
from postmortems.analyse.occurrences import involvements
from postmortems.analyse.passages import FACTORS
from postmortems.model.front_matter import TO_BE_FOUND_OUT
from postmortems.model.postmortem import Postmortem
from postmortems.model.template import is_left_over

_MOST_FACTORS = 8
_MOST_QUOTES = 3
_MOST_PATTERNS = 3
_MOST_SUSPECTED = 2


def cause_points(postmortem: Postmortem, analysis: Analysis) -> Iterator[Point]:
    """The points for the analysis of causes."""
    corpus, matter = analysis.corpus, postmortem.front_matter
    yield Point(Topic.FIVE_WHYS)
    if matter.trigger and not is_left_over(matter.trigger, corpus):
        yield Point(Topic.TRIGGER, quotes=(Quote(matter.trigger, postmortem.place_of("trigger").line),))
    primary = quotes("Primary Cause", postmortem, corpus)
    if primary:
        yield Point(Topic.PRIMARY_CAUSE, quotes=primary[:1])
    label = postmortem.root_cause
    is_unknown = label is None or label == TO_BE_FOUND_OUT or is_left_over(label, corpus)
    if is_unknown and (postmortem.has("root_cause") or not postmortem.is_near_miss):
        yield Point(Topic.CAUSE_UNKNOWN)
    factors = quotes(FACTORS, postmortem, corpus)
    yield Point(Topic.FACTORS, number=len(factors))
    yield from (Point(Topic.FACTOR, quotes=(factor,)) for factor in factors[:_MOST_FACTORS])
    recurrence = analysis.recurrence_of(postmortem)
    for earlier in recurrence.declared:
        yield Point(Topic.REPEATS, (earlier,))
    for suspicion in recurrence.suspected[:_MOST_SUSPECTED]:
        yield Point(Topic.MAY_REPEAT, (suspicion.earlier,), suspicion=suspicion)
    yield from _patterns(postmortem, analysis)
    yield from quoted(Topic.NOT_UNDERSTOOD, "Still Not Understood", postmortem, corpus, _MOST_QUOTES)


def _patterns(postmortem: Postmortem, analysis: Analysis) -> Iterator[Point]:
    """The patterns that earlier incidents have, the most frequent first."""
    found = []
    for name in involvements(postmortem):
        if name in analysis.corpus.pattern_by_id:
            earlier = earlier_with(name, postmortem, analysis)
            if earlier:
                found.append(
                    Point(
                        Topic.PATTERN,
                        earlier[-1:],
                        pattern=name,
                        names=(analysis.pattern_name(name),),
                        number=len(earlier),
                    )
                )
    yield from sorted(found, key=lambda point: -point.number)[:_MOST_PATTERNS]


def earlier_with(pattern: str, postmortem: Postmortem, analysis: Analysis) -> tuple[Postmortem, ...]:
    """The incidents before one that have a pattern, oldest first."""
    counted = analysis.occurrences[pattern].counted
    begin = bisect_left(counted, postmortem.chronology, key=lambda occurrence: occurrence.postmortem.chronology)
    return tuple(occurrence.postmortem for occurrence in counted[:begin])
