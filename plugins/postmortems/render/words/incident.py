"""One incident in a few words: what links, tables and the titles of marks say of it."""

from __future__ import annotations

from datetime import timedelta

from postmortems.model.durations import Durations
from postmortems.model.postmortem import Postmortem
from postmortems.render.words.formats import MONTHS, UNKNOWN, day_words, duration_words


def clipped(text: str, most: int) -> str:
    """A text of at most `most` characters, cut with an ellipsis."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def short_name(postmortem: Postmortem, most: int = 48) -> str:
    """Short name for links: owner and month, as in `GitLab, Jan 2017`; without an owner its title."""
    name = clipped(postmortem.front_matter.owner or postmortem.title, most)
    day = postmortem.day
    return f"{name}, {MONTHS[day.month - 1]} {day.year}" if day else name


def lasted_words(lengths: Durations) -> str:
    """`resolved after 45 min`, or what is known instead."""
    if lengths.to_recover is not None:
        return f"resolved after {duration_words(lengths.to_recover)}".replace("after at once", "at once")
    if lengths.to_mitigate is not None:
        return f"mitigated after {duration_words(lengths.to_mitigate)}, end unknown".replace("after at once", "at once")
    return "length unknown"


def detected_words(lengths: Durations) -> str:
    """`detected after 12 min`, `detected at once`, or that it is unknown."""
    if lengths.to_detect is None:
        return "detected at an unknown time"
    if lengths.to_detect == timedelta():
        return "detected at once"
    return f"detected after {duration_words(lengths.to_detect)}"


def mark_title(postmortem: Postmortem, lengths: Durations) -> str:
    """The title of a mark, for a pointer or a screen reader."""
    facts = (
        postmortem.front_matter.severity or "severity unknown",
        day_words(postmortem.day) if postmortem.day else f"day {UNKNOWN}",
        lasted_words(lengths),
        detected_words(lengths),
    )
    return f"{postmortem.title}\n{' · '.join(facts)}"
