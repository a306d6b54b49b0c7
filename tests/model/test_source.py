import pytest

from postmortems.model.place import Place
from postmortems.model.source import Source

WHOLE = Source("a.md", "ab\n\ncde")
PART = Source("a.md", "ab\n\ncde", 5, 4)


@pytest.mark.parametrize(
    ("source", "offset", "line", "column"),
    [
        (WHOLE, 0, 1, 1),
        pytest.param(WHOLE, 2, 1, 3, id="a line end is on its own line"),
        pytest.param(WHOLE, 3, 2, 1, id="an empty line"),
        (WHOLE, 6, 3, 3),
        pytest.param(WHOLE, 7, 3, 4, id="the end"),
        pytest.param(PART, 1, 5, 5, id="the first line of a part begins further right"),
        pytest.param(PART, 4, 7, 1, id="its other lines do not"),
    ],
)
def test_the_place_of_an_offset(source: Source, offset: int, line: int, column: int) -> None:
    assert source.place_at(offset, 2) == Place("a.md", line, column, line, column + 2)
    assert source.line_of(offset) == line


def test_a_stretch_goes_on_over_lines() -> None:
    assert WHOLE.stretch(1, 5) == Place("a.md", 1, 2, 3, 2)


@pytest.mark.parametrize(("line", "offset"), [(5, 0), (6, 3), (7, 4), (8, 8), (20, 8)])
def test_the_offset_of_a_line(line: int, offset: int) -> None:
    assert PART.offset_of(line) == offset
