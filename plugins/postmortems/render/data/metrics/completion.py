"""How many postmortems are published in time, as `/data/metrics.json` has it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from postmortems.analyse.completion import Completion
from postmortems.render.data.json_text import Count
from postmortems.render.data.metrics.values import Rate, high, low


class CompletionForm(TypedDict):
    """The entries of the incident register, counted. Which they are stands nowhere on the site."""

    n: Annotated[Count, Field(description="How many the rate rests on: in time, late and unpublished ones")]
    missing: Annotated[Count, Field(description="How many qualify and cannot be counted")]
    rate: Annotated[Rate | None, Field(description="The share that was published in time")]
    low: Annotated[Rate | None, Field(description="Its 95 % interval; null below six")]
    high: Annotated[Rate | None, Field(description="Its 95 % interval; null below six")]
    in_time: Annotated[Count, Field(description="Published within the policy's days")]
    late: Annotated[Count, Field(description="Published after them")]
    unpublished: Annotated[Count, Field(description="Not published though their time has passed")]
    not_due: Annotated[Count, Field(description="Their time has not passed")]
    waived: Annotated[Count, Field(description="There will be none, for a reason")]
    not_required: Annotated[Count, Field(description="The policy asks for none")]


def completion_form(one: Completion) -> CompletionForm:
    """The register's entries in counts."""
    # Counts alone: the register names incidents that nobody may have told the site's readers about.
    return {
        "n": one.n,
        "missing": one.missing,
        "rate": one.rate,
        "low": low(one.interval),
        "high": high(one.interval),
        "in_time": len(one.in_time),
        "late": len(one.late),
        "unpublished": len(one.unpublished),
        "not_due": len(one.not_due),
        "waived": len(one.waived),
        "not_required": len(one.not_required),
    }
