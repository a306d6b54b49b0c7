"""One incident laid out as lengths: its segments and its moments, before anything is drawn.

The unknown is a segment of its own kind, in words, and never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from postmortems.model.front_matter import FrontMatter
from postmortems.render.words.formats import MONTHS, duration_words

ZERO = timedelta()
_SHORT = timedelta(minutes=10)
_OPEN_END = 0.2
_OPEN_AFTER_DETECTION = 0.5
_NOUNS = {
    "started": "the start time",
    "detected": "the detection time",
    "mitigated": "the mitigation time",
    "resolved": "the resolution time",
}


class PhaseKind(StrEnum):
    """Knowledge of a span of time; the values are the stylesheet's."""

    UNDETECTED = "dark"
    RESPONDING = "act"
    RECOVERING = "rec"
    UNKNOWN = "unk"


@dataclass(frozen=True, slots=True)
class Segment:
    """A span between two moments, counted from the bar's left end. The first of `words` that has room is drawn."""

    kind: PhaseKind
    begin: timedelta
    end: timedelta
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """Moments that read alike share a mark. `since` is the length since the start, None where the start is unknown."""

    names: tuple[str, ...]
    at: timedelta
    clock: str
    day: str
    since: timedelta | None


@dataclass(frozen=True, slots=True)
class PhaseLayout:
    """An incident as a bar of length `extent`, of which everything after `known` is an unknown end.

    `lead` is the unknown beginning; `detection` is set where it can be magnified: start and detection are known.
    """

    segments: tuple[Segment, ...]
    moments: tuple[Moment, ...]
    lead: timedelta
    known: timedelta
    extent: timedelta
    several_days: bool
    detection: Moment | None


def layout_of(matter: FrontMatter) -> PhaseLayout | str:
    """The layout of one incident, or the sentence that says why nothing can be drawn to scale."""
    named = {
        name: at
        for name, at in (
            ("started", matter.started_at),
            ("detected", matter.detected_at),
            ("mitigated", matter.mitigated_at),
            ("resolved", matter.resolved_at),
        )
        if at is not None
    }
    if not named:
        return "No times recorded, so there is no chart"
    in_order = [at for name, at in named.items() if name != "detected"]
    if any(later < earlier for earlier, later in pairwise(in_order)):
        return "The recorded times contradict each other, so there is no chart"
    started = named.get("started")
    # Detected before it began is an error that a rule reports; what is drawn begins with the incident.
    origin = started or min(named.values())
    last = max(named.values())
    length = last - origin
    if length <= ZERO:
        return _no_length(named)

    lead = ZERO if started else length * (_OPEN_END / (1 - _OPEN_END))
    ends_with_detection = named.get("detected") == last and not ("mitigated" in named or "resolved" in named)
    share = _OPEN_AFTER_DETECTION if ends_with_detection else _OPEN_END
    tail = ZERO if "resolved" in named else length * (share / (1 - share))

    segments = [] if started else [Segment(PhaseKind.UNKNOWN, ZERO, lead, ("start unknown", "start ?"))]
    bounds = sorted({max(at, origin) for at in named.values()})
    for begin, end in pairwise(bounds):
        kind, words = _between(begin, end, matter)
        segments.append(Segment(kind, begin - origin + lead, end - origin + lead, words))
    if tail:
        open_end = ("later times unknown",) if ends_with_detection else ()
        segments.append(
            Segment(PhaseKind.UNKNOWN, lead + length, lead + length + tail, (*open_end, "end unknown", "end ?"))
        )

    moments = _moments(named, origin, lead, with_seconds=length < _SHORT)
    detected = named.get("detected")
    return PhaseLayout(
        segments=tuple(_joined(segments)),
        moments=moments,
        lead=lead,
        known=lead + length,
        extent=lead + length + tail,
        several_days=len({at.date() for at in named.values()}) > 1,
        detection=_moments({"detected": detected}, origin, lead, with_seconds=length < _SHORT)[0]
        if started and detected
        else None,
    )


def _no_length(named: dict[str, datetime]) -> str:
    """The reason for no bar where all known moments are one and the same."""
    if len(named) > 1:
        return "All recorded times are the same, so there is no chart"
    return f"Only {_NOUNS[next(iter(named))]} is known, so there is no chart"


def _between(begin: datetime, end: datetime, matter: FrontMatter) -> tuple[PhaseKind, tuple[str, ...]]:
    """The kind of the time between two neighbouring moments, and the words for it."""
    length = duration_words(end - begin)
    detected, mitigated = matter.detected_at, matter.mitigated_at
    if mitigated is not None and begin >= mitigated:
        if detected is not None and begin < detected:
            return PhaseKind.RECOVERING, (f"mitigated, undetected {length}", "mitigated, undetected", "mitigated")
        return PhaseKind.RECOVERING, (f"recovering {length}", "recovering", length)
    if detected is None and mitigated is None:
        return PhaseKind.UNKNOWN, ("detection and end of impact unknown", "times unknown", "?")
    if detected is None:
        return PhaseKind.UNKNOWN, ("detection time unknown", "detected ?", "?")
    if begin < detected:
        return PhaseKind.UNDETECTED, (f"undetected {length}", "undetected")
    if mitigated is None:
        return PhaseKind.UNKNOWN, ("end of impact unknown", "mitigated ?", "?")
    return PhaseKind.RESPONDING, (f"responding {length}", "responding", length)


def _joined(segments: list[Segment]) -> list[Segment]:
    """Segments of which neighbours that say the same are one: a late detection may cut an unknown span in two."""
    joined: list[Segment] = []
    for segment in segments:
        if joined and joined[-1].kind is segment.kind is PhaseKind.UNKNOWN and joined[-1].words == segment.words:
            joined[-1] = Segment(segment.kind, joined[-1].begin, segment.end, segment.words)
        else:
            joined.append(segment)
    return joined


def _moments(
    named: dict[str, datetime], origin: datetime, lead: timedelta, *, with_seconds: bool
) -> tuple[Moment, ...]:
    """The moments in time, those that read alike as one."""
    moments: list[Moment] = []
    for name, at in sorted(named.items(), key=lambda pair: pair[1]):
        clock = f"{at:%H:%M:%S}" if with_seconds and at.second else f"{at:%H:%M}"
        day = f"{at.day} {MONTHS[at.month - 1]}"
        if moments and (moments[-1].clock, moments[-1].day) == (clock, day):
            moments[-1] = Moment((*moments[-1].names, name), moments[-1].at, clock, day, moments[-1].since)
        else:
            since = at - origin if lead == ZERO else None
            moments.append(Moment((name,), max(at - origin, ZERO) + lead, clock, day, since))
    return tuple(moments)
