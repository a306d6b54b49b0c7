"""The plan of an import at a terminal: each record, and an end of a few lines with what is to be decided."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from postmortems.adopt.plan import Plan, certainties
from postmortems.adopt.record import Certainty, NoRecord, Record, Value
from postmortems.text.spelling import count_words, listed
from postmortems.text.terminal import escape_controls

_WIDTH = 13
_LONGEST = 60
_LONGEST_LIST = 90
"""Maximum length of a name, and of a list of names, that the end has a line for."""
_MOST_FILES = 6
_MOST_PROBLEMS = 5
"""Maximum number of problems of one record; the JSON has all of them."""
_FEWEST_ALIKE = 3
"""Minimum number of records with the same derived value for it to be said once."""
_NUMBERED = re.compile(r"(?:line \d+: )?(.*)", re.DOTALL)
_QUOTED = re.compile(r'"[^"]*"')

Shared = Mapping[tuple[str, Value], int]
Row = tuple[str, str, str]
"""A key, setting or option, its value or the names for it, and what is to be known of these."""


def plan_lines(plan: Plan) -> Iterator[str]:
    """The lines of the plan, harmless on a terminal. What is derived is marked with `?`, and says where it is from."""
    yield from map(escape_controls, _lines(plan))


def end_lines(plan: Plan) -> Iterator[str]:
    """The end of a plan that has been written, harmless on a terminal: what is still to decide, and how much was
    found."""
    yield from map(escape_controls, (*_table(_names_to_settle(plan)), *_totals(plan, "`# check`")))


def left_out_lines(files: Iterable[NoRecord]) -> Iterator[str]:
    """The files that are no record, those of one reason on one line."""
    reasons: dict[str, list[str]] = {}
    for file in files:
        reasons.setdefault(file.reason, []).append(file.source)
    for reason, paths in reasons.items():
        further = f" and {len(paths) - _MOST_FILES} more" if len(paths) > _MOST_FILES else ""
        yield escape_controls(f"  {listed(paths[:_MOST_FILES])}{further}: {reason}")


def _lines(plan: Plan) -> Iterator[str]:
    shared = _shared(plan.records)
    for record in plan.records:
        yield from _record_lines(record, shared)
        yield ""
    if shared:
        yield "The same in many postmortems, and not repeated above:"
        yield from (
            f"{_value_line(key, value)}: {count} of {len(plan.records)}" for (key, value), count in shared.items()
        )
        yield ""
    if plan.left_out:
        yield "Left out:"
        yield from left_out_lines(plan.left_out)
        yield ""
    yield from _table((*_to_settle_first(plan), *_names_to_settle(plan)))
    there = f", {len(plan.there)} there already" if plan.there else ""
    left = f", {count_words(len(plan.left_out), 'file')} left out" if plan.left_out else ""
    yield f"{count_words(len(plan.records), 'postmortem') if plan.records else 'Nothing is new'}{there}{left}"
    yield from _totals(plan, "?") if plan.records else ()
    if problems := sum(len(record.problems) for record in plan.records):
        yield f"Problems: {problems} (marked !)"


def _shared(records: Sequence[Record]) -> Shared:
    """The derived values that at least half of the records have, each with the number of these."""
    counts = Counter(
        (key, value)
        for record in records
        for key, value in record.values.items()
        if value.certainty is Certainty.DERIVED
    )
    return {known: count for known, count in counts.items() if count >= max(_FEWEST_ALIKE, len(records) / 2)}


def _record_lines(record: Record, shared: Shared) -> Iterator[str]:
    yield f"{record.id}  <-  {record.source}"
    for key, value in record.values.items():
        if value.value is None or (key, value) in shared or (key == "date" and record.text("started_at")):
            continue
        yield _value_line(key, value)
    events, sections = record.events.count, len(record.sections)
    yield (
        f"  {count_words(events, 'event') if events else 'no events'}, {_actions(record)},"
        f" {count_words(sections, 'section') if sections else 'no sections'}"
    )
    yield from (f"! {problem}" for problem in problems_of(record))


def _value_line(key: str, value: Value) -> str:
    words = ", ".join(value.value) if isinstance(value.value, tuple) else str(value.value)
    if value.certainty is not Certainty.DERIVED:
        return f"  {key:<{_WIDTH}}  {words}"
    return f"? {key:<{_WIDTH}}  {words}  ({value.origin})"


def _actions(record: Record) -> str:
    actions = record.actions
    if not actions.count:
        return "no action items"
    states = ((actions.done, "done"), (actions.owned, "with an owner"), (actions.ticketed, "with a ticket"))
    told = listed(f"{number} {what}" for number, what in states if number)
    return f"{count_words(actions.count, 'action item')}{f' ({told})' if told else ''}"


def problems_of(record: Record) -> Iterator[str]:
    """The problems of a record, those that differ only in the line and the words of the author once."""
    kinds: dict[str, list[str]] = {}
    for problem in record.problems:
        found = _NUMBERED.fullmatch(problem)
        kinds.setdefault(_QUOTED.sub("", found[1] if found else problem), []).append(problem)
    for alike in list(kinds.values())[:_MOST_PROBLEMS]:
        yield f"{alike[0]} (and {len(alike) - 1} more like it)" if len(alike) > 1 else alike[0]
    if further := sum(map(len, list(kinds.values())[_MOST_PROBLEMS:])):
        yield f"and {further} more"


def _to_settle_first(plan: Plan) -> tuple[Row, ...]:
    """The rows of what a team decides for all records before they are written."""
    proposals = plan.proposals
    severities = ",".join(f"{word}={name or '…'}" for word, name in proposals.severities.items())
    return (
        ("--severity", f'"{severities}"' if severities else "", "as proposed, or as you say"),
        ("languages", _names(proposals.languages), "of documents, not in the setting yet"),
        ("sections", f"[{listed(proposals.sections)}]" if proposals.sections else "", "in most documents"),
    )


def _names_to_settle(plan: Plan) -> tuple[Row, ...]:
    """Names of which a team chooses one for each thing."""
    proposals = plan.proposals
    return (
        ("synonyms", _names(proposals.synonyms), "headings that mean no section yet"),
        ("services", _names(proposals.services), "one name for each?"),
        ("root_cause", _names(proposals.root_causes), "one name for each?"),
    )


def _table(rows: Sequence[Row]) -> Iterator[str]:
    if any(text for _, text, _ in rows):
        yield "Decide once for all:"
        yield from (f"  {name:<{_WIDTH}}  {text}  ({why})" for name, text, why in rows if text)
        yield ""


def _names(names: Mapping[str, int]) -> str:
    """The first names with their numbers, as far as they have room, and how many more there are."""
    shown: list[str] = []
    for name, number in names.items():
        entry = f"{name if len(name) <= _LONGEST else name[:_LONGEST] + '…'} ({number})"
        if shown and len(listed([*shown, entry])) > _LONGEST_LIST:
            break
        shown.append(entry)
    further = len(names) - len(shown)
    return f"{listed(shown)} and {further} more" if further else listed(shown)


def _totals(plan: Plan, mark: str) -> Iterator[str]:
    counts = certainties(plan)
    derived, unknown = counts[Certainty.DERIVED], counts[Certainty.UNKNOWN]
    stated = counts[Certainty.STATED]
    yield f"Values: {stated} stated, {derived} derived (marked {mark}, for you to look at), {unknown} unknown"
    without = Counter(key for record in plan.records for key, value in record.values.items() if value.value is None)
    alike: dict[int, list[str]] = {}
    for key, number in without.most_common():
        alike.setdefault(number, []).append(key)
    if alike:
        yield f"Unknown: {listed(f'{listed(keys)} ({number})' for number, keys in alike.items())}"
