"""Words of a paragraph as Markdown that CommonMark and Python-Markdown read alike, or none where there are no signs."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import unescape

from postmortems.adopt.exports.plain_markdown import at_start, run
from postmortems.publish.as_markdown.html_tree import Element
from postmortems.text.markdown import code

Address = Callable[[str], str]
"""The way to write the address of a link or a picture."""

_MARKS = {"strong": "**", "em": "*"}
_PLAIN_ADDRESS = re.compile(r"[\w:/?#@!$&+;=%,.~-]+", re.ASCII)
_NO_SIGNS = frozenset("<>&|")
_WORD = re.compile(r"\w")
_LIST_ITEM = re.compile(r"-(?:\s|$)|\d{10,}[.)]")
_UNUSUAL_BLANK = re.compile(r"[^\S \n\r\t\u00a0]")


class _NoSignError(Exception):
    """HTML that plain Markdown has no sign for."""


def inline_of(children: Sequence[Element | str], address: Address, *, is_block: bool = False) -> str:
    """The words of these children on one line; empty where there are none, or no signs for them. With `is_block` they
    begin a paragraph or an item, and are nothing else."""
    try:
        text = _words(children, address, "").strip()
    except _NoSignError:
        return ""
    return _at_start(text) if is_block and text else text


def _at_start(text: str) -> str:
    """Words that begin no block. A number may be longer for one builder than for another."""
    if _LIST_ITEM.match(text):
        return f"&#{ord(text[0])};{text[1:]}"
    return at_start(text)


def _words(children: Sequence[Element | str], address: Address, within: str) -> str:
    made: list[str] = []
    for index, child in enumerate(children):
        if isinstance(child, str):
            made.append(_text(unescape(child)))
        elif child.tag in _MARKS and not child.attributes and not within:
            made.append(_marked(child, children, index, address))
        elif child.tag == "code" and not child.attributes:
            made.append(_code(child))
        elif child.tag == "a" and child.attributes.keys() == {"href"} and within != "a":
            made.append(f"[{_some(_words(child.children, address, 'a'))}]({_plain(address(child.attributes['href']))})")
        elif child.tag == "img" and child.attributes.keys() == {"src", "alt"}:
            made.append(f"![{_text(child.attributes['alt'])}]({_plain(address(child.attributes['src']))})")
        else:
            raise _NoSignError
    return "".join(made)


def _text(text: str) -> str:
    if _UNUSUAL_BLANK.search(text):
        raise _NoSignError
    # No backslash helps everywhere: a wave is a sign for many builders, a bar for those that know tables.
    words = "&nbsp;".join(map(run, text.split("\N{NO-BREAK SPACE}")))
    words = words.replace("~", "&#126;").replace("\\|", "&#124;")
    # At the end the one would escape what comes next, the other make a picture of a link.
    return f"{words[:-1]}&#{ord(text[-1])};" if text.endswith(("\\", "!")) else words


def _marked(element: Element, around: Sequence[Element | str], index: int, address: Address) -> str:
    """Words between marks; only where no builder can take them for stars: beside blanks and signs, around words."""
    words = _words(element.children, address, element.tag)
    before = around[index - 1] if index else ""
    after = around[index + 1] if index + 1 < len(around) else ""
    beside = f"{before[-1:] if isinstance(before, str) else 'x'}{after[:1] if isinstance(after, str) else 'x'}"
    if not words or not _WORD.match(words[0]) or not _WORD.match(words[-1]) or _WORD.search(beside):
        raise _NoSignError
    return f"{_MARKS[element.tag]}{words}{_MARKS[element.tag]}"


def _code(element: Element) -> str:
    inside = element.children
    text = unescape("".join(child for child in inside if isinstance(child, str)))
    if any(not isinstance(child, str) for child in inside) or text != " ".join(text.split()) or not text:
        raise _NoSignError
    # Python-Markdown takes a tag in code for one where HTML is around it.
    if text != text.strip("`") or not text.isprintable() or not _NO_SIGNS.isdisjoint(text):
        raise _NoSignError
    return code(text)


def _some(words: str) -> str:
    if not words.strip():
        raise _NoSignError
    return words


def _plain(address: str) -> str:
    if not _PLAIN_ADDRESS.fullmatch(address):
        raise _NoSignError
    return address
