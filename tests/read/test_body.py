"""Markdown becomes blocks and sections, each with its lines in the file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortems.model.section import BlockKind, Body
from postmortems.model.source import Source
from postmortems.read.body import read_body


def read(text: str, first: int = 1) -> Body:
    return read_body(Source("x.md", text, first), {})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a\nb\n\nc", [("paragraph", 1, 2, 0, "a\nb"), ("paragraph", 4, 4, 0, "c")], id="paragraphs"),
        pytest.param(
            "- a\n  b\n  - c\n- d",
            [("list item", 1, 2, 1, "a\nb"), ("list item", 3, 3, 2, "c"), ("list item", 4, 4, 1, "d")],
            id="list items",
        ),
        pytest.param(
            "- a\n\n  more\n",
            [("list item", 1, 1, 1, "a"), ("paragraph", 3, 3, 1, "more")],
            id="a paragraph in an item",
        ),
        pytest.param("```py\nx\n```\n\n    y\n", [("code", 1, 3, 0, "x\n"), ("code", 5, 5, 0, "y\n")], id="code"),
        pytest.param("> a\n>\n> # b", [("quote", 1, 3, 0, "a\nb")], id="a quotation is one block"),
        pytest.param("<!-- a\nb -->", [("comment", 1, 2, 0, "<!-- a\nb -->")], id="a comment"),
        pytest.param("<div>\na\n</div>", [("html", 1, 3, 0, "<div>\na\n</div>")], id="HTML"),
        pytest.param("---", [("rule", 1, 1, 0, "")], id="a rule"),
    ],
)
def test_blocks(text: str, expected: list[tuple[str, int, int, int, str]]) -> None:
    assert [(one.kind.value, one.first, one.last, one.depth, one.text) for one in read(text).blocks()] == expected


def test_rows_of_a_table() -> None:
    (block,) = read("| a | b |\n|---|---|\n| c \\| d | `e` |\n| f |\n").blocks()
    assert (block.kind, block.first, block.last) == (BlockKind.TABLE, 1, 4)
    assert [(row.line, row.cells) for row in block.rows] == [(1, ("a", "b")), (3, ("c | d", "`e`")), (4, ("f", ""))]


def test_the_tree_of_sections() -> None:
    body = read("lead\n\n# A\n\n## Timeline (UTC)\n\nx\n\n### b\n\ny\n\n## C\nz", first=11)
    assert [block.text for block in body.lead] == ["lead"]
    assert [(one.title, one.name, one.level, one.line, one.last) for one in body.walk()] == [
        ("A", None, 1, 13, 24),
        ("Timeline (UTC)", "Timeline", 2, 15, 22),
        ("b", None, 3, 19, 22),
        ("C", None, 2, 23, 24),
    ]
    timeline = body.find("Timeline")
    assert timeline is not None
    assert [block.text for block in timeline.all_blocks()] == ["x", "y"]
    assert (body.line(15), body.line(10), body.line(99)) == ("## Timeline (UTC)", "", "")


@pytest.mark.parametrize(
    "text",
    [
        "```\n# Timeline\n```",
        "<!--\n# Timeline\n-->",
        "> # Timeline",
        "    # Timeline",
        "- # Timeline",
        "#Timeline",
        "\\# Timeline",
    ],
)
def test_headings_that_are_none(text: str) -> None:
    assert read(text).find("Timeline") is None


def test_underlined_headings() -> None:
    body = read("Timeline\n--------\n\nWhat we\nlearned\n===\n")
    assert [(one.title, one.name, one.level, one.line) for one in body.walk()] == [
        ("Timeline", "Timeline", 2, 1),
        ("What we learned", "Lessons Learned", 1, 4),
    ]


MARKDOWN = st.lists(
    st.sampled_from(
        ["# a\n", "## b\n", "- c\n", "  - d\n", "1. e\n", "> f\n", "```\n", "    g\n", "| h | i |\n", "|-|-|\n", "\n",
         "<!-- j\n", "-->\n", "k\n", "---\n", "===\n", "<div>\n", "\t", " ", "*", "`", "- ", "> "]
    ),
    max_size=30,
).map("".join)  # fmt: skip


@given(MARKDOWN, st.integers(1, 50))
def test_every_block_lies_inside_its_section_and_in_order(text: str, first: int) -> None:
    body = read(text, first)
    last = first + text.count("\n")
    assert body.lines == tuple(text.split("\n"))
    assert all(first <= block.first <= block.last <= last for block in body.blocks())
    starts = [block.first for block in body.blocks()]
    assert starts == sorted(starts)
    for section in body.walk():
        assert first <= section.line <= section.last <= last
        assert all(section.line < block.first and block.last <= section.last for block in section.all_blocks())
        assert all(section.line < child.line and child.last <= section.last for child in section.children)
        assert all(word in text for word in section.title.split())


@pytest.mark.parametrize("piece", ["> ", "- ", "[", "*", "`", "| ", "<!--", "#"])
def test_deep_nesting_never_raises(piece: str) -> None:
    assert read(piece * 5_000).first == 1


def test_many_comments_in_a_row_are_read_in_one_pass() -> None:
    """A regular expression over comments that follow each other would take two to the power of their number."""
    body = read_body(Source("x.md", "<!-- a -->" * 200 + "x\n\n" + "<!-- a -->" * 200), {})
    assert [block.kind for block in body.lead] == [BlockKind.HTML, BlockKind.COMMENT]
