"""An entry of a timeline between its shape and its day: what was read of it, before times are put in order."""

from __future__ import annotations

import re
from dataclasses import dataclass

from postmortems.model.timeline import Phase, Shape
from postmortems.read.timeline.stated_zone import StatedZone
from postmortems.read.timeline.time_text import TimeText

_BREAKS = re.compile(r"(?:\s*<br\s*/?>)*\s*", re.IGNORECASE)


@dataclass(slots=True)
class RawEntry:
    """One entry: where it is, its time as written (None where it has none) and its texts.

    `zone` is that of the column's header or the heading above; the time's own comes before it. A `divider` only says
    which day the entries below it belong to. `bad` says why its time cannot be read.
    """

    line: int
    column: int
    length: int
    stamp: TimeText | None
    shape: Shape
    zone: StatedZone | None = None
    text: str = ""
    action: str = ""
    actor: str = ""
    link: str = ""
    phase: Phase | None = None
    divider: bool = False
    bad: str = ""
    written: str = ""

    @property
    def is_heading(self) -> bool:
        """True if its day counts for the entries below: a divider, or a day that is alone above its text."""
        stamp = self.stamp
        return self.divider or bool(stamp and stamp.day_only and not stamp.rest and self.shape is not Shape.TABLE)


def is_blank(text: str) -> bool:
    """True for a text of which a page shows nothing: none at all, or line breaks in HTML."""
    return _BREAKS.fullmatch(text) is not None


def phase_named(words: str) -> Phase | None:
    """The phase that a cell or a heading names, or None."""
    folded = " ".join(words.casefold().replace("-", " ").replace("*", " ").replace("`", " ").split())
    return _PHASES.get(folded)


_PHASES = {phase.value.replace("-", " "): phase for phase in Phase} | {
    "detect": Phase.DETECTION,
    "detected": Phase.DETECTION,
    "impact": Phase.IMPACT_ASSESSMENT,
    "assessment": Phase.IMPACT_ASSESSMENT,
    "triage": Phase.IMPACT_ASSESSMENT,
    "investigating": Phase.INVESTIGATION,
    "diagnosis": Phase.INVESTIGATION,
    "communications": Phase.COMMUNICATION,
    "mitigating": Phase.MITIGATION,
    "mitigated": Phase.MITIGATION,
    "resolved": Phase.RESOLUTION,
    "recovery": Phase.RESOLUTION,
    "followup": Phase.FOLLOW_UP,
    "follow ups": Phase.FOLLOW_UP,
}
