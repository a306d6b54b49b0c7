"""Figures above a page about some incidents: how many, when last, how long they took, what is still to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from postmortems.analyse.actions import ActionCounts
from postmortems.analyse.measures import Measure
from postmortems.analyse.statistics import Summary, summarise
from postmortems.model.postmortem import Postmortem
from postmortems.render.base.context import PageContext
from postmortems.render.pages.open_actions import OpenActions
from postmortems.render.words.formats import count_words, day_words, days_words, duration_words


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure above the prose; `note` is what it rests on, or what it is held against."""

    name: str
    value: str
    note: str = ""
    is_bad: bool = False


def recovery_fact(members: Sequence[Postmortem], context: PageContext) -> Fact:
    """The median time to recover, against that of all other incidents."""
    analysis = context.analysis
    recovery = analysis.summary(members, Measure.RECOVER)
    of = known_words(recovery)
    if recovery.median is None:
        return Fact("Median to recover", "too few known", of)
    _, other = analysis.recovery.without(members)
    if other.median is None:
        return Fact("Median to recover", duration_words(recovery.median), of)
    length = duration_words(other.median).replace(" ", "\N{NO-BREAK SPACE}")
    against = f"; others\N{NO-BREAK SPACE}{length}"
    return Fact("Median to recover", duration_words(recovery.median), of + against)


def known_words(summary: Summary) -> str:
    """What a median rests on: `37 known, 3 at least so long, 4 missing`."""
    censored = f", {summary.censored} at least so long" if summary.censored else ""
    return f"{summary.n} known{censored}, {summary.missing - summary.censored} missing"


def target_fact(members: Sequence[Postmortem], context: PageContext) -> Fact:
    """How many incidents were noticed within their target, of those of which that is known, and their median."""
    lengths = [context.analysis.durations_of(one) for one in members]
    judged = [one for one in lengths if one.to_detect is not None and one.target is not None]
    summary = summarise(sorted(one.to_detect for one in judged if one.to_detect is not None), 0)
    notes = [f"median {duration_words(summary.median)}"] if summary.median is not None else []
    if missing := len(lengths) - len(judged):
        notes.append(f"{missing} unknown or without a target")
    if not judged:
        return Fact("Noticed in time", "unknown", ", ".join(notes))
    in_time = sum(one.over_target is None for one in judged)
    return Fact("Noticed in time", f"{in_time} of {len(judged)}", ", ".join(notes))


def open_fact(actions: OpenActions) -> Fact:
    """The open action items of some incidents."""
    where = f"in {count_words(actions.postmortems, 'postmortem')}" if actions.counts.open else ""
    return _open(actions.counts, where)


def counts_fact(counts: ActionCounts) -> Fact:
    """The open action items among some that need not be of the same incidents."""
    return _open(counts, "")


def _open(counts: ActionCounts, where: str) -> Fact:
    notes = [
        where,
        f"{counts.overdue} overdue" if counts.overdue else "",
        f"{counts.unknown} of unknown state" if counts.unknown else "",
    ]
    value = "none listed" if not counts.total else str(counts.open)
    if counts.unknown and not counts.open:
        value = "unknown"
    return Fact("Actions open", value, ", ".join(filter(None, notes)))


def since_fact(last: date | None, context: PageContext) -> Fact:
    """The time since the last incident; of a sample only its day, since the time without one means nothing there."""
    if last is None:
        return Fact("The last one", "unknown", "no incident has a day")
    if context.is_sample:
        return Fact("The last one", day_words(last), "in this collection")
    today = context.analysis.today
    days = max((today - last).days, 0)
    return Fact("Since the last one", days_words(days), f"{day_words(last)} to {day_words(today)}")


def last_day(members: Sequence[Postmortem]) -> date | None:
    """The day of the latest of some incidents, given oldest first, whose day is known."""
    return next((one.day for one in reversed(members) if one.day), None)
