"""The time zone that a sentence states for the times around it, such as "All times are in UTC."."""

from __future__ import annotations

import re
from datetime import tzinfo

from postmortems.model.section import BlockKind, Body, Section
from postmortems.read.timeline.stamp_reader import read_stamp
from postmortems.read.timeline.zones import ZONE, zone_in, zone_named

_PROSE = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.QUOTE)
_ANNOUNCED = re.compile(r"\b(?:times|timestamps|time ?zone|timeline|time is|clock)\b", re.IGNORECASE)
_ALL_TIMES = re.compile(r"\ball (?:the )?times(?:tamps)?\b", re.IGNORECASE)
_NEAR = 80
_ZONE_TIMES = re.compile(r"\s+times?\b", re.IGNORECASE)


def announced_zone(section: Section, body: Body) -> tzinfo | None:
    """The zone of a Timeline section's times: what a sentence in it states, else one elsewhere about all times."""
    for block in section.all_blocks():
        if block.kind in _PROSE:
            for line in block.text.split("\n"):
                if (len(line) < 40 or "ime" in line) and not read_stamp(line) and (zone := _of_times_around(line)):
                    return zone
    prose = (block.text for block in body.blocks() if block.kind in _PROSE)
    return next((zone for text in prose if (zone := _of_all_times(text))), None)


def _of_times_around(text: str) -> tzinfo | None:
    for word in _ANNOUNCED.finditer(text[:2_000]):
        sentence = text[word.end() : word.end() + _NEAR].split(". ")[0]
        if zone := zone_in(sentence):
            return zone
    for found in ZONE.finditer(text[:2_000]):
        if _ZONE_TIMES.match(text, found.end()) and len(found[0]) > 1 and (zone := zone_named(found[0])):
            return zone
    bare = text.strip(" ()*_.`\n")
    return zone_named(bare) if 1 < len(bare) < 25 and ZONE.fullmatch(bare) else None


def _of_all_times(text: str) -> tzinfo | None:
    for words in _ALL_TIMES.finditer(text):
        sentence = re.split(r"\. |\n", text[words.end() : words.end() + _NEAR], maxsplit=1)[0]
        if zone := zone_in(sentence):
            return zone
    return None
