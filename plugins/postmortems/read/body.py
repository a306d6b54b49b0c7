"""Markdown text → Body: blocks and the tree of headings, with the file's own line numbers.

Only markdown-it's block rules run. That is much faster than a whole parse, and everything that the
rules ask about (headings, tables, lists, code, comments) is a matter of blocks. Inline Markdown stays raw.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import takewhile

from markdown_it import MarkdownIt
from markdown_it.token import Token

from postmortems.model.section import Block, BlockKind, Body, Row, Section
from postmortems.model.source import Source
from postmortems.read.bold_labels import with_labels
from postmortems.read.headings import Heading, Meaning, Rank, meaning_of, plain_heading
from postmortems.read.languages import chosen, pattern_of, word_list
from postmortems.text.inline import without_last_comment

_PARSER = MarkdownIt("commonmark", {"maxNesting": 20}).enable("table")
_PARSER.core.ruler.enableOnly(["normalize", "block"])

_LEAVES = {
    "fence": BlockKind.CODE,
    "code_block": BlockKind.CODE,
    "hr": BlockKind.RULE,
}


def read_body(source: Source, synonyms: Mapping[str, str]) -> Body:
    """The body of a file; `synonyms` maps further headings to canonical names."""
    lines, first = source.lines, source.first
    outline = with_labels(_outline(_blocks(_PARSER.parse(source.text), first), synonyms), synonyms)
    weak = _outdone(outline) | _kinds_of_actions(outline)
    lead: list[Block] = []
    open_sections: list[_Growing] = []
    outermost: list[Section] = []

    def close(level: int, last: int) -> None:
        while open_sections and open_sections[-1].heading.level >= level:
            done = open_sections.pop().finish(last)
            (open_sections[-1].children if open_sections else outermost).append(done)

    for item in outline:
        if isinstance(item, Heading):
            close(item.level, item.line - 1)
            open_sections.append(_Growing(item, None if item.line in weak else item.meaning))
        elif open_sections:
            open_sections[-1].blocks.append(item)
        else:
            lead.append(item)
    close(0, first + len(lines) - 1)
    return Body(first, lines, tuple(lead), tuple(outermost), source.path)


def _outline(blocks: Sequence[Block], synonyms: Mapping[str, str]) -> list[Block | Heading]:
    """The blocks, with the headings among them read. A lone heading of level 1 is the title of the document: only one
    that is a section's own name makes a section of it."""
    titles = [block for block in blocks if block.kind is BlockKind.HEADING and block.depth == 1]
    read: list[Block | Heading] = []
    for block in blocks:
        if block.kind is not BlockKind.HEADING:
            read.append(block)
            continue
        meaning = meaning_of(block.text, synonyms)
        if meaning and meaning.rank >= Rank.WEAK and block in titles and len(titles) == 1:
            meaning = None
        read.append(Heading(plain_heading(block.text), meaning, block.depth, block.first))
    return read


def _outdone(outline: Sequence[Block | Heading]) -> set[int]:
    """The lines of weak headings whose section has a better one in the document: "Preventive Measures" is not the
    "Action Items" beside it. One that holds checkboxes stays, since these are action items wherever they are."""
    best: dict[str, Rank] = {}
    for item in outline:
        if isinstance(item, Heading) and item.meaning:
            best[item.meaning.name] = min(item.meaning.rank, best.get(item.meaning.name, item.meaning.rank))
    return {
        item.line
        for index, item in enumerate(outline)
        if isinstance(item, Heading)
        and item.meaning
        and item.meaning.rank >= Rank.WEAK
        and not item.is_label
        and item.meaning.rank > best[item.meaning.name]
        and not (item.meaning.name == "Action Items" and _holds_boxes(outline, index))
    }


def _kinds_of_actions(outline: Sequence[Block | Heading]) -> set[int]:
    """The lines of headings below Action Items that sort them: "Detection" beside "Prevention" is no Detection Gaps."""
    found: set[int] = set()
    level = 0
    for item in outline:
        if not isinstance(item, Heading):
            continue
        if level and item.level <= level:
            level = 0
        name, rank = item.meaning[:2] if item.meaning else ("", Rank.EXACT)
        if not level and name == "Action Items":
            level = item.level
        elif level and name in ("Detection Gaps", "Response Evaluation") and rank is not Rank.EXACT:
            found.add(item.line)
    return found


def _holds_boxes(outline: Sequence[Block | Heading], index: int) -> bool:
    """True if the list right below a heading has checkboxes."""
    below = takewhile(lambda item: isinstance(item, Block), outline[index + 1 :])
    return any(
        isinstance(item, Block) and item.kind is BlockKind.LIST_ITEM and item.text.startswith("[") for item in below
    )


class _Growing:
    """A section whose end has not come yet."""

    def __init__(self, heading: Heading, meaning: Meaning | None) -> None:
        self.heading, self.meaning = heading, meaning
        self.blocks: list[Block] = []
        self.children: list[Section] = []

    def finish(self, last: int) -> Section:
        heading, meaning = self.heading, self.meaning
        return Section(
            heading.title,
            meaning.name if meaning else None,
            heading.level,
            heading.line,
            last,
            tuple(self.blocks),
            tuple(self.children),
            is_exact=meaning is not None and meaning.rank is Rank.EXACT,
            is_label=heading.is_label,
            says_none=any(child.says_none for child in self.children)
            or any(_none(chosen()).match(block.text) for block in self.blocks),
        )


@cache
def _none(languages: tuple[str, ...]) -> re.Pattern[str]:
    """Pattern for `None: <reason>` in these languages."""
    words = pattern_of(word_list("none_words", languages))
    return re.compile(rf"\s*[*_]{{0,3}}{words}[*_]{{0,3}}\s{{0,3}}[:：–—-][*_]{{0,3}}\s{{0,3}}\S", re.IGNORECASE)


def _blocks(tokens: Sequence[Token], offset: int) -> list[Block]:
    """The blocks among markdown-it's flat tokens. What is in a quote stays one block: nothing in it counts."""
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
            text = "\n".join(item.content for item in tokens[index:end] if item.type == "inline")
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
    """True if a block of HTML holds comments and nothing else. Without a regular expression, since one that lets
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
