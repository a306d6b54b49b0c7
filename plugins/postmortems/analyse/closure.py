"""What becomes of action items: all of them, and by the quarter in which they fell due.

Grouped by the due date, not by the day of writing, so that every item in a quarter had the time that it was given. An
item of unknown state has no due date but its own, and still stays in the quarter in which its horizon ends: without
them a quarter would look better than anybody knows.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from postmortems.analyse.actions import NO_ACTIONS, ActionCounts, action_counts
from postmortems.analyse.analysis import Analysis
from postmortems.analyse.periods import Quarter, quarter_of
from postmortems.model.action_item import DatedAction


@dataclass(frozen=True, slots=True)
class DueQuarter:
    """The items that fell due in one quarter, those of unknown state included."""

    quarter: Quarter
    counts: ActionCounts


def tells_a_rate(counts: ActionCounts, of: ActionCounts) -> bool:
    """Whether a part of all items has a rate: nothing has one where all together have none."""
    return of.tells_a_rate and counts.tells_a_rate


@dataclass(frozen=True, slots=True)
class ActionFigures:
    """All action items of the counted incidents, together and each in one of three groups.

    `due` are those whose day has passed, by quarter, oldest first; `not_due` are those whose day is still to come, done
    or not; `undated` have none.
    """

    all: ActionCounts = NO_ACTIONS
    due: tuple[DueQuarter, ...] = ()
    not_due: ActionCounts = NO_ACTIONS
    undated: ActionCounts = NO_ACTIONS
    incidents: int = 0
    without_items: int = 0


def action_figures(analysis: Analysis) -> ActionFigures:
    """The action items of all counted incidents on the day; on its due day an item is not yet due."""
    quarters: defaultdict[Quarter, list[DatedAction]] = defaultdict(list)
    not_due: list[DatedAction] = []
    undated: list[DatedAction] = []
    for one in analysis.incidents:
        for standing in analysis.dated_actions[one.path]:
            day = standing.period_day
            if day is None:
                undated.append(standing)
            elif day >= analysis.today:
                not_due.append(standing)
            else:
                quarters[quarter_of(day)].append(standing)
    due = tuple(DueQuarter(quarter, action_counts(quarters[quarter])) for quarter in sorted(quarters))
    not_due_counts, undated_counts = action_counts(not_due), action_counts(undated)
    return ActionFigures(
        all=sum((one.counts for one in due), not_due_counts + undated_counts),
        due=due,
        not_due=not_due_counts,
        undated=undated_counts,
        incidents=len(analysis.incidents),
        without_items=sum(not analysis.dated_actions[one.path] for one in analysis.incidents),
    )
