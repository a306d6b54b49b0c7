"""What some incidents have in common, as lists show it: patterns with roles, root causes, services, owners."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from postmortems.analyse.occurrences import ROLES
from postmortems.analyse.profile import CauseShare, PatternShare, Profile
from postmortems.render.base.context import PageContext
from postmortems.render.base.families import mark_of
from postmortems.render.words.formats import role_words
from postmortems.render.words.incident import clipped, short_name

MOST = 12
"""How many of each kind a page lists; the rest is counted."""

_LONGEST = 100
_LINKS = 6


@dataclass(frozen=True, slots=True)
class Share:
    """One thing that incidents have in common, in how many of them, and what is to be said of it."""

    title: str
    count: int
    href: str = ""
    mark: str = ""
    note: str = ""
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Shares:
    """The lists of a page; `more_services` and `more_causes` are not shown."""

    total: int
    patterns: Sequence[Share]
    causes: Sequence[Share]
    more_causes: int
    without_cause: int
    services: Sequence[Share]
    more_services: int
    owners: Sequence[Share]
    without_owner: int


def shares(found: Profile, context: PageContext, *, without_service: str = "", without_owner: str = "") -> Shares:
    """The lists; `without_service` and `without_owner` are slugs of the one whose page it is."""
    services = [pair for pair in found.services[: MOST + 1] if pair[0] != without_service]
    more_services = len(found.services) - bool(without_service) - MOST
    owners = [pair for pair in found.owners if pair[0] != without_owner]
    return Shares(
        total=found.total,
        patterns=[_pattern(share, context) for share in found.patterns],
        causes=[_cause(share, context) for share in found.causes[:MOST]],
        more_causes=max(0, len(found.causes) - MOST),
        without_cause=found.without_cause,
        services=[
            Share(clipped(name, _LONGEST), count, context.addresses.service(name))
            for name, count in ((context.analysis.services[slug].name, count) for slug, count in services[:MOST])
        ],
        more_services=max(0, more_services),
        owners=[
            Share(clipped(name, _LONGEST), count, context.addresses.owner(name))
            for name, count in ((context.analysis.owners[slug].name, count) for slug, count in owners[:MOST])
        ],
        without_owner=found.without_owner,
    )


def _pattern(share: PatternShare, context: PageContext) -> Share:
    roles = ", ".join(f"{role_words(role)} {share.by_role[role]}" for role in ROLES if share.by_role.get(role))
    pattern = context.corpus.pattern_by_id.get(share.pattern)
    if pattern is None:
        return Share(clipped(share.pattern, _LONGEST), share.count, note=roles)
    return Share(
        pattern.title,
        share.count,
        context.addresses.pattern(pattern.id),
        mark_of(pattern.family, context.settings),
        roles,
    )


def _cause(share: CauseShare, context: PageContext) -> Share:
    newest = [*reversed(share.postmortems)][:_LINKS]
    return Share(
        clipped(share.label, _LONGEST),
        len(share.postmortems),
        note=f"and {len(share.postmortems) - _LINKS} more" if len(share.postmortems) > _LINKS else "",
        links=tuple((short_name(one), context.addresses.postmortem(one)) for one in newest),
    )
