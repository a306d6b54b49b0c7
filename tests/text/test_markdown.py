"""Text in Markdown: escaped as one rule says, however it is looked for."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortems.text.markdown import escaped


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain words, 1.5 % of them", "plain words, 1.5 % of them"),
        (
            "*a* _b_ `c` \\ <d> [e](f) | ~g~ $h^",
            r"\*a\* \_b\_ \`c\` \\ \<d\> \[e\]\(f\) \| \~" + "\u2060" + r"g\~ \$" + "\u2060h" + r"\^",
        ),
        ("at 14:23, until: x :smile: a:b 12:30_", r"at 14:23, until: x \:smile: a\:b 12\:30\_"),
        ("@name #1 GH-7 gh-8 www.x.org WWW.y", "@\u2060name \\#\u20601 GH-\u20607 gh-\u20608 www\\.x.org WWW\\.y"),
        (" two\nlines ", "two lines"),
    ],
)
def test_signs_are_escaped(text: str, expected: str) -> None:
    assert escaped(text) == expected


@given(st.text(alphabet="a1 :*_\\#@G-hHwW.é", max_size=40))
def test_every_sign_is_escaped_once(text: str) -> None:
    shown = escaped(text)
    assert re.sub(r"\\(.)", r"\1", shown).replace("\u2060", "") == " ".join(text.split())
    assert not re.search(r"(?<!\\)(?:\\\\)*[*_#]", shown)
    assert not re.search(r"(?i)@(?=\w)|gh-(?=\w)|www(?=\.)", shown)
