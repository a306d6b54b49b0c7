"""The lines that may hold a secret or personal data are kept as they stand, with their numbers."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postmortems.model.excerpt import LONGEST, Excerpt, chunks
from postmortems.model.personal_data import PersonalData
from postmortems.model.source import Source
from postmortems.read.excerpts import is_attached_text, read_attached, read_excerpts

PLAIN = PersonalData()


def lines(text: str, personal_data: PersonalData = PLAIN) -> list[tuple[int, str]]:
    return [(one.line, one.text) for one in read_excerpts(Source("a.md", text), personal_data)]


def test_only_lines_with_a_sign_are_kept_each_once() -> None:
    text = "---\nx: jane@corp.io and joe@corp.io\n---\n\nA commit: 0c1e64fd6ba3d0b2f4a8e5f1a7c9d3b5e7f90123\n\nfrom 34.120.7.9"
    assert lines(text) == [(2, "x: jane@corp.io and joe@corp.io"), (7, "from 34.120.7.9")]


def test_a_sound_text_has_none(sound: dict[str, str]) -> None:
    assert lines(sound["postmortem"]) == []


def test_identifiers_and_national_numbers_only_where_the_settings_ask_for_them() -> None:
    text = "é\n020 7123 1234\nCUST-123456\n"
    assert lines(text) == []
    assert lines(text, PersonalData(identifiers=(r"CUST-\d{6}",))) == [(3, "CUST-123456")]
    assert lines(text, PersonalData(phone_region="GB")) == [(2, "020 7123 1234")]


def test_other_files_are_read_as_they_are() -> None:
    data = b"\xff start\r\npassword=abcdefg1 \xe9\r\njane@corp.io\r\n"
    assert read_attached("a.log", data) == (Excerpt("a.log", 2, "password=abcdefg1 �"),)


@pytest.mark.parametrize(
    ("path", "is_text"),
    [
        ("a/app.log", True),
        ("a/CONFIG.YAML", True),
        ("a/.env", True),
        ("a/.env.production", True),
        ("a/Dockerfile", True),
        ("a/id_rsa", True),
        ("a/server.key", True),
        ("a/graph.png", False),
        ("a/core.gz", False),
    ],
)
def test_text_is_told_by_the_name(path: str, is_text: bool) -> None:
    assert is_attached_text(path) is is_text


@settings(deadline=None)
@given(
    st.lists(st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), max_size=30), max_size=20),
    st.data(),
)
def test_a_planted_line_is_always_kept_with_its_number(others: list[str], data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(others)))
    planted = [*others[:number], "mail jane@corp.io", *others[number:]]
    assert (number + 1, "mail jane@corp.io") in lines("\n".join(planted))


@given(st.text(max_size=5000), st.integers(1, 5000))
@settings(deadline=None)
def test_stretches_cover_a_line_and_overlap(text: str, factor: int) -> None:
    line = (text * factor)[:5000]
    pieces = list(chunks(line))
    assert all(line[begin:].startswith(piece) and len(piece) <= LONGEST for begin, piece in pieces)
    # Whatever is up to 400 characters long stands whole in one of them.
    for start in range(0, max(1, len(line) - 400), 37):
        end = min(start + 400, len(line))
        assert any(begin <= start and end <= begin + len(piece) for begin, piece in pieces)
