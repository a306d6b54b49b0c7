"""Characters that nobody sees become signs on a page, and all others stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortems.text.controls import html_without_controls, visible_controls
from postmortems.text.terminal import escape_controls

HIDDEN = "\0\x07\x0b\x0c\x1b\x7f\x80\x85\x9b\u2028\u2029\u202a\u202e\u2066\u2069\ud800\ufdd0\uffff"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mb", "a\\x1b[31mb"),
        ("a\u202eb\u2066\u2028\x85", "a\\u202eb\\u2066\\u2028\\x85"),
        ("a\n\tb\r", "a\n\tb\r"),
        (
            "de\u00adlay 👩\u200d🚒 می\u200cشود \u200fשלום\xa0日本",
            "de\u00adlay 👩\u200d🚒 می\u200cشود \u200fשלום\xa0日本",
        ),
        ("", ""),
    ],
)
def test_a_control_is_a_sign_and_what_scripts_and_emoji_need_stays(text: str, shown: str) -> None:
    assert visible_controls(text) == shown


@pytest.mark.parametrize("character", HIDDEN)
def test_the_sign_is_that_of_the_terminal(character: str) -> None:
    assert visible_controls(character) == escape_controls(character)


@given(st.text())
def test_what_is_shown_is_shown_the_same_once_more(text: str) -> None:
    shown = visible_controls(text)
    assert visible_controls(shown) == shown
    assert not set(HIDDEN) & set(shown)


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ('<p title="a\x1bb">a\x1b</p>', '<p title="a\\x1bb">a\\x1b</p>'),
        ('<a href="a\x1b\u202eb">a\x1b</a>', '<a href="a%1B%E2%80%AEb">a\\x1b</a>'),
        ('<img alt="\x07" src="\x85.png">', '<img alt="\\x07" src="%C2%85.png">'),
        ("<p>href=&quot;\x1b&quot;</p>", "<p>href=&quot;\\x1b&quot;</p>"),
        ("<p>plain</p>", "<p>plain</p>"),
    ],
)
def test_an_address_still_leads_to_its_file(html: str, shown: str) -> None:
    assert html_without_controls(html) == shown
