"""Blocks that are drawn around an author's words: the timeline, the action items and their progress.

Each part has a key. Where it belongs, the text holds a mark that nobody can guess, with that key (see
`authored_source`); the Markdown extension of `authored_blocks` replaces it by the words alone, each in its slot, and
`insert_blocks` puts the part around them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from postmortems.analyse.actions import ActionCounts
from postmortems.model.action_item import ActionItem
from postmortems.model.dated_action import DatedAction
from postmortems.model.postmortem import Postmortem
from postmortems.render.authored.action_list import draw_actions, draw_progress
from postmortems.render.authored.timeline_list import draw_timeline
from postmortems.render.base.action_ids import action_anchors
from postmortems.render.base.placeholders import Fragments, Placeholders, fill

FACTS = "facts"
TIMELINE = "timeline"
PROGRESS = "progress"

NOTHING = "nothing"
"""The key of what is in the text and not on the page."""

END = "end"
"""The key of the slot behind the last words of a part."""

DrawnParts = Mapping[str, Fragments]
"""The drawn parts of one postmortem by their keys."""


def actions_key(index: int) -> str:
    """The key of a stretch of action items, counted from 0."""
    return f"actions-{index}"


def marker(nonce: str, key: str) -> str:
    """The mark of a part; `nonce` is what nobody can guess."""
    return f"postmortems-{nonce}-{key}"


def slots_of(nonce: str) -> Placeholders:
    """The slots of a page, unlike any mark, since marks that are left over are replaced wherever they are."""
    return Placeholders(f"{nonce}-")


def drawn_parts(
    postmortem: Postmortem,
    dated_actions: Sequence[DatedAction],
    progress: ActionCounts,
    today: date,
    past: Mapping[ActionItem, str] = MappingProxyType({}),
) -> DrawnParts:
    """All that is drawn within the authored text of a postmortem, whose action items stand so today; `past` is what
    became of some of them in git's history."""
    parts: dict[str, Fragments] = {FACTS: ("",)}  # the page's header shows them
    if postmortem.timeline.events:
        parts[TIMELINE] = draw_timeline(postmortem)
    if postmortem.actions.spans:
        parts[PROGRESS] = draw_progress(progress, today) if progress.total else ("",)
    anchors = action_anchors(postmortem)
    for key, (first, last) in action_spans(postmortem).items():
        mine = [action for action in dated_actions if first <= action.item.first <= last]
        parts[key] = draw_actions(mine, anchors, past) if mine else ("",)
    return parts


def action_spans(postmortem: Postmortem) -> dict[str, tuple[int, int]]:
    """The first and last line of each stretch of action items, by its key."""
    return {actions_key(index): span for index, span in enumerate(postmortem.actions.spans)}


def insert_blocks(html: str, parts: DrawnParts, nonce: str) -> str:
    """The rendered text of a postmortem with its parts drawn around the author's words.

    Where another plugin has changed the text so that words are missing, the others stay as they are.
    """
    head, pieces = slots_of(nonce).cut(html)
    drawn = [head]
    part = ""
    words: dict[str, str] = {}
    plain: list[str] = []
    for key, inside in pieces:
        if key == END:
            try:
                drawn.append(fill(parts[part], words))
            except KeyError:
                drawn.extend(plain)
            drawn.append(inside)
            part, words, plain = "", {}, []
        elif part:
            words[key] = words.get(key, "") + inside
            plain.append(inside)
        else:
            part = key
            drawn.append(inside)
    return "".join([*drawn, *plain])
