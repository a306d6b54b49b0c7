"""Waivers: where they may stand, what they say, and which lines each covers."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.growth import grows_with_its_length

from postmortems.model.place import Place
from postmortems.model.postmortem import Postmortem
from postmortems.model.waiver import Waiver
from postmortems.read.pattern import read_pattern
from postmortems.read.postmortem import read_postmortem
from postmortems.settings import Settings

PATH = "postmortems/2024/01-x/postmortem.md"
FENCED = "---\ntitle: x\n---\n"  # the body begins on line 4


def read(text: str) -> Postmortem:
    return read_postmortem(PATH, text.encode(), Settings())


def covered(text: str) -> list[tuple[str, int, int]]:
    """The rule and the lines of each waiver; the body's first line counts as 1."""
    return [(one.rule, one.first - 3, one.last - 3) for one in read(FENCED + text).waivers]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("Words <!-- postmortems: allow a: why -->", [("a", 1, 1)], id="beside words"),
        pytest.param("One\ntwo <!-- postmortems: allow a: why -->\nthree", [("a", 2, 2)], id="on one line of several"),
        pytest.param("<!-- postmortems: allow a: why -->\n\nOne\ntwo\n\nthree", [("a", 1, 4)], id="above a paragraph"),
        pytest.param("<!-- postmortems: allow a: why -->\nOne\ntwo", [("a", 1, 3)], id="right above a paragraph"),
        pytest.param("<!-- postmortems: allow a: why -->\n## Two\n\nThree", [("a", 1, 2)], id="above a heading"),
        pytest.param("## One <!-- postmortems: allow a: why -->\n\nTwo", [("a", 1, 1)], id="beside a heading"),
        pytest.param("<!-- postmortems: allow a: why -->\n\n- one\n  more\n- two", [("a", 1, 4)], id="above an item"),
        pytest.param("- one\n- two <!-- postmortems: allow a: why -->", [("a", 2, 2)], id="beside an item"),
        pytest.param("- one\n<!-- postmortems: allow a: why -->\n- two\n- three", [("a", 2, 3)], id="between items"),
        pytest.param("- <!-- postmortems: allow a: why -->\n  one\n- two", [("a", 1, 2)], id="in an item, before it"),
        pytest.param(
            "<!-- postmortems: allow a: why -->\n\n| A |\n|---|\n| b |\n| c |", [("a", 1, 6)], id="above a table"
        ),
        pytest.param("| A |\n|---|\n| b <!-- postmortems: allow a: why --> |\n| c |", [("a", 3, 3)], id="in a row"),
        pytest.param("<!-- postmortems: allow a: why -->\n```\ncode\n```\nmore", [("a", 1, 4)], id="above a fence"),
        pytest.param("<!-- postmortems: allow a: why -->\n> said\n> so", [("a", 1, 3)], id="above a quote"),
        pytest.param(
            "<!-- postmortems: allow a: why -->\n<!-- postmortems: allow b: why -->\n\n<!-- x -->\nOne",
            [("a", 1, 5), ("b", 2, 5)],
            id="several above a paragraph",
        ),
        pytest.param("One\n\n<!-- postmortems: allow a: why -->\n", [("a", 3, 3)], id="above nothing"),
        pytest.param("<!-- postmortems: allow a:\nwhy -->\nOne\ntwo", [("a", 1, 4)], id="over two lines"),
        pytest.param("One <!-- postmortems: allow a:\nwhy -->\ntwo", [("a", 1, 2)], id="over two lines beside words"),
        pytest.param(
            "<div>\n<!-- postmortems: allow a: why -->\none\ntwo\n</div>", [("a", 2, 3)], id="alone inside HTML"
        ),
        pytest.param("One <!-- postmortems: allow a: see `b` --> and `c`", [("a", 1, 1)], id="with code in its reason"),
        pytest.param("One <!-- postmortems: allow a: ` --> and `", [("a", 1, 1)], id="with half a code span"),
        pytest.param("One <!-- postmortems:allow a: why --!> two", [("a", 1, 1)], id="closed as browsers accept"),
        pytest.param("One <!--postmortems: ALLOW a:why-->", [("a", 1, 1)], id="without blanks, in capitals"),
        pytest.param("```\n<!-- postmortems: allow a: why -->\n```", [], id="in a fence"),
        pytest.param("~~~\n<!-- postmortems: allow a: why -->", [], id="in a fence that is never closed"),
        pytest.param(
            "- one\n\n    ```\n    <!-- postmortems: allow a: why -->\n    ```", [], id="in a fence of an item"
        ),
        pytest.param("    <!-- postmortems: allow a: why -->", [], id="in indented code"),
        pytest.param("Write `<!-- postmortems: allow a: why -->` there", [], id="in a code span"),
        pytest.param("| A |\n|---|\n| `<!-- postmortems: allow a: why -->` |", [], id="in a code span of a row"),
        pytest.param("## Write `<!-- postmortems: allow a: why -->`", [], id="in a code span of a heading"),
        pytest.param("> <!-- postmortems: allow a: why -->\n> said", [], id="in a quote"),
        pytest.param("- one\n\n  > said <!-- postmortems: allow a: why -->", [], id="in a quote of an item"),
        pytest.param("<!-- note: postmortems: allow a: why -->", [], id="not at the beginning"),
        pytest.param("<!-- postmortems:evidence -->", [], id="where a pattern's evidence stands"),
        pytest.param("<!-- postmortems: see the wiki -->", [], id="an ordinary comment"),
        pytest.param("<!-- postmortems: allow a: why", [], id="never closed"),
        pytest.param("postmortems: allow a: why", [], id="no comment"),
    ],
)
def test_what_a_waiver_covers(body: str, expected: list[tuple[str, int, int]]) -> None:
    assert covered(body) == expected
    assert read(FENCED + body).problems == read(FENCED + "x").problems


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        pytest.param("title: x\nkind: y # postmortems: allow a: why\n", [("a", 3, 3)], id="beside a value"),
        pytest.param("title: x\n# postmortems: allow a: why\nkind: y\nowner: z\n", [("a", 3, 4)], id="above a key"),
        pytest.param("# postmortems: allow a: why\ntitle: x\nkind: y\n", [("a", 1, 3)], id="above all keys"),
        pytest.param(
            "# note\n\n# postmortems: allow a: why\ntitle: x\n", [("a", 1, 5)], id="above all keys, among notes"
        ),
        pytest.param(
            "title: x\n#postmortems: allow a: why\nservices:\n  - a\n\n  # one\n  - b\nkind: y\n",
            [("a", 3, 8)],
            id="above a list",
        ),
        pytest.param(
            "title: x\n# postmortems: allow a: why\nservices:\n- a\n- b\nkind: y\n", [("a", 3, 6)], id="a flat list"
        ),
        pytest.param("services:\n- a\n# postmortems: allow a: why\n- b\n- c\n", [("a", 4, 5)], id="above one item"),
        pytest.param(
            "title: x\n# postmortems: allow a: why\n\n# postmortems: allow b: why\nkind: y\n",
            [("a", 3, 6), ("b", 5, 6)],
            id="several above a key",
        ),
        pytest.param("title: x\n# postmortems: allow a: why\n", [("a", 3, 3)], id="above nothing"),
        pytest.param('title: "x # postmortems: allow a: why"\n', [], id="in quotes"),
        pytest.param('"x # postmortems: allow a: why": y\ntitle: x\n', [], id="in a key"),
        pytest.param("title: |\n  x\n  # postmortems: allow a: why\n", [], id="in a block of text"),
        pytest.param("title: |\n  x\n# postmortems: allow a: why\nkind: y\n", [("a", 4, 5)], id="behind one"),
        pytest.param(
            "sources: [ftp://x.test]\n# postmortems: allow a: why\ntitle: x\n",
            [("a", 3, 4)],
            id="below an invalid item",
        ),
        pytest.param(
            "patterns:\n- {pattern: a, role: nope, more: 1}\n- b\n# postmortems: allow a: why\n- c\n",
            [("a", 5, 6)],
            id="between the items that are left",
        ),
        pytest.param("sources: ['ftp://x # postmortems: allow a: why']\n", [], id="in an invalid item"),
        pytest.param("services: [1, 'x # postmortems: allow a: why']\n", [], id="behind an invalid item"),
        pytest.param("title: 'x\u2028y'\n# postmortems: allow a: why\nkind: y\n", [("a", 3, 4)], id="below U+2028"),
        pytest.param("title: x# postmortems: allow a\n", [], id="without a blank before it"),
        pytest.param("title: x\ntitle y\n# postmortems: allow a: why\n", [], id="in YAML that cannot be read"),
    ],
)
def test_waivers_in_front_matter(front: str, expected: list[tuple[str, int, int]]) -> None:
    assert [(one.rule, one.first, one.last) for one in read(f"---\n{front}---\nText\n").waivers] == expected


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        pytest.param("allow a: why not", [("a", "why not", 25)], id="one rule"),
        pytest.param(
            "allow a, PM101 ,c: why", [("a", "why", 25), ("PM101", "why", 28), ("c", "why", 35)], id="several"
        ),
        pytest.param("allow a: see: http://x, b", [("a", "see: http://x, b", 25)], id="a reason with signs"),
        pytest.param("allow a", [("a", "", 25)], id="no reason"),
        pytest.param("allow a:", [("a", "", 25)], id="an empty reason"),
        pytest.param("allow a: --", [("a", "", 25)], id="a reason without words"),
        pytest.param("allow a because: x", [("a", "", 25)], id="a rule that does not end"),
        pytest.param("allow a,, b: x", [("a", "x", 25), ("b", "x", 29)], id="a comma too many"),
    ],
)
def test_what_a_waiver_says(comment: str, expected: list[tuple[str, str, int]]) -> None:
    found = read(f"{FENCED}<!-- postmortems: {comment} -->\n").waivers
    assert [(one.rule, one.reason, one.place.column) for one in found] == expected
    assert {one.place.line for one in found} == {4}


def test_the_place_is_that_of_the_rule() -> None:
    (first, second) = read(
        "---\ntitle: x # postmortems: allow some-rule,\n---\n<!--\npostmortems: allow\n b: c -->"
    ).waivers
    assert first.place == Place.at(PATH, 2, 31, 9)
    assert second == Waiver("b", "c", Place.at(PATH, 6, 2, 1), 4, 6)


@pytest.mark.parametrize(
    ("comment", "message", "column", "length"),
    [
        ("alow a: why", '"alow" does not begin a waiver', 19, 4),
        ("allows a: why", '"allows" does not begin a waiver', 19, 6),
        ("ignore a: why", '"ignore" does not begin a waiver', 19, 6),
        ("allow", "the waiver names no rule", 6, 18),
        ("allow : why", "the waiver names no rule", 6, 24),
    ],
)
def test_what_was_meant_to_be_a_waiver(comment: str, message: str, column: int, length: int) -> None:
    found = [one for one in read(f"{FENCED}<!-- postmortems: {comment} -->").problems if one.rule == "unused-waiver"]
    assert [(one.message, one.place) for one in found] == [(message, Place.at(PATH, 4, column, length))]


def test_a_pattern_has_waivers_too() -> None:
    text = "---\ntitle: x\nfamily: y # postmortems: allow a: why\n---\n\n<!-- postmortems: allow b: why -->\nText\n"
    found = read_pattern("patterns/x.md", text.encode(), Settings()).waivers
    assert [(one.rule, one.first, one.last, one.place.path) for one in found] == [
        ("a", 3, 3, "patterns/x.md"),
        ("b", 6, 7, "patterns/x.md"),
    ]


@pytest.mark.parametrize(
    "heading", ["## Timeline <!-- postmortems: allow a: why -->", "## Timeline <!-- x --> <!-- y -->", "## Timeline"]
)
def test_a_heading_is_known_in_spite_of_a_comment_behind_it(heading: str) -> None:
    assert [one.name for one in read(f"{FENCED}{heading}\n").body.sections] == ["Timeline"]


@pytest.mark.parametrize(
    "item",
    [
        "- [ ] [api] Fix it (kind: prevent) <!-- postmortems: allow a: why -->",
        "| Action | Owner | Kind |\n|---|---|---|\n| Fix it <!-- postmortems: allow a: why --> | api | prevent |",
    ],
)
def test_the_notes_of_an_action_item_are_read_in_spite_of_a_comment_behind_them(item: str) -> None:
    (found,) = read(f"{FENCED}## Action Items\n\n{item}\n").actions.items
    assert (found.text, found.owner, found.kind) == ("Fix it", "api", "prevent")


PIECES = st.sampled_from(
    (
        *("<!-- postmortems: allow a: b -->", "<!--", "-->", "postmortems: allow a, b", "# postmortems: allow a: b"),
        *("\n", "\n\n", "- ", "> ", "```", "`", "| a |", "# ", "    ", "---", "words", ":", ",", "title: x", "\t"),
        *("1. ", "<div>"),
    )
)


@given(st.lists(PIECES, max_size=25))
def test_no_text_breaks_it(pieces: Sequence[str]) -> None:
    text = "".join(pieces)
    for whole in (text, FENCED + text, f"---\n{text}\n---\n{text}"):
        lines = whole.count("\n") + 1
        for one in read(whole).waivers:
            assert 1 <= one.first <= one.place.line <= one.last <= lines
            assert whole.split("\n")[one.place.line - 1][one.place.column - 1 :].startswith(one.rule)


@pytest.mark.large
@pytest.mark.parametrize(
    "piece",
    [
        "<!-- postmortems: allow a: b -->\n",
        "<!-- postmortems: allow a: b --> ",
        "x <!-- postmortems: allow a: b -->\n",
        "`<!-- postmortems: allow a -->",
        "<div>\n<!-- postmortems: allow a: b -->\n",
        "<!-- postmortems: allow a,",
        "# postmortems: allow a: b\n",
        "a: b # postmortems: allow a: b\n",
        "<!---->",
        "<!--",
    ],
)
def test_much_of_a_sign_costs_no_more_than_its_length(piece: str) -> None:
    assert grows_with_its_length(read, lambda length: FENCED + piece * (length // len(piece)))
    assert grows_with_its_length(read, lambda length: f"---\n{piece * (length // len(piece))}\ntitle: x\n---\n")
