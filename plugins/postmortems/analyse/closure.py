"""What becomes of action items, by the quarter in which they fell due.

Grouped by the due date, not by the day of writing, so that every item in a quarter had the time that it was given. One
that is not due yet is no failure; one whose state nobody knows is missing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from postmortems.analyse.evidence import Evidence
from postmortems.analyse.periods import Quarter, quarter_of
from postmortems.analyse.statistics import Interval, wilson_interval
from postmortems.model.action_item import ActionStanding, ActionState


@dataclass(frozen=True, slots=True)
class Closure:
    """Some items: `done` and `open` ones are counted, `unknown` ones missing, `dropped` ones stand apart."""

    done: int = 0
    open: int = 0
    dropped: int = 0
    unknown: int = 0

    @property
    def n(self) -> int:
        """How many items the rate rests on."""
        return self.done + self.open

    @property
    def total(self) -> int:
        """All of them."""
        return self.n + self.dropped + self.unknown

    @property
    def rate(self) -> float | None:
        """The share that is done, from 0 to 1; None where nothing is counted."""
        return self.done / self.n if self.n else None

    @property
    def interval(self) -> Interval | None:
        """The 95 % interval of the rate; None below n = 6."""
        return wilson_interval(self.done, self.n)


@dataclass(frozen=True, slots=True)
class DueQuarter:
    """The items that fell due in one quarter."""

    quarter: Quarter
    closure: Closure


@dataclass(frozen=True, slots=True)
class ActionFigures:
    """All action items of the counted incidents, each in one of three groups.

    `due` are those whose day has passed, by quarter, oldest first, and `fallen_due` all of these together; `not_due`
    are those whose day is still to come, done or not; `undated` have none.
    """

    due: tuple[DueQuarter, ...] = ()
    fallen_due: Closure = Closure()
    not_due: Closure = Closure()
    undated: Closure = Closure()
    incidents: int = 0
    without_items: int = 0

    @property
    def total(self) -> int:
        """All items."""
        return self.fallen_due.total + self.not_due.total + self.undated.total

    @property
    def unknown(self) -> int:
        """All items whose state nobody knows; most of them have no due date either, since none is derived for them."""
        return self.fallen_due.unknown + self.not_due.unknown + self.undated.unknown

    @property
    def tells_a_rate(self) -> bool:
        """Whether more items fell due with a known state than there are unknown ones.

        Where most are unknown, the rate would tell of those that somebody followed up, which are those that get done.
        """
        return self.fallen_due.n > self.unknown


def action_figures(evidence: Evidence) -> ActionFigures:
    """The action items of all counted incidents on the day; on its due day an item is not yet due."""
    quarters: defaultdict[Quarter, list[ActionStanding]] = defaultdict(list)
    not_due: list[ActionStanding] = []
    undated: list[ActionStanding] = []
    for one in evidence.incidents:
        for standing in evidence.standings[one.path]:
            if standing.due is None:
                undated.append(standing)
            elif standing.due >= evidence.today:
                not_due.append(standing)
            else:
                quarters[quarter_of(standing.due)].append(standing)
    return ActionFigures(
        due=tuple(DueQuarter(quarter, closure_of(quarters[quarter])) for quarter in sorted(quarters)),
        fallen_due=closure_of(standing for members in quarters.values() for standing in members),
        not_due=closure_of(not_due),
        undated=closure_of(undated),
        incidents=len(evidence.incidents),
        without_items=sum(not evidence.standings[one.path] for one in evidence.incidents),
    )


def closure_of(standings: Iterable[ActionStanding]) -> Closure:
    """Some action items, counted by their state."""
    states = Counter(one.item.state for one in standings)
    return Closure(
        done=states[ActionState.DONE],
        open=states[ActionState.OPEN],
        dropped=states[ActionState.DROPPED],
        unknown=states[ActionState.UNKNOWN],
    )
