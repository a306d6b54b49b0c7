"""The entries of a timeline in the order of their times, each with all its lines.

A time that is out of order may be a slip in the order or a slip in the time, and sorting would hide the second. So only
what can hardly be anything else is sorted: entries that are one or two places from where they belong, and whole lists
with the newest entry first. In real postmortems all greater steps back were wrong times or wrong days.

Only rows of one table and bullets of one list are sorted, and only where every one of them has a time: no range, no
unknown, no mere day, no local time that was twice. An approximate time (`~14:30`) stays where it is, and the exact
ones are sorted around it. A time without a day belongs to the day above it, so it moves only where no other day can be
meant; a day that is told by the row above (`next day`) never moves. Every sort is read back: the events must be the
same as before, and fewer of them go back.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import accumulate, pairwise

from postmortems.check.registry import find_rule
from postmortems.fix.document import Document
from postmortems.fix.fix import Fix, FixContext, Proposal, ResolvedFinding
from postmortems.fix.rewrite import rewritten
from postmortems.fix.sortable_entries import SortableEntry, sortable_parts
from postmortems.model.diagnostic import Problem
from postmortems.model.edit import Edit
from postmortems.model.place import Place
from postmortems.model.section import Body
from postmortems.model.timeline import Event
from postmortems.read.body import read_body
from postmortems.read.timeline import WrittenTimeline, read_written
from postmortems.read.timeline.incident_times import incident_times

_RULE = "timeline-goes-back"
_MOST_PLACES = 2
_MOST_BACK = timedelta(hours=3)
"""Longest step back that is never the next day for the reader, whatever it knows of the incident."""
_WIDEST = timedelta(hours=12)
"""Times without a day that lie further apart may belong to two days."""


def propose(document: Document, context: FixContext) -> Iterator[Proposal]:
    """An edit for each table or list, or each day in it, that surely is only out of order."""
    if document.is_pattern or not any(problem.rule == _RULE for problem in document.postmortem.problems):
        return
    written = _read(document, document.postmortem.body)
    edits = [edit for part in sortable_parts(written, document.postmortem.body) if (edit := _sorted(part, document))]
    edits = [edit for edit in edits if not _is_waived(edit, document)]
    if edits and _says_the_same(document, written, edits):
        for edit in edits:
            yield Proposal(edit, tuple(_answered(edit, written.problems)), is_form=True)


def _read(document: Document, body: Body) -> WrittenTimeline:
    front = document.front
    times = incident_times(document.postmortem.front_matter, front.document.spelling)
    return read_written(body, times, document.settings)


def _sorted(part: list[SortableEntry], document: Document) -> Edit | None:
    """The edit that puts a part in order, from its first entry that moves to its last; None where it is not sure.

    What is between two entries stays where it is.
    """
    times = [entry.event.at for entry in part if entry.event.at]
    about = {index for index, entry in enumerate(part) if entry.event.approximate}
    order = _order(times, about, has_days=all(entry.has_day for entry in part))
    moved = [index for index, old in enumerate(order) if index != old]
    if not moved:
        return None
    first, last = moved[0], moved[-1]
    above = "".join(document.lines[: part[first].first - 1][-2:]).rstrip()
    if above.endswith("-->"):
        return None  # The comment may speak of the entry below it.
    lines: list[str] = []
    for index in range(first, last + 1):
        entry = part[order[index]]
        lines += document.lines[entry.first - 1 : entry.last]
        if index < last:
            lines += document.lines[part[index].last : part[index + 1].first - 1]
    end = part[last].last
    place = Place(document.path, part[first].first, 1, end, len(document.lines[end - 1]) + 1)
    return Edit(place, "\n".join(lines))


def _order(times: Sequence[datetime], about: set[int], *, has_days: bool) -> Sequence[int]:
    """The indexes of these times in their order; as they are where it may be one of them that is wrong.

    `about` are the indexes of the approximate ones.
    """
    as_written = range(len(times))
    if not has_days and max(times) - min(times) > _WIDEST:
        return as_written
    if not about and len(set(times)) > 2 and all(after <= before for before, after in pairwise(times)):
        return as_written[::-1]  # The newest first: of one minute, too.
    order = _around(times, about) if about else sorted(as_written, key=times.__getitem__)
    exact = [at for index, at in enumerate(times) if index not in about]
    back = max((latest - at for latest, at in zip(accumulate(exact, max), exact, strict=True)), default=timedelta())
    is_near = all(abs(index - old) <= _MOST_PLACES for index, old in enumerate(order))
    return order if is_near and back <= _MOST_BACK else as_written


def _around(times: Sequence[datetime], about: set[int]) -> list[int]:
    """The order in which the exact times are sorted and the approximate ones stay.

    The exact ones that stand too low move up, or those that stand too high move down: whichever leaves all others in
    order. Where neither does, an approximate time is where its author wants it, and what moves goes past it.
    """
    exact = [index for index in range(len(times)) if index not in about]
    highest = accumulate((times[index] for index in exact), max)
    lowest = accumulate((times[index] for index in reversed(exact)), min)
    too_low = [index for index, latest in zip(exact, highest, strict=True) if times[index] < latest]
    too_high = [index for index, next_one in zip(reversed(exact), lowest, strict=True) if times[index] > next_one]
    for moved in sorted((too_low, too_high), key=len):
        order = [index for index in range(len(times)) if index not in moved]
        if all(times[before] <= times[after] for before, after in pairwise(order)):
            for index in sorted(moved):
                order.insert(bisect_right(order, times[index], key=times.__getitem__), index)
            return order
    order = [index for index in range(len(times)) if index not in too_low]
    for index in sorted(too_low, key=times.__getitem__):
        earlier = [place for place, old in enumerate(order) if old not in about and times[old] <= times[index]]
        above = max(earlier, default=-1) + 1
        while above < len(order) and order[above] in about and times[order[above]] <= times[index]:
            above += 1
        order.insert(above, index)
    return order


def _is_waived(edit: Edit, document: Document) -> bool:
    """True if the author gave a reason for an order that the edit would change."""
    return any(
        waiver.reason and (rule := find_rule(waiver.rule)) and rule.name == _RULE
        for waiver in document.postmortem.waivers
        if waiver.first <= edit.place.end_line and edit.place.line <= waiver.last
    )


def _says_the_same(document: Document, written: WrittenTimeline, edits: Sequence[Edit]) -> bool:
    """True if the sorted timeline has the events that the written one has, and fewer that go back."""
    front = replace(document, data=rewritten(document.data, edits)).front
    after = _read(document, read_body(front.body, document.settings.synonyms))
    bare = [sorted(map(_bare, timeline.events), key=repr) for timeline in (written, after)]
    return bare[0] == bare[1] and len(_back(after.problems)) < len(_back(written.problems))


def _bare(event: Event) -> Event:
    """An event without its place."""
    return replace(event, place=Place.at(""))


def _back(problems: Sequence[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.rule == _RULE]


def _answered(edit: Edit, problems: Sequence[Problem]) -> Iterator[ResolvedFinding]:
    for problem in _back(problems):
        if edit.place.line <= problem.place.line <= edit.place.end_line:
            yield ResolvedFinding(_RULE, problem.place)


FIX = Fix(
    name="timeline-order",
    does="Sorts the rows of a timeline's table, or the bullets of its list.",
    propose=propose,
    rules=(_RULE,),
    is_form=True,
)
