"""A pattern's front matter: each fault is one problem at its line, and what is sound beside it is kept."""

from __future__ import annotations

import pytest

from postmortems.model.pattern import Pattern
from postmortems.read.pattern import read_pattern
from postmortems.settings import Settings

SOUND = "title: Stale caches\nfamily: Data\n"
NO_FAMILY = ("missing-field", 1, 1, 'the front matter has no "family"', "write `family: database`, or another family")
NO_TITLE = ("missing-field", 1, 1, 'the front matter has no "title"', "add a line with it")


def read(front: str) -> tuple[Pattern, list[tuple[str, int, int, str, str]]]:
    pattern = read_pattern("patterns/stale-caches.md", f"---\n{front}---\n\nText.\n".encode(), Settings())
    return pattern, [
        (problem.rule, problem.place.line, problem.place.column, problem.message, problem.help)
        for problem in pattern.problems
    ]


def test_a_whole_front_matter_is_read() -> None:
    pattern, found = read(SOUND + "aliases: [old data]\nsignals: [cache, ttl]\ndescription: One line\nx-team: [any]\n")
    assert found == []
    assert (pattern.title, pattern.family, pattern.aliases, pattern.signals, pattern.description) == (
        "Stale caches",
        "data",
        ("old data",),
        ("cache", "ttl"),
        "One line",
    )


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        pytest.param("title: Stale caches\n", [NO_FAMILY], id="a key that is missing"),
        pytest.param("", [NO_TITLE, NO_FAMILY], id="nothing"),
        pytest.param(
            "title:\nfamily:\n",
            [
                ("missing-field", 2, 1, '"title" has no value', NO_TITLE[4]),
                ("missing-field", 3, 1, '"family" has no value', NO_FAMILY[4]),
            ],
            id="keys without a value",
        ),
        pytest.param(
            SOUND + "aliases:\n",
            [("invalid-value", 4, 1, '"aliases" has no value', "write one, or remove the line")],
            id="a key that may be absent without a value",
        ),
        pytest.param(
            "title: 404\nfamily: no\n",
            [
                ("invalid-value", 2, 8, '"title" is 404, which YAML reads as the number 404', 'put it in quotes: title: "404"'),
                ("invalid-value", 3, 9, '"family" is no, which YAML reads as false', 'put it in quotes: family: "no"'),
            ],
            id="a number and true or false",
        ),
        pytest.param(
            SOUND + "aliases: old data\n",
            [("invalid-value", 4, 10, '"aliases" is "old data", not a list', "write aliases: [old data]")],
            id="a text for a list",
        ),
        pytest.param(
            SOUND + "signals: 503\n",
            [("invalid-value", 4, 10, '"signals" is "503", not a list', 'write signals: ["503"]')],
            id="a number for a list",
        ),
        pytest.param(
            SOUND + "signals: {a: b}\n",
            [("invalid-value", 4, 10, '"signals" is a mapping, not a list', "write signals: [first, second]")],
            id="a mapping for a list",
        ),
        pytest.param(
            SOUND + 'title_: x\ntag: cache\n',
            [
                ("unknown-field", 4, 1, '"title_" is not a valid key in a pattern\'s front matter', 'did you mean "title"?'),
                ("unknown-field", 5, 1, '"tag" is not a valid key in a pattern\'s front matter', 'did you mean "tags"?'),
            ],
            id="keys that are misspelled, ours and the theme's",
        ),
        pytest.param(
            SOUND + "tags: 5\n",
            [("invalid-value", 4, 1, '"tags" is not a list of strings', "write a list: tags: [database, rollback]")],
            id="a value for the theme",
        ),
    ],
)  # fmt: skip
def test_each_fault_is_one_problem_at_its_line(front: str, expected: list[tuple[str, int, int, str, str]]) -> None:
    assert read(front)[1] == expected


def test_of_a_list_only_the_wrong_items_are_left_out() -> None:
    pattern, found = read(SOUND + "aliases: [old data, 5, [x], stale reads]\n")
    assert pattern.aliases == ("old data", "stale reads")
    assert [(rule, column, message) for rule, _, column, message, _ in found] == [
        ("invalid-value", 21, '"aliases[1]" is 5, which YAML reads as the number 5'),
        ("invalid-value", 24, '"aliases[2]" is a list, not one line of text'),
    ]


@pytest.mark.parametrize("front", ["title: a: b\n", "a: *b\n", "just words\n"])
def test_of_front_matter_that_cannot_be_read_nobody_knows_what_it_lacks(front: str) -> None:
    pattern, found = read(front)
    assert [rule for rule, *_ in found] == ["invalid-yaml"]
    assert (pattern.title, pattern.family) == ("Stale caches", "other")
