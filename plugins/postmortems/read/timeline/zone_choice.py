"""Zones of a timeline's times, and the findings about zones.

The zone comes from the time itself, else from the column's header, the heading or a sentence (`RawEntry.zone`), else
from the row above that names one, or from the only one that rows below name, else from the setting. An abbreviation
that does not say by itself which zone it is is settled by the offsets of the front matter, by the setting, or by the
moments that events then hit. What nothing settles, and what is not known, is a finding: a time in it is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from postmortems.model.diagnostic import Problem
from postmortems.model.section import Body
from postmortems.read.timeline.incident_times import IncidentTimes
from postmortems.read.timeline.raw_entry import RawEntry
from postmortems.read.timeline.zones import Abbreviation, Zone
from postmortems.settings import Settings


class ZoneChoice:
    """The zones of the entries of one timeline. `rests_on_setting` and `carried` tell what of it no author stated."""

    def __init__(self, body: Body, drafts: Sequence[RawEntry], settings: Settings, times: IncidentTimes) -> None:
        self.body = body
        self.setting = ZoneInfo(settings.time_zone)
        self.times = times
        self.problems: list[Problem] = []
        self.rests_on_setting = False
        self.carried: tuple[str, int] | None = None
        """The zone that rows without one take from another row: its words, and that row's line."""
        self._at = datetime.combine(times.day or datetime(2000, 1, 1).date(), time(12), UTC)
        self._settled: dict[str, tzinfo | None] = {}
        self._reported: set[str] = set()
        self._zones: list[Zone | None] = []
        self._words: list[tuple[str, int, int]] = []
        self._assign(drafts)
        for abbreviation in self._abbreviations():
            self._settle_by_offset(abbreviation)

    def _assign(self, drafts: Sequence[RawEntry]) -> None:
        named = [
            (draft.stamp.zone, draft.line, draft.stamp.zone_words)
            for draft in drafts
            if draft.stamp and draft.stamp.zone is not None
        ]
        last = named[0] if len({str(zone) for zone, _, _ in named}) == 1 else None
        for draft in drafts:
            own = draft.stamp.zone if draft.stamp else None
            zone: Zone | None
            if draft.stamp and own is not None:
                last = (own, draft.line, draft.stamp.zone_words)
                zone, words = own, _place_of(draft.stamp.zone_words, draft)
            elif draft.stamp and draft.stamp.unknown_zone:
                zone, words = None, _place_of(draft.stamp.unknown_zone, draft)
            elif draft.zone is not None:
                zone, words = draft.zone.zone, (draft.zone.words, draft.zone.line, draft.zone.column)
            elif last is not None:
                zone, words = last[0], (last[2], last[1], 1)
                if draft.stamp and draft.stamp.clock:
                    self.carried = self.carried or (last[2], last[1])
            else:
                zone, words = self.setting, ("", 0, 0)
                self.rests_on_setting |= bool(draft.stamp and draft.stamp.clock)
            self._zones.append(zone)
            self._words.append(words)

    def _abbreviations(self) -> Iterator[Abbreviation]:
        yield from dict.fromkeys(zone for zone in self._zones if isinstance(zone, Abbreviation))

    def _settle_by_offset(self, abbreviation: Abbreviation) -> None:
        """Settle what needs no events: all meanings are one on that day, or the front matter's offsets name one."""
        offsets = self._offsets(abbreviation)
        if len(offsets) == 1 or not (self.times.day or abbreviation.has_default):
            self._settled[abbreviation.name] = abbreviation.meanings[0][1] if len(offsets) == 1 else None
            return
        own = {offset for offset in self.times.offsets if offset}
        setting = self.setting.utcoffset(self._at.replace(tzinfo=None))
        for evidence in (own, {setting} if setting and not abbreviation.has_default else set()):
            hit = [zone for offset, zone in offsets.items() if offset in evidence]
            if len(hit) == 1:
                self._settled[abbreviation.name] = hit[0]
                return
        if abbreviation.has_default and len(self._likely(abbreviation)) == 1:
            self._settled[abbreviation.name] = abbreviation.meanings[0][1]

    def _likely(self, abbreviation: Abbreviation) -> list[tzinfo]:
        """The zones that an abbreviation may mean without evidence from outside; rare meanings need some."""
        zones = self._offsets(abbreviation)
        if not abbreviation.has_default:
            return list(zones.values())
        usual = {
            self._at.astimezone(zone).utcoffset() for place, zone in abbreviation.meanings if not place or "/" in place
        }
        return [zone for offset, zone in zones.items() if offset in usual]

    def _offsets(self, abbreviation: Abbreviation) -> dict[timedelta, tzinfo]:
        """The offsets that an abbreviation may mean on the incident's day, each with its first zone."""
        offsets: dict[timedelta, tzinfo] = {}
        for _, zone in abbreviation.meanings:
            offset = self._at.astimezone(zone).utcoffset()
            if offset is not None:
                offsets.setdefault(offset, zone)
        return offsets

    def unsettled(self) -> list[tuple[Abbreviation, list[tzinfo]]]:
        """The abbreviations that only events can settle, each with the zones that it may mean."""
        return [
            (abbreviation, self._likely(abbreviation))
            for abbreviation in self._abbreviations()
            if abbreviation.name not in self._settled
        ]

    def settle(self, abbreviation: Abbreviation, zone: tzinfo | None) -> None:
        """Say what an abbreviation means; None where nothing tells."""
        self._settled[abbreviation.name] = zone

    def settle_by_moments(self, abbreviation: Abbreviation, hits: Iterable[tuple[tzinfo, int]]) -> None:
        """Settle an abbreviation by how many moments the events hit with each meaning.

        One that has a usual meaning keeps it unless another one hits more; of the others one meaning has to hit two
        moments, or all that are known, and more than any other.
        """
        ranked = sorted(hits, key=lambda pair: -pair[1])
        (best, count), (_, second) = ranked[0], ranked[1]
        enough = min(2, len(set(self.times.moments))) or 1
        if count > second and (abbreviation.has_default or count >= enough):
            self._settled[abbreviation.name] = best
        else:
            self._settled[abbreviation.name] = abbreviation.meanings[0][1] if abbreviation.has_default else None

    def of(self, index: int) -> tzinfo | None:
        """The zone of an entry; None, with a finding, where it is stated and cannot be told."""
        zone = self._zones[index]
        found = self.resolved(zone)
        if found is None:
            self._report(zone, *self._words[index])
        return found

    def resolved(self, zone: Zone | None) -> tzinfo | None:
        """The zone that was settled; a default meaning where nothing has settled it."""
        if not isinstance(zone, Abbreviation):
            return zone
        return self._settled.get(zone.name, zone.meanings[0][1] if zone.has_default else None)

    def _report(self, zone: Zone | None, words: str, line: int, column: int) -> None:
        """One finding for each zone that is stated: at its header, heading or sentence, else at its first row."""
        if words in self._reported:
            return
        self._reported.add(words)
        if isinstance(zone, Abbreviation):
            meanings = ", ".join(f"{place} ({_shown(meaning)})" for place, meaning in zone.meanings if "/" not in place)
            message = f'"{words}" is a time zone in more than one place: {meanings}'
            help_text = "write its offset from UTC, such as UTC-6, or its name, such as America/Chicago"
        else:
            message = f'"{words}" is not a known time zone'
            offsets = [_offset_words(offset) for offset in self.times.offsets if offset]
            example = offsets[0] if len(offsets) == 1 else "UTC+5:45"
            help_text = f"write its offset from UTC, such as {example}, or its name, such as Asia/Kathmandu"
        self.problems.append(Problem("unknown-zone", self.body.place(line, column, len(words)), message, help_text))


def _place_of(words: str, draft: RawEntry) -> tuple[str, int, int]:
    written = draft.written or (draft.stamp.written if draft.stamp else "")
    return words, draft.line, draft.column + max(0, written.find(words))


def _shown(zone: tzinfo) -> str:
    return _offset_words(zone.utcoffset(datetime(2000, 1, 1)) or timedelta())


def _offset_words(offset: timedelta) -> str:
    minutes = int(offset.total_seconds()) // 60
    sign, (hours, rest) = "-" if minutes < 0 else "+", divmod(abs(minutes), 60)
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")
