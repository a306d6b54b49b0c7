"""Exercise made of a postmortem: what of its timeline was known at each moment, and what was not.

Players see an entry when it was known: from detection to the end, in the order of time, a range or a day at its end.
Everything else of the timeline is for the game master: what came before detection, what an entry says of later
knowledge or of a day whose other entries have times, and what came after the end. No entry is lost, and none is shown
twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum

from postmortems.analyse.event_cues import is_first_sign, is_wrong_turn, known_part
from postmortems.analyse.tokens import STOP_WORDS, split_words
from postmortems.model.front_matter import FrontMatter
from postmortems.model.own_answer import own_answer
from postmortems.model.postmortem import Postmortem
from postmortems.model.timeline import Event, Phase, same_minute

MIN_STEPS = 5
MIN_TIMED = 3
"""Minimum steps of an exercise, and how many of them need a time: with fewer there is nothing to decide."""

SHORT_UP_TO, MEDIUM_UP_TO = 7, 12
MINUTES_PER_STEP, MINUTES_AROUND = 4, 20
"""Minutes to talk about a step, and to begin and to debrief."""

_ALWAYS = datetime.min.replace(tzinfo=UTC)


class Length(StrEnum):
    """Length of an exercise by its steps: at most 7, at most 12, more."""

    SHORT = "short"
    MEDIUM = "medium"
    LONG = "long"


class NoExercise(StrEnum):
    """Reason for which a postmortem makes no exercise."""

    DRAFT = "draft"
    DRILL = "drill"
    NO_DETECTION = "no-detection"
    TOO_FEW = "too-few"


@dataclass(frozen=True, slots=True)
class Step:
    """One entry as players see it: the part of its `text` and, once they have answered, of its `action` that was known.

    Both are Markdown. `after` is the time since the first step, None where it has no time.
    """

    event: Event
    text: str
    action: str
    after: timedelta | None

    @property
    def is_cut(self) -> bool:
        """True if the entry says more than players see."""
        words = (" ".join(whole.split()) for whole in (self.event.text, self.event.action))
        return (self.text, self.action) != tuple(words)


@dataclass(frozen=True, slots=True)
class Exercise:
    """The entries of one postmortem's timeline, each in one of four parts.

    `steps` are for players, and the first has a time; `before` came before it, `hindsight` in between but was learnt
    later or at an unknown time, `afterwards` came after the end. `is_stated`: the first step follows from
    `detected_at`, and not from its words.
    """

    postmortem: Postmortem
    steps: tuple[Step, ...]
    before: tuple[Event, ...]
    hindsight: tuple[Event, ...]
    afterwards: tuple[Event, ...]
    is_stated: bool

    @property
    def begins(self) -> datetime:
        """Time of the first step; of a range its end."""
        begins = _end(self.steps[0].event)
        assert begins
        return begins

    @property
    def length(self) -> Length:
        """Its length as a choice of three."""
        if len(self.steps) <= SHORT_UP_TO:
            return Length.SHORT
        return Length.MEDIUM if len(self.steps) <= MEDIUM_UP_TO else Length.LONG

    @property
    def minutes(self) -> int:
        """Suggested minutes, in fives."""
        return round((MINUTES_AROUND + MINUTES_PER_STEP * len(self.steps)) / 5) * 5

    @property
    def telling_steps(self) -> tuple[tuple[int, tuple[str, ...]], ...]:
        """The steps, counted from 1, that are the first to use words of the title, the cause or what came before, with
        these words: the place to look for what an author writes with later knowledge."""
        matter = self.postmortem.front_matter
        telling = (
            self.postmortem.title,
            self.postmortem.root_cause,
            matter.trigger,
            *(event.text for event in self.before),
        )
        words = {word for text in telling if text for word in split_words(text)} - STOP_WORDS
        words -= {*split_words(matter.owner or "")}
        found: list[tuple[int, tuple[str, ...]]] = []
        for number, step in enumerate(self.steps, 1):
            said = [word for word in dict.fromkeys(split_words(f"{step.text} {step.action}")) if word in words]
            words.difference_update(said)
            if said:
                found.append((number, tuple(said)))
        return tuple(found)

    @property
    def wrong_turns(self) -> tuple[Event, ...]:
        """The entries during the exercise that say what was suspected, ruled out, or tried without success."""
        apart = {*self.before, *self.afterwards}
        return tuple(event for event in self.postmortem.timeline.events if event not in apart and is_wrong_turn(event))


@own_answer
def exercise_of(postmortem: Postmortem) -> Exercise | NoExercise:
    """The exercise of a postmortem, or why there is none."""
    if postmortem.is_drill:
        return NoExercise.DRILL
    if postmortem.is_draft:
        return NoExercise.DRAFT
    entries = _in_order(postmortem.timeline.events)
    if len(entries) < MIN_STEPS:
        return NoExercise.TOO_FEW
    matter = postmortem.front_matter
    first = _first_known(entries, matter)
    if first is None:
        return NoExercise.NO_DETECTION
    before = [entry.event for entry in entries[:first]]
    shown: list[tuple[Event, str]] = []
    hindsight: list[Event] = []
    afterwards: list[Event] = []
    for entry in entries[first:]:
        if _is_after_the_end(entry, matter.resolved_at):
            afterwards.append(entry.event)
        elif entry.is_vague or not (text := _known(entry.event.text, entry.event)):
            hindsight.append(entry.event)
        elif shown or _is_exact(entry.event):
            shown.append((entry.event, text))
        else:
            before.append(entry.event)
    if len(shown) < MIN_STEPS or sum(_is_exact(event) for event, _ in shown) < MIN_TIMED:
        return NoExercise.TOO_FEW
    return Exercise(
        postmortem,
        tuple(_steps(shown)),
        tuple(before),
        tuple(hindsight),
        tuple(afterwards),
        is_stated=matter.detected_at is not None,
    )


@dataclass(frozen=True, slots=True)
class _Entry:
    """An event, its place in the text, and the time from which all that it says was known; one without a time has that
    of the entry above it. `is_vague`: only its day is known, while other entries of that day have times."""

    event: Event
    place: int
    known_at: datetime
    is_vague: bool


def _is_exact(event: Event) -> bool:
    return event.at is not None and not event.day_only


def _end(event: Event) -> datetime | None:
    """Time from which all of an entry was known; None where it has none to the minute."""
    return max(event.until or event.at, event.at) if event.at and not event.day_only else None


def _in_order(events: Sequence[Event]) -> list[_Entry]:
    entries: list[_Entry] = []
    known_at = _ALWAYS
    with_times = {event.at.date() for event in events if event.at and not event.day_only}
    for place, event in enumerate(events):
        if event.at is not None:
            known_at = max(event.until or event.at, event.at)
            if event.day_only:
                known_at = datetime.combine(known_at, time.max, UTC)
        entries.append(_Entry(event, place, known_at, event.day_only and known_at.date() in with_times))
    return sorted(entries, key=lambda entry: (entry.known_at, entry.place))


def _first_known(entries: Sequence[_Entry], matter: FrontMatter) -> int | None:
    """Index of the first entry that was known.

    Of several in the minute of detection it is the one that tells of it: the fault may share that minute. Where the
    detection time is unknown, a sign when all was over already is not the first one.
    """
    detected, over = matter.detected_at, matter.mitigated_at or matter.resolved_at
    if detected is None:
        signs = (index for index, entry in enumerate(entries) if not entry.is_vague and is_first_sign(entry.event))
        sign = next(signs, None)
        return None if sign is not None and over and entries[sign].known_at >= over else sign
    timed = [(index, entry) for index, entry in enumerate(entries) if _is_exact(entry.event)]
    at_once = [(index, entry) for index, entry in timed if entry.event.at and same_minute(entry.event.at, detected)]
    told = [index for index, entry in at_once if is_first_sign(entry.event)]
    exact = [index for index, entry in at_once if detected.second and entry.event.at == detected]
    if at_detection := exact or told:
        return at_detection[0]
    since = (index for index, entry in timed if entry.known_at >= detected or same_minute(entry.known_at, detected))
    return next(since, None)


def _is_after_the_end(entry: _Entry, resolved: datetime | None) -> bool:
    """True for an entry after the end, as one without a time is below the entry of that minute."""
    if entry.event.phase is Phase.FOLLOW_UP:
        return True
    if resolved is None:
        return False
    if entry.is_vague and entry.event.at:
        return entry.event.at > resolved
    return entry.event.at is None if same_minute(entry.known_at, resolved) else entry.known_at > resolved


def _known(text: str, event: Event) -> str:
    """The part of an entry's text, or action, that was known when all of the entry was."""
    return known_part(text, event.until or event.at, day_only=event.day_only)


def _steps(shown: Sequence[tuple[Event, str]]) -> Iterator[Step]:
    first = _end(shown[0][0])
    for event, text in shown:
        at = _end(event)
        yield Step(event, text, _known(event.action, event), at - first if at and first else None)
