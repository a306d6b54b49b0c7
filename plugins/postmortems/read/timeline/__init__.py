"""What happened when: a Timeline section or a `timeline.json` → events.

A table, bullets, lines and headings are read by `table` and `entries`, a file by `json_file`; `stamp` reads a single
time, `days` puts the times in order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime

from postmortems.model.diagnostic import Problem
from postmortems.model.section import Body, Section
from postmortems.model.timeline import Shape, Timeline
from postmortems.read.timeline.days import Calendar
from postmortems.read.timeline.entries import Entries
from postmortems.read.timeline.json_file import read_timeline_json
from postmortems.settings import Settings


def read_timeline(
    body: Body,
    path: str,
    *,
    day: date | None,
    settings: Settings,
    json_path: str = "",
    json_bytes: bytes | None = None,
    moments: Sequence[datetime] = (),
) -> tuple[Timeline, list[Problem]]:
    """The timeline of a postmortem, and what of it could not be read.

    `day` is the incident's day in UTC, `moments` those that the front matter knows. Where there is a `timeline.json`
    (`json_bytes`), it supplies the events, and what is written must not contradict it.
    """
    entries = Entries(body)
    for section in _outermost(body):
        entries.read(section)
    calendar = Calendar(path, day, settings, moments)
    events = calendar.events(entries.drafts)
    shapes = Counter(draft.shape for draft in entries.drafts if not draft.divider)
    shape = shapes.most_common(1)[0][0] if events else None
    written = Timeline(tuple(events), tuple(entries.spans) if events else (), shape, not calendar.rests_on_setting)
    if json_bytes is None:
        return written, calendar.problems
    supplied, problems = read_timeline_json(json_bytes, json_path, written.events)
    return Timeline(supplied, (), Shape.JSON), [*calendar.problems, *problems]


def _outermost(body: Body) -> list[Section]:
    found: list[Section] = []
    for section in body.find_all("Timeline"):
        if not found or section.line > found[-1].last:
            found.append(section)
    return found
