"""The four moments of an incident: as metadata state them, as stated lengths laid over the events tell them, and as
events say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import combinations

from postmortems.adopt.document import Document
from postmortems.adopt.event_moments import as_events_say, written
from postmortems.adopt.lengths import length_at_head
from postmortems.adopt.moment_reader import MomentReader
from postmortems.adopt.moments_in_prose import moments_in_prose
from postmortems.adopt.record import UNKNOWN_VALUE, Certainty, Value, derived, stated
from postmortems.adopt.statements import Statement
from postmortems.model.front_matter import MOMENTS
from postmortems.model.timeline import Event


def find_moments(
    document: Document, day: date | None, events: Sequence[Event], zone_doubt: str
) -> tuple[dict[str, Value], list[str]]:
    """The moments of a document by their key, and what is wrong with them; `day` is the incident's, if it is known."""
    reader = MomentReader(document, day)
    found: dict[str, Value] = {}
    problems: list[str] = []
    for key in MOMENTS:
        for statement in document.stated(key):
            if value := reader.stated(statement):
                found.setdefault(key, value)
            elif re.search(r"\d:\d\d", statement.value):
                problems.append(f'{statement.origin}: "{statement.value[:80]}" is not a time that can be read')
    timed = [event for event in events if event.at and not event.day_only]
    if len(found) < len(MOMENTS):
        for candidate in (
            _by_lengths(document, timed, zone_stated=not zone_doubt),
            moments_in_prose(document, reader),
            as_events_say(timed, day, zone_doubt),
        ):
            for key, value in candidate.items():
                # A length that begins when somebody noticed says nothing of the beginning.
                if (
                    key != "started_at"
                    or value.value != found.get("detected_at", UNKNOWN_VALUE).value
                    or _is_told(document)
                ):
                    found[key] = (
                        _first_notice(found.get(key, value), value) if key == "detected_at" else found.get(key, value)
                    )
    problems += _drop_out_of_order(found)
    return {key: found.get(key, UNKNOWN_VALUE) for key in MOMENTS}, problems


def _first_notice(found: Value, other: Value) -> Value:
    """The earlier of two detections, unless the document states one."""
    return other if found.certainty is Certainty.DERIVED and str(other.value) < str(found.value) else found


def _is_told(document: Document) -> bool:
    """True if the document says how long it took to notice."""
    return next(document.stated("time_to_detect"), None) is not None


def _by_lengths(document: Document, events: Sequence[Event], *, zone_stated: bool) -> dict[str, Value]:
    """The moments where lengths that are stated lead from one event to others, each to the minute.

    Two lengths that lead from one event alone to two others are as good as stated.
    """
    lengths: dict[str, tuple[timedelta, Statement]] = {}
    for role, key in (
        ("time_to_detect", "detected_at"),
        ("time_to_mitigate", "mitigated_at"),
        ("time_to_resolve", "resolved_at"),
    ):
        for statement in document.stated(role):
            if (length := length_at_head(statement.value)) is not None:
                lengths.setdefault(key, (length, statement))
    minutes = {event.at.replace(second=0): event for event in events if event.at and not event.approximate}
    starts = [at for at in minutes if lengths and all(at + length in minutes for length, _ in lengths.values())]
    longest = [at for at in starts if any(length for length, _ in lengths.values())]
    if len(longest) != 1:
        return {}
    start = longest[0]
    told = " and ".join(f'"{statement.label}: {statement.value}"' for _, statement in lengths.values())
    verb = "end" if len(lengths) > 1 else "ends"
    origin = f"line {minutes[start].place.line}: {told} from there {verb} at another event"
    sure = stated if zone_stated and sum(bool(length) for length, _ in lengths.values()) > 1 else derived
    found = {"started_at": sure(written(start), origin)}
    for key, (length, statement) in lengths.items():
        event = minutes[start + length]
        found[key] = sure(
            written(start + length), f"line {event.place.line}; {statement.origin} says {statement.value}"
        )
    return found


def _drop_out_of_order(found: dict[str, Value]) -> list[str]:
    """Take out the moments that are derived and lie before an earlier one; say so of those that are stated."""
    problems = []
    while wrong := next(_out_of_order(found), None):
        before, after = wrong
        problems.append(f"{after} ({found[after].value}) would be before {before} ({found[before].value})")
        loser = next((key for key in (after, before) if found[key].certainty is not Certainty.STATED), None)
        if loser is None:
            break
        del found[loser]
    return problems


def _out_of_order(found: Mapping[str, Value]) -> Iterator[tuple[str, str]]:
    """The pairs of moments of which the later one comes before the earlier one."""
    known = [key for key in MOMENTS if key in found]
    for before, after in combinations(known, 2):
        if datetime.fromisoformat(str(found[after].value)) < datetime.fromisoformat(str(found[before].value)):
            yield before, after
