"""Sheet of an exercise as Markdown: for a file, an issue or a wiki, where `<details>` hide the next step.

Everything that authors wrote is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.exercise import Exercise, Step
from postmortems.analyse.occurrences import involvements
from postmortems.analyse.passages import FACTORS, passages
from postmortems.model.timeline import Event
from postmortems.render.words.brief import brief
from postmortems.render.words.exercise import (
    AFTERWARDS,
    BASICS,
    BEFORE,
    END_QUESTION,
    FIRST_QUESTION,
    HINDSIGHT,
    QUESTION,
    ROLES,
    TELLING,
    WHOLE,
    WRONG_TURNS,
    dated_time,
    debrief_questions,
    exercise_name,
    length_words,
    note_words,
    now_steps,
    scenario_words,
    step_time,
)
from postmortems.render.words.plain import plain_words
from postmortems.text.markdown import escaped
from postmortems.text.spelling import listed


def exercise_sheet(exercise: Exercise, analysis: Analysis) -> str:
    """The sheet as Markdown that ends with a line break."""
    lines = [*_play(exercise), *_notes(exercise, analysis)]
    return "\n".join(lines) + "\n"


def _play(exercise: Exercise) -> Iterator[str]:
    yield f"# Exercise: {_time(exercise_name(exercise))}"
    yield f"\n{length_words(exercise)}.\n\n## Before you begin\n"
    yield from (f"- **{role}:** {task}" for role, task in ROLES)
    yield f"\n## The incident\n\n{scenario_words(exercise)}\n"
    yield from _known(exercise.steps[0], FIRST_QUESTION)
    for number, step in enumerate(exercise.steps[1:], 2):
        yield f"<details><summary>Step {number}</summary>\n\n{_time(step_time(exercise, step))}\n"
        yield from _known(step, QUESTION)
        yield "</details>\n"
    yield f"{END_QUESTION}\n\n## Debrief\n"
    yield from (f"{number}. {question}" for number, question in enumerate(BASICS, 1))


def _known(step: Step, question: str) -> Iterator[str]:
    yield f"{_words(step.text)}\n\n**{question}**\n"
    if action := _words(step.action):
        yield f"<details><summary>What the team did</summary>\n\n{action}\n\n</details>\n"


def _notes(exercise: Exercise, analysis: Analysis) -> Iterator[str]:
    postmortem, told = exercise.postmortem, brief(exercise.postmortem)
    matter = postmortem.front_matter
    yield "\n<details><summary>Game master’s notes: they tell everything</summary>\n"
    severity = escaped(matter.severity or "severity unknown")
    yield f"**{escaped(postmortem.title)}** ({escaped(postmortem.id)}), {severity}\n"
    for name, words in (("Impact", told.impact), ("Cause", told.cause), ("Fix", told.fix)):
        yield f"- **{name}:** {escaped(words) if words else 'not stated'}"
    if matter.trigger:
        yield f"- **Trigger:** {escaped(matter.trigger)}"
    if matter.services:
        yield f"- **Services, as known at the end:** {escaped(listed(dict.fromkeys(matter.services)))}"
    yield from (f"\n{note}" for note in note_words(exercise, analysis))
    cut = [step.event for step in exercise.steps if step.is_cut]
    if telling := exercise.telling_steps:
        yield f"\n### {TELLING[0]}\n\n{TELLING[1]}\n"
        yield from (f"- Step {number}: {escaped(', '.join(said))}" for number, said in telling)
    yield from _entries(BEFORE, exercise.before)
    yield from _entries(HINDSIGHT, exercise.hindsight)
    yield from _entries(WHOLE, cut)
    yield from _entries(WRONG_TURNS, exercise.wrong_turns)
    yield from _list("Contributing factors", (_words(point) for point in passages(postmortem, FACTORS)))
    for name in involvements(postmortem):
        if page := analysis.corpus.pattern_by_id.get(name):
            steps = (f"**{escaped(kind)}** {escaped(words)}" for kind, words in now_steps(page))
            yield from _list(f"Hint: {escaped(page.title)}", steps)
    yield from _entries(AFTERWARDS, exercise.afterwards)
    questions = (escaped(question.text) for question in debrief_questions(exercise, analysis))
    yield from _list("Debrief questions from this incident", questions)
    yield "\n</details>"


def _entries(part: tuple[str, str], events: Iterable[Event]) -> Iterator[str]:
    title, note = part
    lines = [
        f"- **{_time(dated_time(event))}** {_words(event.text)}"
        + (f" → {_words(event.action)}" if event.action.strip() else "")
        for event in events
    ]
    if lines:
        yield f"\n### {title}\n\n{note}\n"
        yield from lines


def _list(title: str, items: Iterable[str]) -> Iterator[str]:
    lines = [f"- {item}" for item in items]
    if lines:
        yield f"\n### {title}\n"
        yield from lines


def _words(markdown: str) -> str:
    return escaped(plain_words(markdown))


def _time(words: str) -> str:
    """Words with a time in them, of which the colons are no markup."""
    return escaped(words).replace("\\:", ":")
