"""Words of an exercise: its name without a spoiler, what players and game master are told, and the debrief."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.exercise import Exercise, NoExercise, Step
from postmortems.analyse.passages import passages
from postmortems.analyse.reading_list import Reading, Why
from postmortems.model.front_matter import DetectedBy
from postmortems.model.language import Language
from postmortems.model.pattern import Pattern
from postmortems.model.section import BlockKind
from postmortems.model.timeline import Event
from postmortems.render.words.formats import (
    MONTHS,
    count_words,
    day_words,
    duration_words,
    long_day_words,
    time_words,
)
from postmortems.render.words.incident import clipped
from postmortems.render.words.plain import plain_words

QUESTION = "What do you look at? What do you do?"
FIRST_QUESTION = f"{QUESTION} Whom do you tell?"

ROLES = (
    ("Game master", "knows the postmortem, opens one step at a time, and answers what players ask from the notes."),
    ("Players", "say what they look at and what they do before the next step is opened. One of them decides."),
    ("Scribe", "writes down each decision with its time, and each question without an answer."),
)
BASICS = (
    "What did you look at first, and why there?",
    "Which information did you miss, and where do you find it today?",
    "Where did you decide differently from the team in the incident? What did each of you know?",
    "Was it always clear who decides, and who tells whom?",
    "Which runbook, alert or dashboard do you change after this exercise?",
)
"""Questions that are worth asking after every exercise."""

END_QUESTION = "The exercise ends here. How do you know that it is over? Whom do you tell?"
NOT_STATED = (
    "The detection time is unknown. Step 1 is the first entry that names an alert, a report or a phase of the response."
)
OTHER_LANGUAGE = (
    "Most phrases of later knowledge are known in English only. If this timeline is in another language, read all its "
    "steps first."
)

BEFORE = (
    "Before the first step",
    "The timeline does not say that these were known. Tell one only if players ask for exactly that.",
)
TELLING = (
    "Read these steps first",
    "They are the first to use words of the title, of the cause or of what came before. An author may write more here "
    "than was known then: tell such a step in your own words.",
)
HINDSIGHT = (
    "Learnt later",
    "These belong between the steps, but they speak of what was known only later, or have no time beside others of "
    "their day that have one.",
)
WHOLE = ("Whole entries", "Players see these without what explains, judges or comes later. This is all of each.")
WRONG_TURNS = (
    "Wrong turns",
    "By their own words these did not help, were ruled out, or were suspicions. Players may also take them.",
)
AFTERWARDS = ("Afterwards", "These came after the end.")
"""Parts of the game master's notes that list entries, each with a sentence about them."""

WHY_NONE = {
    NoExercise.DRAFT: "it is a draft",
    NoExercise.DRILL: "it is a drill, which was an exercise",
    NoExercise.NO_DETECTION: (
        "no entry of its timeline can be said to be the first that was known: set `detected_at`, "
        "or name the alert or report in the entry"
    ),
    NoExercise.TOO_FEW: "it needs 5 timeline entries between detection and resolution, 3 of them with a time",
}

_FIRST_REPORT = {
    DetectedBy.ALERT: "An alert comes in.",
    DetectedBy.CUSTOMER: "Customers report a problem.",
    DetectedBy.STAFF: "Staff see a problem.",
    DetectedBy.THIRD_PARTY: "A third party reports a problem.",
}
_STEP = re.compile(r"\*\*(Check|Do|Do not|Don['’]t)\b[:.]?\*\*[:.]?\s*(.*)", re.DOTALL | re.IGNORECASE)
_RIGHT_NOW = "right now"
_MOST_STEPS, _LONGEST = 6, 300
_MOST_POINTS = 3


class DebriefQuestion(NamedTuple):
    """A question after the exercise; `section` is the postmortem's section that it is about, by its canonical name."""

    text: str
    section: str


def exercise_name(exercise: Exercise) -> str:
    """Name that spoils nothing: the owner, the day and the time of the first step; never the title or the cause."""
    begins, owner = exercise.begins, exercise.postmortem.front_matter.owner
    when = f"{day_words(begins.date())}, {time_words(begins)}"
    return f"{clipped(owner, 60)}, {when}" if owner else when


def none_words(reason: NoExercise, number: int) -> str:
    """Number of postmortems that make no exercise, with the reason: `2 drills`, `1 with too few timeline entries`."""
    match reason:
        case NoExercise.DRAFT | NoExercise.DRILL:
            return count_words(number, reason.value)
        case NoExercise.NO_DETECTION:
            return f"{number:,} without a known first sign"
        case NoExercise.TOO_FEW:
            return f"{number:,} with too few timeline entries"


def length_words(exercise: Exercise) -> str:
    """`11 steps, about 65 min`."""
    return f"{len(exercise.steps)} steps, about {exercise.minutes} min"


def note_words(exercise: Exercise, analysis: Analysis) -> list[str]:
    """Notes for the game master on how the steps were made."""
    is_other = any(language is not Language.ENGLISH for language in analysis.settings.languages)
    return [*([] if exercise.is_stated else [NOT_STATED]), *([OTHER_LANGUAGE] if is_other else [])]


def scenario_words(exercise: Exercise) -> str:
    """Time and first report: `Sunday 21 October 2018, 22:54 UTC. An alert comes in.`"""
    begins, detected_by = exercise.begins, exercise.postmortem.front_matter.detected_by
    when = f"{long_day_words(begins.date())}, {time_words(begins)} UTC."
    return f"{when} {_FIRST_REPORT[detected_by] if detected_by else ''}".strip()


def event_time(event: Event) -> str:
    """`22:54`, `about 22:54`, `22:54–23:10`, `3 Nov`, or `time unknown`."""
    if event.at is None:
        return "time unknown"
    about = f"{event.qualifier or 'about'} " if event.approximate else ""
    day = f"{event.at.day} {MONTHS[event.at.month - 1]}"
    if event.day_only:
        return f"{about}{day}"
    return f"{about}{time_words(event.at)}" + (f"–{time_words(event.until)}" if event.until else "")


def dated_time(event: Event) -> str:
    """The same with the day: `21 Oct 2018, 22:54`."""
    if event.at is None or event.day_only:
        return f"{event_time(event)} {event.at.year}" if event.at else event_time(event)
    return f"{day_words(event.at.date())}, {event_time(event)}"


def step_time(exercise: Exercise, step: Step) -> str:
    """`23:02, 8 min after the first step`, with the day once it differs from the first."""
    at, begins = step.event.at, exercise.begins
    when = event_time(step.event)
    if at and not step.event.day_only and at.date() != begins.date():
        when = f"{at.day} {MONTHS[at.month - 1]}, {when}"
    return f"{when}, {duration_words(step.after)} in" if step.after else when


def now_steps(pattern: Pattern) -> list[tuple[str, str]]:
    """The steps of a pattern's *Right now* as kind and plain words; empty where it has none."""
    sections = (section for section in pattern.body.walk() if section.title.casefold() == _RIGHT_NOW)
    items = (block for section in sections for block in section.blocks if block.kind is BlockKind.LIST_ITEM)
    found = (_STEP.match(block.text) for block in items)
    return [(step[1], clipped(plain_words(step[2]), _LONGEST)) for step in found if step][:_MOST_STEPS]


def debrief_questions(exercise: Exercise, analysis: Analysis) -> Iterator[DebriefQuestion]:
    """Questions that this incident raises, each from a fact of its postmortem."""
    postmortem = exercise.postmortem
    lengths, counts = analysis.durations_of(postmortem), analysis.action_counts_of(postmortem)
    if lengths.over_target is not None:
        took, over = duration_words(lengths.to_detect), duration_words(lengths.over_target)
        yield DebriefQuestion(
            f"Detection took {took}, {over} over its target. Which signal shows it sooner today?", "Timeline"
        )
    for section, question in (
        ("Detection Gaps", "Is this detection gap closed?"),
        ("Lessons Learned", "Does this lesson hold for your systems?"),
    ):
        for point in passages(postmortem, section)[:_MOST_POINTS]:
            yield DebriefQuestion(f"{question} “{clipped(plain_words(point), _LONGEST)}”", section)
    if counts.open:
        are = "is" if counts.open == 1 else "are"
        yield DebriefQuestion(
            f"{count_words(counts.open, 'action item')} of it {are} still open. Which one matters most after this?",
            "Action Items",
        )


def reading_words(reading: Reading) -> str:
    """Reasons to read a postmortem first: `most severe (SEV1), longest of the 3 with a known time to resolve`."""
    severity, of = reading.postmortem.front_matter.severity, reading.longest_of
    longest = f", longest of the {of:,} with a known time to resolve" if of > 1 else ""
    words = {
        Why.WORST: f"most severe ({severity}){longest}",
        Why.NEWEST: "newest",
        Why.FULLEST: f"fullest account: {count_words(reading.points, 'point')} on causes, response and lessons",
    }
    return "; ".join(words[why] for why in reading.reasons)
