"""The plan of an import at a terminal: what was found of each record, and at the end what is left to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from postmortems.adopt.plan import Plan, certainties
from postmortems.adopt.record import Certainty, Record, Value
from postmortems.text.terminal import escape_controls

_WIDTH = 13
_LONGEST = 60
_MOST = 12
"""Maximum names of one kind that the end lists."""


def plan_lines(plan: Plan) -> Iterator[str]:
    """The lines of the plan, harmless on a terminal. What is derived is marked with `?`, and says where it is from."""
    yield from map(escape_controls, _lines(plan))


def end_lines(plan: Plan) -> Iterator[str]:
    """The end of the plan, harmless on a terminal: what a team decides once for all records, and how much was found."""
    yield from map(escape_controls, (*_decisions(plan), *_totals(plan, "is shown without --write")))


def _lines(plan: Plan) -> Iterator[str]:
    for record in plan.records:
        yield from _record_lines(record)
        yield ""
    if plan.left_out:
        yield "Left out:"
        yield from (f"  {file.source}: {file.reason}" for file in plan.left_out)
        yield ""
    yield from _decisions(plan)
    yield from _totals(plan, "is marked with ! above")


def _record_lines(record: Record) -> Iterator[str]:
    yield f"{record.id}  <-  {record.source}"
    for key, value in record.values.items():
        if value.value is not None:
            yield f"{'? ' if value.certainty is Certainty.DERIVED else '  '}{key:<{_WIDTH}}  {_shown(value)}"
    unknown = [key for key, value in record.values.items() if value.value is None]
    if unknown:
        yield f"  {'unknown':<{_WIDTH}}  {', '.join(unknown)}"
    events, actions = record.events.count, record.actions
    yield (
        f"  {_counted(events, 'event')}, {_counted(actions.count, 'action item')}"
        f" ({actions.done} done, {actions.owned} with an owner, {actions.ticketed} with a ticket),"
        f" {_counted(len(record.sections), 'section')}"
    )
    yield from (f"! {problem}" for problem in record.problems)


def _shown(value: Value) -> str:
    words = ", ".join(value.value) if isinstance(value.value, tuple) else str(value.value)
    return f"{words}  ({value.origin})" if value.certainty is Certainty.DERIVED else words


def _decisions(plan: Plan) -> Iterator[str]:
    """Lines about what a team decides once for all records."""
    proposals = plan.proposals
    if proposals.severities:
        yield "Severities (settle them with --severity):"
        yield from (f"  {word}: {name or 'nothing proposed'}" for word, name in proposals.severities.items())
        yield ""
    for title, names in (
        ("Languages that the setting `languages` does not name, with their documents", proposals.languages),
        ("Services", proposals.services),
        ("Root causes", proposals.root_causes),
        ("Headings that mean no section yet (settle them with the setting `synonyms`)", proposals.synonyms),
    ):
        if names:
            yield f"{title}:"
            yield from _names(names)
            yield ""
    if proposals.sections:
        yield "Sections that most documents have (for the setting `sections`):"
        yield f"  [{', '.join(proposals.sections)}]"
        yield ""


def _names(names: Mapping[str, int]) -> Iterator[str]:
    for name, number in list(names.items())[:_MOST]:
        yield f"  {number:>4}  {name if len(name) <= _LONGEST else name[:_LONGEST] + '…'}"
    if len(names) > _MOST:
        yield f"        and {len(names) - _MOST} more"


def _totals(plan: Plan, problems_are: str) -> Iterator[str]:
    counts = certainties(plan)
    without = Counter(key for record in plan.records for key, value in record.values.items() if value.value is None)
    yield (
        f"{_counted(len(plan.records), 'postmortem')}, {len(plan.left_out)} left out:"
        f" {_counted(counts[Certainty.STATED], 'value')} stated, {counts[Certainty.DERIVED]} to check,"
        f" {counts[Certainty.UNKNOWN]} unknown"
    )
    if without:
        yield f"Most often unknown: {', '.join(f'{key} ({number})' for key, number in without.most_common(5))}"
    if problems := sum(len(record.problems) for record in plan.records):
        yield f"What could not be read ({_counted(problems, 'problem')}) {problems_are}"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
