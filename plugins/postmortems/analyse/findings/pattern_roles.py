"""Patterns that set incidents off, hide them or slow the repair more often than the other patterns do in theirs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.findings.finding import SHARED_BY_ALL, Claim, Finding, Others, Question, can_surprise
from postmortems.analyse.measures import Subject, SubjectKind
from postmortems.model.pattern import Role

NAME = "pattern-roles"
_CLAIMS = {
    Role.TRIGGER: Claim.SET_OFF_BY_PATTERN,
    Role.CONTRIBUTING: Claim.PATTERN_CONTRIBUTED,
    Role.DETECTION: Claim.HIDDEN_BY_PATTERN,
    Role.MITIGATION: Claim.SLOWED_BY_PATTERN,
}


def _find(analysis: Analysis) -> Iterator[Finding]:
    """Asked is every incident of a pattern in which the author gave the pattern a role."""
    total: Counter[Role] = Counter()
    for found in analysis.occurrences.values():
        total.update(occurrence.role for occurrence in found.counted if occurrence.role)
    for name, found in analysis.occurrences.items():
        given = [occurrence for occurrence in found.counted if occurrence.role]
        for role, claim in _CLAIMS.items():
            matching = tuple(occurrence.postmortem for occurrence in given if occurrence.role is role)
            finding = Finding(
                NAME,
                (Subject(SubjectKind.PATTERN, name, analysis.pattern_name(name)),),
                claim,
                asked=tuple(occurrence.postmortem for occurrence in given),
                matching=matching,
                missing=len(found.counted) - len(given),
                rest_matching=total[role] - len(matching),
                rest=total.total() - len(given),
                others=Others.OTHER_PATTERNS,
            )
            # What a pattern nearly always does is what it is: failures of monitoring hide incidents.
            if can_surprise(finding) and len(matching) < SHARED_BY_ALL * len(given):
                yield finding


QUESTION = Question(
    NAME, "Does a pattern have one role in its incidents more often than the other patterns in theirs?", _find
)
