"""Whether incidents that were noticed late have no action that would let the next one be noticed sooner."""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.analyse.detection import is_late
from postmortems.analyse.evidence import Evidence
from postmortems.analyse.findings.finding import Finding, Maker, ask, compared
from postmortems.analyse.findings.whole_list import lacks
from postmortems.model.action_item import ActionKind

NAME = "late-without-detect-action"


def _find(evidence: Evidence) -> Iterator[Finding]:
    judged = [one for one in evidence.incidents if is_late(one, evidence) is not None]
    late = [one for one in judged if is_late(one, evidence)]
    claim = "that were noticed late have no action item that would let the next one be noticed sooner"
    yield from compared(NAME, [], claim, late, ask(judged, lambda one: lacks(ActionKind.DETECT, one, evidence)))


MAKER = Maker(NAME, "Do incidents that were noticed late have no action item of the kind detect, unlike others?", _find)
