"""The way from a page about some incidents to the index of all, narrowed to them.

There each of them is, can be narrowed further, and is in the picture. Without the script the same address shows
the index whole, so the words promise no more than that they are there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from postmortems.analyse.facets import Facet, Group, State
from postmortems.model.postmortem import Postmortem
from postmortems.render.base.context import PageContext
from postmortems.render.words.formats import apart_words, count_words


@dataclass(frozen=True, slots=True)
class TimelineLink:
    """A link to the index, filtered: `words` say what all is there, and `with_open` leads to those of them that
    have open actions."""

    words: str
    href: str
    with_open: str


def timeline_link(
    members: Sequence[Postmortem], what: str, asked: Iterable[Facet], context: PageContext
) -> TimelineLink | None:
    """The link to these postmortems, which are what the facets `asked` find; None for a single one.

    `what` completes "All 12 incidents …".
    """
    if len(members) < 2:
        return None
    counted = sum(postmortem.is_incident for postmortem in members)
    words = " and ".join(filter(None, (count_words(counted, "incident") if counted else "", apart_words(members))))
    wanted = tuple(asked)
    return TimelineLink(
        f"All {words} {what}",
        context.addresses.filtered(wanted),
        context.addresses.filtered((*wanted, Facet(Group.STATE, State.OPEN))),
    )
