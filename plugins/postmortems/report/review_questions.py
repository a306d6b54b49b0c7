"""Questions for the reviewer of one postmortem: what no rule can judge, and what its own facts make worth asking."""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.analyse.merging import Addition
from postmortems.model.action_item import ActionKind, ActionState
from postmortems.model.front_matter import MOMENTS, DetectedBy
from postmortems.render.words.formats import duration_words
from postmortems.text.spelling import count_words, listed

ALWAYS = (
    "Would each person involved agree with what it says they knew and saw?",
    "Does every contributing factor name a condition that can be changed, not a person?",
)
"""Questions that are worth asking of every postmortem."""


def review_questions(added: Addition) -> Iterator[str]:
    """The questions about one postmortem, plain text, those that its own facts raise first."""
    yield from _about_repeats(added)
    yield from _about_detection(added)
    yield from _about_unknowns(added)
    yield from _about_actions(added)
    yield from ALWAYS


def _about_repeats(added: Addition) -> Iterator[str]:
    for earlier in added.recurrence.declared:
        yield f'It repeats "{earlier.id}". Why did the earlier action items not prevent it?'
    for suspicion in added.recurrence.suspected[:1]:
        yield f'Is it a repeat of "{suspicion.earlier.id}"? The front matter does not say.'


def _about_detection(added: Addition) -> Iterator[str]:
    lengths, matter = added.durations, added.postmortem.front_matter
    if lengths.over_target and lengths.target:
        yield (
            f"Detection took {duration_words(lengths.to_detect)}, {duration_words(lengths.over_target)} over its "
            "target. What would have detected it sooner, and is there an action item for it?"
        )
    if matter.detected_by in (DetectedBy.CUSTOMER, DetectedBy.THIRD_PARTY):
        yield "Customers or third parties detected it first. Which internal signal existed, and who could have seen it?"


def _about_unknowns(added: Addition) -> Iterator[str]:
    matter = added.postmortem.front_matter
    unknown = [name for name in MOMENTS if getattr(matter, name) is None]
    if unknown:
        yield f"Unknown: {listed(unknown)}. Do logs, chat or the pager still show it?"
    if added.postmortem.root_cause is None:
        yield "The root cause is unknown. What data would you need to keep next time?"


def _about_actions(added: Addition) -> Iterator[str]:
    items = [action.item for action in added.dated_actions if action.item.state is not ActionState.DROPPED]
    if items and not any(item.kind in (ActionKind.PREVENT, ActionKind.DETECT) for item in items if item.kind):
        yield "Does any action item prevent or detect a repeat, or do they all only mitigate?"
    without = [item for item in items if not item.owner and item.state is ActionState.OPEN]
    if without:
        yield f"{count_words(len(without), 'open action item')} without an owner: who will own them?"
    for pattern in added.patterns:
        if pattern.actions.overdue:
            yield (
                f"{count_words(pattern.actions.overdue, 'open action item')} of earlier incidents with "
                f'"{pattern.name}" {"is" if pattern.actions.overdue == 1 else "are"} overdue. '
                "Would one of them have helped here?"
            )
            return
