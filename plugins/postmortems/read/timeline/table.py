"""A table → entries. Columns are known by what is in them; the words of the header only help."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from postmortems.model.column import Column
from postmortems.model.section import Block, Row
from postmortems.model.timeline import Shape
from postmortems.read.columns import TIMELINE, columns_of, names_time
from postmortems.read.timeline.raw_entry import RawEntry, phase_named
from postmortems.read.timeline.stated_zone import StatedZone, zone_in_header, zone_of_words
from postmortems.read.timeline.time_parser import read_stamp
from postmortems.read.timeline.time_text import TimeText

_ENOUGH = 0.3
_LONGEST = 120
"""A cell with more characters is a text, even if it begins with a time."""
_URL = re.compile(r"<?(https?://[^\s<>()\[\]|]{1,1000})>?")
_WHOLE_LINK = re.compile(r"\[([^\[\]]{1,200})\]\(<?([^()\s<>]{1,1000})>?\)")
_CAPITALS = re.compile(r"[A-Z]{2,5}")
_ONLY_SIGNS = re.compile(r"[^\w±+\-–—−→<>/?]+")
"""Signs beside a time that say nothing of it, such as an emoji: they go with the event's text."""
_MARKS = " *_`\t"


def read_table(
    block: Block, line_of: tuple[str, ...], first_line: int, zone: StatedZone | None, own: Mapping[str, Column]
) -> list[RawEntry]:
    """The entries of a table, or none where it has no column of times. `own` is the setting `columns`."""
    header, rows = block.rows[0], [row for row in block.rows[1:] if any(cell.strip() for cell in row.cells)]
    stamps = [[read_stamp(cell, cell=True) if len(cell) < _LONGEST else None for cell in row.cells] for row in rows]
    named = columns_of(header, TIMELINE, own)
    times = _time_columns(header, named, rows, stamps)
    if not times:
        return []
    roles = _roles(named, rows, times)
    line = line_of[header.line - first_line]
    zone = next((found for index in times if (found := _zone_of(header, index, line))), zone)
    columns = _Columns(header, times, roles, zone)
    only = times[0] if len(times) == 1 else -1
    return [
        columns.draft(row, line_of[row.line - first_line], read[only] if 0 <= only < len(read) else None)
        for row, read in zip(rows, stamps, strict=True)
    ]


def _zone_of(header: Row, index: int, line: str) -> StatedZone | None:
    cell = header.cells[index]
    return zone_in_header(cell, header.line, max(0, line.find(cell)) + 1)


def _time_columns(
    header: Row, columns: Sequence[Column | None], rows: list[Row], stamps: list[list[TimeText | None]]
) -> list[int]:
    """The columns that hold times: the best one, and beside a column of mere times the one that holds the days."""
    best: list[tuple[float, int]] = []
    kinds: dict[int, tuple[int, int]] = {}
    for index, column in enumerate(columns):
        cells = [row[index] for row in stamps if index < len(row)]
        whole = [time for time in cells if time and (time.clock or time.day) and not time.rest.strip(_MARKS)]
        loose = [time for time in cells if time and (time.clock or time.day)]
        named = names_time(header.cells[index], column)
        share = (len(whole) + 0.5 * (len(loose) - len(whole))) / max(1, len(cells))
        if share >= _ENOUGH or (named and (loose or not best)):
            best.append((share + (0.5 if named else 0), -index))
            kinds[index] = (sum(1 for time in loose if time.clock), sum(1 for time in loose if time.day))
    if not best or (not rows):
        return []
    first = -max(best)[1]
    clocks, days = kinds[first]
    if clocks and days:
        return [first]
    # A column of mere times goes with those of mere days, and the other way round: `Day | Date | Time (UTC)`.
    others = {index: clock for index, (clock, day) in sorted(kinds.items()) if index != first and not (clock and day)}
    if days:
        clock_columns = [index for index, clock in others.items() if clock][:1]
        day_columns = [first, *(index for index, clock in others.items() if not clock)] if clock_columns else [first]
    else:
        clock_columns = [first]
        day_columns = [index for index, clock in others.items() if not clock]
    return [*sorted(day_columns), *clock_columns]


def _roles(columns: Sequence[Column | None], rows: list[Row], times: list[int]) -> dict[str, int]:
    """Column of each part that a table has; without a column named for the event, the one with the longest texts."""
    roles: dict[str, int] = {}
    free = []
    for index, column in enumerate(columns):
        if index in times:
            continue
        if column and column is not Column.TIME and column not in roles:
            roles[column] = index
        else:
            free.append(index)
    if "event" not in roles and (
        candidates := free or [roles[role] for role in ("action", "actor") if role in roles][:1]
    ):
        longest = max(
            candidates, key=lambda index: sum(len(row.cells[index]) for row in rows if index < len(row.cells))
        )
        roles = {role: index for role, index in roles.items() if index != longest}
        roles["event"] = longest
    return roles


class _Columns:
    """A table whose columns are known."""

    def __init__(self, header: Row, times: list[int], roles: dict[str, int], zone: StatedZone | None) -> None:
        self.header, self.times, self.roles, self.zone = header, times, roles, zone

    def draft(self, row: Row, line: str, read: TimeText | None) -> RawEntry:
        """The entry in one row; a row that holds a day and nothing else divides the days."""
        cells = [cell.strip() for cell in row.cells]
        written = " ".join(cell for index in self.times if index < len(cells) and (cell := cells[index]))
        stamp = read or read_stamp(written, cell=True)
        others = [index for index, cell in enumerate(cells) if cell and index not in self.times]
        text, spare = self._part(cells, "event"), self._spare(cells)
        plain = written.strip(_MARKS)
        bad = "" if not text and stamp else _leftover(plain, stamp)
        if stamp and (not text or _ONLY_SIGNS.fullmatch(stamp.rest)):
            text = f"{stamp.rest} {text}".strip()
        phase = phase_named(self._part(cells, "phase"))
        link, label = self._link(cells)
        if label:
            spare.append(label)
        at = line.find(written) if written else -1
        first = next((cells[index] for index in others), "")
        column = at if at >= 0 else max(0, line.find(first) if first else 0)
        return RawEntry(
            line=row.line,
            column=column + 1,
            length=len(written) if at >= 0 else 0,
            stamp=stamp,
            shape=Shape.TABLE,
            zone=self.zone,
            text=" ".join(part for part in (text, *(f"({cell})" if text else cell for cell in spare)) if part),
            action=self._part(cells, "action"),
            actor=self._part(cells, "actor").strip(_MARKS),
            link=link,
            phase=phase,
            divider=bool(not others and stamp and stamp.day_only and not stamp.unknown and not stamp.rest),
            bad=bad,
            written=plain,
        )

    def _part(self, cells: list[str], role: str) -> str:
        index = self.roles.get(role, len(cells))
        return cells[index] if index < len(cells) else ""

    def _spare(self, cells: list[str]) -> list[str]:
        """Cells of columns without a part, and phases that are none: they are kept behind the text."""
        used = {index for role, index in self.roles.items() if role != "phase"} | set(self.times)
        phase = self.roles.get("phase", -1)
        return [
            f"{name}: {cell}" if (name := self._name(index)) else cell
            for index, cell in enumerate(cells)
            if cell and index not in used and not (index == phase and phase_named(cell))
        ]

    def _name(self, index: int) -> str:
        return self.header.cells[index].strip(_MARKS) if index < len(self.header.cells) else ""

    def _link(self, cells: list[str]) -> tuple[str, str]:
        """The address in the link column, and what of the cell it does not hold."""
        cell = self._part(cells, "link")
        if found := _URL.fullmatch(cell):
            return found[1], ""
        if found := _WHOLE_LINK.fullmatch(cell):
            return found[2], "" if found[1].casefold() == self._name(self.roles["link"]).casefold() else cell
        return "", cell


def _leftover(written: str, stamp: TimeText | None) -> str:
    """Part of a time cell that is not understood, in a message; empty if all is, or if it only says that the time is
    unknown.

    A word that looks like a zone is noted in the time instead: that is a finding of its own.
    """
    if stamp is None:
        return "" if not written or "??" in written else "no time or day found in it"
    rest = stamp.rest.strip("()[] *_`.,;")
    if not rest or "??" in rest or _ONLY_SIGNS.fullmatch(rest):
        return ""
    if stamp.clock and stamp.zone is None:
        stamp.zone, stamp.zone_words = zone_of_words(rest), rest
        if stamp.zone is None and _CAPITALS.fullmatch(rest):
            stamp.unknown_zone = rest
        if stamp.zone or stamp.unknown_zone:
            return ""
    return f'"{rest}" is not understood'
