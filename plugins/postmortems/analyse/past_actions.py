"""Action items through the versions of their postmortem: due dates that were moved, and items that were reopened.

An item is known again by its ticket, else by its words, else by words that are nearly the same between the same two
neighbours. Of one that cannot be known again nothing is told: it is as new as it looks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TypeVar

from postmortems.analyse.analysis import Analysis
from postmortems.model.action_item import ActionItem, ActionState
from postmortems.model.dated_action import DatedAction
from postmortems.model.front_matter import Status
from postmortems.model.history import DocumentHistory, PastAction
from postmortems.model.postmortem import Postmortem

_Named = TypeVar("_Named")

_ALIKE = 0.8
"""Share of letters that two wordings of one item have in common, at least."""
_COMPARED = 400
_FORGOTTEN = 5
"""Number of versions after which an item that is in none of them is not known again: else a history in which all items
are new each time would cost the square of its length."""
_SEPARATORS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class DueMove:
    """A due date that gave way to another one; `on` is None while that is not committed."""

    on: date | None
    before: date
    after: date


@dataclass(frozen=True, slots=True)
class ActionPast:
    """Past of one action item since its postmortem was published.

    `first_due` is the first due date of its own, and `reopened` how often it was open again after it was done.
    """

    moves: tuple[DueMove, ...] = ()
    reopened: int = 0
    first_due: date | None = None
    was_done: bool = False

    @property
    def days(self) -> int:
        """Days from the first due date to the present one; less than 0 where that is earlier."""
        return (self.moves[-1].after - self.moves[0].before).days if self.moves else 0


def past_actions(analysis: Analysis) -> Mapping[str, Mapping[ActionItem, ActionPast]]:
    """The past of every action item of which git knows one, by its postmortem's path."""
    documents = analysis.read_history().documents
    return {
        postmortem.path: past
        for postmortem in analysis.postmortems
        if (history := documents.get(postmortem.path)) and (past := past_of_items(postmortem, history))
    }


def past_of(action: DatedAction, analysis: Analysis) -> ActionPast | None:
    """The past of one action item; None where git knows none."""
    return analysis.once(past_actions).get(action.postmortem.path, {}).get(action.item)


@dataclass(slots=True)
class _Track:
    """One item on its way through the versions.

    `place` is its place in the list of version `version`, `due` the last date that it had. `is_sure` is False where it
    may be an earlier item in other words.
    """

    latest: PastAction
    is_sure: bool
    version: int = 0
    place: int = 0
    first_due: date | None = None
    due: date | None = None
    moves: list[DueMove] = field(default_factory=list)
    reopened: int = 0
    was_done: bool = False

    def go_on(self, item: PastAction, version: int, place: int, on: date | None) -> None:
        was_open = self.latest.state is ActionState.OPEN
        if self.due and item.due and item.due != self.due and was_open:
            self.moves.append(DueMove(on, self.due, item.due))
        self.reopened += self.latest.state is ActionState.DONE and item.state is ActionState.OPEN
        self.was_done |= item.state is ActionState.DONE
        self.first_due = self.first_due or item.due
        self.due = item.due or self.due
        self.latest, self.version, self.place = item, version, place

    @property
    def past(self) -> ActionPast:
        return ActionPast(tuple(self.moves), self.reopened, self.first_due, self.was_done)


def past_of_items(postmortem: Postmortem, history: DocumentHistory) -> Mapping[ActionItem, ActionPast]:
    """The past of each action item of a postmortem that is known."""
    published = [version for version in history.versions if version.reading.status is Status.PUBLISHED]
    if not published:
        return {}
    tracks: list[_Track] = []
    for number, version in enumerate(published):
        _follow(tracks, version.reading.actions, number, version.committed.date())
    # What is in no commit has no past yet.
    committed = tuple(tracks)
    written = postmortem.actions.items
    _follow(tracks, [PastAction.of(item) for item in written], len(published), None)
    return {
        written[track.place]: track.past for track in committed if track.version == len(published) and track.is_sure
    }


def _follow(tracks: list[_Track], items: Sequence[PastAction], version: int, on: date | None) -> None:
    """Lead the tracks on through one version, and begin one for each item that is new."""
    tracks[:] = [track for track in tracks if track.version >= version - _FORGOTTEN]
    known = _matched(tracks, items, version)
    followed = {id(track) for track in known.values()}
    is_sure = all(id(track) in followed for track in tracks if track.version == version - 1)
    for place, item in enumerate(items):
        track = known.get(place)
        if track is None:
            track = _Track(item, is_sure)
            tracks.append(track)
        track.go_on(item, version, place, on)


def _matched(tracks: Sequence[_Track], items: Sequence[PastAction], version: int) -> dict[int, _Track]:
    """The track of each item that is known again, by the item's place."""
    found: dict[int, _Track] = {}
    free = list(tracks)
    for key in _KEYS:
        if len(found) == len(items) or not free:
            break
        by_key = _only((key(track.latest), track) for track in free)
        for name, place in _only((key(item), place) for place, item in enumerate(items) if place not in found).items():
            if name in by_key:
                found[place] = by_key[name]
        taken = {id(track) for track in found.values()}
        free = [track for track in free if id(track) not in taken]
    left = {track.place: track for track in free if track.version == version - 1}
    count = sum(track.version == version - 1 for track in tracks)
    for place, item in enumerate(items):
        if place in found or not left:
            continue
        before = _place_before(found.get(place - 1), version) if place else -1
        after = _place_before(found.get(place + 1), version) if place + 1 < len(items) else count
        if before is None or after != before + 2:
            continue
        if (old := left.get(before + 1)) and _is_alike(old.latest.text, item.text):
            found[place] = left.pop(old.place)
    return found


def _place_before(track: _Track | None, version: int) -> int | None:
    """The place of an item in the version before; None where it was not in that."""
    return track.place if track and track.version == version - 1 else None


def _only(named: Iterable[tuple[str, _Named]]) -> dict[str, _Named]:
    """Values by their names; a name that is empty, or that two have, tells nothing."""
    several = list(named)
    counts = Counter(name for name, _ in several)
    return {name: value for name, value in several if name and counts[name] == 1}


def _words(item: PastAction) -> str:
    return _bare(item.text)


@lru_cache(10_000)
def _bare(text: str) -> str:
    return _SEPARATORS.sub(" ", text.casefold()).strip()


_KEYS: tuple[Callable[[PastAction], str], ...] = (
    lambda item: item.ticket.strip().casefold(),
    _words,
    lambda item: f"{item.owner.casefold()}\n{_words(item)}",
)


def _is_alike(one: str, other: str) -> bool:
    """True if two texts are nearly the same."""
    matcher = SequenceMatcher(None, one[:_COMPARED], other[:_COMPARED], autojunk=False)
    return matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE
