"""Systemic findings as sentences, each with the squares or the shares that it rests on and links to its incidents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from postmortems.analyse.findings.finding import Finding
from postmortems.analyse.findings.registry import Comparison, Findings
from postmortems.analyse.measures import Subject, SubjectKind
from postmortems.render.base.context import PageContext
from postmortems.render.charts.dumbbell import dumbbell
from postmortems.render.pages.metrics.figure_words import Links, links
from postmortems.render.words.incident import clipped

SHOWN = 8
"""How many findings of each kind are drawn, the strongest first; the others are counted."""

LEADING = 2
"""How many findings the first page tells."""

COMPARED = 15
"""How many comparisons the table lists, the strongest first, whether they are believed or not."""


@dataclass(frozen=True, slots=True)
class SubjectWords:
    """What a group shares, with its page where it has one."""

    name: str
    href: str


@dataclass(frozen=True, slots=True)
class FindingPart:
    """One finding as the page tells it: what it is about, the sentence, what it is held against, and its picture."""

    subjects: Sequence[SubjectWords]
    sentence: str
    note: str
    picture: Markup
    incidents: Links


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One comparison in the table."""

    subjects: str
    claim: str
    group: str
    rest: str
    chance: str
    rate: str
    stands_out: bool


@dataclass(frozen=True, slots=True)
class FindingsPart:
    """All findings as the page shows them; `more_standing_out` are those that are only counted."""

    standing_out: Sequence[FindingPart]
    more_standing_out: int
    comparisons: int
    compared: Sequence[ComparedRow]


@dataclass(frozen=True, slots=True)
class LeadingPart:
    """The strongest findings, for the first page; `more` counts all others."""

    shown: Sequence[FindingPart]
    more: int


def leading_part(found: Findings, context: PageContext) -> LeadingPart:
    """What stands out most; empty where nothing does."""
    out = found.standing_out
    shown = [_part(one, context) for one in out[:LEADING]]
    return LeadingPart(shown, len(out) - len(shown))


def findings_part(found: Findings, context: PageContext) -> FindingsPart:
    """The section on findings."""
    out = found.standing_out
    return FindingsPart(
        standing_out=[_part(one, context) for one in out[:SHOWN]],
        more_standing_out=max(0, len(out) - SHOWN),
        comparisons=len(found.comparisons),
        compared=[_row(one) for one in found.comparisons[:COMPARED]],
    )


def _part(comparison: Comparison, context: PageContext) -> FindingPart:
    finding = comparison.finding
    return FindingPart(
        subjects=[_subject(one, context) for one in finding.subjects],
        sentence=f"{finding.support} of {finding.n} incidents {finding.claim}",
        note=_note(comparison, context),
        picture=_dumbbell(finding),
        incidents=links(finding.matching, context),
    )


def _note(comparison: Comparison, context: PageContext) -> str:
    finding = comparison.finding
    parts = [
        f"of {finding.others} {finding.rest_matching} of {finding.rest}",
        f"by chance in {_chance_words(comparison.chance)}",
    ]
    if finding.missing:
        parts.append(f"of {finding.missing} more {context.unsaid}")
    return "; ".join(parts).capitalize()


def _chance_words(chance: float) -> str:
    """A small chance as one in so many: `1 of 160 cases`."""
    if chance < 1e-6:
        return "less than 1 of a million cases"
    return f"1 of {float(f'{1 / chance:.2g}'):,.0f} cases"


def _subject(subject: Subject, context: PageContext) -> SubjectWords:
    name = clipped(subject.name, 80)
    if subject.kind is SubjectKind.PATTERN and subject.key in context.corpus.pattern_by_id:
        return SubjectWords(name, context.addresses.pattern(subject.key))
    return SubjectWords(name, context.addresses.service(subject.name) if subject.kind is SubjectKind.SERVICE else "")


def _dumbbell(finding: Finding) -> Markup:
    label = f"{finding.support} of {finding.n}, against {finding.rest_matching} of {finding.rest} others"
    return dumbbell(finding.support / finding.n, finding.interval, finding.rest_matching / finding.rest, label)


def _row(one: Comparison) -> ComparedRow:
    finding = one.finding
    return ComparedRow(
        subjects=" + ".join(clipped(subject.name, 40) for subject in finding.subjects) or "All incidents",
        claim=finding.claim,
        group=f"{finding.support} of {finding.n}",
        rest=f"{finding.rest_matching} of {finding.rest}",
        chance=f"{one.chance:.4f}",
        rate=f"{one.rate:.2f}",
        stands_out=one.stands_out,
    )
