"""Due day of an incident's postmortem, and its state on a day.

The policy counts from the end of the incident: its resolution, plus the time that the settings give to its severity.
The day on which that falls, in UTC, is the last one in time. Where the resolution is unknown, nothing falls due.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from postmortems.model.corpus import Corpus
from postmortems.model.front_matter import Status
from postmortems.model.postmortem import Postmortem
from postmortems.model.register import Publication, RegisterEntry, RegisterStatus
from postmortems.settings import Settings


@dataclass(frozen=True, slots=True)
class DraftDue:
    """A postmortem that is not published yet, and the last day on which that is in time; None where nothing tells."""

    postmortem: Postmortem
    due: date | None


def drafts_due(corpus: Corpus, settings: Settings) -> Mapping[str, DraftDue]:
    """The postmortems of incidents that are still to be published, by their path; the one due first comes first."""
    found = [
        DraftDue(postmortem, publication_due(postmortem, corpus, settings))
        for postmortem in corpus.postmortems
        if postmortem.front_matter.status is not Status.PUBLISHED and not postmortem.is_drill
    ]
    return {draft.postmortem.path: draft for draft in sorted(found, key=due_or_last)}


def due_or_last(draft: DraftDue) -> date:
    """The sort key that puts postmortems without a day last."""
    return draft.due or date.max


def publication_due(postmortem: Postmortem, corpus: Corpus, settings: Settings) -> date | None:
    """The last day on which publishing a postmortem is in time.

    What its front matter leaves unknown is taken from the register. None where the resolution is in neither, where
    the policy asks for no postmortem, and for a drill.
    """
    matter = postmortem.front_matter
    entries = corpus.register.of_postmortem.get(postmortem.id, ()) if corpus.register else ()
    severity = matter.severity or next((entry.severity for entry in entries if entry.severity), None)
    resolved = matter.resolved_at or max((entry.resolved_at for entry in entries if entry.resolved_at), default=None)
    if resolved is None or postmortem.is_drill or not settings.requires_postmortem(severity):
        return None
    return _last_day(resolved, severity, settings)


def register_statuses(corpus: Corpus, settings: Settings, today: date) -> tuple[RegisterStatus, ...]:
    """Every entry of the register on a day, in the order of the file; empty without a register."""
    entries = corpus.register.entries if corpus.register else ()
    return tuple(_status(entry, corpus.by_id.get(entry.postmortem or ""), settings, today) for entry in entries)


def _status(entry: RegisterEntry, postmortem: Postmortem | None, settings: Settings, today: date) -> RegisterStatus:
    matter = postmortem.front_matter if postmortem else None
    severity = entry.severity or (matter.severity if matter else None)
    resolved = entry.resolved_at or (matter.resolved_at if matter else None)
    if (postmortem and not postmortem.is_incident) or not settings.requires_postmortem(severity):
        return RegisterStatus(entry, postmortem, None, Publication.NOT_REQUIRED)
    if entry.waived:
        return RegisterStatus(entry, postmortem, None, Publication.WAIVED)
    if resolved is None:
        return RegisterStatus(entry, postmortem, None, Publication.UNKNOWN)
    due = _last_day(resolved, severity, settings)
    return RegisterStatus(entry, postmortem, due, _publication(postmortem, due, today))


def _publication(postmortem: Postmortem | None, due: date, today: date) -> Publication:
    # Early ones are not counted before their time, either: they would make every rate of the last weeks look better
    # than that of the weeks before.
    if today <= due:
        return Publication.NOT_DUE
    if postmortem is None or postmortem.front_matter.status is not Status.PUBLISHED:
        return Publication.UNPUBLISHED
    published = postmortem.front_matter.published_on
    if published is None:
        return Publication.UNKNOWN
    return Publication.IN_TIME if published <= due else Publication.LATE


def _last_day(resolved: datetime, severity: str | None, settings: Settings) -> date:
    try:
        return (resolved + settings.time_to_publish(severity)).date()
    except OverflowError:
        return date.max
