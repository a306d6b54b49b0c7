"""How many incidents repeat an earlier one, as `/data/metrics.json` has it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from postmortems.analyse.recurrence_figures import RecurrenceFigures
from postmortems.model.related import ReasonKind
from postmortems.render.data.json_text import Count, Seconds, one_of
from postmortems.render.data.metrics.values import Ids, Rate, high, ids, low


class DeclaredRepeat(TypedDict):
    """An incident that says that it repeats others."""

    postmortem: Annotated[str, Field(description="Its id")]
    earlier: Annotated[Ids, Field(description="The ids of those that it repeats")]


class SharedForm(TypedDict):
    """One thing that two postmortems share."""

    kind: Annotated[str, one_of(ReasonKind), Field(description="What it is")]
    values: Annotated[list[str], Field(description="The labels or words that both have")]


class SuspectedForm(TypedDict):
    """An incident that seems to repeat another and declares nothing."""

    postmortem: Annotated[str, Field(description="Its id")]
    earlier: Annotated[str, Field(description="The id of the other")]
    shares: Annotated[list[SharedForm], Field(description="What both share")]
    days_apart: Annotated[Count | None, Field(description="The days between them; null where one is unknown")]


class RecurrenceForm(TypedDict):
    """How many incidents repeat an earlier one."""

    window_seconds: Annotated[Seconds, Field(description="How far apart two may be to be suspected by their labels")]
    incidents: Annotated[Count, Field(description="Of how many incidents")]
    rate: Annotated[Rate | None, Field(description="The share that declares a repeat; null of a sample")]
    low: Annotated[Rate | None, Field(description="Its 95 % interval; null below six")]
    high: Annotated[Rate | None, Field(description="Its 95 % interval; null below six")]
    declared: Annotated[list[DeclaredRepeat], Field(description="Those that declare one")]
    suspected: Annotated[list[SuspectedForm], Field(description="Those that only look like one, none of them declared")]


def recurrence_form(one: RecurrenceFigures) -> RecurrenceForm:
    """Repeats, declared and suspected."""
    return {
        "window_seconds": one.window.total_seconds(),
        "incidents": one.incidents,
        "rate": one.rate,
        "low": low(one.interval),
        "high": high(one.interval),
        "declared": [{"postmortem": of.postmortem.id, "earlier": ids(of.earlier)} for of in one.declared],
        "suspected": [
            {
                "postmortem": of.postmortem.id,
                "earlier": of.suspicion.earlier.id,
                "shares": [{"kind": why.kind.value, "values": list(why.values)} for why in of.suspicion.reasons],
                "days_apart": of.suspicion.days_apart,
            }
            for of in one.suspected
        ],
    }
