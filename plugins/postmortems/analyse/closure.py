"""Closure of action items: all of them, and by the quarter in which they fell due.

Grouped by the due date, not by the day of writing, so that every item in a quarter had the time that it was given. An
item of unknown state has no due date but its own, and still stays in the quarter in which its horizon ends: without
them a quarter would look better than anybody knows.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import ClassVar

from postmortems.analyse.actions import NO_ACTIONS, ActionCounts, action_counts
from postmortems.analyse.analysis import Analysis
from postmortems.analyse.statistics import Interval
from postmortems.model.dated_action import DatedAction
from postmortems.model.published import Rate, figure, form, rate_interval
from postmortems.model.quarter import Quarter, quarter_of


def tells_a_rate(counts: ActionCounts, of: ActionCounts) -> bool:
    """True if a part of all items has a rate: nothing has one where all together have none."""
    return of.tells_a_rate and counts.tells_a_rate


@dataclass(frozen=True, slots=True)
class Closure:
    """Some action items by their state, with the share that is done.

    `of` are all items.
    """

    counts: ActionCounts
    of: ActionCounts

    published: ClassVar = form(
        "ClosureForm",
        *ActionCounts.published.under("counts"),
        figure("n", "Number of values of the rate: done ÷ (done + overdue)", "counts.n"),
        figure("rate", "The share that is done; null where not more are counted than are unknown, here or in all"),
        *rate_interval("Its 95 % interval; null below six, and without a rate"),
    )

    @property
    def rate(self) -> Rate | None:
        """The share that is done, from 0 to 1."""
        return self.counts.rate if tells_a_rate(self.counts, self.of) else None

    @property
    def interval(self) -> Interval | None:
        """The 95 % interval of the rate."""
        return self.counts.interval if tells_a_rate(self.counts, self.of) else None


@dataclass(frozen=True, slots=True)
class DueQuarter:
    """The items that fell due in one quarter.

    Those of unknown state are among them.
    """

    quarter: Quarter
    closure: Closure

    published: ClassVar = form(
        "DueQuarterForm",
        figure("year", "The year", "quarter.year"),
        figure("quarter", "The quarter, 1 to 4", "quarter.number"),
        figure("closure", "How far they are"),
    )

    @property
    def counts(self) -> ActionCounts:
        """The items by their state."""
        return self.closure.counts


@dataclass(frozen=True, slots=True)
class ActionFigures:
    """All action items, together and each in one of three groups.

    Counted are the items of incidents. One that is done before its day is `not_due`, too.
    """

    all: ActionCounts = NO_ACTIONS
    due: tuple[DueQuarter, ...] = ()
    not_due: ActionCounts = NO_ACTIONS
    undated: ActionCounts = NO_ACTIONS
    incidents: int = 0
    without_items: int = 0

    published: ClassVar = form(
        "ActionsForm",
        figure("all", "All of them, as every page counts them", "closure"),
        figure("due", "Those whose day has passed, by quarter, oldest first"),
        figure("not_due", "Those whose day is still to come"),
        figure("undated", "Those without a due date"),
        figure("tells_a_rate", "Whether there is a rate of all", "all.tells_a_rate"),
        figure("incidents", "Of how many incidents"),
        figure("without_items", "How many of them have no item"),
    )

    @property
    def closure(self) -> Closure:
        """All items, with the share that is done."""
        return Closure(self.all, self.all)


def action_figures(analysis: Analysis) -> ActionFigures:
    """The action items of all counted incidents on the day; on its due day an item is not yet due."""
    quarters: defaultdict[Quarter, list[DatedAction]] = defaultdict(list)
    not_due: list[DatedAction] = []
    undated: list[DatedAction] = []
    for action in analysis.incident_actions:
        day = action.period_day
        if day is None:
            undated.append(action)
        elif day >= analysis.today:
            not_due.append(action)
        else:
            quarters[quarter_of(day)].append(action)
    counts = {quarter: action_counts(quarters[quarter]) for quarter in sorted(quarters)}
    not_due_counts, undated_counts = action_counts(not_due), action_counts(undated)
    every = sum(counts.values(), not_due_counts + undated_counts)
    return ActionFigures(
        all=every,
        due=tuple(DueQuarter(quarter, Closure(found, every)) for quarter, found in counts.items()),
        not_due=not_due_counts,
        undated=undated_counts,
        incidents=len(analysis.incidents),
        without_items=sum(not analysis.actions_of(incident) for incident in analysis.incidents),
    )
