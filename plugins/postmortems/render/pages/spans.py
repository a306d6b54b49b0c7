"""The months of a year with more postmortems than one page lists, and the page of each.

A month with too many is cut into parts, from its first day on: what happens later leaves the earlier parts as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
from postmortems.render.words.formats import LONG_MONTHS
from postmortems.render.words.incident_group import counted_words


@dataclass(frozen=True, slots=True)
class Span:
    """Some postmortems of a year, oldest first: those of a month, or the `number`th part of these, counted from 1.

    `month` is 0 for those whose day is unknown, and `year` None where no year is known, either. `is_part` is True if
    the month has several parts.
    """

    year: int | None
    month: int
    number: int
    is_part: bool
    postmortems: tuple[Postmortem, ...]

    @property
    def name(self) -> str:
        """Its name within its year: `February`, `February, part 2`."""
        month = LONG_MONTHS[self.month - 1] if self.month else "Year unknown" if self.year is None else "Date unknown"
        return f"{month}, part {self.number}" if self.is_part else month

    @property
    def title(self) -> str:
        """The title of its page."""
        if self.year is None or not self.month:
            return f"Postmortems: {self.name[0].lower()}{self.name[1:]}{f' in {self.year}' if self.year else ''}"
        name, comma, part = self.name.partition(",")
        return f"Postmortems in {name} {self.year}{comma}{part}"


def spans_of(year: int | None, analysis: Analysis) -> tuple[Span, ...]:
    """The spans of a year, oldest first; none where its own page lists all of its postmortems."""
    members = analysis.years.get(year, ())
    return tuple(_spans(year, members)) if len(members) > MANY else ()


def all_spans(analysis: Analysis) -> Iterator[Span]:
    """The spans of all years."""
    for year in analysis.years:
        yield from spans_of(year, analysis)


def _spans(year: int | None, members: Sequence[Postmortem]) -> Iterator[Span]:
    for month, found in groupby(members, key=lambda postmortem: postmortem.day.month if postmortem.day else 0):
        of_month = tuple(found)
        for begin in range(0, len(of_month), MANY):
            part = of_month[begin : begin + MANY]
            yield Span(year, month, begin // MANY + 1, len(of_month) > MANY, part)


def span_rows(spans: Sequence[Span], context: PageContext) -> list[tuple[str, str, str, IncidentGroup]]:
    """Name, address, anchor and group of each, for the table that leads to them; a month has its anchor once."""
    return [
        (
            span.name,
            context.addresses.span(span.year, span.month, span.number),
            "" if span.number > 1 else f"m{span.month:02}" if span.month else "day-unknown",
            IncidentGroup(span.postmortems, context.analysis),
        )
        for span in spans
    ]


def span_page(span: Span, context: PageContext) -> Body:
    """The generated parts of `/postmortems/<year>/month-<mm>/`; costs the postmortems of that span."""
    group = IncidentGroup(span.postmortems, context.analysis)
    return render_body(
        "span.html",
        counted_words(group),
        context=context,
        span=span,
        spans=spans_of(span.year, context.analysis),
        group=group,
        filters=filters(span.postmortems, context),
        scripts=[context.addresses.file(SCRIPT)],
    )
