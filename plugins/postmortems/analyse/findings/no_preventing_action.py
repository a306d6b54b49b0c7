"""How many incidents have action items of other kinds, and none that prevents the next one."""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.analyse.evidence import Evidence
from postmortems.analyse.findings.finding import Finding, Maker, ask, counted
from postmortems.model.action_item import ActionKind
from postmortems.model.postmortem import Postmortem

NAME = "no-preventing-action"


def _find(evidence: Evidence) -> Iterator[Finding]:
    claim = "have no action item that prevents the next one"
    yield from counted(NAME, [], claim, evidence.incidents, ask(evidence.incidents, _has_none))


def _has_none(postmortem: Postmortem) -> bool | None:
    kinds = [item.kind for item in postmortem.actions.items]
    if ActionKind.PREVENT in kinds:
        return False
    return None if None in kinds else True


MAKER = Maker(NAME, "How many incidents have no action item of the kind prevent?", _find)
