"""One changed postmortem in the report of a change: its card, its findings, what it adds, what resembles it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from postmortems.analyse.agenda.meeting import Agenda, Stage, Topic
from postmortems.analyse.merging import Addition, OpenActions
from postmortems.check.run import fails
from postmortems.model.diagnostic import Diagnostic
from postmortems.model.durations import Durations
from postmortems.model.pattern import Pattern
from postmortems.model.related import Reason, ReasonKind
from postmortems.render.words.agenda import point_words
from postmortems.render.words.exercise import length_words
from postmortems.render.words.formats import day_words, duration_words, moment_words
from postmortems.render.words.incident import after_words
from postmortems.render.words.reasons import reason_words
from postmortems.text.markdown import code, escaped
from postmortems.text.spelling import count_words, listed

_MOST_FINDINGS = 25
_MOST_QUESTIONS = 12
_REVIEWED = (Stage.TIMELINE, Stage.CAUSES, Stage.ACTIONS)
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


@dataclass(frozen=True, slots=True)
class Change:
    """Change to a knowledge base: its postmortems, other files, what it removes, and all findings in it.

    Paths are as they are to be printed. `strict` tells whether warnings block, too; `is_sample` that how often
    something happens in this collection means nothing.
    """

    additions: Sequence[Addition]
    patterns: Sequence[str]
    removed: Sequence[str]
    diagnostics: Sequence[Diagnostic]
    shown: dict[str, str]
    pattern_pages: Mapping[str, Pattern]
    today: date
    window: timedelta
    strict: bool
    is_sample: bool
    note: str = ""


def change_card(added: Addition, diagnostics: Sequence[Diagnostic], change: Change) -> Iterator[str]:
    """The lines of Markdown about one changed postmortem."""
    postmortem = added.postmortem
    matter = postmortem.front_matter
    yield f"### {escaped(postmortem.title)}"
    yield ""
    facts = [
        matter.severity or "severity unknown",
        matter.status.value if matter.status else "status unknown",
        *([matter.kind.value] if matter.kind.value != "incident" else []),
        day_words(postmortem.day) if postmortem.day else "date unknown",
        *([matter.owner] if matter.owner else []),
    ]
    yield f"{' · '.join(map(escaped, facts))} · {code(change.shown.get(postmortem.path, postmortem.path))}"
    yield ""
    yield "| Started | Detected | Mitigated | Resolved |"
    yield "|---|---|---|---|"
    lengths = added.durations
    cells = (
        moment_words(matter.started_at),
        _detected(lengths),
        after_words(lengths.to_mitigate),
        after_words(lengths.to_recover),
    )
    yield f"| {' | '.join(cells)} |"
    yield from finding_lines(diagnostics, change)
    if effects := list(_effects(added, change)):
        yield from ("", "**Changes to the knowledge base**", "", *(f"- {effect}" for effect in effects))
    if added.earlier:
        yield from ("", "**Seen before?**", "", *_seen_before(added, change))
    yield from ("", "**Questions for the reviewer**", "", *_questions(added.agenda))
    yield from ("", f"The whole agenda of its review: {code(f'postmortems agenda {postmortem.id}')}.")
    if added.exercise:
        length = length_words(added.exercise)
        yield f"An exercise to practise it, {length}: {code(f'postmortems exercise {postmortem.id}')}."


def _questions(agenda: Agenda) -> Iterator[str]:
    """The questions of the agenda that a reviewer can ask without the meeting, those of the first topics first."""
    points = [
        point
        for part in agenda.parts
        for point in part.points
        if part.stage in _REVIEWED and not point.quotes and point.topic is not Topic.FIVE_WHYS
    ]
    for point in points[:_MOST_QUESTIONS]:
        words = point_words(point, agenda)
        yield f"- [ ] {escaped(f'{words.fact} {words.question}')}"
    if len(points) > _MOST_QUESTIONS:
        yield f"- and {len(points) - _MOST_QUESTIONS} more in the agenda"


def _detected(lengths: Durations) -> str:
    if lengths.to_detect is None:
        return "unknown"
    words = after_words(lengths.to_detect)
    if lengths.target is None:
        return words
    if lengths.over_target:
        return f"**{words}**, {duration_words(lengths.over_target)} over target ({duration_words(lengths.target)})"
    return f"{words}, within target ({duration_words(lengths.target)})"


def _effects(added: Addition, change: Change) -> Iterator[str]:
    if not added.postmortem.is_incident:
        yield "nothing: drills and near misses are not counted"
        return
    for earlier in added.recurrence.declared:
        yield f"declares a repeat of {code(earlier.id)}"
    for kind, positions in (("with", added.patterns), ("on", added.services)):
        # A service that fails once is no news; an incident with a pattern always is.
        counted = [
            position
            for position in positions
            if position.place and not change.is_sample and (position.place > 1 or kind == "with")
        ]
        days = count_words(round(change.window / timedelta(days=1)), "day")
        for place in sorted({position.place for position in counted if position.place}, reverse=True):
            names = listed(code(position.name) for position in counted if position.place == place)
            yield f"{_ordinal(place)} incident {kind} {names} in {days}"
        for position in positions:
            if position.actions.number:
                yield f"other incidents {kind} {code(position.name)} have {_open(position.actions)}"


def _open(actions: OpenActions) -> str:
    words = count_words(actions.number, "open action item")
    if not actions.overdue:
        return words
    days = count_words(actions.overdue_days, "day")
    return f"{words}, {actions.overdue} overdue by up to {days}"


def _ordinal(number: int) -> str:
    if number <= len(_ORDINALS):
        return _ORDINALS[number - 1]
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _seen_before(added: Addition, change: Change) -> Iterator[str]:
    for number, related in enumerate(added.earlier, 1):
        other = related.postmortem
        because = "; ".join(
            f"{words.lead}: {escaped(words.values)}"
            for words in reason_words(_known(related.reasons, change), change.pattern_pages)
        )
        facts = ", ".join(filter(None, (other.front_matter.severity, day_words(other.day) if other.day else "")))
        yield f"{number}. {escaped(other.title)} ({escaped(facts)}, {code(other.id)}) – {because}"


def _known(reasons: Iterable[Reason], change: Change) -> Iterator[Reason]:
    """The reasons without patterns that have no page."""
    for reason in reasons:
        is_pattern = reason.kind is ReasonKind.PATTERN
        yield (
            replace(reason, values=tuple(filter(change.pattern_pages.__contains__, reason.values)))
            if is_pattern
            else reason
        )


def finding_lines(diagnostics: Sequence[Diagnostic], change: Change) -> Iterator[str]:
    """The lines that list findings of one file: what blocks, and what advises."""
    blocking = [diagnostic for diagnostic in diagnostics if fails([diagnostic], strict=change.strict)]
    advising = [diagnostic for diagnostic in diagnostics if diagnostic not in blocking]
    for title, several in (("Blocks", blocking), ("Advises", advising)):
        if several:
            yield from ("", f"**{title}** ({len(several)})", "")
            yield from (_finding(diagnostic) for diagnostic in several[:_MOST_FINDINGS])
            if len(several) > _MOST_FINDINGS:
                yield f"- and {len(several) - _MOST_FINDINGS} more: run `postmortems check`"


def _finding(diagnostic: Diagnostic) -> str:
    help_text = f" – {escaped(diagnostic.help)}" if diagnostic.help else ""
    return (
        f"- line {diagnostic.place.line}, {diagnostic.code} {diagnostic.rule}: {escaped(diagnostic.message)}{help_text}"
    )
