"""Declaration of what is published of a class: its figures, in their order, each with its meaning.

A class of figures declares once, as `published`, what the data files say of it. The type of a figure is that of the
attribute that it comes from, so that the JSON and its schema follow from the class.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated, Any

from pydantic import Field

Rate = Annotated[float, Field(ge=0, le=1)]
"""A share, from 0 to 1."""

Seconds = Annotated[float, Field(ge=0)]
Year = Annotated[int, "a calendar year"]
QuarterNumber = Annotated[int, Field(ge=1, le=4)]


@dataclass(frozen=True, slots=True)
class Figure:
    """One published value: its key, and its meaning in a sentence for the schema and the guide.

    `source` is the attribute that holds it, with dots between an attribute and one of its own. `is_number` publishes
    how many a tuple has in place of its members; `type` is given where it is narrower than that of the attribute.
    """

    key: str
    meaning: str
    source: str
    is_number: bool = False
    type: Any = None

    def of(self, owner: object) -> Any:
        """The value; None where an attribute on the way to it is None."""
        value: Any = owner
        for name in self.source.split("."):
            value = None if value is None else getattr(value, name)
        return len(value) if self.is_number else value


@dataclass(frozen=True, slots=True)
class Form:
    """The published figures of a class; `name` is that of its definition in the schema, and stays."""

    name: str
    figures: tuple[Figure, ...]

    def under(self, attribute: str) -> tuple[Figure, ...]:
        """The same figures for the form of a class that holds such a value as an attribute."""
        return tuple(replace(figure, source=f"{attribute}.{figure.source}") for figure in self.figures)


def form(name: str, *figures: Figure) -> Form:
    """A form of some figures."""
    return Form(name, figures)


def figure(key: str, meaning: str, source: str = "") -> Figure:
    """A value under its own name, unless `source` says otherwise."""
    return Figure(key, meaning, source or key)


def number(key: str, meaning: str, source: str = "") -> Figure:
    """The number of members of a tuple."""
    return Figure(key, meaning, source or key, is_number=True)


def rate_interval(meaning: str) -> tuple[Figure, Figure]:
    """Both ends of the interval of a share."""
    return (
        Figure("low", meaning, "interval.low", type=Rate),
        Figure("high", meaning, "interval.high", type=Rate),
    )


def count_interval(meaning: str) -> tuple[Figure, Figure]:
    """Both ends of the interval of an expected number."""
    return Figure("low", meaning, "interval.low"), Figure("high", meaning, "interval.high")
