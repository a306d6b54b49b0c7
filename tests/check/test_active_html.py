"""PM705: what becomes active in a page, and what only tells of it."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postmortems.check.prose import prose_of
from postmortems.model.diagnostic import Diagnostic, Level
from postmortems.model.lost_html import lost_address, lost_parts
from postmortems.model.source import Source
from postmortems.read.body import read_body
from postmortems.read.links import read_links
from postmortems.text.inline import without_code, without_comments

Check = Callable[..., tuple[Diagnostic, ...]]

PATH = "postmortems/2024/01-database-connection-pool/postmortem.md"
LESSON = "A pool is a queue, and a queue wants an alert on its length."
ROW = "| 14:32 | Connection pool found exhausted | Pool enlarged |"
PIECES = ["<script>", "`", "``", "```\n", "~~~\n", "<!--", "-->", "\n", "\n\n", "> ", "- ", "    ", "|", "\\", "a", "é"]


def parts(text: str) -> list[str]:
    """The active parts of a body: HTML, then addresses."""
    body = read_body(Source("x.md", text), {})
    addresses = [
        link.target
        for link in read_links(body)
        if (found := lost_address(link.place, link.target, is_image=link.is_image)) and found.level is None
    ]
    return [loss.tag for _, loss in lost_parts(prose_of(body).text) if loss.is_active] + addresses


def vanishing(text: str) -> list[str]:
    """What a page leaves out of a body without its being active."""
    return [
        loss.tag for _, loss in lost_parts(prose_of(read_body(Source("x.md", text), {})).text) if not loss.is_active
    ]


@pytest.mark.parametrize(
    ("text", "active"),
    [
        ("<script>alert(1)</script>", ["<script>"]),
        ("a <SCRIPT src=x> b", ["<SCRIPT src=x>"]),
        ("<script", ["<script"]),
        ("<iframe src='https://example.com'></iframe>", ["<iframe src='https://example.com'>"]),
        ("<object data=x>", ["<object data=x>"]),
        ("<embed/src=x>", ["<embed/src=x>"]),
        ("<img src=x onerror=alert(1)>", ["<img src=x onerror=alert(1)>"]),
        ("<svg/onload=alert(1)>", ["<svg/onload=alert(1)>"]),
        ('<b\nonclick = "x()">b</b>', ['<b\nonclick = "x()">']),
        ('<img alt=">" onerror="x()">', ['<img alt=">" onerror="x()">']),
        ("<img alt=it's onerror=x()>", ["<img alt=it's onerror=x()>"]),
        ("<a href='javascript:x()'>a</a>", ["<a href='javascript:x()'>"]),
        ("<a href=JaVaScRiPt:x()>a</a>", ["<a href=JaVaScRiPt:x()>"]),
        ("<form action=' vbscript:x'>", ["<form action=' vbscript:x'>"]),
        ("[a](javascript:x)", ["javascript:x"]),
        ("[a](<javascript:x y>)", ["javascript:x y"]),
        ("[a]( javascript:x)", ["javascript:x"]),
        ("![a](data:text/html,x)", ["data:text/html,x"]),
        ("[a](&#106;avascript:x)", ["&#106;avascript:x"]),
        ("[a](javascript&colon;x)", ["javascript&colon;x"]),
        ("[a]\n\n[a]: javascript:x", ["javascript:x"]),
        ("# A <script> heading", ["<script>"]),
        ("> a quote with <script>", ["<script>"]),
        ("- an item\n\n      <script> below it", ["<script>"]),
        ("[a](https://example.com){onclick=x}", ["{onclick=x}"]),
        ('# Heading {: #id onmouseover="x" }', ['{: #id onmouseover="x" }']),
        ("\\<script>", ["<script>"]),
        ("a ` b <script> c", ["<script>"]),
        ("`` a ` b `` <script> `", ["<script>"]),
        ("\\`<script>`", ["<script>"]),
        ("| a |\n|---|\n| ` | <script> ` |", ["<script>"]),
        ("| a | b |\n|---|---|\n| ` | <script> ` |", ["<script>"]),
        ("a `code\n<script>alert(1)</script>\ncode` b", ["<script>"]),
        ("```\n<script>", ["<script>"]),
        ("<!-- a --> <script> <!-- b -->", ["<script>"]),
        ("<!--> <script> -->", ["<script>"]),
        ("<!-- a --!> <script> -->", ["<script>"]),
        ("<!-- never closed <script>", ["<script>"]),
        ("<div>\n`<script>`\n</div>", ["<script>"]),
        ("> ```\n> <script>", ["<script>"]),
    ],
)
def test_active(text: str, active: list[str]) -> None:
    assert parts(text) == active


@pytest.mark.parametrize(
    "text",
    [
        "`<script>`",
        "``<script> ` ``",
        "a `<img src=x\nonerror=x>` b",
        "```html\n<script>\n```",
        "~~~\n<script>\n~~~~",
        "- item\n\n  ```\n  <script>\n  ```",
        "    <script>",
        "> `<script>`",
        "> ```\n> <script>\n> ```",
        "<!-- <script> -->",
        "<!--\n<script>\n-->",
        "a <!-- <script> --> b",
        "| a |\n|---|\n| `<script>` |",
        "# The `<script>` element",
        "`[a](javascript:x)`",
        "JavaScript: the bundle was 4 MB",
        "javascript:x, said the log",
        "data:text/html is a scheme",
        "scripts, iframes and objects",
        "x < script and y > z",
        "<scripted> and <embedded-thing>",
        "on = off, once = twice, if a <b and on call = x",
        "<https://example.com/online=1?onload=x>",
        '<img alt="on time = money" src="x.png">',
        '<a href="https://example.com/?q=javascript:x">a</a>',
        "[a](https://example.com/javascript:x)",
        "[a](data:image/png;base64,x)",
        "&lt;script&gt; R&D",
        "set {a, b} and {% raw %}",
        "</script>",
    ],
)
def test_not_active(text: str) -> None:
    assert parts(text) == []


WAYS = [
    "<img src          =x onerror          =y()>",
    '<img alt          ="a>b" onerror=y()>',
    "<img < onerror=y()>",
    f'<img alt="{"x" * 6000}>" onerror=y()>',
    f'<a href="{" " * 400}javascript:y()">a</a>',
    '<base href="//example.org/">',
    '<meta http-equiv="refresh" content="0;url=//example.org/">',
    '<xmp title="</xmp><img src=x onerror=y()>">',
    '<noscript><p title="</noscript><img src=x onerror=y()>">',
    "<textarea></textarea>",
    "<style>@import '//example.org'</style>",
    '<svg><animate attributeName="href" values="javascript:y()" /></svg>',
    '<button formaction="javascript:y()">a</button>',
    '<a ping="https://example.org/" href="x">a</a>',
    "<math><mi>x</mi></math>",
    "<details ontoggle=y() open>",
    '<a href="java&Tab;script&colon;y()">a</a>',
    '<form action="x"><input></form>',
    "<template><b>x</b></template>",
    "![x](data:image/svg+xml;base64,x)",
    "text <div markdown><script>y()</script></div>",
]


@pytest.mark.parametrize("text", WAYS)
def test_no_way_round_is_missed(text: str) -> None:
    assert parts(text) != []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ssh to <hostname> and <your-user>", ["<hostname>", "<your-user>"]),
        ('<div data-x="1">a</div>', ['<div data-x="1">']),
        ('<p style="position: fixed">a</p>', ['<p style="position: fixed">']),
        ("if a<b and c then d", []),
        ("<div markdown class=x>a</div> <kbd>Ctrl</kbd> <b title='x'>", []),
        ("[a](<artifacts/pool use.png>) <https://example.org> <me@example.org>", []),
        ("\n[a]: <artifacts/pool use.png>", []),
        ("`http_requests{job='api'}` http_requests{job=\"api\"}", []),
    ],
)
def test_what_only_vanishes_is_a_warning(text: str, expected: list[str]) -> None:
    assert (vanishing(text), parts(text)) == (expected, [])


def test_the_message_names_what_is_left_out(check: Check) -> None:
    found = check((LESSON, 'To <hostname>, [there](file2:x) and <b data-x="1">b</b>.'), only="active-html")
    assert [(one.level, one.message) for one in found] == [
        (Level.WARNING, '"<hostname>" is HTML that pages leave out'),
        (Level.WARNING, '"file2:x" is not an address that pages link to, so the text has no link'),
        (Level.WARNING, 'pages leave "data-x="1"" out of "<b data-x="1">"'),
    ]


def test_where_active_html_is_allowed_nothing_is_left_out(check: Check) -> None:
    assert check((LESSON, "<script>alert(1)</script>"), only="active-html", active_html=True) == ()


def test_the_place_is_exact(check: Check) -> None:
    found = check(
        (ROW, '| 14:32 | <img src="x" onerror="y()"> | |'),
        (LESSON, "Two `<b>` in\na line: <iframe src=x>"),
    )
    assert [(one.rule, one.place.line, one.place.column, one.place.end_column) for one in found] == [
        ("active-html", 33, 11, 38),
        ("active-html", 85, 9, 23),
    ]
    assert found[1].message == '"<iframe src=x>" is active HTML, which pages leave out'


def test_a_title_in_the_front_matter_is_no_html(check: Check) -> None:
    assert check(("API outage - the connection pool ran dry", "'<script> in a title'")) == ()


def test_patterns_are_looked_at_too(check: Check) -> None:
    text = "---\ntitle: Database issues\nfamily: database\n---\n\nA <script>.\n"
    (found,) = check(files={"patterns/database-issues.md": text}, only="active-html")
    assert (found.rule, found.place.line, found.place.column) == ("active-html", 6, 3)


@pytest.mark.parametrize(
    ("event", "count"),
    [
        ({"event": "<script>alert(1)</script>"}, 1),
        ({"event": "a", "action": "[x](javascript:x)"}, 1),
        ({"event": "a", "link": "javascript:x"}, 1),
        ({"event": "`<script>`", "link": "https://example.com"}, 0),
    ],
)
def test_events_of_a_timeline_json_are_looked_at_too(event: dict[str, str], count: int, check: Check) -> None:
    beside = PATH.replace("postmortem.md", "timeline.json")
    found = check(files={beside: json.dumps([{"at": "2024-02-06T14:23:00Z", **event}])})
    assert [one.place.path for one in found if one.rule == "active-html"] == [beside] * count


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_taking_code_out_keeps_every_place(text: str) -> None:
    shown = prose_of(read_body(Source("x.md", text), {})).text
    assert len(shown) == len(text)
    assert all(after in (before, " ") for before, after in zip(text, shown, strict=True))


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_what_holds_no_backtick_has_no_code_span(text: str) -> None:
    bare = text.replace("`", "")
    assert without_code(bare) == bare
    assert without_comments(without_comments(text)) == without_comments(text)


@pytest.mark.large
@pytest.mark.parametrize(
    "piece", ["<!--", "`", "` `` ", "<a ", "<a '", '<a x="', "](", "{", "[a]: ", "<b on", "> ```\n"]
)
def test_no_text_makes_it_slow(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    assert parts(text) == []
