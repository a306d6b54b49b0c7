"""Values that the corpus lacks: what every other figure rests on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.passages import FACTORS, passages
from postmortems.model.front_matter import UNKNOWN, Status
from postmortems.model.postmortem import Postmortem
from postmortems.model.published import figure, form


@dataclass(frozen=True, slots=True)
class MissingValue:
    """One value that postmortems should have.

    A value that says `unknown` is lacking, too.
    """

    value: str
    asked: int
    lacking: tuple[Postmortem, ...]

    published: ClassVar = form(
        "LackForm",
        figure("value", "The key of the front matter, or the section's name"),
        figure("asked", "How many should have it"),
        figure("known", "How many have it"),
        figure("lacking", "The ids of those that do not, oldest first"),
    )

    @property
    def known(self) -> int:
        """Number of postmortems that have it."""
        return self.asked - len(self.lacking)

    @property
    def is_section(self) -> bool:
        """True if it is a section of the text, False if it is a key of the front matter."""
        return " " in self.value


Has = Callable[[Postmortem], bool]


def data_quality(analysis: Analysis) -> tuple[MissingValue, ...]:
    """Every value that a figure is made from, in the order of the front matter, then the sections."""

    def lack(value: str, has: Has, of: tuple[Postmortem, ...] = analysis.incidents) -> MissingValue:
        return MissingValue(value, len(of), tuple(incident for incident in of if not has(incident)))

    published = tuple(incident for incident in analysis.incidents if incident.front_matter.status is Status.PUBLISHED)
    return (
        lack("severity", lambda incident: incident.front_matter.severity is not None),
        lack("services", lambda incident: bool(incident.front_matter.services)),
        lack("owner", lambda incident: bool(incident.front_matter.owner)),
        lack("started_at", lambda incident: incident.front_matter.started_at is not None),
        lack("detected_at", lambda incident: incident.front_matter.detected_at is not None),
        lack("mitigated_at", lambda incident: incident.front_matter.mitigated_at is not None),
        lack("resolved_at", lambda incident: incident.front_matter.resolved_at is not None),
        lack("detected_by", lambda incident: incident.front_matter.detected_by is not None),
        lack("root_cause", lambda incident: incident.root_cause is not None),
        lack("trigger", lambda incident: (incident.front_matter.trigger or UNKNOWN).lower() != UNKNOWN),
        lack("patterns", lambda incident: bool(incident.front_matter.patterns)),
        lack("published_on", lambda incident: incident.front_matter.published_on is not None, published),
        lack(FACTORS, lambda incident: bool(passages(incident, FACTORS))),
        lack("Action Items", lambda incident: bool(incident.actions.written)),
    )
