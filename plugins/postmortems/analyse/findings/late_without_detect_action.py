"""How many incidents that were noticed late have no action that would let the next one be noticed sooner."""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.analyse.detection import is_late
from postmortems.analyse.evidence import Evidence
from postmortems.analyse.findings.finding import Finding, Maker, ask, counted
from postmortems.model.action_item import ActionKind
from postmortems.model.postmortem import Postmortem

NAME = "late-without-detect-action"


def _find(evidence: Evidence) -> Iterator[Finding]:
    late = [one for one in evidence.incidents if is_late(one, evidence)]
    claim = "that were noticed late have no action item that would let the next one be noticed sooner"
    yield from counted(NAME, [], claim, late, ask(late, _has_none))


def _has_none(postmortem: Postmortem) -> bool | None:
    kinds = [item.kind for item in postmortem.actions.items]
    if ActionKind.DETECT in kinds:
        return False
    return None if None in kinds else True


MAKER = Maker(NAME, "Of the incidents that were noticed late, how many have no action item of the kind detect?", _find)
