"""Words of one point of an agenda, as values, and the questions that are the same in every meeting."""

from __future__ import annotations

from dataclasses import dataclass

from postmortems.analyse.agenda.meeting import Agenda, Point

LONGEST_QUOTE = 240
"""Characters of a quote that are shown: enough to know the passage, which the link leads to."""

_TONE = (
    "We are here to learn what made {incidents} possible. Everyone acted on what they knew and saw at the time. "
    "We ask what happened and how, not who. When a sentence names a person as the cause, we look for the condition "
    "behind it, since that is what we can change."
)

WHYS = (
    "Why did it happen?",
    "Why was that possible?",
    "Why did it make sense at the time?",
    "Why did nothing stop it or show it sooner?",
    "Why could the same happen elsewhere?",
)
"""The chain of questions from which a cause is followed to a condition that can be changed."""


@dataclass(frozen=True, slots=True)
class PointWords:
    """A point in plain text. `quotes` are an author's passages, `prompts` are asked one after the other."""

    fact: str = ""
    question: str = ""
    quotes: tuple[str, ...] = ()
    prompts: tuple[str, ...] = ()


def tone_words(_: Point, agenda: Agenda) -> PointWords:
    """The words to read aloud at the beginning."""
    incidents = "this incident" if agenda.postmortem else "these incidents"
    return PointWords("Read aloud:", quotes=(_TONE.format(incidents=incidents),))
