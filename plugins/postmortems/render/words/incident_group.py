"""Some incidents in a few words: how many, and what their figures rest on."""

from __future__ import annotations

from postmortems.analyse.incident_group import IncidentGroup
from postmortems.analyse.statistics import Summary
from postmortems.render.words.formats import apart_words, count_words, duration_words


def group_words(group: IncidentGroup) -> str:
    """`37 incidents · median 2 h to resolve (30 known) · duration unknown in 7`: what is beside a heading."""
    recovery = group.recovery
    parts = [count_words(len(group.incidents), "incident"), apart_words(group.postmortems)]
    if recovery.median is not None:
        censored = f", {recovery.censored:,} at least as long" if recovery.censored else ""
        parts.append(f"median {duration_words(recovery.median)} to resolve ({recovery.n:,} known{censored})")
    if unknown := recovery.missing - recovery.censored:
        parts.append(f"duration unknown in {unknown:,}")
    return "\N{NO-BREAK SPACE}· ".join(filter(None, parts))


def counted_words(group: IncidentGroup) -> str:
    """`37 incidents, plus 2 drills (not counted)`."""
    apart = apart_words(group.postmortems)
    return count_words(len(group.incidents), "incident") + (f", plus {apart} (not counted)" if apart else "")


def known_words(summary: Summary) -> str:
    """Values that a median rests on: `37 known, 3 at least as long, 4 unknown`."""
    censored = f", {summary.censored:,} at least as long" if summary.censored else ""
    return f"{summary.n:,} known{censored}, {summary.missing - summary.censored:,} unknown"
