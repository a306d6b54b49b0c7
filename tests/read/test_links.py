"""Links and images, with the place of each target; code and comments hold none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortems.model.source import Source
from postmortems.read.body import read_body
from postmortems.read.links import read_links


def read(text: str) -> list[tuple[str, int, int, bool]]:
    found = read_links(read_body(Source("x.md", text), {}))
    return [(link.target, link.place.line, link.place.column, link.is_image) for link in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a](b.md)", [("b.md", 1, 5, False)]),
        ("![a](b.png)", [("b.png", 1, 6, True)]),
        ("[![a](b.png)](c.md)", [("b.png", 1, 7, True), ("c.md", 1, 15, False)]),
        ('[a](b.md "title (x)") [c](d)', [("b.md", 1, 5, False), ("d", 1, 27, False)]),
        ("[a](<b c.md>)", [("b c.md", 1, 6, False)]),
        ("[a](b_(c).md)", [("b_(c).md", 1, 5, False)]),
        ("[a\nb](c)", [("c", 2, 4, False)]),
        ("# [a](b)\n\n> [c](d)", [("b", 1, 7, False), ("d", 3, 7, False)]),
        ("| x |\n|---|\n| [a](b) |", [("b", 3, 7, False)]),
        ("- [ ] [a](b)", [("b", 1, 11, False)]),
        ("[a]: b.md", [("b.md", 1, 6, False)]),
        ("text [a]\n\n  [a]: <b c>", [("b c", 3, 9, False)]),
        ("`[a](b)` [c](d)", [("d", 1, 14, False)]),
        ("``[a](`b)`` [c](d)", [("d", 1, 17, False)]),
        ("` [c](d)", [("d", 1, 7, False)]),
        ("```\n[a](b)\n```", []),
        ("    [a](b)", []),
        ("> ```\n> [a](b)\n> ```\n> [c](d)", [("d", 4, 7, False)]),
        ("<!-- [a](b) -->", []),
        ("x <!-- [a](b) --> [c](d)", [("d", 1, 23, False)]),
        (r"\[a](b)", []),
        ("[^1]: note", []),
        ("[a]()", []),
        ("![a][x]\n\n[x]: b.png", [("b.png", 3, 6, True)]),
        ("![X][] and ![y]\n\n[x]: <b.png>\n[Y]: c.png", [("b.png", 3, 7, True), ("c.png", 4, 6, True)]),
        ("[x] and [a][x] ![b](x)\n\n[x]: c", [("x", 1, 21, True), ("c", 3, 6, False)]),
        ("a](b)", []),
        ("[ ] (x)", []),
    ],
)
def test_links(text: str, expected: list[tuple[str, int, int, bool]]) -> None:
    assert read(text) == expected


@given(st.text(st.sampled_from("[]()!`<>\\ \nab:-#|"), max_size=120))
def test_every_target_stands_at_its_place(text: str) -> None:
    lines = text.split("\n")
    for link in read_links(read_body(Source("x.md", text), {})):
        place = link.place
        assert lines[place.line - 1][place.column - 1 : place.end_column - 1] == link.target
