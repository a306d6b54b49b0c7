"""YAML as values with their places, however odd a value, a tag or a line end is."""

from __future__ import annotations

import pytest

from postmortems.model.source import Source
from postmortems.read.yaml_nodes import read_yaml


@pytest.mark.parametrize("tag", ["int", "float", "bool", "timestamp", "null", "str", "binary", "set", "omap", "pairs"])
@pytest.mark.parametrize(
    "value", ['""', '"_"', '"-"', '":"', '"."', "0x", "[1]", "{a: 1}", "no number", "1e999", "&a b"]
)
def test_a_value_that_is_not_what_its_tag_says_raises_nothing(tag: str, value: str) -> None:
    document = read_yaml(Source("p.md", f"x-a: !!{tag} {value}\nx-b: 2\n", 2))
    assert isinstance(document.data, dict)
    assert document.data["x-b"] == 2
    assert document.keys[("x-b",)].line == 3


def test_an_empty_number_is_the_text_that_was_written() -> None:
    assert read_yaml(Source("p.md", 'a: !!int ""\nb: !!float "_"\n')).data == {"a": "", "b": "_"}


@pytest.mark.parametrize("written", ["9" * 5_000, "0x" + "f" * 5_000, "1:" * 5_000 + "1", "-" + "1" * 5_000 + ".5"])
def test_a_number_that_nobody_can_print_stays_text(written: str) -> None:
    assert read_yaml(Source("p.md", f"a: {written}")).data == {"a": written}


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85", "é", "🙂", "\ufeff"])
def test_lines_are_those_that_every_editor_counts(sign: str) -> None:
    document = read_yaml(Source("p.md", f"a: 'x{sign}y'\nb: '{sign}'\nccc: 1\nd: [", 2))
    assert (document.problems[0].place.line, document.problems[0].place.column) == (5, 5)
    document = read_yaml(Source("p.md", f"a: 'x{sign}y'\nb: '{sign}'\nccc: 1\n", 2))
    place = document.places[("ccc",)]
    assert (place.line, place.column, place.end_line, place.end_column) == (4, 6, 4, 7)


def test_a_second_byte_order_mark_moves_no_line() -> None:
    document = read_yaml(Source("p.md", "\ufeffa: 1\nb: [x,\n  y]\n"))
    assert (document.places[("b", 1)].line, document.places[("b", 1)].column) == (3, 3)


@pytest.mark.parametrize(
    ("text", "line", "column", "sign", "quoted"),
    [
        ("a: é\nb: é\x0bx\n", 3, 5, "U+000B", "b: é\x0bx"),
        ("a: 1\n# \x01\nb: 2", 3, 3, "U+0001", "# \x01"),
        ("a: 1\nb: \ufffe", 3, 4, "U+FFFE", "b: \ufffe"),
    ],
)
def test_a_character_that_yaml_refuses_has_its_place(text: str, line: int, column: int, sign: str, quoted: str) -> None:
    (problem,) = read_yaml(Source("p.md", text, 2)).problems
    assert (problem.place.line, problem.place.column) == (line, column)
    assert problem.message == (
        f'the front matter is not valid YAML: control characters are not allowed: {sign}, at "{quoted}"'
    )
    assert problem.help == "remove the character, which editors rarely show"
