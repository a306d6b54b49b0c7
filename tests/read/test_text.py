"""Bytes become text, or one exact problem."""

from __future__ import annotations

import pytest

from postmortems.model.source import Source
from postmortems.read.text import LARGEST, read_text


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param(b"a\nb", "a\nb", id="plain"),
        pytest.param(b"\xef\xbb\xbfa", "a", id="byte order mark"),
        pytest.param(b"a\r\nb\rc", "a\nb\nc", id="line ends of Windows and old ones"),
        pytest.param("Zürich 東京".encode(), "Zürich 東京", id="UTF-8"),
    ],
)
def test_text(data: bytes, text: str) -> None:
    assert read_text("a.md", data) == (Source("a.md", text), None)


@pytest.mark.parametrize(
    ("data", "place", "message"),
    [
        pytest.param(b"ab\ncd\xff", (2, 3), "the file is not UTF-8 text: byte 0xff at position 5", id="not UTF-8"),
        pytest.param(b"a\n\0", (2, 1), "the file has a NUL byte, so it is not text", id="binary"),
        pytest.param(
            b"a" * (LARGEST + 1),
            (1, 1),
            "the file is 2,097,153 bytes; only 2,097,152 are read",
            id="too large",
        ),
    ],
)
def test_no_text(data: bytes, place: tuple[int, int], message: str) -> None:
    source, problem = read_text("a.md", data)
    assert source.text == ""
    assert problem is not None
    assert (problem.rule, problem.place.line, problem.place.column) == ("unreadable-file", *place)
    assert problem.message == message
