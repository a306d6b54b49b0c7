"""How far action items are, as `/data/metrics.json` has it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from postmortems.analyse.actions import ActionCounts
from postmortems.analyse.closure import ActionFigures, tells_a_rate
from postmortems.render.data.json_text import Count
from postmortems.render.data.metrics.values import QuarterNumber, Rate, high, low


class ActionCountsForm(TypedDict):
    """Some action items by their state."""

    done: Annotated[Count, Field(description="Done")]
    open: Annotated[Count, Field(description="Open, whether due or not")]
    overdue: Annotated[Count, Field(description="How many of the open ones are due: their day has passed")]
    dropped: Annotated[Count, Field(description="Will not be done")]
    unknown: Annotated[Count, Field(description="Closure not known")]


class ClosureForm(ActionCountsForm):
    """Some action items by their state, with the share that is done."""

    n: Annotated[Count, Field(description="What the rate rests on: done ÷ (done + overdue)")]
    rate: Annotated[
        Rate | None,
        Field(description="The share that is done; null where not more are counted than are unknown, here or in all"),
    ]
    low: Annotated[Rate | None, Field(description="Its 95 % interval; null below six, and without a rate")]
    high: Annotated[Rate | None, Field(description="Its 95 % interval; null below six, and without a rate")]


class DueQuarterForm(TypedDict):
    """The items that fell due in one quarter."""

    year: Annotated[int, Field(description="The year")]
    quarter: Annotated[QuarterNumber, Field(description="The quarter, 1 to 4")]
    closure: Annotated[ClosureForm, Field(description="How far they are")]


class ActionsForm(TypedDict):
    """All action items, together and each in one of three groups."""

    all: Annotated[ClosureForm, Field(description="All of them, as every page counts them")]
    due: Annotated[list[DueQuarterForm], Field(description="Those whose day has passed, by quarter, oldest first")]
    not_due: Annotated[ActionCountsForm, Field(description="Those whose day is still to come")]
    undated: Annotated[ActionCountsForm, Field(description="Those without a due date")]
    tells_a_rate: Annotated[bool, Field(description="Whether there is a rate of all")]
    incidents: Annotated[Count, Field(description="Of how many incidents")]
    without_items: Annotated[Count, Field(description="How many of them have no item")]


def actions_form(one: ActionFigures) -> ActionsForm:
    """All action items by when they fall due."""
    return {
        "all": _closure(one.all, one.all),
        "due": [
            {"year": of.quarter.year, "quarter": of.quarter.number, "closure": _closure(of.counts, one.all)}
            for of in one.due
        ],
        "not_due": _counts(one.not_due),
        "undated": _counts(one.undated),
        "tells_a_rate": one.all.tells_a_rate,
        "incidents": one.incidents,
        "without_items": one.without_items,
    }


def _counts(one: ActionCounts) -> ActionCountsForm:
    return {
        "done": one.done,
        "open": one.open,
        "overdue": one.overdue,
        "dropped": one.dropped,
        "unknown": one.unknown,
    }


def _closure(one: ActionCounts, of: ActionCounts) -> ClosureForm:
    interval = one.interval if tells_a_rate(one, of) else None
    return {
        **_counts(one),
        "n": one.n,
        "rate": one.rate if tells_a_rate(one, of) else None,
        "low": low(interval),
        "high": high(interval),
    }
