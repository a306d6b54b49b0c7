"""What incidents are named with, counted: root causes, triggers, services, and what contributed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.passages import FACTORS, passages
from postmortems.model.front_matter import UNKNOWN
from postmortems.model.pattern import Role
from postmortems.model.postmortem import Postmortem
from postmortems.model.published import figure, form
from postmortems.text.slug import slug, spellings_by_slug


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
        """How many incidents have it."""
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


@dataclass(frozen=True, slots=True)
class FactorFigures:
    """What contributed.

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
    """What incidents are named with, counted."""

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
    contributing = [
        (one, [named.pattern for named in one.front_matter.patterns if named.role is Role.CONTRIBUTING])
        for one in analysis.incidents
    ]
    sentences = [len(passages(FACTORS, one)) for one in analysis.incidents]
    return LabelFigures(
        root_causes=root_causes(analysis.incidents),
        triggers=_tallies((one, _known(one.front_matter.trigger)) for one in analysis.incidents),
        services=_tallies((one, one.front_matter.services) for one in analysis.incidents),
        contributing=FactorFigures(
            patterns=_of_patterns(contributing, analysis),
            sentences=sum(sentences),
            n=sum(number > 0 for number in sentences),
            missing=sum(number == 0 for number in sentences),
        ),
    )


def root_causes(incidents: Iterable[Postmortem]) -> Tallies:
    """The root causes; an unknown one is missing."""
    return _tallies((one, [one.root_cause] if one.root_cause else []) for one in incidents)


def _known(label: str | None) -> list[str]:
    return [label] if label and label.lower() != UNKNOWN else []


def _tallies(labelled: Iterable[tuple[Postmortem, Sequence[str]]]) -> Tallies:
    """Labels by their slug, each called by its most frequent spelling."""
    written: list[str] = []
    members: defaultdict[str, dict[str, Postmortem]] = defaultdict(dict)
    n = missing = 0
    for one, labels in labelled:
        n, missing = n + bool(labels), missing + (not labels)
        for label in labels:
            written.append(label)
            members[slug(label)][one.path] = one
    spellings = spellings_by_slug(written)
    items = [Tally(key, spellings[key].usual, tuple(found.values())) for key, found in members.items()]
    return Tallies(tuple(sorted(items, key=_most_first)), n, missing)


def _of_patterns(named: Sequence[tuple[Postmortem, Sequence[str]]], analysis: Analysis) -> Tallies:
    members: defaultdict[str, dict[str, Postmortem]] = defaultdict(dict)
    for one, patterns in named:
        for pattern in patterns:
            members[pattern][one.path] = one
    items = [Tally(key, analysis.pattern_name(key), tuple(found.values())) for key, found in members.items()]
    n = sum(bool(patterns) for _, patterns in named)
    return Tallies(tuple(sorted(items, key=_most_first)), n, len(named) - n)


def _most_first(tally: Tally) -> tuple[int, str]:
    return -tally.count, tally.label.casefold()
