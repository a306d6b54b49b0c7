"""The reader of markup that other tests use: what it evens out, and what it leaves."""

from __future__ import annotations

import pytest

from tests.collapsed import collapsed


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        pytest.param('<a\n  href="x"\n  hidden\n>y</a>', '<a href="x" hidden>y</a>', id="attributes in lines"),
        pytest.param('<a title="a > b  c">y</a>', '<a title="a > b  c">y</a>', id="a value stays"),
        pytest.param('<path d="M0 0" />', '<path d="M0 0"/>', id="an element without content"),
        pytest.param("<li>\n a\n</li>\n<li>b</li>", "<li>a</li><li>b</li>", id="around blocks"),
        pytest.param("<p>a\n  <b>c</b> d<i>e</i></p>", "<p>a <b>c</b> d<i>e</i></p>", id="a blank that is shown stays"),
        pytest.param("<p>a<b>c</b></p>", "<p>a<b>c</b></p>", id="none is added"),
        pytest.param("a\xa0\n b", "a\xa0 b", id="a blank that does not break stays"),
        pytest.param("<pre>a\n  b</pre>\n<p>", "<pre>a\n  b</pre><p>", id="code stays"),
        pytest.param("<progress>\n a", "<progress> a", id="a name that begins like a block's"),
    ],
)
def test_only_blanks_that_are_not_shown_go(markup: str, expected: str) -> None:
    assert collapsed(markup) == expected
