"""How many incidents share their root cause with another one: what was learnt once and has come back."""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.analyse.evidence import Evidence
from postmortems.analyse.findings.finding import Finding, Maker, ask, counted
from postmortems.analyse.tallies import root_causes
from postmortems.model.postmortem import Postmortem

NAME = "shared-root-cause"


def _find(evidence: Evidence) -> Iterator[Finding]:
    causes = root_causes(evidence.incidents).items
    shared = {one.path for cause in causes if cause.count > 1 for one in cause.members}

    def is_shared(postmortem: Postmortem) -> bool | None:
        return None if postmortem.root_cause is None else postmortem.path in shared

    claim = "share their root cause with another one"
    yield from counted(NAME, [], claim, evidence.incidents, ask(evidence.incidents, is_shared))


MAKER = Maker(NAME, "How many incidents share their root cause with another one?", _find)
