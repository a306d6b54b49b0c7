"""Services that fail for causes that have come up before: what was learnt once and has come back."""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.findings.finding import Claim, Finding, Question, ask, by_service, compared
from postmortems.analyse.tallies import root_causes
from postmortems.model.postmortem import Postmortem

NAME = "shared-root-cause"


def _find(analysis: Analysis) -> Iterator[Finding]:
    causes = root_causes(analysis.incidents).items
    shared = {member.path for cause in causes if cause.count > 1 for member in cause.members}

    def is_shared(postmortem: Postmortem) -> bool | None:
        return None if postmortem.root_cause is None else postmortem.path in shared

    answers = ask(analysis.incidents, is_shared)
    # Incidents of one pattern have one way of failing, so that a shared cause would say nothing of them.
    for subject, group in by_service(analysis):
        yield from compared(NAME, [subject], Claim.SHARED_ROOT_CAUSE, group, answers)


QUESTION = Question(NAME, "Do incidents of a service share a root cause with another incident?", _find)
