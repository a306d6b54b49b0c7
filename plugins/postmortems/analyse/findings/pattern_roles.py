"""Which pattern sets most incidents off, contributes to most, hides most and slows most repairs."""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.analyse.evidence import Evidence, Subject, SubjectKind
from postmortems.analyse.findings.finding import Answers, Finding, Maker, counted
from postmortems.model.pattern import Role

NAME = "pattern-roles"
_CLAIMS = {
    Role.TRIGGER: "were set off by it",
    Role.CONTRIBUTING: "had it as a contributing factor",
    Role.DETECTION: "were hidden by it",
    Role.MITIGATION: "took longer to repair because of it",
}


def _find(evidence: Evidence) -> Iterator[Finding]:
    """Of each role the most frequent pattern; of several that are equally frequent, all."""
    for role, claim in _CLAIMS.items():
        most = max((found.by_role.get(role, 0) for found in evidence.occurrences.values()), default=0)
        for name, found in evidence.occurrences.items():
            if not most or found.by_role.get(role, 0) < most:
                continue
            paths = {one.postmortem.path for one in found.counted if one.role is role}
            answers = Answers({one.path: one.path in paths for one in evidence.incidents}, len(paths))
            subject = Subject(SubjectKind.PATTERN, name, evidence.pattern_name(name))
            yield from counted(NAME, [subject], claim, evidence.incidents, answers)


MAKER = Maker(NAME, "Which pattern set most incidents off, contributed to most, hid most, slowed most repairs?", _find)
