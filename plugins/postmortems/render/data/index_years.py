"""`/data/index/<year>.json`: the compact index of one year, and `/data/index/years.json`: which years there are.

So a program reads no more than it needs: the newest years, or those of the incidents that it knows of.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from postmortems.analyse.analysis import Analysis
from postmortems.model.dated_action import DatedAction
from postmortems.render.data.data_context import DataContext
from postmortems.render.data.head import Head, head
from postmortems.render.data.index import (
    SCHEMA,
    NamedPattern,
    NamedService,
    family_places,
    index_document,
    named_pattern,
    page_address,
)
from postmortems.render.data.json_text import Count, json_document
from postmortems.text.slug import slug

INDEXES = "data/index/"
"""Folder of the indexes."""

YEARS = f"{INDEXES}years.json"
YEARS_SCHEMA = "schema/index-years.schema.json"


class YearFile(TypedDict):
    """The index of one year."""

    year: Annotated[int | None, Field(description="The year of its postmortems; null is unknown")]
    file: Annotated[str, Field(description="Its place below the site root")]
    postmortems: Annotated[Count, Field(description="Number of its postmortems")]


class YearsHead(Head):
    """All that is in the file but the years."""

    address: Annotated[str, Field(description="As in the index")]
    patterns: Annotated[list[NamedPattern], Field(description="As in the index")]
    services: Annotated[list[NamedService], Field(description="As in the index")]


class Years(YearsHead):
    """The files of the compact index, one a year."""

    years: Annotated[
        list[YearFile], Field(description="One per year that has a postmortem, newest first, unknown last")
    ]


def year_file(year: int | None) -> str:
    """The file of a year, below the site's root."""
    return f"{INDEXES}{year or 'unknown'}.json"


def year_json(data_context: DataContext, year: int | None) -> str:
    """The text of the file of a year; costs what its postmortems hold."""
    analysis = data_context.pages.analysis
    newest_first = analysis.years[year][::-1]
    patterns = (found["id"] for member in newest_first for found in data_context.record(member)["patterns"])
    named = {slug(name) for member in newest_first for name in member.front_matter.services}
    services = {name: analysis.services[name] for name in sorted(named)}
    actions = analysis.once(_open_by_year).get(year, ())
    return index_document(f"../../{SCHEMA}", data_context, newest_first, dict.fromkeys(patterns), services, actions)


def years_json(data_context: DataContext) -> str:
    """The text of the file that says which years there are."""
    context = data_context.pages
    newest_first = sorted(context.analysis.years.items(), key=lambda item: item[0] or 0, reverse=True)
    families = family_places(context)
    before = YearsHead(
        **head(data_context),
        address=page_address(context),
        patterns=[named_pattern(name, context, families) for name in context.analysis.occurrences],
        services=[NamedService(service.slug, service.name) for service in context.analysis.services.values()],
    )
    rows = [YearFile(year=year, file=year_file(year), postmortems=len(members)) for year, members in newest_first]
    return json_document(f"../../{YEARS_SCHEMA}", before, "years", rows)


def _open_by_year(analysis: Analysis) -> Mapping[int | None, list[DatedAction]]:
    found: defaultdict[int | None, list[DatedAction]] = defaultdict(list)
    for action in analysis.board.open:
        found[action.postmortem.year].append(action)
    return found
