"""The addresses in HTML, attribute lists and styles: which are loaded, which wait for a click, and where they stand."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortems.model.diagnostic import Diagnostic, Level
from postmortems.model.references import references

Check = Callable[..., tuple[Diagnostic, ...]]

FOLDER = "postmortems/2024/01-database-connection-pool"
LESSON = "A pool is a queue, and a queue wants an alert on its length."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('<img src="a.png">', [("a.png", True)]),
        ("<img src='a.png'>", [("a.png", True)]),
        ("<IMG SRC=a.png >", [("a.png", True)]),
        ('<img\n  alt="x"\n  src = "a.png"\n/>', [("a.png", True)]),
        ('<img alt="src=b.png" src="a.png">', [("a.png", True)]),
        ('<img data-src="a.png">', []),
        ('<img srcset="a.png 1x, b.png 2x,c.png">', [("a.png", True), ("b.png", True), ("c.png", True)]),
        ('<video src="a.mp4" poster="b.png">', [("a.mp4", True), ("b.png", True)]),
        ('<picture><source srcset="a.webp"></picture>', [("a.webp", True)]),
        ('<audio src="a.ogg"></audio><track src="b.vtt">', [("a.ogg", True), ("b.vtt", True)]),
        ('<iframe src="a.html"></iframe>', [("a.html", True)]),
        ('<object data="a.svg"></object>', [("a.svg", True)]),
        ('<link rel="stylesheet" href="a.css">', [("a.css", True)]),
        ('<svg><image href="a.png"/><use xlink:href="b.svg#x"/></svg>', [("a.png", True), ("b.svg#x", True)]),
        ('<table background="a.png">', [("a.png", True)]),
        ('<a href="a.html">', [("a.html", False)]),
        ('<svg><a xlink:href="a.html">', [("a.html", False)]),
        ('<p style="background: url(a.png)">', [("a.png", True)]),
        ("<p style='background: url( \"a.png\" )'>", [("a.png", True)]),
        ("<style>@import 'a.css'; @font-face { src: url('b.woff2') }</style> url(c.png)", [("a.css", True), ("b.woff2", True)]),
        ("<style>a { b: url(c.png)", [("c.png", True)]),
        ('![x](y){ srcset="a.png 2x" }', [("a.png", True)]),
        ('[x](y){: href="a.html" }', [("a.html", False)]),
        ("<img src=\"a.png?b=1&amp;c=2\">", [("a.png?b=1&c=2", True)]),
        ("<https://example.com/?src=a.png>", []),
        ("a < b, src=c", []),
        ("src=a.png", []),
        ('<img src="">', [("", True)]),
    ],
)  # fmt: skip
def test_addresses(text: str, expected: list[tuple[str, bool]]) -> None:
    assert [(one.address, one.loads) for one in references(text)] == expected


def test_a_style_that_is_never_closed_is_read_once() -> None:
    assert len(list(references("<style>url(a) " * 500))) == 500


@given(st.text(st.sampled_from("<>\"'=/ \nabcdehilmoprstuy:{}(),"), max_size=150))
def test_every_address_stands_at_its_place(text: str) -> None:
    for one in references(text):
        assert text[one.start :].lstrip().startswith(one.address)


TIMELINE = f"{FOLDER}/timeline.json"


@pytest.mark.parametrize(
    "text",
    [
        "![Graph](https://graphs.example.com/a.png)",
        "![Graph](http:/graphs.example.com/a.png)",
        '<img src             ="https://graphs.example.com/a.png">',
        '<img src="ht&Tab;tps:/&NewLine;/graphs.example.com/a.png">',
        "![Graph](HTTP://graphs.example.com/a.png)",
        "![Graph](//graphs.example.com/a.png)",
        "![Graph](<https://graphs.example.com/a b.png>)",
        "![Graph][pool]\n\n[pool]: https://graphs.example.com/a.png",
        "![Pool][]\n\n[pool]: https://graphs.example.com/a.png",
        "[![Graph](https://graphs.example.com/a.png)](https://graphs.example.com)",
        '<img src="https://graphs.example.com/a.png">',
        '<img src="\\\\graphs.example.com\\a.png">',
        '<img srcset="a.png 1x, https://graphs.example.com/a.png 2x">',
        '<video poster="//graphs.example.com/a.png"></video>',
        '<link rel="stylesheet" href="https://fonts.example.com/css">',
        "<style>@import url(https://fonts.example.com/css);</style>",
        '<p style="background: url(https://graphs.example.com/a.png)">',
        '![Graph](a.svg){ srcset="https://graphs.example.com/a.png 2x" }',
    ],
)
@pytest.mark.parametrize("where", ["a postmortem", "a pattern"])
def test_what_is_loaded_from_another_site(text: str, where: str, check: Check) -> None:
    if where == "a postmortem":
        found = check((LESSON, text), only="outside-resource")
    else:
        page = f"---\ntitle: x\nfamily: database\n---\n\n{text}\n"
        found = check(files={"patterns/database-issues.md": page}, only="outside-resource")
    assert [one.level for one in found] == [Level.WARNING]
    assert found[0].message.endswith('" would be loaded from another site')


@pytest.mark.parametrize(
    "text",
    [
        "[Graph](https://graphs.example.com/a.png)",
        "[Graph][pool]\n\n[pool]: https://graphs.example.com/a.png",
        "<https://graphs.example.com/a.png?src=//x>",
        "https://graphs.example.com/a.png?size=1",
        '<a href="https://graphs.example.com">Graph</a>',
        '<img src="artifacts/a.png" alt="https://graphs.example.com">',
        '<img src="data:image/png;base64,//8=">',
        "![Graph](artifacts//a.png)",
        "`![Graph](https://graphs.example.com/a.png)`",
        '`<img src="https://graphs.example.com/a.png">`',
        '```\n<img src="https://graphs.example.com/a.png">\n```',
        "<!-- ![Graph](https://graphs.example.com/a.png) -->",
        '<!-- <img src="https://graphs.example.com/a.png"> -->',
    ],
)
def test_what_is_not(text: str, check: Check) -> None:
    assert check((LESSON, text), only="outside-resource") == ()


def test_the_place_is_exact(check: Check) -> None:
    found = check((LESSON, 'A ![x](https://a.example/x.png)\nand <img alt="y" src="//b.example/y.png">.'))
    assert [(one.rule, one.place.line, one.place.column, one.place.end_column) for one in found] == [
        ("outside-resource", 84, 8, 31),
        ("outside-resource", 85, 23, 40),
    ]


def test_a_frame_is_reported_by_both_rules(check: Check) -> None:
    found = check((LESSON, 'See <iframe src="https://graphs.example.com/d"></iframe>'))
    assert [one.rule for one in found] == ["active-html", "outside-resource"]


@pytest.mark.parametrize(
    ("event", "found"),
    [
        ('"event": "![x](https://a.example/x.png)"', 1),
        ('"event": "a", "action": "<img src=https://a.example/x.png>"', 1),
        ('"event": "![x](https://a.example/x.png) <img src=//b.example/y.png>"', 2),
        ('"event": "a", "link": "https://a.example/x.png"', 0),
        ('"event": "[x](https://a.example/x.png) `<img src=//b.example/y.png>`"', 0),
    ],
)
def test_texts_of_a_timeline_json(event: str, found: int, check: Check) -> None:
    events = f'[\n  {{"at": "2024-02-06T14:23:00Z", {event}}}\n]'
    reported = check(files={TIMELINE: events}, only="outside-resource")
    assert [(one.place.path, one.place.line) for one in reported] == [(TIMELINE, 2)] * found
