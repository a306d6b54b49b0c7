"""Ids of the action items of one postmortem: each stays while the words do, whatever is added around them, and is the
item's address on the postmortem's page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from postmortems.model.action_item import ActionItem
from postmortems.model.postmortem import Postmortem
from postmortems.render.base.addresses import Addresses
from postmortems.render.words.plain import plain_words

_PREFIX = "a-"


def action_ids(postmortem: Postmortem) -> tuple[str, ...]:
    """The id of each action item, in the order of the text: twelve hexadecimal digits, no two alike."""
    return _ids(postmortem.id, tuple(item.text for item in postmortem.actions.items))


def action_anchor(name: str) -> str:
    """The address of the action item with this id within its page."""
    return f"{_PREFIX}{name}"


def action_name(postmortem: Postmortem, item: ActionItem) -> str:
    """The id of one of a postmortem's action items."""
    return action_anchors(postmortem)[item].removeprefix(_PREFIX)


def action_anchors(postmortem: Postmortem) -> dict[ActionItem, str]:
    """The address of each action item within its page."""
    return cached_anchors(_Whole(postmortem))


def action_href(postmortem: Postmortem, item: ActionItem, addresses: Addresses) -> str:
    """The address of one of a postmortem's action items."""
    return f"{addresses.postmortem(postmortem)}#{action_anchors(postmortem)[item]}"


@dataclass(frozen=True, slots=True, eq=False)
class _Whole:
    """A postmortem as a key: itself, whatever is in it, since comparing that would cost as much as its addresses."""

    postmortem: Postmortem

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Whole) and self.postmortem is other.postmortem

    def __hash__(self) -> int:
        return id(self.postmortem)


@lru_cache(maxsize=4096)
def cached_anchors(whole: _Whole) -> dict[ActionItem, str]:
    """The addresses of a postmortem's items."""
    # Every list that leads to an item asks for those of its whole postmortem.
    items = whole.postmortem.actions.items
    return {item: action_anchor(name) for item, name in zip(items, action_ids(whole.postmortem), strict=True)}


@lru_cache(maxsize=4096)
def _ids(postmortem: str, texts: tuple[str, ...]) -> tuple[str, ...]:
    seen: dict[str, int] = {}
    ids: list[str] = []
    for text in map(plain_words, texts):
        seen[text] = count = seen.get(text, 0) + 1
        ids.append(_checksum(postmortem, text, count))
    return tuple(ids)


def _checksum(postmortem: str, text: str, count: int) -> str:
    """Checksum of an item; of several with the same words in one postmortem each differs by its number."""
    told = f"{postmortem}\n{text}" if count == 1 else f"{postmortem}\n{text}\n{count}"
    return sha256(told.encode("utf-8", "replace")).hexdigest()[:12]
