"""Words of languages: every file has the one form, and a word is found as authors write it."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import pytest
import yaml

from postmortems.model.action_item import ActionState
from postmortems.model.column import Column
from postmortems.model.language import Language
from postmortems.model.section import SECTIONS
from postmortems.read.languages import chosen, plain_word, reading_in, words
from postmortems.read.timeline.zones import zone_named
from postmortems.settings.parsing import parse_settings


def topics(language: str) -> dict[str, Any]:
    found = yaml.safe_load(files("postmortems.read.languages").joinpath(f"{language}.yml").read_text("utf-8"))
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("language", Language)
def test_every_word_is_written_as_it_is_looked_up_and_stands_once(language: str) -> None:
    for topic, content in topics(language).items():
        listed = content if isinstance(content, list) else [word for many in content.values() for word in many]
        assert [word for word in listed if plain_word(word) != word] == [], topic
        assert [word for word in set(listed) if listed.count(word) > 1] == [], topic


@pytest.mark.parametrize("language", Language)
def test_what_words_mean_is_known(language: str) -> None:
    found = topics(language)
    assert set(found["action_columns"]) | set(found["timeline_columns"]) <= set(Column)
    assert set(found["action_states"]) == set(ActionState)
    assert set(found["action_states_in_columns"]) | set(found["tick_words"]) <= set(ActionState)


def test_a_word_of_action_states_stands_in_one_topic_only() -> None:
    assert not words("action_states").keys() & words("action_states_in_columns").keys()


SHARED = (
    "action_columns", "timeline_columns", "timeline_time_words", "action_states", "action_states_in_columns",
    "tick_words", "months", "weekdays", "headings", "none_words", "weak_headings", "heading_joiners", "metadata", "moment_events",
    "not_said", "not_said_behind", "fix_labels", "day_leads", "days_of_updates", "report_kinds", "severity_words", "noticed_by",
)  # fmt: skip
TRANSLATED = (
    "day_joiners", "clock_units", "date_units", "halves_of_day", "time_phrases", "words_before_times",
    "words_behind_times", "words_between_times", "zone_names", "zone_announcements", "statuses",
)  # fmt: skip
"""Topics that tell what English word another language has for something; English needs none of them."""
MEANINGS = {
    "clock_units": {"hour", "minute", "second", "half"},
    "date_units": {"year", "month", "day"},
    "halves_of_day": {"am", "pm"},
    "time_phrases": {"next day", "same day", "previous day", "noon", "midnight", "unknown"},
    "words_before_times": {
        "at", "oclock", "about", "after", "before", "until", "by", "shortly after", "shortly before", "next day",
    },
    "words_behind_times": {"oclock", "approx", "onwards"},
    "statuses": {"draft", "in-review", "published"},
}  # fmt: skip


def test_each_language_has_its_file_and_no_other_is_there() -> None:
    there = {path.name.removesuffix(".yml") for path in files("postmortems.read.languages").iterdir()}
    assert {name for name in there if len(name) == 2} == set(Language)


@pytest.mark.parametrize("language", [code for code in Language if code != "en"])
def test_a_language_has_every_topic_and_no_meaning_of_its_own(language: str) -> None:
    found, english = topics(language), topics("en")
    assert set(found) == {*SHARED, *TRANSLATED}
    for topic in SHARED:
        assert isinstance(found[topic], type(english[topic])), topic
        if isinstance(english[topic], dict) and topic != "metadata":
            assert set(found[topic]) <= set(english[topic]), topic
    assert set(found["metadata"]) <= set(english["metadata"])
    assert set(found["headings"]) == set(SECTIONS)
    for topic, meanings in MEANINGS.items():
        assert set(found[topic]) <= meanings, topic
    assert [name for name in found["zone_names"] if zone_named(name) is None] == []


def test_english_is_always_read_and_another_language_only_for_a_while() -> None:
    assert "tidslinje" not in words("headings")
    with reading_in([Language.NORWEGIAN]):
        assert chosen() == ("nb", "en")
        assert words("headings")["tidslinje"] == words("headings")["incident timeline"] == "Timeline"
    assert chosen() == ("en",)


@pytest.mark.parametrize(
    ("written", "read"),
    [(["nb", "en"], ("nb", "en")), ("ja", ("ja",)), (["no"], ("nb",)), ([False], ("nb",))],
)
def test_the_setting_takes_a_code_or_several(written: object, read: tuple[str, ...]) -> None:
    settings, problems = parse_settings({"languages": written})
    assert (settings.languages, problems) == (read, ())


def test_a_language_that_is_not_known_is_named() -> None:
    [problem] = parse_settings({"languages": ["nn"]})[1]
    assert problem.option == "languages.0"
    assert problem.message.startswith("is not a language")


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
