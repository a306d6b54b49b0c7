"""An author's Markdown as plain words: for data files, feeds, previews and terminals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from postmortems.model.own_answer import own_answer
from postmortems.model.pattern import Pattern
from postmortems.model.postmortem import Postmortem
from postmortems.model.section import Block, BlockKind
from postmortems.render.words.incident import clipped

LONGEST_SENTENCE = 200
"""The length of a sentence, in characters, at which it is cut: what a preview or one line of a list still shows."""

_LONGEST_LEDE = 280
_CODE = re.compile(r"`([^`]+)`")
_MARKUP = re.compile(r"[\[\]*_`<&\\]|~~")
_MOST_MARKUP = 5_000
_END = re.compile(r"[.!?…][\"”’')\]]{0,4}\s(?![a-z])|[。！？]")
_ABBREVIATION = re.compile(r"(?i:\b(?:e\.g|i\.e|cf|vs|approx|incl|mr|mrs|ms|dr|no|st|inc))$|\b[A-Z]$")
_LOOK_BACK = 10
_TELLING = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)


@lru_cache(maxsize=4096)
def plain_words(markdown: str) -> str:
    """One block's Markdown without its marks, on one line: of a link and an image the words stay, of HTML the text.

    Only the first 5,000 characters of a text with markup are read.
    """
    if _MARKUP.search(markdown):
        # Names in code are by far the most common markup; to parse them takes thirty times as long.
        if "``" in markdown or _MARKUP.search(_CODE.sub("", markdown)):
            markdown = "".join(_words(_parser().parseInline(markdown[:_MOST_MARKUP])))
        else:
            markdown = _CODE.sub(_code_words, markdown)
    return " ".join(markdown.split())


@own_answer
def first_sentence(postmortem: Postmortem) -> str | None:
    """The first sentence of the executive summary in plain words, cut where it is long; None where there is none."""
    summary = postmortem.body.find("Executive Summary")
    return opening(summary.all_blocks()) if summary else None


def pattern_lede(pattern: Pattern) -> str:
    """A pattern's own description, else the first sentence of its prose; empty where it has neither."""
    if pattern.description:
        return clipped(pattern.description, _LONGEST_LEDE)
    prose = (block for block in pattern.body.blocks() if block.kind is BlockKind.PARAGRAPH)
    return opening(prose, _LONGEST_LEDE) or ""


def opening(blocks: Iterable[Block], most: int = LONGEST_SENTENCE) -> str | None:
    """The first sentence of a text in plain words, cut at `most` characters; None where there is none."""
    texts = (plain_words(block.text) for block in blocks if block.kind in _TELLING)
    text = next((text for text in texts if text), None)
    return None if text is None else clipped(_sentence(text), most)


def sentence_of(markdown: str, most: int = LONGEST_SENTENCE) -> str:
    """The first sentence of one block's Markdown in plain words, cut at `most` characters."""
    return clipped(_sentence(plain_words(markdown)), most)


def _sentence(text: str) -> str:
    """The first sentence; a full stop after an abbreviation or a lone letter ends none."""
    for found in _END.finditer(text, 0, LONGEST_SENTENCE * 2):
        if not _ABBREVIATION.search(text, max(0, found.start() - _LOOK_BACK), found.start()):
            return text[: found.end()].rstrip()
    return text


def _code_words(code: re.Match[str]) -> str:
    """Text of code, without the one blank at both its ends that is for the backticks' sake."""
    words = code[1]
    return words[1:-1] if words.startswith(" ") and words.endswith(" ") and words.strip() else words


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("strikethrough")


def _words(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            yield " "
        elif token.children is not None:
            yield from _words(token.children)
        elif token.type in ("text", "text_special", "code_inline"):
            yield token.content
