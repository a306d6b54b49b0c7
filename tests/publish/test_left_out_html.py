"""Whether a page has lost anything is told the same way, whatever was seen of other pages before."""

from __future__ import annotations

import logging

import pytest

from postmortems.model.lost_html import lost_parts
from postmortems.publish.left_out_html import LeftOutHtml

KEPT = (
    "",
    "<p>text</p>",
    '<h2 id="a">A</h2><p><a href="../b/">b</a> <br /><img alt="" src="c.png" /></p>',
    '<p title="a > b">x</p>',
    '<p title="a &lt; b">1 &lt; 2, {"a": 1}</p>',
    "<!-- <p> --><p>x</p>",
)
LOST = (
    '<p><script src="x.js"></script></p>',
    '<p onclick="x()">x</p>',
    "<p onclick='x()'>x</p>",
    '<a href="javascript:x()">x</a>',
    '<a title="x>y" onclick="z()">x</a>',
    '<a title="<b>" href="javascript:x()">x</a>',
    "<p>x</p><script src=x",
    '<p "a="b> onclick="x()">x</p>',
    '<div style="position: fixed">x</div>',
    "<blink>x</blink>",
    "<p>{onclick=x()}</p>",
    "<P ONCLICK=x()>x</P>",
)


@pytest.mark.parametrize("html", [*KEPT, *LOST])
def test_it_is_told_as_a_reader_of_the_whole_page_tells(html: str, caplog: pytest.LogCaptureFixture) -> None:
    told = LeftOutHtml(())
    for before in KEPT:
        told.tell_of_html("before.md", before)
    caplog.clear()
    with caplog.at_level(logging.WARNING):
        assert told.tell_of_html("page.md", html) == any(lost_parts(html)) == (html in LOST)
        assert told.tell_of_html("again.md", html) == (html in LOST)
    assert len(caplog.records) == 2 * (html in LOST)
