"""Markdown text → Body: blocks and the tree of headings, with the file's own line numbers.

Only markdown-it's block rules run. That is much faster than a whole parse, and everything that the
rules ask about (headings, tables, lists, code, comments) is a matter of blocks. Inline Markdown stays raw.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from postmortems.model.inline import without_last_comment
from postmortems.model.section import Block, BlockKind, Body, Row, Section
from postmortems.read.headings import canonical_name, plain_heading

_PARSER = MarkdownIt("commonmark", {"maxNesting": 20}).enable("table")
_PARSER.core.ruler.enableOnly(["normalize", "block"])

_LEAVES = {
    "fence": BlockKind.CODE,
    "code_block": BlockKind.CODE,
    "hr": BlockKind.RULE,
}


def read_body(text: str, first: int, synonyms: Mapping[str, str]) -> Body:
    """The body of a file.

    `text` has `\\n` as line end; `first` is the file's line on which it begins; `synonyms` maps further headings
    to canonical names.
    """
    lines = tuple(text.split("\n"))
    lead: list[Block] = []
    open_sections: list[_Growing] = []
    outermost: list[Section] = []

    def close(level: int, last: int) -> None:
        while open_sections and open_sections[-1].level >= level:
            done = open_sections.pop().finish(last)
            (open_sections[-1].children if open_sections else outermost).append(done)

    for block in _blocks(_PARSER.parse(text), first):
        if block.kind is BlockKind.HEADING:
            close(block.depth, block.first - 1)
            title = plain_heading(block.text)
            open_sections.append(_Growing(title, canonical_name(block.text, synonyms), block.depth, block.first))
        elif open_sections:
            open_sections[-1].blocks.append(block)
        else:
            lead.append(block)
    close(0, first + len(lines) - 1)
    return Body(first, lines, tuple(lead), tuple(outermost))


class _Growing:
    """A section whose end has not come yet."""

    def __init__(self, title: str, name: str | None, level: int, line: int) -> None:
        self.title, self.name, self.level, self.line = title, name, level, line
        self.blocks: list[Block] = []
        self.children: list[Section] = []

    def finish(self, last: int) -> Section:
        return Section(self.title, self.name, self.level, self.line, last, tuple(self.blocks), tuple(self.children))


def _blocks(tokens: Sequence[Token], offset: int) -> list[Block]:
    """The blocks among markdown-it's flat tokens. What stands in a quote stays one block: nothing in it counts."""
    found: list[Block] = []
    index = 0
    depth = 0
    while index < len(tokens):
        token = tokens[index]
        first, last = _lines(token, offset)
        if token.type == "heading_open" and depth == 0:
            heading = without_last_comment(tokens[index + 1].content)
            found.append(Block(BlockKind.HEADING, first, last, heading, int(token.tag[1])))
            index += 3
        elif token.type == "paragraph_open":
            found.append(Block(BlockKind.PARAGRAPH, first, last, tokens[index + 1].content, depth))
            index += 3
        elif token.type == "blockquote_open":
            end = _closing(tokens, index)
            text = "\n".join(one.content for one in tokens[index:end] if one.type == "inline")
            found.append(Block(BlockKind.QUOTE, first, last, text, depth))
            index = end + 1
        elif token.type == "table_open":
            end = _closing(tokens, index)
            found.append(Block(BlockKind.TABLE, first, last, "", depth, _rows(tokens[index:end], offset)))
            index = end + 1
        elif token.type == "list_item_open":
            depth += 1
            index += 1
            # The item's own text is its first paragraph; what follows are blocks of their own, one level deeper.
            if tokens[index].type == "paragraph_open":
                found.append(
                    Block(
                        BlockKind.LIST_ITEM,
                        first,
                        _lines(tokens[index], offset)[1],
                        tokens[index + 1].content,
                        depth,
                    )
                )
                index += 3
        elif token.type == "list_item_close":
            depth -= 1
            index += 1
        elif token.type == "html_block":
            kind = BlockKind.COMMENT if _is_comment(token.content) else BlockKind.HTML
            found.append(Block(kind, first, last, token.content, depth))
            index += 1
        elif kind_of_leaf := _LEAVES.get(token.type):
            found.append(Block(kind_of_leaf, first, last, token.content, depth))
            index += 1
        else:
            index += 1
    return found


def _is_comment(html: str) -> bool:
    """Whether a block of HTML holds comments and nothing else. Without a regular expression, since one that lets
    comments follow each other backtracks without bound."""
    rest = html.strip()
    while rest.startswith("<!--"):
        _, closed, rest = rest.partition("-->")
        if not closed:
            return True
        rest = rest.lstrip()
    return not rest


def _lines(token: Token, offset: int) -> tuple[int, int]:
    begin, end = token.map or (0, 1)
    return begin + offset, max(begin, end - 1) + offset


def _closing(tokens: Sequence[Token], index: int) -> int:
    """The index of the token that closes the one at `index`."""
    level = tokens[index].level
    return next(i for i in range(index + 1, len(tokens)) if tokens[i].level == level and tokens[i].nesting == -1)


def _rows(tokens: Sequence[Token], offset: int) -> tuple[Row, ...]:
    rows: list[Row] = []
    cells: list[str] = []
    line = offset
    for token in tokens:
        if token.type == "tr_open":
            cells, line = [], _lines(token, offset)[0]
        elif token.type == "inline":
            cells.append(token.content)
        elif token.type == "tr_close":
            rows.append(Row(line, tuple(cells)))
    return tuple(rows)
