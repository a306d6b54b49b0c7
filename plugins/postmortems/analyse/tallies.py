"""Labels of incidents, counted: root causes, triggers, services, and what contributed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.by_slug import by_slug
from postmortems.analyse.passages import FACTORS, passages
from postmortems.model.front_matter import UNKNOWN
from postmortems.model.pattern import Role
from postmortems.model.postmortem import Postmortem
from postmortems.model.published import figure, form


@dataclass(frozen=True, slots=True)
class Tally:
    """One label."""

    key: str
    label: str
    members: tuple[Postmortem, ...]

    published: ClassVar = form(
        "TallyForm",
        figure("key", "What makes two spellings one label"),
        figure("label", "Its most frequent spelling"),
        figure("count", "How many incidents have it"),
        figure("postmortems", "Their ids, oldest first", "members"),
    )

    @property
    def count(self) -> int:
        """Number of incidents that have it."""
        return len(self.members)


@dataclass(frozen=True, slots=True)
class Tallies:
    """Labels of one kind, the most frequent first."""

    items: tuple[Tally, ...]
    n: int
    missing: int

    published: ClassVar = form(
        "TalliesForm",
        figure("n", "How many incidents have at least one"),
        figure("missing", "How many have none"),
        figure("items", "The labels"),
    )

    @property
    def several(self) -> tuple[Tally, ...]:
        """The labels of more than one incident."""
        return tuple(tally for tally in self.items if tally.count > 1)


@dataclass(frozen=True, slots=True)
class FactorFigures:
    """Contributing factors and what they have in common.

    Contributing factors are sentences, and no two are alike. What they have in common is what `patterns` counts.
    """

    patterns: Tallies
    sentences: int
    n: int
    missing: int

    published: ClassVar = form(
        "FactorsForm",
        figure("n", "How many incidents list a contributing factor"),
        figure("missing", "How many list none"),
        figure("sentences", "How many factors are listed"),
        figure("patterns", "The patterns with the role `contributing`"),
    )


@dataclass(frozen=True, slots=True)
class LabelFigures:
    """Labels of the incidents, counted."""

    root_causes: Tallies
    triggers: Tallies
    services: Tallies
    contributing: FactorFigures

    published: ClassVar = form(
        "LabelsForm",
        figure("root_causes", "Root causes"),
        figure("triggers", "Triggers"),
        figure("services", "Services"),
        figure("contributing", "Contributing factors"),
    )


def label_figures(analysis: Analysis) -> LabelFigures:
    """The labels of all counted incidents."""
    incidents = analysis.incidents
    sentences = [len(passages(incident, FACTORS)) for incident in incidents]
    return LabelFigures(
        root_causes=root_causes(incidents),
        triggers=_tallies((incident, _known(incident.front_matter.trigger)) for incident in incidents),
        services=_tallies((incident, incident.front_matter.services) for incident in incidents),
        contributing=FactorFigures(
            patterns=_contributing_patterns(analysis),
            sentences=sum(sentences),
            n=sum(count > 0 for count in sentences),
            missing=sum(count == 0 for count in sentences),
        ),
    )


def root_causes(incidents: Iterable[Postmortem]) -> Tallies:
    """The root causes; an unknown one is missing."""
    return _tallies((incident, [incident.root_cause] if incident.root_cause else []) for incident in incidents)


def _known(label: str | None) -> list[str]:
    return [label] if label and label.lower() != UNKNOWN else []


def _tallies(labelled: Iterable[tuple[Postmortem, Sequence[str]]]) -> Tallies:
    """Labels by their slug, each called by its most frequent spelling."""
    listed = list(labelled)
    named = by_slug((label, incident) for incident, labels in listed for label in labels)
    return _sorted((Tally(label.slug, label.name, label.members) for label in named), listed)


def _contributing_patterns(analysis: Analysis) -> Tallies:
    members: defaultdict[str, dict[str, Postmortem]] = defaultdict(dict)
    listed = []
    for incident in analysis.incidents:
        named = [
            occurrence.pattern for occurrence in incident.front_matter.patterns if occurrence.role is Role.CONTRIBUTING
        ]
        listed.append((incident, named))
        for pattern in named:
            members[pattern][incident.path] = incident
    tallies = (Tally(key, analysis.pattern_name(key), tuple(found.values())) for key, found in members.items())
    return _sorted(tallies, listed)


def _sorted(tallies: Iterable[Tally], labelled: Sequence[tuple[Postmortem, Sequence[str]]]) -> Tallies:
    """The most frequent first, beside how many of the incidents have a label."""
    n = sum(bool(labels) for _, labels in labelled)
    items = sorted(tallies, key=lambda tally: (-tally.count, tally.label.casefold()))
    return Tallies(tuple(items), n, len(labelled) - n)
