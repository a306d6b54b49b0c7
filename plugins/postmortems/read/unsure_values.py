"""The comments of an import above values that somebody must look at."""

from __future__ import annotations

import re

from postmortems.model.source import Source
from postmortems.model.unsure_value import CHECK, UnsureValue
from postmortems.read.front_matter import front_matter_lines

_KEY = re.compile(r"([A-Za-z][\w-]{0,60})\s{0,8}:")


def read_unsure_values(source: Source) -> tuple[UnsureValue, ...]:
    """The values of the front matter with such a comment above them; one above nothing has no key."""
    lines = front_matter_lines(source.text) if CHECK in source.text else None
    found: list[UnsureValue] = []
    for number, line in enumerate(lines or (), 2):
        if line.startswith(CHECK):
            below = next((text for text in (lines or [])[number - 1 :] if text.strip() and text[0] != "#"), "")
            key = _KEY.match(below)
            place = source.place(number, 1, len(line))
            found.append(UnsureValue(key[1] if key else "", place, line.removeprefix(CHECK).strip()))
    return tuple(found)
