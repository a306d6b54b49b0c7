"""The page of one exercise: what players see step by step, and the game master's notes."""

from __future__ import annotations

from postmortems.analyse.exercise import Exercise
from postmortems.analyse.occurrences import involvements
from postmortems.analyse.passages import FACTORS, passages
from postmortems.render.base.context import PageContext
from postmortems.render.base.page import Body
from postmortems.render.pages.layout import render_body
from postmortems.render.words import exercise as words


def exercise_page(exercise: Exercise, context: PageContext) -> Body:
    """The generated parts of `/exercises/<id>/`; costs what the postmortem holds."""
    postmortem = exercise.postmortem
    pages = [page for name in involvements(postmortem) if (page := context.corpus.pattern_by_id.get(name))]
    return render_body(
        "exercise.html",
        f"{words.length_words(exercise)}.",
        "An exercise from a real incident, step by step.",
        context=context,
        exercise=exercise,
        incident=postmortem,
        scenario=words.scenario_words(exercise),
        words=words,
        patterns=[(page, words.now_steps(page)) for page in pages],
        factors=passages(postmortem, FACTORS),
        notes=words.note_words(exercise, context.analysis),
        questions=list(words.debrief_questions(exercise, context.analysis)),
    )
