"""Reasons why one incident resembles another, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from postmortems.model.pattern import Pattern
from postmortems.model.related import LinkDirection, Reason, ReasonKind
from postmortems.text.spelling import listed

_MOST_VALUES = 4
_MOST_IN_LINE = 2
_NOUNS = {ReasonKind.PATTERN: "patterns", ReasonKind.SERVICE: "services"}

_LEADS = {
    ReasonKind.ROOT_CAUSE: ("same root cause", "same root causes"),
    ReasonKind.PATTERN: ("same pattern", "same patterns"),
    ReasonKind.SERVICE: ("same service", "same services"),
    ReasonKind.TRIGGER: ("same trigger", "same triggers"),
    ReasonKind.LINK: ("linked by an author", "linked by both authors"),
    ReasonKind.WORDS: ("shared term", "shared terms"),
}


@dataclass(frozen=True, slots=True)
class ReasonWords:
    """One reason: what is shared (`same patterns`), and the shared labels as a reader knows them."""

    lead: str
    values: str


def reason_words(reasons: Iterable[Reason], patterns: Mapping[str, Pattern]) -> tuple[ReasonWords, ...]:
    """The reasons in words, strongest first. Patterns are called by the titles of their pages."""
    return tuple(
        ReasonWords(
            _LEADS[reason.kind][len(reason.values) > 1],
            listed(_value_words(reason.kind, value, patterns) for value in reason.values[:_MOST_VALUES]),
        )
        for reason in reasons
        if reason.values
    )


def reason_line(reasons: Iterable[Reason], patterns: Mapping[str, Pattern]) -> tuple[ReasonWords, ...]:
    """The reasons on one line, strongest first: one value is named, of several their number is enough.

    Terms are named only where nothing else is shared.
    """
    told = [reason for reason in reasons if reason.values]
    told = [reason for reason in told if reason.kind is not ReasonKind.WORDS] or told
    return tuple(_in_short(reason, patterns) for reason in told[:_MOST_IN_LINE])


def _in_short(reason: Reason, patterns: Mapping[str, Pattern]) -> ReasonWords:
    if reason.kind in _NOUNS and len(reason.values) > 1:
        return ReasonWords(f"{len(reason.values)} {_NOUNS[reason.kind]} in common", "")
    (words,) = reason_words((reason,), patterns)
    return words


def _value_words(kind: ReasonKind, value: str, patterns: Mapping[str, Pattern]) -> str:
    if kind is ReasonKind.LINK:
        return "this postmortem links to it" if value == LinkDirection.OUT else "it links to this postmortem"
    return patterns[value].title if kind is ReasonKind.PATTERN and value in patterns else value
