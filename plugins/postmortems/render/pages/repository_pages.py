"""The postmortems of another repository: a page of the newest ones, and pages of years where one cannot list all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.incident_group import IncidentGroup
from postmortems.model.postmortem import Postmortem
from postmortems.render.base.context import MANY, PageContext
from postmortems.render.base.page import Body
from postmortems.render.pages.filters import filters
from postmortems.render.pages.index_list import SCRIPT
from postmortems.render.pages.layout import render_body
from postmortems.render.words.incident_group import counted_words


@dataclass(frozen=True, slots=True)
class RepositoryPart:
    """The postmortems of a source in a year, oldest first, or the `number`th part of them, counted from 1.

    `year` is None where no year is known. `is_part` is True if the year has several parts.
    """

    source: str
    year: int | None
    number: int
    is_part: bool
    postmortems: tuple[Postmortem, ...]

    @property
    def name(self) -> str:
        """Its name among those of its source: `2024, part 2`."""
        year = f"{self.year}" if self.year else "Year unknown"
        return f"{year}, part {self.number}" if self.is_part else year

    @property
    def file(self) -> str:
        """The name of its page: `in-2024-2`."""
        return f"in-{self.year or 'unknown'}{f'-{self.number}' if self.number > 1 else ''}"

    @property
    def title(self) -> str:
        """The title of its page."""
        return f"Postmortems of {self.source}: {self.name[0].lower()}{self.name[1:]}"


def repository_parts(source: str, analysis: Analysis) -> tuple[RepositoryPart, ...]:
    """The pages of a source by year, oldest first; none where one page lists all of its postmortems."""
    return analysis.once(_parts).get(source, ())


def _parts(analysis: Analysis) -> Mapping[str, tuple[RepositoryPart, ...]]:
    by_source = analysis.corpus.by_source.items()
    return {source: tuple(_by_year(source, members)) for source, members in by_source if len(members) > MANY}


def _by_year(source: str, members: tuple[Postmortem, ...]) -> Iterator[RepositoryPart]:
    years = sorted(members, key=lambda postmortem: postmortem.year or 0)  # an undated one may be among any
    for year, found in groupby(years, key=lambda postmortem: postmortem.year):
        of_year = tuple(found)
        for begin in range(0, len(of_year), MANY):
            part = of_year[begin : begin + MANY]
            yield RepositoryPart(source, year, begin // MANY + 1, len(of_year) > MANY, part)


def repository_page(source: str, context: PageContext) -> Body:
    """The generated parts of `/postmortems/<source>/`; costs the postmortems of the source."""
    return _page(source, context.corpus.by_source[source], None, context)


def repository_part_page(part: RepositoryPart, context: PageContext) -> Body:
    """The generated parts of `/postmortems/<source>/in-<year>/`; costs the postmortems of that part."""
    return _page(part.source, part.postmortems, part, context)


def _page(source: str, members: tuple[Postmortem, ...], part: RepositoryPart | None, context: PageContext) -> Body:
    shown = members[-MANY:]
    is_whole = len(shown) == len(members)
    return render_body(
        "repository.html",
        counted_words(IncidentGroup(members, context.analysis)),
        context=context,
        source=source,
        part=part,
        parts=repository_parts(source, context.analysis),
        shown=shown,
        total=len(members),
        # Of the newest alone they would find less than there is.
        filters=filters(shown, context) if is_whole else None,
        script=context.addresses.file(SCRIPT) if is_whole else "",
    )
