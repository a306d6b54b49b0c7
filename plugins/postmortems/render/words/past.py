"""The past of action items and postmortems in words, as git's history shows it."""

from __future__ import annotations

from datetime import date

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.document_dates import Gap, dates_of
from postmortems.analyse.history_figures import GapCount
from postmortems.analyse.past_actions import ActionPast, past_of
from postmortems.model.dated_action import DatedAction
from postmortems.model.postmortem import Postmortem
from postmortems.render.words.formats import day_words, days_words

_GAPS = {
    Gap.UNCOMMITTED: "not committed",
    Gap.SOURCE: "in a repository without its history",
    Gap.UNPUBLISHED: "not published in any commit",
    Gap.IMPORTED: "added together with many others",
    Gap.MOVED: "moved or restored with changes",
    Gap.UNREADABLE: "with an earlier version that is unreadable",
    Gap.EARLIER: "first committed before the incident",
    Gap.UNSEEN: "added as published",
}


def past_words(action: DatedAction, analysis: Analysis) -> str:
    """`due date moved twice, 45 days later; reopened`; empty where nothing of it is known to have happened."""
    past = past_of(action, analysis)
    return "; ".join(filter(None, (moved_words(past), reopened_words(past)))) if past else ""


def moved_words(past: ActionPast) -> str:
    """`due date moved twice, 45 days later`; empty where it never moved."""
    if not past.moves:
        return ""
    if past.days:
        where = f"{days_words(abs(past.days))} {'later' if past.days > 0 else 'earlier'}"
    else:
        where = f"back to {day_words(past.moves[-1].after)}"
    return f"due date moved {_times(len(past.moves))}, {where}"


def reopened_words(past: ActionPast) -> str:
    """`reopened twice`; empty where it never was."""
    return f"reopened {_times(past.reopened)}" if past.reopened else ""


def published_in_git(postmortem: Postmortem, analysis: Analysis) -> date | None:
    """The day of the commit that published a postmortem; None where it is unknown."""
    return dates_of(postmortem, analysis).published


def gap_words(gaps: tuple[GapCount, ...]) -> str:
    """The reasons for unknown lengths: `3 not committed, 12 added together with many others`; empty without any."""
    return ", ".join(f"{gap.count:,} {_GAPS[gap.gap]}" for gap in gaps)


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")
