"""Text of an export as Markdown that says what the text says, and does nothing else.

No sign of it is HTML, a heading, a fence, a table, a link, a placeholder of a template engine or an included file.
Code in backticks stays code.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from postmortems.text.markdown import code

_SIGN = re.compile(r"\\(?=[!-/:-@\[-`{-~])|[*\[\]{}|`]|(?<![^\W_])_|_(?![^\W_])")
_STATEMENT = re.compile(r"\{(?=[%#])")
_ENTITY = re.compile(r"&(?=#?\w{1,31};)")
_START = re.compile(r"[#>]|\+(?=\s|$)|!!!|\d{1,9}(?=[.)](?:\s|$))")
_LINE_OF_SIGNS = re.compile(r"(?:-[\s-]*|=[\s=]*)$|~~~|:\s|\?\?\?|///")
"""Beginnings of a line that no backslash escapes: an entity does."""
_BULLETS = re.compile(r"(?:-\s+)+(?=\S)")
_CODE_SPAN = re.compile(r"(?<!`)(`{1,3})(?!`)([^`\n]{1,500})(?<!`)\1(?!`)")


_ADDRESS = re.compile(r"https?://[^\s\"'`\\]{1,1000}")


def inline(text: str) -> str:
    """A text on one line, for a table's cell, a list's item or a paragraph."""
    return at_start(_escaped(" ".join(text.split())))


def paragraphs(text: str) -> str:
    """A text of several lines: its lines and empty lines stay, its bullets too."""
    lines = [at_start(_escaped(" ".join(line.split()))) for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines).strip())


def run(text: str) -> str:
    """A piece of a line, its blanks at both ends kept."""
    return _signs_escaped(re.sub(r"\s", " ", text))


def address(link: str) -> str:
    """A link that is safe in Markdown and in notes; empty if it is no web address."""
    return quote(link, safe=":/?#@!$&'*+;=%~-._") if _ADDRESS.fullmatch(link) else ""


def at_start(line: str) -> str:
    """A line of Markdown that does not begin a block."""
    if _LINE_OF_SIGNS.match(line):
        return f"&#{ord(line[0])};{line[1:]}"
    if bullets := _BULLETS.match(line):
        return f"{bullets[0]}{at_start(line[bullets.end() :])}"
    found = _START.match(line)
    if found is None:
        return line
    return f"{found[0]}\\{line[found.end() :]}" if found[0].isdecimal() else f"\\{line}"


def _escaped(text: str) -> str:
    made: list[str] = []
    done = 0
    for found in _CODE_SPAN.finditer(text):
        inside = found[2].strip() or found[2]
        # A bar in code ends a table's cell for one program, and its escape is shown by another.
        shown = _signs_escaped(inside) if "|" in inside else code(inside)
        made += _signs_escaped(text[done : found.start()]), shown
        done = found.end()
    return "".join([*made, _signs_escaped(text[done:])])


def _signs_escaped(text: str) -> str:
    return _SIGN.sub(r"\\\g<0>", without_statements(_ENTITY.sub("&amp;", text))).replace("<", "&lt;")


def without_statements(text: str) -> str:
    """A text in which no template engine finds a statement or a comment: these begin within an escape, too."""
    return _STATEMENT.sub("&#123;", text)
