"""Edits on a file's bytes: what they are not about stays byte for byte."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortems.fix.rewrite import rewritten
from postmortems.model.edit import Edit
from postmortems.model.place import Place


def edit(line: int, column: int, end_line: int, end_column: int, text: str) -> Edit:
    return Edit(Place("a.md", line, column, end_line, end_column), text)


def after(data: bytes, *edits: Edit) -> bytes:
    return rewritten(data, edits)


@pytest.mark.parametrize(
    ("before", "edits", "expected"),
    [
        pytest.param(b"one\ntwo\n", [edit(2, 1, 2, 4, "2")], b"one\n2\n", id="a word"),
        pytest.param(b"one\r\ntwo\r\n", [edit(1, 4, 1, 4, "\n1b")], b"one\r\n1b\r\ntwo\r\n", id="the file's line end"),
        pytest.param(b"a\r\nb\nc\r\n", [edit(2, 2, 2, 2, "\n+")], b"a\r\nb\n+\nc\r\n", id="of mixed ones the line's own"),
        pytest.param(b"a\r\nb", [edit(2, 2, 2, 2, "\n+")], b"a\r\nb\r\n+", id="of the last line the one above"),
        pytest.param(b"a\rb\rc", [edit(2, 1, 2, 2, "B\nB")], b"a\rB\rB\rc", id="carriage returns alone"),
        pytest.param(b"one", [edit(1, 4, 1, 4, "\ntwo")], b"one\ntwo", id="no line end at all"),
        pytest.param(b"\xef\xbb\xbfone\n", [edit(1, 1, 1, 4, "1")], b"\xef\xbb\xbf1\n", id="columns count behind a mark"),
        pytest.param(b"\xef\xbb\xbfone\n", [edit(1, 0, 1, 1, "")], b"one\n", id="the mark is column 0"),
        pytest.param(b"a\nb\nc\nd\n", [edit(2, 1, 3, 2, "c\nb")], b"a\nc\nb\nd\n", id="several lines"),
        pytest.param(b"abc\n", [edit(1, 1, 1, 2, "A"), edit(1, 3, 1, 4, "C")], b"AbC\n", id="two on one line"),
        pytest.param(b"abc\n", [edit(1, 2, 1, 4, "X"), edit(1, 1, 1, 3, "Y")], b"Yc\n", id="of two that overlap the first"),
        pytest.param(b"ac\n", [edit(1, 2, 1, 2, "b"), edit(1, 2, 1, 2, "B")], b"abBc\n", id="two at one place"),
        pytest.param(b"ac\n", [edit(1, 2, 1, 2, "b"), edit(1, 2, 1, 2, "b")], b"abc\n", id="one edit twice"),
        pytest.param("ä\n𝄞x\n".encode(), [edit(2, 2, 2, 3, "y")], "ä\n𝄞y\n".encode(), id="columns are characters"),
        pytest.param(b"a  \nb\t\n\n\n", [edit(2, 1, 2, 2, "B")], b"a  \nB\t\n\n\n", id="blanks at the end of lines"),
        pytest.param(b"a\n", [edit(2, 1, 2, 1, "b\n")], b"a\nb\n", id="behind the last line end"),
        pytest.param(b"a\n", [], b"a\n", id="nothing"),
        pytest.param(b"", [edit(1, 1, 1, 1, "a")], b"a", id="an empty file"),
    ],
)  # fmt: skip
def test_edits(before: bytes, edits: list[Edit], expected: bytes) -> None:
    assert after(before, *edits) == expected


CONTENTS = st.lists(st.text(alphabet="ab \t-é𝄞\u2028\x0b\x85", min_size=1, max_size=6), min_size=1, max_size=8)


@given(st.data(), CONTENTS, st.sampled_from(("", "\ufeff")))
def test_all_bytes_outside_the_edits_stay(data: st.DataObject, contents: list[str], mark: str) -> None:
    ends = [data.draw(st.sampled_from(("\n", "\r\n", "\r"))) for _ in contents[1:]]
    raw = [content + end for content, end in zip(contents, [*ends, ""], strict=True)]
    places = [(row, column) for row, content in enumerate(contents) for column in range(len(content) + 1)]
    points = sorted(data.draw(st.lists(st.sampled_from(places), max_size=6, unique=True)))
    edits: list[Edit] = []
    kept: list[str] = []
    at = (0, 0)
    for begin, end in zip(points[::2], points[1::2], strict=False):
        edits.append(edit(begin[0] + 1, begin[1] + 1, end[0] + 1, end[1] + 1, "<new>"))
        kept.append(between(raw, at, begin))
        at = end
    kept.append(between(raw, at, (len(raw) - 1, len(raw[-1]))))
    assert after((mark + "".join(raw)).encode(), *edits).decode() == mark + "<new>".join(kept)


def between(raw: list[str], begin: tuple[int, int], end: tuple[int, int]) -> str:
    if begin[0] == end[0]:
        return raw[begin[0]][begin[1] : end[1]]
    return raw[begin[0]][begin[1] :] + "".join(raw[begin[0] + 1 : end[0]]) + raw[end[0]][: end[1]]
