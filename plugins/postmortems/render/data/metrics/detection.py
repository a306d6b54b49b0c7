"""How soon incidents are noticed, as `/data/metrics.json` has it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from postmortems.analyse.detection import AgainstTarget, DetectionFigures
from postmortems.model.front_matter import DetectedBy
from postmortems.render.data.json_text import Count, one_of
from postmortems.render.data.metrics.values import Ids, Rate, high, ids, low


class AgainstTargetForm(TypedDict):
    """Incidents held against their detection targets."""

    n: Annotated[Count, Field(description="How many have a known time and a target")]
    in_time: Annotated[Count, Field(description="How many were noticed in time")]
    late: Annotated[Count, Field(description="How many were not")]
    low: Annotated[Rate | None, Field(description="The 95 % interval of the share that was late; null below six")]
    high: Annotated[Rate | None, Field(description="The 95 % interval of the share that was late; null below six")]
    unknown: Annotated[Count, Field(description="How many have a target and no known time")]
    without_target: Annotated[Count, Field(description="How many have no target")]
    late_postmortems: Annotated[Ids, Field(description="The ids of the late ones")]


class SeverityTargetForm(TypedDict):
    """The same of one severity."""

    severity: Annotated[str | None, Field(description="The severity; null for incidents without one")]
    against_target: Annotated[AgainstTargetForm, Field(description="These incidents")]


class NoticerForm(TypedDict):
    """Who noticed first, counted."""

    detected_by: Annotated[Annotated[str, one_of(DetectedBy)] | None, Field(description="Who; null is unknown")]
    count: Annotated[Count, Field(description="How many incidents")]


class DetectionForm(TypedDict):
    """Detection against targets."""

    all: Annotated[AgainstTargetForm, Field(description="All incidents")]
    severities: Annotated[list[SeverityTargetForm], Field(description="By severity, worst first")]
    from_settings: Annotated[
        Count, Field(description="How many of the targets are the settings', not the postmortem's own")
    ]
    detected_by: Annotated[list[NoticerForm], Field(description="Who noticed first")]


def detection_form(one: DetectionFigures) -> DetectionForm:
    """Incidents against their targets, and who noticed them."""
    return {
        "all": _against_target(one.all),
        "severities": [
            {"severity": severity, "against_target": _against_target(found)} for severity, found in one.severities
        ],
        "from_settings": one.from_settings,
        "detected_by": [
            {"detected_by": who.value if who else None, "count": count} for who, count in one.detected_by.items()
        ],
    }


def _against_target(one: AgainstTarget) -> AgainstTargetForm:
    return {
        "n": one.n,
        "in_time": len(one.in_time),
        "late": len(one.late),
        "low": low(one.interval),
        "high": high(one.interval),
        "unknown": one.unknown,
        "without_target": one.without_target,
        "late_postmortems": ids(one.late),
    }
