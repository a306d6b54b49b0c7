"""The incidents that resemble one, each with the reasons: what a responder reads to find out what helped then."""

from __future__ import annotations

from dataclasses import dataclass

from postmortems.model.postmortem import Postmortem
from postmortems.model.related import Related
from postmortems.render.base.context import PageContext
from postmortems.render.words.formats import count_words, day_words
from postmortems.render.words.incident import lasted_words
from postmortems.render.words.reasons import ReasonWords, reason_words
from postmortems.render.words.severity import severity_weight

SHOWN = 4
"""How many are shown where all resemble the incident strongly, beside those that an author links to."""

MOST = 8
"""How many are shown in all."""

WEAK = 2
"""How many are shown where none does: one in two of those helps, so that two are worth a glance and four are not."""


@dataclass(frozen=True, slots=True)
class RelatedLine:
    """One related incident; the strongest reason comes first."""

    title: str
    href: str
    severity: str | None
    weight: int
    facts: tuple[str, ...]
    reasons: tuple[ReasonWords, ...]
    is_strong: bool


def related_lines(postmortem: Postmortem, context: PageContext) -> list[RelatedLine]:
    """The incidents most like one, before or after it, the likest first; those that its author names already stay out.

    Costs the incidents that share a rare word or a label with it, never the corpus.
    """
    matter = postmortem.front_matter
    named = {*matter.repeat_of, *(one.id for one in context.analysis.repeated_by.get(postmortem.id, ()))}
    found = [
        one for one in context.analysis.related.nearest(postmortem, MOST + len(named)) if one.postmortem.id not in named
    ]
    linked = [one for one in found if one.is_linked]
    others = [one for one in found if not one.is_linked]
    strong = sum(one.is_strong for one in others)
    shown = (*linked, *others[: max(WEAK, min(strong, SHOWN))])[:MOST]
    return [_line(one, context) for one in sorted(shown, key=found.index)]


def _line(related: Related, context: PageContext) -> RelatedLine:
    other = related.postmortem
    matter = other.front_matter
    progress = context.analysis.action_counts_of(other)
    open_words = f"{count_words(progress.open, 'action item')} still open" if progress.open else ""
    facts = (
        matter.owner or "",
        day_words(other.day) if other.day else "day unknown",
        lasted_words(context.analysis.durations_of(other)),
        open_words,
    )
    return RelatedLine(
        title=other.title,
        href=context.addresses.postmortem(other),
        severity=matter.severity,
        weight=severity_weight(matter.severity, context.settings.severities),
        facts=tuple(filter(None, facts)),
        reasons=reason_words(related.reasons, context.corpus.pattern_by_id),
        is_strong=related.is_strong,
    )
