"""Reviews whose agenda a site offers: those that are ahead or not long ago, so that a build costs the same."""

from __future__ import annotations

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.reviews import Month
from postmortems.model.front_matter import Status
from postmortems.model.postmortem import Postmortem

NEWEST = 50
"""Postmortems of the latest incidents that have one, beside all that are not published yet."""

NEWEST_MONTHS = 12


def offered(analysis: Analysis) -> frozenset[str]:
    """The ids of the postmortems whose agenda is on the site; ask it by `analysis.once`."""
    newest = {postmortem.path for postmortem in analysis.postmortems[-NEWEST:]}
    return frozenset(
        name
        for name, postmortem in analysis.corpus.by_id.items()
        if postmortem.path in newest or postmortem.front_matter.status is not Status.PUBLISHED
    )


def is_offered(postmortem: Postmortem, analysis: Analysis) -> bool:
    """True if the site has an agenda of a postmortem; of two with one id, the one that the id means."""
    return postmortem.id in analysis.once(offered) and analysis.corpus.by_id[postmortem.id] is postmortem


def offered_months(analysis: Analysis) -> tuple[Month, ...]:
    """The months whose agenda is on the site, oldest first."""
    return tuple(analysis.reviews.months[-NEWEST_MONTHS:])
