"""Publication and review of a postmortem, as its author states them and as git knows them.

On the branch that is checked out, a postmortem is published by the first commit that says so; where it was never a
draft before, by the one that brought it. The review begins with its first commit, on whatever branch that was written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from postmortems.analyse.analysis import Analysis
from postmortems.model.front_matter import Status
from postmortems.model.history import DocumentHistory, History
from postmortems.model.postmortem import Postmortem

TOGETHER = 5
"""Number of postmortems that come in one commit from which it is an import, which tells nothing of any of them."""

ON_A_DAY = 20
"""The same of all commits of a day, for imports of one commit a file."""

DIFFERING = timedelta(days=1)
"""Days by which two days of publication may differ: zones and a late merge explain one."""


class Gap(StrEnum):
    """Reason why git does not tell a length."""

    UNCOMMITTED = "not committed"
    SOURCE = "in a repository without its history"
    UNPUBLISHED = "not published in any commit"
    IMPORTED = "added with many others"
    MOVED = "moved or restored with changes"
    UNREADABLE = "an earlier version cannot be read"
    EARLIER = "first commit before the incident"
    UNSEEN = "added as published"


@dataclass(frozen=True, slots=True)
class DocumentDates:
    """Publication and review of one postmortem in git; each is None where it is unknown, with the reason."""

    published: date | None = None
    review: timedelta | None = None
    published_gap: Gap | None = None
    review_gap: Gap | None = None


def document_dates(analysis: Analysis) -> Mapping[str, DocumentDates]:
    """The dates of each postmortem in git, by its path; none of any where there is no history."""
    history = analysis.read_history()
    if history.gap or not history.is_asked:
        return {}
    imported = _imported(history)
    return {
        postmortem.path: _unknown(Gap.SOURCE)
        if postmortem.path in history.unseen
        else _dates(postmortem, history.documents.get(postmortem.path), postmortem.path in imported)
        for postmortem in analysis.postmortems
    }


def dates_of(postmortem: Postmortem, analysis: Analysis) -> DocumentDates:
    """The dates of one postmortem in git; none where there is no history."""
    return analysis.once(document_dates).get(postmortem.path, DocumentDates())


def stated_length(postmortem: Postmortem) -> timedelta | None:
    """Days from the resolution to the publication, as the author states it."""
    return _since_resolution(postmortem, postmortem.front_matter.published_on)


def length_in_git(postmortem: Postmortem, dates: DocumentDates | None) -> timedelta | None:
    """Days from the resolution to the publication, as git knows it."""
    return _since_resolution(postmortem, dates.published if dates else None)


def differs(postmortem: Postmortem, dates: DocumentDates | None) -> bool:
    """True if author and git name two days of publication that are apart by more than a day."""
    stated, found = postmortem.front_matter.published_on, dates.published if dates else None
    return stated is not None and found is not None and abs(stated - found) > DIFFERING


def _since_resolution(postmortem: Postmortem, day: date | None) -> timedelta | None:
    resolved = postmortem.front_matter.resolved_at
    if resolved is None or day is None or day < resolved.date():
        return None
    return day - resolved.date()


def _imported(history: History) -> set[str]:
    days = Counter(document.begun.date() for document in history.documents.values())
    return {
        path
        for path, document in history.documents.items()
        if document.begun_with >= TOGETHER or days[document.begun.date()] >= ON_A_DAY
    }


def _unknown(gap: Gap) -> DocumentDates:
    return DocumentDates(published_gap=gap, review_gap=gap)


def _dates(postmortem: Postmortem, document: DocumentHistory | None, is_imported: bool) -> DocumentDates:
    if document is None:
        return _unknown(Gap.UNCOMMITTED)
    statuses = [version.reading.status for version in document.versions]
    if Status.PUBLISHED not in statuses:
        return _unknown(Gap.UNPUBLISHED)
    before = document.versions[: statuses.index(Status.PUBLISHED)]
    was_draft = any(version.reading.status is not None for version in before)
    begin_gap = Gap.IMPORTED if is_imported else None if document.is_whole else Gap.MOVED
    gap = None if was_draft else begin_gap
    if not all(version.reading.is_readable for version in before):
        gap = Gap.UNREADABLE
    if gap:
        return _unknown(gap)
    first = document.versions[len(before)] if was_draft else document.versions[0]
    published, begun = first.committed.date(), document.begun.date()
    if begin_gap is None and postmortem.day and begun < postmortem.day:
        begin_gap = Gap.EARLIER
    is_seen = was_draft or document.is_merged
    if begin_gap is None and (begun > published or (begun == published and not is_seen)):
        begin_gap = Gap.UNSEEN
    return DocumentDates(published, None if begin_gap else published - begun, None, begin_gap)
