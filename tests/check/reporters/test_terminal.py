"""Text for a terminal and for the log of a CI job: no control character, and no command."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortems.text.json import json_text
from postmortems.text.terminal import escape_controls, escaped_line, width


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\nb\r\tc\x1b[31m\x07", "a\\nb\\r\\tc\\x1b[31m\\x07"),
        ("\u202eevil\u2066", "\\u202eevil\\u2066"),
        ("\x1b]8;;https://x.test\x1b\\y", "\\x1b]8;;https://x.test\\x1b\\y"),
        ("\udce9", "\\udce9"),
        ("::error file=a::b", "\\x3a:error file=a::b"),
        ("  ::stop-commands::t", "  \\x3a:stop-commands::t"),
        ("words ::add-mask::w", "words \\x3a:add-mask::w"),
        ("a ##[error]b ##[group]", "a #\\x23[error]b #\\x23[group]"),
        ("x##vso[task.setvariable variable=a]b", "x#\\x23vso[task.setvariable variable=a]b"),
        ("##VSO[x]", "#\\x23VSO[x]"),
        ("##teamcity[buildStatus]", "#\\x23teamcity[buildStatus]"),
        ("###[x]", "##\\x23[x]"),
        ("## Timeline [x]", "## Timeline [x]"),
        ("std::vector<T>::size", "std::vector<T>::size"),
        ("::1 and ::ffff:1.2.3.4", "::1 and ::ffff:1.2.3.4"),
    ],
)
def test_what_a_terminal_or_ci_would_obey_is_written_out(text: str, shown: str) -> None:
    assert escape_controls(text) == shown


COMMAND = re.compile(r"(?im)^\s*::[a-z-]+(?:\s.*)?::|##[a-z]*\[")


@given(st.text(st.sampled_from("#[:a \t\nv]")))
def test_no_text_is_a_command(text: str) -> None:
    assert not COMMAND.search(escape_controls(text))
    assert not COMMAND.search("   12 | " + "".join(escaped_line(text)))


def test_carets_stay_below_a_command() -> None:
    pieces = escaped_line("\t##[x]y")
    assert "".join(pieces) == "    #\\x23[x]y"
    assert width("".join(pieces[:6])) == 4 + len("#\\x23[x]")


@given(st.text())
def test_json_is_the_same_text(text: str) -> None:
    shape = {"##[a]" + text: [text, "##[error]" + text, "::error::"]}
    written = json_text(shape)
    assert json.loads(written) == shape
    assert not COMMAND.search(written)


@pytest.mark.large
def test_time_grows_with_the_length() -> None:
    for text in ("::a " * 200_000, "##" * 200_000, "##a" * 200_000, "::" * 200_000):
        escape_controls(text)
