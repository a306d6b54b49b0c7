"""Atlassian Document Format as Markdown, node by node."""

from __future__ import annotations

import pytest

from postmortems.adopt.exports.adf import AdfConverter
from postmortems.adopt.exports.json_object import JsonObject
from postmortems.adopt.exports.people import People
from tests.adopt.adf_nodes import doc, heading, item, node, p, text

LINK = {"type": "link", "attrs": {"href": "https://a.example/x_(y)"}}
SCRIPT = {"type": "link", "attrs": {"href": "javascript:alert(1)"}}


def converted(*content: object) -> tuple[str, list[str]]:
    converter = AdfConverter(People(["Ann Gray"], shown=False))
    return converter.markdown(JsonObject(doc(*content))), list(converter.lost)


@pytest.mark.parametrize(
    ("content", "markdown"),
    [
        (p("a *b* <i>c</i> {{ d }}"), "a \\*b\\* &lt;i>c&lt;/i> \\{\\{ d \\}\\}"),
        (p("# no heading", node("hardBreak"), "- - -"), "\\# no heading\n&#45; - -"),
        (p(text("bold ", "strong"), text("a_b", "code"), text("both", "strong", "em")), "**bold** `a_b`***both***"),
        (p(text("words", LINK), text(" and "), text("bad", SCRIPT)), "[words](https://a.example/x_%28y%29) and bad"),
        (heading(2, "What #went\nwell"), "## What #went well"),
        (node("bulletList", item(p("one"), node("bulletList", item(p("two"))))), "- one\n    - two"),
        (node("orderedList", item(p("one")), item(p("two"), p("more"))), "1. one\n2. two\n    more"),
        (
            node("taskList", node("taskItem", text("done"), state="DONE"), node("taskItem", text("open"), state="TODO")),
            "- [x] done\n- [ ] open",
        ),
        (node("decisionList", node("decisionItem", text("we wait"), state="DECIDED")), "- we wait"),
        (node("codeBlock", text('# sh\n--8<-- "x"\n```'), language="bash"), '````bash\n# sh\n;--8<-- "x"\n```\n````'),
        (node("panel", p("mind"), p("this"), panelType="note"), "> mind\n>\n> this"),
        (node("expand", p("inside"), title="More"), "**More**\n\ninside"),
        (node("rule"), "***"),
        (
            node(
                "table",
                node("tableRow", node("tableHeader", p("Time")), node("tableHeader", p("Event"))),
                node("tableRow", node("tableCell", p("14:21")), node("tableCell", p("a | b"), p("c"))),
                node("tableRow", node("tableCell", p("14:30"))),
            ),
            "| Time | Event |\n| --- | --- |\n| 14:21 | a \\| b c |\n| 14:30 |  |",
        ),
        (p(node("mention", id="1", text="@Ann Gray"), text(" asked "), node("mention", id="2")), "AG asked somebody"),
        (p(node("date", timestamp="1772461267000"), text(" "), node("status", text="DONE")), "2026-03-02 DONE"),
        (p(node("emoji", shortName=":fire:", text="🔥"), node("inlineCard", url="https://a.example")), "🔥<https://a.example>"),
        (node("mediaSingle", node("media", type="external", url="https://a.example/b.png", alt="graph")), "![graph](https://a.example/b.png)"),
        (node("layoutSection", node("layoutColumn", p("left")), node("layoutColumn", p("right"))), "left\n\nright"),
        (node("futureNode", p("words stay")), "words stay"),
    ],
)  # fmt: skip
def test_each_node(content: object, markdown: str) -> None:
    assert converted(content) == (markdown, [])


def test_what_is_lost_is_said() -> None:
    merged = node("table", node("tableRow", node("tableCell", p("x"), colspan=2)))
    assert converted(
        node("mediaSingle", node("media", type="file", id="7", alt="graph")),
        node("extension", extensionKey="jira-chart"),
        merged,
    ) == (
        "(picture: graph)\n\n| x |\n| --- |",
        [
            "a picture or a file, which the export names but does not hold",
            "the macro jira-chart",
            "merged cells of a table",
        ],
    )


@pytest.mark.parametrize(
    "content",
    [None, 7, "x", [], {"type": 7}, {"type": "text"}, {"type": "heading", "attrs": {"level": "x"}}, {"type": "table"},
     {"type": "paragraph", "content": {"type": "text", "text": 1}}, {"type": "date", "attrs": {"timestamp": "9" * 40}}],
)  # fmt: skip
def test_what_is_no_node_says_nothing(content: object) -> None:
    assert converted(content)[0] in ("", "1")
