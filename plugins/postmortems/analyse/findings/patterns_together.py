"""Patterns that come together more often than chance would bring them together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.findings.finding import (
    GROUP_FROM,
    Answers,
    Claim,
    Finding,
    Question,
    ask,
    by_pattern,
    compared,
)
from postmortems.model.postmortem import Postmortem

NAME = "patterns-together"


def _find(analysis: Analysis) -> Iterator[Finding]:
    groups = [(subject, group) for subject, group in by_pattern(analysis) if len(group) >= GROUP_FROM]
    has = {subject.key: _has(group, analysis.incidents) for subject, group in groups}
    # The rarer one is asked about the other: "all 8 of 8" says more than "8 of 25", and the chance is the same.
    for (first, group), (other, _) in combinations(sorted(groups, key=lambda pair: len(pair[1])), 2):
        yield from compared(NAME, [first, other], Claim.SECOND_PATTERN_TOO, group, has[other.key])


def _has(group: Sequence[Postmortem], incidents: Iterable[Postmortem]) -> Answers:
    paths = {member.path for member in group}
    return ask(incidents, lambda incident: incident.path in paths)


QUESTION = Question(NAME, "Do two patterns occur together more often than by chance?", _find)
