"""The postmortems of another repository: a page of the newest ones, and pages of years where one cannot list all."""

from __future__ import annotations

from collections.abc import Mapping

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.incident_group import IncidentGroup
from postmortems.model.postmortem import Postmortem
from postmortems.render.base.context import MANY, PageContext
from postmortems.render.base.page import Body
from postmortems.render.pages.filters import filters
from postmortems.render.pages.index_list import SCRIPT
from postmortems.render.pages.layout import render_body
from postmortems.render.pages.year_parts import YearPart, year_parts
from postmortems.render.words.incident_group import counted_words


def repository_parts(source: str, analysis: Analysis) -> tuple[YearPart[Postmortem], ...]:
    """The pages of a source by year, oldest first; none where one page lists all of its postmortems."""
    return analysis.once(_parts).get(source, ())


def _parts(analysis: Analysis) -> Mapping[str, tuple[YearPart[Postmortem], ...]]:
    by_source = analysis.corpus.by_source.items()
    return {source: year_parts(members, lambda postmortem: postmortem.year) for source, members in by_source}


def repository_part_title(source: str, part: YearPart[Postmortem]) -> str:
    """The title of the page of a part."""
    return f"Postmortems of {source}: {part.name[0].lower()}{part.name[1:]}"


def repository_page(source: str, context: PageContext) -> Body:
    """The generated parts of `/postmortems/<source>/`; costs the postmortems of the source."""
    return _page(source, context.corpus.by_source[source], None, context)


def repository_part_page(source: str, part: YearPart[Postmortem], context: PageContext) -> Body:
    """The generated parts of `/postmortems/<source>/in-<year>/`; costs the postmortems of that part."""
    return _page(source, part.members, part, context)


def _page(
    source: str, members: tuple[Postmortem, ...], part: YearPart[Postmortem] | None, context: PageContext
) -> Body:
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
