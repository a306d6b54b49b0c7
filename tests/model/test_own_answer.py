"""Answers that a postmortem gives alone are found once."""

from __future__ import annotations

from tests.builders import incident

from postmortems.model.own_answer import own_answer
from postmortems.model.postmortem import Postmortem


def test_an_answer_is_found_once_and_a_list_each_time() -> None:
    asked: list[str] = []

    @own_answer
    def shout(postmortem: Postmortem, end: str) -> str:
        asked.append(end)
        return postmortem.title.upper() + end

    @own_answer
    def letters(postmortem: Postmortem) -> list[str]:
        return [*postmortem.title]

    first, other = incident("x", title="A lock"), incident("x", title="A leak")
    assert [shout(first, "!"), shout(first, "!"), shout(first, "?"), shout(other, "!")] == [
        "A LOCK!", "A LOCK!", "A LOCK?", "A LEAK!",
    ]  # fmt: skip
    assert asked == ["!", "?", "!"]
    letters(first).clear()
    assert letters(first) == [*"A lock"]


def test_another_front_matter_gives_other_answers() -> None:
    title = own_answer(lambda postmortem: postmortem.title)
    before = incident("x", title="A lock")
    assert title(before) == "A lock"
    after = before.with_front_matter(before.front_matter.model_copy(update={"title": "A leak"}))
    assert (title(before), title(after), before) == ("A lock", "A leak", incident("x", title="A lock"))


def test_answers_of_a_text_that_is_let_go_are_not_kept() -> None:
    made = incident("x", title="A lock")
    values = {"id": made.id, "path": made.path, "front_matter": made.front_matter}
    small = Postmortem.loaded_later(values, made.__getattribute__, stays_loaded=False)
    assert own_answer(lambda postmortem: postmortem.id)(small) == made.id
    assert small.answers == {}
