"""What the parts of `/data/metrics.json` are made of: kinds of values, and how figures become them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from pydantic import Field

from postmortems.analyse.statistics import Interval
from postmortems.model.postmortem import Postmortem

Rate = Annotated[float, Field(ge=0, le=1)]
Ids = list[str]
QuarterNumber = Annotated[int, Field(ge=1, le=4)]


def ids(members: Iterable[Postmortem]) -> Ids:
    """The ids of some postmortems."""
    return [one.id for one in members]


def low(interval: Interval | None) -> float | None:
    """The lower end; None where there is no interval."""
    return interval.low if interval else None


def high(interval: Interval | None) -> float | None:
    """The upper end; None where there is no interval."""
    return interval.high if interval else None
