"""Timelines: a Timeline section or a `timeline.json` → events.

A table, bullets, lines and headings are read by `table` and `entries`, a file by `json_file`; `stamp` reads a single
time, `days` puts the times in order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from postmortems.model.diagnostic import Problem
from postmortems.model.section import BlockKind, Body, Section
from postmortems.model.timeline import Event, Shape, Timeline
from postmortems.read.timeline.announced_day import with_announced_day
from postmortems.read.timeline.days import DayResolver
from postmortems.read.timeline.entries import Entries
from postmortems.read.timeline.entry_start import is_day
from postmortems.read.timeline.incident_times import IncidentTimes
from postmortems.read.timeline.json_file import read_timeline_json
from postmortems.read.timeline.raw_entry import RawEntry
from postmortems.settings import Settings


@dataclass(frozen=True, slots=True)
class WrittenTimeline:
    """The Timeline section as it is written: its entries, each with its event (None where it only names a day)."""

    entries: tuple[tuple[RawEntry, Event | None], ...]
    spans: tuple[tuple[int, int], ...]
    problems: tuple[Problem, ...]
    zone_stated: bool
    zone_carried: tuple[str, int] | None

    @property
    def events(self) -> tuple[Event, ...]:
        """The events, in the order in which they are written."""
        return tuple(event for _, event in self.entries if event)


def read_written(body: Body, times: IncidentTimes, settings: Settings) -> WrittenTimeline:
    """Read the Timeline section; the arguments are those of `read_timeline`."""
    entries = Entries(body, settings.columns)
    sections = _outermost(body)
    for section in sections:
        entries.read(section, _days_beside(body, section))
    drafts = with_announced_day(entries.drafts, sections)
    calendar = DayResolver(body, drafts, settings, times)
    events = calendar.events()
    return WrittenTimeline(
        tuple(zip(drafts, events, strict=True)),
        tuple(entries.spans),
        tuple(calendar.problems),
        not calendar.zones.rests_on_setting and calendar.zones.carried is None,
        calendar.zones.carried,
    )


def read_timeline(
    body: Body,
    times: IncidentTimes,
    settings: Settings,
    *,
    json_path: str = "",
    json_bytes: bytes | None = None,
) -> tuple[Timeline, list[Problem]]:
    """The timeline of a postmortem, and what of it could not be read.

    `times` are those that the front matter knows. Where there is a `timeline.json` (`json_bytes`), it supplies the
    events, and what is written must not contradict it.
    """
    written = read_written(body, times, settings)
    events = written.events
    if json_bytes is not None:
        supplied, problems = read_timeline_json(json_bytes, json_path, events)
        return Timeline(supplied, (), Shape.JSON), [*written.problems, *problems]
    shapes = Counter(draft.shape for draft, event in written.entries if event)
    shape = shapes.most_common(1)[0][0] if events else None
    spans = written.spans if events else ()
    timeline = Timeline(events, spans, shape, written.zone_stated, written.zone_carried)
    return timeline, list(written.problems)


def _days_beside(body: Body, timeline: Section) -> Sequence[Section]:
    """The sections right behind a Timeline, of its own level, whose headings are days, where it has no events itself:
    `## Timeline`, `## May 12`, `### 20:15`."""
    if timeline.children or any(block.kind is not BlockKind.PARAGRAPH for block in timeline.blocks):
        return ()
    behind = (section for section in body.walk() if section.line > timeline.line and section.level <= timeline.level)
    return tuple(takewhile(lambda section: section.level == timeline.level and is_day(section.title), behind))


def _outermost(body: Body) -> list[Section]:
    found: list[Section] = []
    for section in body.find_all("Timeline"):
        if not found or section.line > found[-1].last:
            found.append(section)
    return found
