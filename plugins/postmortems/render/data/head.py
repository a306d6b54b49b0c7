"""Head of every data file in JSON: the version of its form, its day, and whether the collection is a sample."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from postmortems.render.data.data_context import DataContext
from postmortems.render.data.json_text import Day, one_of
from postmortems.settings import Completeness

Version = Annotated[Literal[1], Field(description="Version of this format")]

Collection = Annotated[
    str,
    one_of(Completeness),
    Field(description="`sample`: counts in this collection do not show how often incidents happen"),
]


class Head(TypedDict):
    """Keys of a data file that precede its list."""

    version: Version
    today: Annotated[Day, Field(description="The date used as today (UTC)")]
    corpus: Collection


def head(data_context: DataContext) -> Head:
    """The head of a list in an edition."""
    context = data_context.pages
    return Head(version=1, today=context.analysis.today.isoformat(), corpus=context.settings.corpus.value)
