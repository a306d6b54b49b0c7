"""The page of one pattern: its figures above the prose, and the evidence below it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from postmortems.analyse.facets import Facet, Group
from postmortems.analyse.occurrences import ROLES, Occurrences, co_occurring
from postmortems.analyse.passages import passages_of
from postmortems.analyse.services import services_of_several
from postmortems.model.pattern import Pattern, Role
from postmortems.model.postmortem import Postmortem
from postmortems.render.base.context import MANY, PageContext
from postmortems.render.base.environment import render, render_with_headings
from postmortems.render.base.families import NEUTRAL, mark_of
from postmortems.render.base.page import Page
from postmortems.render.base.timeline_link import timeline_link
from postmortems.render.charts.density import Month, density_rows
from postmortems.render.charts.mark import marks
from postmortems.render.charts.pattern_strip import pattern_strip
from postmortems.render.charts.strip import strip_head
from postmortems.render.charts.svg import Form
from postmortems.render.pages.detection_comparison import MOST_MARKS, compare
from postmortems.render.pages.facts import Fact, open_fact, recovery_fact, since_fact
from postmortems.render.pages.index_list import targets_words
from postmortems.render.pages.newest import newest
from postmortems.render.pages.open_actions import OpenActions, open_actions
from postmortems.render.pages.row import Chip, Row, chip_of, role_words, rows
from postmortems.render.words.formats import apart_words, count_words

_GATHERED = (
    ("what-helped", "What helped", "What Went Well"),
    ("factors", "Contributing factors", "Contributing Factors"),
    ("detection-gaps", "Detection gaps", "Detection Gaps"),
)
"""What is gathered, as anchor, heading and section: first what somebody needs who has the incident now."""


_MOST_SERVICES = 10


_ROLE_TITLES: dict[Role | None, str] = {
    Role.TRIGGER: "It was the trigger",
    Role.CONTRIBUTING: "It contributed",
    Role.DETECTION: "It hid the incident",
    Role.MITIGATION: "It slowed the repair",
    None: "Role not given",
}


def pattern_page(pattern: Pattern, context: PageContext) -> Page:
    """The generated parts of one pattern's page; costs that pattern's incidents."""
    found = context.analysis.occurrences.get(pattern.id, Occurrences(pattern.id))
    members = [one.postmortem for one in found.counted]
    apart = [one.postmortem for one in found.apart]
    actions = open_actions(members, context, without_pattern=pattern.id)
    before = render(
        "pattern/before.html",
        pattern=pattern,
        mark=mark_of(pattern.family, context.settings),
        facts=_facts(found, members, actions, context) if found.counted else (),
        today=context.analysis.today,
        is_sample=context.is_sample,
    )
    others = len(context.analysis.incidents) - len(members)
    gathered = [
        (anchor, title, newest(said), len(said))
        for anchor, title, section in _GATHERED
        if (said := passages_of(section, members))
    ]
    services = services_of_several(members, context.analysis.services)
    after, headings = render_with_headings(
        "pattern/after.html",
        context=context,
        pattern=pattern,
        total=len(members),
        others=others,
        when=_when(found, members, pattern, context),
        is_dense=len(members) > MOST_MARKS,
        roles=[*_roles(found, pattern.id, context)],
        apart=rows(newest(apart), context, with_year=True, without_pattern=pattern.id),
        apart_total=len(apart),
        apart_words=apart_words(apart),
        everything=timeline_link(
            [one.postmortem for one in found.everywhere], "with this pattern", [_facet(pattern)], context
        ),
        ticks=strip_head(),
        targets=targets_words(context),
        comparison=compare(pattern, members, context),
        gathered=gathered,
        services=services[:_MOST_SERVICES],
        addresses=context.addresses,
        more_services=max(0, len(services) - _MOST_SERVICES),
        actions=actions,
        co_occurring=_co_occurring(found, context),
        today=context.analysis.today,
    )
    return Page(
        title=pattern.title,
        before=before,
        after=after,
        headings=headings,
        description=pattern.description or f"{pattern.title}: {count_words(len(members), 'incident')}",
    )


def _facts(found: Occurrences, members: Sequence[Postmortem], actions: OpenActions, context: PageContext) -> list[Fact]:
    return [
        Fact("Incidents", f"{len(members)} of {len(context.analysis.incidents)}", _by_role(found)),
        since_fact(found.last, context),
        recovery_fact(members, context),
        open_fact(actions),
    ]


def _by_role(found: Occurrences) -> str:
    return ", ".join(f"{role_words(role)} in {found.by_role[role]}" for role in ROLES if found.by_role.get(role))


def _when(found: Occurrences, members: Sequence[Postmortem], pattern: Pattern, context: PageContext) -> str:
    """The picture of the pattern on the calendar; cells of a month where its incidents are too many for marks."""
    days = context.analysis.days
    mark = mark_of(pattern.family, context.settings) or NEUTRAL
    label = f"{pattern.title}: {count_words(len(members), 'incident')} over time"
    if len(members) > MOST_MARKS:

        def address(month: Month) -> str:
            return f"{context.addresses.filtered([_facet(pattern)], month[0])}#m{month[1]:02}"

        own = Counter((one.day.year, one.day.month) for one in members if one.day)
        return density_rows(own, address, label, Form.ROWS)
    small = frozenset(one.postmortem.path for one in found.counted if not one.leads)
    drawn = marks(members, context, mark, small)
    if not drawn:
        return ""
    return pattern_strip(drawn, (days[0].year, days[-1].year), _other_days(members, context), label)


def _other_days(members: Sequence[Postmortem], context: PageContext) -> list[date]:
    """The days of all other incidents; months stand for days where there are too many to be told apart."""
    if len(context.analysis.days) <= MANY:
        others = Counter(context.analysis.days)
        others.subtract(Counter(one.day for one in members if one.day))
        return [day for day, count in others.items() if count > 0]
    own = Counter((one.day.year, one.day.month) for one in members if one.day)
    return [date(*month, 15) for month, count in context.analysis.months.items() if count > own[month]]


def _facet(pattern: Pattern) -> Facet:
    """What the pattern's incidents are found by."""
    return Facet(Group.PATTERN, pattern.id)


def _roles(found: Occurrences, pattern: str, context: PageContext) -> Iterator[tuple[str, str, list[Row], int]]:
    """The roles that the pattern had: anchor and title, the newest incidents, and how many there are."""
    for role, title in _ROLE_TITLES.items():
        of_role = [occurrence.postmortem for occurrence in found.counted if occurrence.role is role]
        if of_role:
            listed = rows(newest(of_role), context, with_year=True, without_pattern=pattern)
            yield f"role-{role or 'not-given'}", title, listed, len(of_role)


def _co_occurring(found: Occurrences, context: PageContext) -> list[tuple[Chip, int, int]]:
    """Other patterns of the same incidents: in how many of these each is, and in how many of all others."""
    occurrences = context.analysis.occurrences
    return [(chip_of(name, context), here, len(occurrences[name].counted) - here) for name, here in co_occurring(found)]
