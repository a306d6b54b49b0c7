"""Markdown as plain words, and the sentence that stands for a postmortem."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.builders import incident

from postmortems.render.words.plain import LONGEST_SENTENCE, first_sentence, plain_words


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("nothing to  do\nhere", "nothing to do here"),
        ("**Bold**, *slanted*, ~~gone~~ and `code_with_marks`", "Bold, slanted, gone and code_with_marks"),
        ("see [the **graph**](artifacts/graph.svg) and ![the pool](pool.png)", "see the graph and the pool"),
        ("`a_b` and `*c* < [d](e) \\` are code", "a_b and *c* < [d](e) \\ are code"),
        ("``two `of` them`` and one ` alone", "two `of` them and one ` alone"),
        ("\\`no_code_ *here*`", "`no_code_ here`"),
        ("the snake_case_name stays", "the snake_case_name stays"),
        ("1 < 2 &amp; 3 \\* 4", "1 < 2 & 3 * 4"),
        ("a <b>word</b><!-- hidden --> left", "a word left"),
        ("<https://example.org/x> is down", "https://example.org/x is down"),
        ("hard  \nbreak *and\nsoft*", "hard break and soft"),
        ("", ""),
    ],
)
def test_marks_go_and_words_stay(markdown: str, expected: str) -> None:
    assert plain_words(markdown) == expected


@given(st.text("ab _*`[]()<>!\\&~\n.", max_size=200))
def test_any_text_becomes_one_line(markdown: str) -> None:
    assert plain_words(markdown) == " ".join(plain_words(markdown).split())


@given(st.text("ab `\\<*", max_size=12))
@example("a` < `")
def test_the_short_way_for_code_gives_what_the_parser_gives(markdown: str) -> None:
    by_the_parser = plain_words(f"{markdown} &amp;")
    assert by_the_parser == f"{plain_words(markdown)} &".strip()


@pytest.mark.parametrize(
    ("summary", "expected"),
    [
        ("One. Two.", "One."),
        ("On 2 June v7.1.2 failed in us-east-1. Then more.", "On 2 June v7.1.2 failed in us-east-1."),
        (
            "It hit e.g. Acme Inc. and the U.S. East Coast vs. the rest. More.",
            "It hit e.g. Acme Inc. and the U.S. East Coast vs. the rest.",
        ),
        ("Requests failed (all of them.) Then none did.", "Requests failed (all of them.)"),
        ("It lasted 4 h. Then it ended.", "It lasted 4 h."),
        ("No full stop at all", "No full stop at all"),
        ("**What failed:** the [pool](x.md).\nAnd more.", "What failed: the pool."),
        ("結帳很慢。然後恢復。", "結帳很慢。"),
        ("<!-- to be written -->\n\n- **Impact:** slow for 3 min. Then fast.", "Impact: slow for 3 min."),
        ("```\ncode\n```\n\nAfter the code.", "After the code."),
        ("<!-- nothing -->", None),
    ],
)
def test_the_first_sentence_of_the_summary(summary: str, expected: str | None) -> None:
    body = f"## Executive Summary\n\n{summary}\n\n## Timeline\n\nOther words.\n"
    assert first_sentence(incident("a", body=body)) == expected


def test_without_a_summary_there_is_no_sentence() -> None:
    assert first_sentence(incident("a", body="## Timeline\n\nWords.\n")) is None


def test_a_long_sentence_is_cut() -> None:
    found = first_sentence(incident("a", body="## Executive Summary\n\n" + "word, " * 100))
    assert found is not None
    assert len(found) <= LONGEST_SENTENCE
    assert found.endswith("…")
