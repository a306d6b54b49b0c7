"""One incident as a row of a list, its words and links ready for `parts/row.html`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from markupsafe import Markup

from postmortems.analyse.actions import ActionCounts
from postmortems.analyse.occurrences import involvements
from postmortems.model.pattern import Role
from postmortems.model.postmortem import Postmortem
from postmortems.render.base.context import PageContext
from postmortems.render.base.families import mark_of
from postmortems.render.charts.strip import strip
from postmortems.render.pages.filters import Filters
from postmortems.render.words.formats import MONTHS, duration_words
from postmortems.render.words.plain import first_sentence
from postmortems.render.words.severity import severity_weight

_SERVICES = 2


@dataclass(frozen=True, slots=True)
class Chip:
    """A pattern of an incident; without `href` where it has no page."""

    title: str
    href: str = ""
    mark: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """What a list shows of one incident. `same_month` is True where the row above is of the same month.

    `filters` are the numbers of its values among the filters above the list, and `words` what the free text also finds
    it by; a list without filters has neither.
    """

    href: str
    title: str
    day: date | None
    month: str
    same_month: bool
    with_year: bool
    severity: str | None
    weight: int
    status: str
    kind: str
    owner: str
    services: tuple[str, ...]
    more_services: int
    chips: tuple[Chip, ...]
    strip: Markup
    lasted: str
    at_least: bool
    detected: str
    over: str
    actions: ActionCounts
    filters: str | None = None
    words: str = ""


def rows(
    newest_first: Iterable[Postmortem],
    context: PageContext,
    *,
    with_year: bool = False,
    without_pattern: str = "",
    filters: Filters | None = None,
) -> list[Row]:
    """The rows of a list. `without_pattern` is the pattern whose page it is, which every row would repeat."""
    found: list[Row] = []
    previous: tuple[int, int] | None = None
    for one in newest_first:
        month = (one.day.year, one.day.month) if one.day else None
        row = _row(one, context, same_month=month == previous, with_year=with_year, without=without_pattern)
        if filters:
            row = replace(row, filters=filters.numbers_of(one), words=_words(one))
        found.append(row)
        previous = month
    return found


def chip_of(pattern: str, context: PageContext, role: str = "") -> Chip:
    """The chip of a pattern, by its id."""
    page = context.corpus.pattern_by_id.get(pattern)
    if page is None:
        return Chip(pattern)
    return Chip(page.title, context.addresses.pattern(page.id), mark_of(page.family, context.settings), role)


def chips(
    postmortem: Postmortem, context: PageContext, without: str = "", *, with_roles: bool = False
) -> tuple[Chip, ...]:
    """The patterns of a postmortem in its own order, each once."""
    roles = {name: one.role.value if one.role else "" for name, one in involvements(postmortem).items()}
    return tuple(chip_of(name, context, role if with_roles else "") for name, role in roles.items() if name != without)


def _words(one: Postmortem) -> str:
    """What free text finds a postmortem by beyond what its row shows."""
    hidden = tuple(dict.fromkeys(one.front_matter.services))[_SERVICES:]
    return " ".join(filter(None, (one.root_cause, one.front_matter.trigger, first_sentence(one), *hidden)))


def role_words(role: Role | None) -> str:
    """What a pattern was in one incident."""
    return role.value if role else "role not given"


def _row(one: Postmortem, context: PageContext, *, same_month: bool, with_year: bool, without: str) -> Row:
    matter = one.front_matter
    lengths = context.analysis.durations_of(one)
    services = tuple(dict.fromkeys(matter.services))
    at_least = lengths.to_recover is None and lengths.to_mitigate is not None
    return Row(
        href=context.addresses.postmortem(one),
        title=one.title,
        day=one.day,
        month=MONTHS[one.day.month - 1] if one.day else "",
        same_month=same_month,
        with_year=with_year,
        severity=matter.severity,
        weight=severity_weight(matter.severity, context.settings.severities),
        status=matter.status or "",
        kind=matter.kind,
        owner=context.analysis.owner_name(one) or "",
        services=services[:_SERVICES],
        more_services=max(0, len(services) - _SERVICES),
        chips=chips(one, context, without),
        strip=strip(lengths),
        lasted=duration_words(lengths.to_mitigate if at_least else lengths.to_recover),
        at_least=at_least,
        detected=duration_words(lengths.to_detect),
        over=duration_words(lengths.over_target) if lengths.over_target else "",
        actions=context.analysis.action_counts_of(one),
    )
