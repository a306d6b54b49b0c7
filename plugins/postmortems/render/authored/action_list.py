"""The action items of one postmortem as a list: state, text, kind, owner, due date, ticket."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from html import escape
from xml.etree import ElementTree as ET

from postmortems.analyse.actions import ActionCounts
from postmortems.model.action_item import ActionItem, ActionState
from postmortems.model.dated_action import DatedAction
from postmortems.render.authored.markdown_text import AuthorText, put_plain
from postmortems.render.base.placeholders import Drawing, Fragments, Placeholders, plain
from postmortems.render.words.actions import closure_words, rest_words, ticket_words
from postmortems.render.words.formats import day_words

_CELL = 30
_MOST_CELLS = 40


def draw_progress(progress: ActionCounts, today: date) -> Fragments:
    """Draw the progress of the items: a square an item, those that are done filled, and the counts in words."""
    picture = _squares(progress) if progress.total <= _MOST_CELLS else ""
    rest = ", ".join(filter(None, [rest_words(progress), f"as of {day_words(today)}"]))
    words = f"<b>{closure_words(progress)}</b><span>, {rest}</span>"
    return (f'<div class="pm-progress">{picture}<p>{words}</p></div>',)


def _squares(progress: ActionCounts) -> str:
    width = progress.total * _CELL
    size = f'viewBox="0 0 {width} 14" width="{min(width, 240)}" height="14"'
    outlines = ""
    for look, cells in (("pm-cell is-done", range(progress.done)), ("pm-cell", range(progress.done, progress.total))):
        if cells:
            outline = "".join(f"M{cell * _CELL + 1} 1h{_CELL - 3}v12h-{_CELL - 3}z" for cell in cells)
            outlines += f'<path class="{look}" d="{outline}"></path>'
    label = f'role="img" aria-label="{closure_words(progress)}"'
    return f'<svg {size} {label} preserveAspectRatio="none">{outlines}</svg>'


def put_actions(
    parent: ET.Element,
    items: Iterable[ActionItem],
    anchors: Mapping[ActionItem, str],
    slots: Placeholders,
    text: AuthorText,
) -> None:
    """The words of action items, each in its slot, named by the item's line. Owner, ticket and
    reason are drawn anew, and are here for the search."""
    for item in items:
        slots.open(parent, f"i{item.first}", anchors[item])
        text.put(parent, "span", "pm-act-what", item.text)
        if context := [words for words in (item.owner, item.ticket, item.dropped_because) if words]:
            slots.open(parent, f"w{item.first}")
            put_plain(parent, "span", "", ", ".join(context))


def draw_actions(
    dated_actions: Sequence[DatedAction], anchors: Mapping[ActionItem, str], past: Mapping[ActionItem, str]
) -> Fragments:
    """A list of action items, in the order of the text, with a slot for each one's words; `past` is what became of some
    in git's history."""
    drawing = Drawing()
    drawing.add('<ul class="pm-actions">')
    for standing in dated_actions:
        item = standing.item
        state = "overdue" if standing.is_overdue else item.state.value
        look = f"is-{item.state.value}" + (" is-overdue" * standing.is_overdue)
        drawing.add(
            f'<li class="{look}" id="{escape(anchors[item])}"><span class="pm-state">{state.capitalize()}</span>'
            '<div class="pm-act-text" dir="auto">'
        )
        drawing.leave_room(f"i{item.first}")
        if item.state is ActionState.DROPPED:
            reason = item.dropped_because.strip()
            drawing.add(plain("span", "pm-act-why", f"Dropped: {reason}" if reason else "Dropped, no reason given"))
        kind = f'<span class="pm-act-kind">{item.kind.value if item.kind else ""}</span>'
        history = plain("span", "", words) if (words := past.get(item)) else ""
        drawing.add(f'</div>{kind}<span class="pm-act-owner">{_ownership(standing)}{history}</span></li>')
    drawing.add("</ul>")
    return drawing.fragments


def _ownership(standing: DatedAction) -> str:
    """The owner of an item, its due date, and its ticket."""
    item = standing.item
    shown = plain("span", "" if item.owner else "pm-unknown", item.owner or "no owner")
    if item.done:
        shown += f"<span>done {day_words(item.done)}</span>"
    elif standing.due and item.state is ActionState.OPEN:
        late, due = "pm-over" if standing.is_overdue else "", f"due {day_words(standing.due)}"
        if standing.due_is_derived:
            derived = f'No due date given; derived from the heading "{item.horizon}"'
            shown += plain("span", late, due, title=derived)
            shown += plain("span", "", f'due date from "{item.horizon}"')
        else:
            shown += plain("span", late, due)
    words, href = ticket_words(item)
    if href:
        shown += f"<span>{plain('a', '', words, href=href)}</span>"
    elif words:
        shown += plain("span", "", words)
    return shown
