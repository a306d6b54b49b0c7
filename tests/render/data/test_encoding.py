"""Published figures: each key has the value and the type of its attribute, and None on the way to it is null."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import ClassVar

from tests.builders import incident

from postmortems.analyse.statistics import Interval
from postmortems.model.postmortem import Postmortem
from postmortems.model.published import figure, form, number, rate_interval
from postmortems.render.data.encoding import declaration, encoded
from postmortems.render.data.schema import schema_of


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True, slots=True)
class Part:
    """A part."""

    took: timedelta | None

    published: ClassVar = form("PartForm", figure("took_seconds", "How long", "took"))


@dataclass(frozen=True, slots=True)
class Whole:
    """The whole
    of it.

    Not published.
    """

    parts: tuple[Part, ...]
    colour: Colour
    first: Postmortem
    interval: Interval | None = None

    published: ClassVar = form(
        "WholeForm",
        figure("parts", "All"),
        number("n", "How many", "parts"),
        *rate_interval("Ends"),
        figure("colour", "Which"),
        figure("postmortem", "Its id", "first"),
    )


def test_values_are_written_in_the_order_of_the_form() -> None:
    whole = Whole((Part(timedelta(minutes=1)), Part(None)), Colour.RED, incident("a"), Interval(0.25, 1.0))
    assert list(encoded(whole).items()) == [
        ("parts", [{"took_seconds": 60}, {"took_seconds": None}]),
        ("n", 2),
        ("low", 0.25),
        ("high", 1.0),
        ("colour", "red"),
        ("postmortem", incident("a").id),
    ]


def test_without_an_interval_its_ends_are_null() -> None:
    found = encoded(Whole((), Colour.RED, incident("a")))
    assert (found["low"], found["high"], found["n"]) == (None, None, 0)


def test_the_schema_has_the_types_of_the_attributes() -> None:
    rate = {"anyOf": [{"type": "number", "minimum": 0, "maximum": 1}, {"type": "null"}], "description": "Ends"}
    found = schema_of(declaration(Whole), "x")
    assert found["description"] == "The whole of it."
    assert {name: shape for name, shape in found["properties"].items() if name != "$schema"} == {
        "parts": {"type": "array", "items": {"$ref": "#/$defs/PartForm"}, "description": "All"},
        "n": {"type": "integer", "minimum": 0, "description": "How many"},
        "low": rate,
        "high": rate,
        "colour": {"type": "string", "enum": ["red"], "description": "Which"},
        "postmortem": {"type": "string", "description": "Its id"},
    }
    took = {"anyOf": [{"type": "number", "minimum": 0}, {"type": "null"}], "description": "How long"}
    assert found["$defs"]["PartForm"]["properties"] == {"took_seconds": took}
    assert found["required"] == ["parts", "n", "low", "high", "colour", "postmortem"]
