"""How far action items are, as `/data/metrics.json` has it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from postmortems.analyse.closure import ActionFigures, Closure
from postmortems.render.data.json_text import Count
from postmortems.render.data.metrics.values import QuarterNumber, Rate, high, low


class ClosureForm(TypedDict):
    """Some action items. Open and done ones are counted, unknown ones missing, dropped ones stand apart."""

    done: Annotated[Count, Field(description="Done")]
    open: Annotated[Count, Field(description="Open")]
    dropped: Annotated[Count, Field(description="Will not be done")]
    unknown: Annotated[Count, Field(description="Closure not public")]
    rate: Annotated[Rate | None, Field(description="The share that is done, of those done and open")]
    low: Annotated[Rate | None, Field(description="Its 95 % interval; null below six")]
    high: Annotated[Rate | None, Field(description="Its 95 % interval; null below six")]


class DueQuarterForm(TypedDict):
    """The items that fell due in one quarter."""

    year: Annotated[int, Field(description="The year")]
    quarter: Annotated[QuarterNumber, Field(description="The quarter, 1 to 4")]
    closure: Annotated[ClosureForm, Field(description="How far they are")]


class ActionsForm(TypedDict):
    """All action items, each in one of three groups."""

    due: Annotated[list[DueQuarterForm], Field(description="Those whose day has passed, by quarter, oldest first")]
    fallen_due: Annotated[ClosureForm, Field(description="All of these together")]
    not_due: Annotated[ClosureForm, Field(description="Those whose day is still to come")]
    undated: Annotated[ClosureForm, Field(description="Those without a due date")]
    tells_a_rate: Annotated[bool, Field(description="Whether more fell due with a known state than are unknown")]
    incidents: Annotated[Count, Field(description="Of how many incidents")]
    without_items: Annotated[Count, Field(description="How many of them have no item")]


def actions_form(one: ActionFigures) -> ActionsForm:
    """All action items by when they fall due."""
    return {
        "due": [
            {"year": of.quarter.year, "quarter": of.quarter.number, "closure": _closure(of.closure)} for of in one.due
        ],
        "fallen_due": _closure(one.fallen_due),
        "not_due": _closure(one.not_due),
        "undated": _closure(one.undated),
        "tells_a_rate": one.tells_a_rate,
        "incidents": one.incidents,
        "without_items": one.without_items,
    }


def _closure(one: Closure) -> ClosureForm:
    return {
        "done": one.done,
        "open": one.open,
        "dropped": one.dropped,
        "unknown": one.unknown,
        "rate": one.rate,
        "low": low(one.interval),
        "high": high(one.interval),
    }
