"""The incident register: every incident that qualifies for a postmortem, whether it has one or not.

Without it nobody knows which postmortems are missing, since what was never written leaves no file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property

from postmortems.model.place import Place
from postmortems.model.postmortem import Postmortem
from postmortems.model.quick_pickle import quickly_pickled

REGISTER_FILE = "register.yml"
"""The register's name, in the folder of the postmortems."""


@quickly_pickled
@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """One incident of the register as read.

    `id` is the incident's own, as the pager or the tracker calls it. `resolved_at` is in UTC and None where it is
    unknown. `postmortem` is the id of one, `waived` the reason why there will be none; an entry has at most one of
    the two. `place` is where the entry begins, `places` where its values are.
    """

    id: str
    place: Place
    severity: str | None = None
    resolved_at: datetime | None = None
    title: str = ""
    postmortem: str | None = None
    waived: str | None = None
    places: Mapping[str, Place] = field(default_factory=dict)

    def place_of(self, key: str) -> Place:
        """Place of a value; if it is absent, of the entry itself."""
        return self.places.get(key, self.place)


@dataclass(frozen=True)
class Register:
    """The entries of a register, in the order of the file; those of sources, if there are any, follow."""

    entries: tuple[RegisterEntry, ...] = ()

    @cached_property
    def of_postmortem(self) -> Mapping[str, tuple[RegisterEntry, ...]]:
        """The entries that name each postmortem, by its id: one postmortem may tell of several incidents."""
        found: defaultdict[str, list[RegisterEntry]] = defaultdict(list)
        for entry in self.entries:
            if entry.postmortem:
                found[entry.postmortem].append(entry)
        return {name: tuple(entries) for name, entries in found.items()}

    def without(self, ids: Set[str]) -> Register:
        """The register as if the incidents of these postmortems had never been entered."""
        return Register(tuple(entry for entry in self.entries if entry.postmortem not in ids)) if ids else self

    @cached_property
    def begins(self) -> Mapping[str, date]:
        """The day of the earliest known resolution in each of its files: what ended before lies outside what that
        keeps."""
        found: dict[str, date] = {}
        for entry in self.entries:
            if entry.resolved_at:
                day = entry.resolved_at.date()
                found[entry.place.path] = min(day, found.get(entry.place.path, day))
        return found


class Publication(StrEnum):
    """State of the postmortem of an incident in the register, on a day.

    `in-time` and `late`: published, within the policy's days or after them. `unpublished`: not published though its
    time has passed, begun or not. `unknown`: it is not known when the incident was resolved, or when the postmortem was
    published. `not-due`: its time has not passed, so that nothing can be said yet. `waived`: it qualifies, and there
    will be none, for a reason. `not-required`: the policy asks for none, whatever else the entry says.
    """

    IN_TIME = "in-time"
    LATE = "late"
    UNPUBLISHED = "unpublished"
    UNKNOWN = "unknown"
    NOT_DUE = "not-due"
    WAIVED = "waived"
    NOT_REQUIRED = "not-required"


@dataclass(frozen=True, slots=True)
class RegisterStatus:
    """One entry on a day, with its postmortem where there is one, and the last day on which that is in time.

    `due` is None where nothing falls due: the resolution is unknown, or no postmortem is asked for.
    """

    entry: RegisterEntry
    postmortem: Postmortem | None
    due: date | None
    publication: Publication
