"""The action items of one postmortem as a list: state, text, kind, owner, due date, ticket."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from xml.etree import ElementTree as ET

from postmortems.analyse.actions import ActionCounts
from postmortems.model.action_item import ActionItem, ActionState
from postmortems.model.dated_action import DatedAction
from postmortems.render.authored.markdown_text import AuthorText, put_plain
from postmortems.render.base.placeholders import Placeholders, slot
from postmortems.render.words.actions import closure_words, rest_words, ticket_words
from postmortems.render.words.formats import day_words

_CELL = 30
_MOST_CELLS = 40


def build_progress(progress: ActionCounts, today: date) -> ET.Element:
    """Build the progress of the items: a square an item, those that are done filled, and the counts in words."""
    block = ET.Element("div", {"class": "pm-progress"})
    if progress.total <= _MOST_CELLS:
        block.append(_squares(progress))
    line = ET.SubElement(block, "p")
    put_plain(line, "b", "", closure_words(progress))
    rest = [rest_words(progress), f"as of {day_words(today)}"]
    put_plain(line, "span", "", ", " + ", ".join(filter(None, rest)))
    return block


def _squares(progress: ActionCounts) -> ET.Element:
    width = progress.total * _CELL
    size = min(width, 240)
    picture = ET.Element(
        "svg",
        {
            "viewBox": f"0 0 {width} 14",
            "width": str(size),
            "height": "14",
            "role": "img",
            "aria-label": closure_words(progress),
            "preserveAspectRatio": "none",
        },
    )
    for look, cells in (("pm-cell is-done", range(progress.done)), ("pm-cell", range(progress.done, progress.total))):
        if cells:
            outline = "".join(f"M{cell * _CELL + 1} 1h{_CELL - 3}v12h-{_CELL - 3}z" for cell in cells)
            ET.SubElement(picture, "path", {"class": look, "d": outline})
    return picture


def put_actions(
    parent: ET.Element,
    items: Iterable[ActionItem],
    anchors: Mapping[int, str],
    slots: Placeholders,
    text: AuthorText,
) -> None:
    """The words of action items, each in its slot, named by the item's line, as are their `anchors`. Owner, ticket and
    reason are drawn anew, and are here for the search."""
    for item in items:
        slots.open(parent, f"i{item.first}", anchors[item.first])
        text.put(parent, "span", "pm-act-what", item.text)
        if context := [words for words in (item.owner, item.ticket, item.dropped_because) if words]:
            slots.open(parent, f"w{item.first}")
            put_plain(parent, "span", "", ", ".join(context))


def build_actions(
    dated_actions: Sequence[DatedAction], anchors: Mapping[int, str], past: Mapping[int, str]
) -> ET.Element:
    """A list of action items, in the order of the text, with a slot for each one's words; `past` is what became of some
    in git's history, by the item's line."""
    items = ET.Element("ul", {"class": "pm-actions"})
    for standing in dated_actions:
        item = standing.item
        state = "overdue" if standing.is_overdue else item.state.value
        look = f"is-{item.state.value}" + (" is-overdue" * standing.is_overdue)
        row = ET.SubElement(items, "li", {"class": look, "id": anchors[item.first]})
        put_plain(row, "span", "pm-state", state.capitalize())
        words = ET.SubElement(row, "div", {"class": "pm-act-text", "dir": "auto"})
        words.append(slot(f"i{item.first}"))
        if item.state is ActionState.DROPPED:
            reason = item.dropped_because.strip()
            put_plain(words, "span", "pm-act-why", f"Dropped: {reason}" if reason else "Dropped, no reason given")
        put_plain(row, "span", "pm-act-kind", item.kind.value if item.kind else "")
        cell = ET.SubElement(row, "span", {"class": "pm-act-owner"})
        _ownership(cell, standing)
        if words_of_past := past.get(item.first):
            put_plain(cell, "span", "", words_of_past)
    return items


def _ownership(cell: ET.Element, standing: DatedAction) -> None:
    """Add who answers for the item, by when, and where it is tracked."""
    item = standing.item
    put_plain(cell, "span", "" if item.owner else "pm-unknown", item.owner or "no owner")
    if item.done:
        put_plain(cell, "span", "", f"done {day_words(item.done)}")
    elif standing.due and item.state is ActionState.OPEN:
        late = "pm-over" if standing.is_overdue else ""
        due = put_plain(cell, "span", late, f"due {day_words(standing.due)}")
        if standing.due_is_derived:
            due.set("title", f'No due date given; derived from the heading "{item.horizon}"')
            put_plain(cell, "span", "", f'due date from "{item.horizon}"')
    words, href = ticket_words(item)
    if href:
        put_plain(ET.SubElement(cell, "span"), "a", "", words).set("href", href)
    elif words:
        put_plain(cell, "span", "", words)
