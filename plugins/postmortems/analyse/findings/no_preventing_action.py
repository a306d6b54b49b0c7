"""After which incidents nothing was planned that prevents the next one, by pattern and service."""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.analyse.evidence import Evidence
from postmortems.analyse.findings.finding import Finding, Maker, ask, compared
from postmortems.analyse.findings.whole_list import lacks
from postmortems.model.action_item import ActionKind

NAME = "no-preventing-action"


def _find(evidence: Evidence) -> Iterator[Finding]:
    answers = ask(evidence.incidents, lambda one: lacks(ActionKind.PREVENT, one, evidence))
    for subject, group in evidence.groups():
        yield from compared(NAME, [subject], "have no action item that prevents the next one", group, answers)


MAKER = Maker(NAME, "Do incidents of a pattern, or of a service, have no action item of the kind prevent?", _find)
