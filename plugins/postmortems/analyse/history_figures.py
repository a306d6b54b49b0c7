"""Figures of how postmortems are published and how action items are followed up, stated ones and those from git."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.distribution import Distribution, distribution
from postmortems.analyse.document_dates import (
    DocumentDates,
    Gap,
    differs,
    document_dates,
    length_in_git,
    stated_length,
)
from postmortems.analyse.past_actions import ActionPast, past_of
from postmortems.model.dated_action import DatedAction
from postmortems.model.front_matter import Status
from postmortems.model.postmortem import Postmortem
from postmortems.model.published import figure, form, number


@dataclass(frozen=True, slots=True)
class GapCount:
    """Number of postmortems with one reason for an unknown length."""

    gap: Gap
    count: int

    published: ClassVar = form(
        "GapCount",
        figure("gap", "Why the length is unknown"),
        figure("count", "How many postmortems"),
    )


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Action items of published postmortems through git's history.

    `missing` ones cannot be told again in it, or are not committed. `dated` ones have a due date of their own or had
    one; `done` ones are done or were.
    """

    missing: int
    dated: int
    moved: tuple[DatedAction, ...]
    days: Distribution
    done: int
    reopened: tuple[DatedAction, ...]

    published: ClassVar = form(
        "FollowUp",
        figure("missing", "How many action items have no known history"),
        figure("dated", "How many of the others have a due date of their own, or had one"),
        number("moved", "How many of these had their due date moved"),
        figure("days", "How much later the present due date is than the first, if it is"),
        figure("done", "How many of the others are done, or were"),
        number("reopened", "How many of these were open again later"),
    )


@dataclass(frozen=True, slots=True)
class GitFigures:
    """Figures from git's history, of the published postmortems of incidents."""

    publication: Distribution
    publication_gaps: tuple[GapCount, ...]
    review: Distribution
    review_gaps: tuple[GapCount, ...]
    differing: tuple[Postmortem, ...]
    follow_up: FollowUp

    published: ClassVar = form(
        "GitFigures",
        figure("publication", "From the resolution to the commit that published the postmortem, in whole days"),
        figure("publication_gaps", "Why it is unknown for some"),
        figure("review", "From the first commit of the postmortem to the one that published it, in whole days"),
        figure("review_gaps", "Why it is unknown for some"),
        figure("differing", "Postmortems whose `published_on` is more than a day from the commit's day"),
        figure("follow_up", "What became of action items"),
    )


@dataclass(frozen=True, slots=True)
class HistoryFigures:
    """Lengths of publication and review, as authors state them and as git knows them.

    `git` is None where git was not asked, or knows nothing; then `gap` says why, unless it was not asked.
    """

    stated: Distribution
    git: GitFigures | None
    gap: str | None

    published: ClassVar = form(
        "HistoryFigures",
        figure("stated", "From the resolution to `published_on`, in whole days"),
        figure("git", "Figures from git's history; null where it is not known, and of a sample"),
        figure("gap", "Why git's history is not known; null where it is, and where it was not asked"),
    )


def history_figures(analysis: Analysis) -> HistoryFigures:
    """The figures of all incidents whose postmortem is published."""
    members = [incident for incident in analysis.incidents if incident.front_matter.status is Status.PUBLISHED]
    stated = distribution(stated_length(member) for member in members)
    history = analysis.read_history()
    if history.gap or not history.is_asked:
        return HistoryFigures(stated, None, history.gap or None)
    return HistoryFigures(stated, _git_figures(members, analysis.once(document_dates), analysis), None)


def _git_figures(members: Sequence[Postmortem], dates: Mapping[str, DocumentDates], analysis: Analysis) -> GitFigures:
    of_members = [dates[member.path] for member in members]
    return GitFigures(
        publication=distribution(length_in_git(member, dates[member.path]) for member in members),
        publication_gaps=_gaps(found.published_gap for found in of_members),
        review=distribution(found.review for found in of_members),
        review_gaps=_gaps(found.review_gap for found in of_members),
        differing=tuple(member for member in members if differs(member, dates[member.path])),
        follow_up=_follow_up([action for member in members for action in analysis.actions_of(member)], analysis),
    )


def _gaps(gaps: Iterable[Gap | None]) -> tuple[GapCount, ...]:
    counts = Counter(gap for gap in gaps if gap)
    return tuple(GapCount(gap, counts[gap]) for gap in Gap if counts[gap])


def _follow_up(actions: Sequence[DatedAction], analysis: Analysis) -> FollowUp:
    known = [(action, past) for action in actions if (past := past_of(action, analysis))]
    moved = sorted((pair for pair in known if pair[1].moves), key=_most_moved)
    return FollowUp(
        missing=len(actions) - len(known),
        dated=sum(past.first_due is not None for _, past in known),
        moved=tuple(action for action, _ in moved),
        days=distribution(timedelta(days=past.days) for _, past in moved if past.days > 0),
        done=sum(past.was_done for _, past in known),
        reopened=tuple(action for action, past in known if past.reopened),
    )


def _most_moved(pair: tuple[DatedAction, ActionPast]) -> tuple[int, int]:
    return -len(pair[1].moves), -pair[1].days
