"""The day that a sentence states for all entries: "Unless otherwise noted all events happened on 2019-10-21"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from postmortems.model.section import BlockKind, Section
from postmortems.read.timeline.in_english import match_written_day
from postmortems.read.timeline.raw_entry import RawEntry
from postmortems.read.timeline.written_day import WrittenDay

_ALL_EVENTS = re.compile(
    r"\b(?:all|the)\s(?:other\s)?(?:events|times|timestamps|entries)\b[^.;:]{0,60}?\bon\s(?:the\s)?(?=[\dA-Z])",
    re.IGNORECASE,
)
_LONGEST = 2_000


def with_announced_day(drafts: Sequence[RawEntry], sections: Sequence[Section]) -> list[RawEntry]:
    """The entries, with the day that a sentence states for all at the first of those without a day, and at each that
    follows one of another day; below a heading that names a day there is none."""
    announced = next(_announced(sections), None)
    found = list(drafts)
    is_carried = False
    for index, draft in enumerate(found) if announced else ():
        stamp = draft.stamp
        if stamp and stamp.names_day:
            if draft.is_heading:
                break
            is_carried = False
        elif stamp and stamp.clock and not is_carried:
            found[index] = replace(draft, stamp=replace(stamp, day=announced))
            is_carried = True
    return found


def _announced(sections: Sequence[Section]) -> Iterator[WrittenDay]:
    for section in sections:
        for block in section.all_blocks():
            text = " ".join(block.text[:_LONGEST].split()) if block.kind is BlockKind.PARAGRAPH else ""
            for sentence in _ALL_EVENTS.finditer(text):
                if (found := match_written_day(text, sentence.end())) and not found[0].only_weekday:
                    yield found[0]
