"""All questions that findings answer, and which answers are shown.

The list is short and fixed, so that nothing is found by looking often enough. To add a question, write one file,
name it here and give its claim words in `render/words/findings.py`; the guide lists it, and it counts among the
comparisons that all others are weighed against.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.findings import (
    late_detection,
    late_without_detect_action,
    no_preventing_action,
    noticed_outside,
    pattern_roles,
    patterns_together,
    shared_root_cause,
    slow_after_late,
    slow_recovery,
)
from postmortems.analyse.findings.finding import SUPPORT, Finding, Question
from postmortems.analyse.fisher import false_discovery_rates
from postmortems.model.postmortem import Postmortem
from postmortems.model.published import Rate, figure, form

QUESTIONS: tuple[Question, ...] = (
    late_detection.QUESTION,
    noticed_outside.QUESTION,
    slow_recovery.QUESTION,
    slow_after_late.QUESTION,
    patterns_together.QUESTION,
    pattern_roles.QUESTION,
    shared_root_cause.QUESTION,
    late_without_detect_action.QUESTION,
    no_preventing_action.QUESTION,
)

FALSE_DISCOVERIES = 0.1
"""The share of chance results that is expected, at most, among what is said to stand out."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A group held against all other incidents."""

    finding: Finding
    chance: float
    rate: Rate

    published: ClassVar = form(
        "ComparisonForm",
        *Finding.published.under("finding"),
        figure("postmortems", "The ids of those in which it holds; null of a comparison that does not stand out"),
        figure("stands_out", "True if significant and based on enough incidents"),
        figure(
            "false_discoveries",
            "The share of wrong ones to expect if this and all stronger ones are believed",
            "rate",
        ),
    )

    @property
    def postmortems(self) -> tuple[Postmortem, ...] | None:
        """The incidents in which it holds; None unless it stands out."""
        return self.finding.matching if self.stands_out else None

    @property
    def stands_out(self) -> bool:
        """True if it is believed and rests on enough incidents to be told."""
        return self.rate <= FALSE_DISCOVERIES and self.finding.support >= SUPPORT


@dataclass(frozen=True, slots=True)
class Findings:
    """Systemic findings."""

    comparisons: tuple[Comparison, ...] = ()

    published: ClassVar = form(
        "FindingsForm", figure("comparisons", "All comparisons, the least likely by chance first")
    )

    @property
    def standing_out(self) -> tuple[Comparison, ...]:
        """The comparisons that are believed."""
        return tuple(comparison for comparison in self.comparisons if comparison.stands_out)


def findings(analysis: Analysis) -> Findings:
    """All findings of the corpus."""
    answers = [(finding, finding.chance) for question in QUESTIONS for finding in question.find(analysis)]
    rates = false_discovery_rates([chance for _, chance in answers])
    comparisons = [Comparison(finding, chance, rate) for (finding, chance), rate in zip(answers, rates, strict=True)]
    return Findings(tuple(sorted(comparisons, key=lambda comparison: comparison.chance)))
