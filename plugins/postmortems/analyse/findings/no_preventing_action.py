"""After which incidents nothing was planned that prevents the next one, by pattern and service."""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.findings.finding import Finding, Question, ask, compared
from postmortems.analyse.findings.whole_list import lacks
from postmortems.model.action_item import ActionKind

NAME = "no-preventing-action"


def _find(analysis: Analysis) -> Iterator[Finding]:
    answers = ask(analysis.incidents, lambda one: lacks(ActionKind.PREVENT, one, analysis))
    for subject, group in analysis.groups():
        yield from compared(NAME, [subject], "have no action item that prevents the next one", group, answers)


MAKER = Question(NAME, "Do incidents of a pattern, or of a service, have no action item of the kind prevent?", _find)
