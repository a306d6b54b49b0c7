"""Words of languages: every file has the one form, and a word is found as authors write it."""

from __future__ import annotations

from importlib.resources import files

import pytest
import yaml

from postmortems.model.action_item import ActionState
from postmortems.model.column import Column
from postmortems.read.languages import LANGUAGES, plain_word, words


def topics(language: str) -> dict[str, object]:
    found = yaml.safe_load(files("postmortems.read.languages").joinpath(f"{language}.yml").read_text("utf-8"))
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_written_as_it_is_looked_up_and_stands_once(language: str) -> None:
    for topic, content in topics(language).items():
        listed = content if isinstance(content, list) else [word for many in content.values() for word in many]
        assert [word for word in listed if plain_word(word) != word] == [], topic
        assert [word for word in set(listed) if listed.count(word) > 1] == [], topic


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_words_mean_is_known(language: str) -> None:
    found = topics(language)
    assert set(found["action_columns"]) | set(found["timeline_columns"]) <= set(Column)
    assert set(found["action_states"]) == set(ActionState)
    assert set(found["action_states_in_columns"]) | set(found["tick_words"]) <= set(ActionState)


def test_a_word_of_action_states_stands_in_one_topic_only() -> None:
    assert not words("action_states").keys() & words("action_states_in_columns").keys()


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ("Won't do", "wont do"),
        ("WON’T-DO", "wont do"),
        ("**Action item(s):**", "action item s"),
        ("Actions\\_taken", "actions taken"),
        ("Ｄｏｎｅ", "done"),
        ("Größe", "grösse"),
        ("  ", ""),
    ],
)
def test_a_plain_word(written: str, word: str) -> None:
    assert plain_word(written) == word
