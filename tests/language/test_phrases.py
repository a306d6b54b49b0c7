"""The files of phrases: that every line can be found, and what the signs in them mean."""

from __future__ import annotations

import pytest

from postmortems.language import blame, hindsight
from postmortems.language.phrases import Phrases, letters, read_phrases
from postmortems.language.sentences import parse


def found(lines: str, text: str) -> list[str]:
    """The words of a text that phrases of these lines take up."""
    sentence = parse(text, 0, len(text))
    return [where.group().strip() for _, where in Phrases(tuple(read_phrases(lines))).find(sentence)]


@pytest.mark.parametrize(
    ("line", "text", "expected"),
    [
        ("cut corners", "They cut corners.", ["cut corners"]),
        ("cut corners", "They cut the corners.", []),
        ("cut|took corners", "We took corners, they cut corners.", ["took corners", "cut corners"]),
        ("cut (all|some) corners", "They cut some corners and cut corners.", ["cut some corners", "cut corners"]),
        ("left * on", "She left it on.", ["left it on"]),
        ("left * on", "She left, on time.", []),
        ("left … on", "She left the old flag of March on.", ["left the old flag of march on"]),
        ("left … on", "She left one two three four five six on.", []),
        ("failed to !connect", "It failed to connect and failed to ask.", ["failed to ask"]),
        ("was ~ly ~ed", "It was sloppily tested, was sloppily written, was red.", ["was sloppily tested", "was sloppily written"]),
        ("by not ~ing", "By not asking.", ["by not asking"]),
        ("did not ask", "They didn’t ask.", ["did not ask"]),
        ("<pet> slept", "The dog slept.", ["dog slept"]),
        ("a|<pet> slept", "The cat slept.", ["cat slept"]),
        ("blame on @ .", "Blame on the old team.", ["blame on the old team ."]),
    ],
)  # fmt: skip
def test_signs(line: str, text: str, expected: list[str]) -> None:
    assert found(f"# A comment.\npet = cat dog\n\n[subject: SLIP]\n{line}", text) == expected


def test_every_phrase_is_found_by_its_words() -> None:
    conditions = {"likely", "named", "not-pronoun", "not-we", "stated", "unexplained", "unnamed"}
    for phrase in (*blame.PHRASES.all, *hindsight.PHRASES.all):
        assert phrase.frame in blame.FRAMES, phrase.words
        assert phrase.pattern.groups <= 1, phrase.words
        assert phrase.needed, phrase.words
        assert phrase.conditions <= conditions, phrase.words


def test_letters_are_taken_from_between_anything_else() -> None:
    assert letters("it's **on-call**, naïve_1x") == {b"it", b"s", b"on", b"call", b"na", b"ve", b"x"}
