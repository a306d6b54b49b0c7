"""HTML of a program as Markdown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortems.adopt.exports.html_markdown import is_html, markdown_of_html


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<h2>Summary</h2><p>It was <strong>slow</strong> &amp; <em>late</em>.</p>", "## Summary\n\nIt was **slow** & *late*."),
        ("one<br>two<br/># three", "one\ntwo\n\\# three"),
        ("<ul><li>one<ul><li>two</li></ul></li><li>three</li></ul>", "- one\n    - two\n- three"),
        ("<ol><li><p>one</p></li></ol><p>after</p>", "1. one\n\nafter"),
        (
            "<table><tr><th>Time</th><th>Event</th></tr><tr><td>14:21</td><td>a | <b>b</b></td></tr></table>",
            "| Time | Event |\n| --- | --- |\n| 14:21 | a \\| **b** |",
        ),
        ('<a href="https://a.example">words</a> <a href="javascript:x">bad</a>', "[words](https://a.example) bad"),
        ("<p>a</p><script>alert(1)</script><style>p{}</style><p>&lt;script&gt;{{ x }}</p>", "a\n\n&lt;script>\\{\\{ x \\}\\}"),
        ('<img src="https://a.example/b.png" alt="graph"> <img src="file:///etc/passwd">', "![graph](https://a.example/b.png)"),
        ("<p><strong></strong></p>", ""),
    ],
)  # fmt: skip
def test_each_element(html: str, markdown: str) -> None:
    assert markdown_of_html(html) == markdown


@pytest.mark.parametrize(
    ("text", "yes"), [("a<br>b", True), ("<p>a</p>", True), ("a < b > c", False), ("**a**", False)]
)
def test_what_is_html(text: str, yes: bool) -> None:
    assert is_html(text) is yes


@given(
    st.lists(
        st.sampled_from(
            [
                *"ab #*&;\n",
                "<",
                ">",
                "</",
                "<li>",
                "</tr>",
                "<td>",
                "<tr>",
                "<a href='",
                "<h2>",
                "</ul>",
                "<!--",
                "&lt;",
            ]
        )
    )
)
def test_mangled_html_is_some_text(parts: list[str]) -> None:
    assert "<script" not in markdown_of_html("".join(parts) + "<script>x")
