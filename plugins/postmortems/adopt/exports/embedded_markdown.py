"""Markdown that somebody wrote elsewhere, as a part of our document: its headings lie below ours, and it holds no HTML.

What renders the same stays as it is written. Comments are left out: one of a stranger's could silence a rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from markdown_it import MarkdownIt

from postmortems.adopt.exports.plain_markdown import inline, run, without_statements
from postmortems.text.html_tags import is_active_address
from postmortems.text.inline import without_comments

_PARSER = MarkdownIt("commonmark", {"maxNesting": 20}).enable("table")
_PARSER.core.ruler.enableOnly(["normalize", "block"])

_DEEPEST = 6
_FENCE = re.compile(r"\s{0,12}(?:```|~~~)")
_MARKS_OF_BLOCKS = re.compile(r"^\s*(?:(?:>|[-*+]|\d{1,9}[.)])\s+|#{1,6}(?=\s)|\[[ xX]\]\s)*")
_RULE = re.compile(r"[-=*_|:\s]*")
_BAR = re.compile(r"(?<!\\)\|")
_ATX = re.compile(r"(\s{0,3})#{1,6}(?=\s|$)")
_CODE_SPAN = re.compile(r"(?<!`)(`{1,3})(?!`)[^`\n]{1,1000}(?<!`)\1(?!`)")
_MACRO = re.compile(r"\{[{%#!]")
_IMAGE = re.compile(r"<img\b([^<>]{0,2000})>", re.IGNORECASE)
_LINK = re.compile(
    r"<a\b[^<>]{0,500}?href=[\"'](https?://[^\"'\s()<>]{1,1000})[\"'][^<>]{0,500}>([^<>\n]{1,500})</a>", re.IGNORECASE
)
_ATTRIBUTE = re.compile(r"\b(src|alt)\s?=\s?(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_TAG = re.compile(r"<(/?)(\w{1,20})(?:\s[^<>]{0,500})?/?>")
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "summary": "**", "code": "`", "del": "~~", "s": "~~"}
_DROPPED = frozenset(
    ("details", "p", "div", "span", "center", "font", "u", "sub", "sup", "kbd", "small", "picture", "source", "ins")
)
_HTML = re.compile(r"<(?=[A-Za-z/!?])(?!https?://|mailto:|br>)")
_ADDRESS = re.compile(
    r"\]\(\s{0,9}<?([^\s()<>]{1,500})|^(\s{0,3})\[(?=[^\[\]\n]{1,200}\]:\s{0,9}<?([^\s<>]{1,500}))", re.MULTILINE
)
"""The address of a link, or of a definition to which links refer."""
_BRACE = re.compile(r"(?<!\\)[{}]")
_SNIPPET = re.compile(r"^(\s*)(;*-+8<-)", re.MULTILINE)


def embedded(text: str, level: int = 2) -> str:
    """A text whose outermost headings get this level, those below them the next ones."""
    lines = _with_closed_fence(text.replace("\t", "    ").rstrip().split("\n"))
    headings, code = _structure("\n".join(lines))
    top = min((depth for _, _, depth in headings), default=1)
    for first, last, depth in headings:
        marks = "#" * min(_DEEPEST, depth - top + level)
        if _ATX.match(lines[first]):
            lines[first] = _ATX.sub(rf"\g<1>{marks}", lines[first], count=1)
        else:
            title = " ".join(line.strip() for line in lines[first : last - 1])
            lines[first:last] = [f"{marks} {title}", *[""] * (last - first - 1)]
    made = "\n".join(
        part for is_code, part in _parts(lines, code) for part in [part if is_code else _without_html(part)]
    )
    return re.sub(r"\n{3,}", "\n\n", _SNIPPET.sub(r"\1;\2", made).strip("\n"))


def code_without_macros(text: str) -> str:
    """Markdown in whose code no template engine of the host finds anything, and which shows what the code says.

    Plugins such as mkdocs-macros read a page before it is Markdown, code included, and no sign of Markdown stops them.
    So a block of such code becomes HTML with entities for its braces, and within a line it is plain text. A block of a
    list or a quote moves out to the margin: only there is HTML read.
    """
    if not _MACRO.search(text):
        return text
    lines = text.split("\n")
    made: list[str] = []
    done = 0
    for token in _PARSER.parse(text):
        if token.map and token.type in ("fence", "code_block"):
            first, last = token.map
            made += (_without_macros(line) for line in lines[done:first])
            if _MACRO.search(f"{token.info} {token.content}"):
                code = escape(token.content.strip("\n"), quote=False).replace("{", "&#123;")
                made += ["", f"<pre><code>{code}</code></pre>", ""]
            else:
                made += lines[first:last]
            done = last
    made += (_without_macros(line) for line in lines[done:])
    return "\n".join(made)


def _without_macros(line: str) -> str:
    """A line of text with its code as plain words where that holds a macro."""
    return _CODE_SPAN.sub(lambda span: run(span[0].strip("`").strip()) if _MACRO.search(span[0]) else span[0], line)


def _with_closed_fence(lines: list[str]) -> list[str]:
    """The lines with an end to a fence that has none: it would take in what comes below."""
    fences = [token for token in _PARSER.parse("\n".join(lines)) if token.type == "fence" and token.level == 0]
    if not fences or fences[-1].map is None or fences[-1].map[1] < len(lines):
        return lines
    begin, mark, last = fences[-1].map[0], fences[-1].markup, lines[-1].strip()
    is_closed = begin < len(lines) - 1 and last.startswith(mark) and not last.strip(mark[0])
    return lines if is_closed else [*lines, mark]


def on_one_line(text: str) -> str:
    """A text as words and marks on one line, for a table's cell: its headings, lists and tables become sentences."""
    lines = text.replace("\t", "    ").split("\n")
    _, code = _structure("\n".join(lines))
    pieces = []
    for is_code, part in _parts(lines, code):
        if is_code:
            pieces.append(inline("\n".join(line for line in part.split("\n") if not _FENCE.match(line))))
        else:
            pieces += [_words(line) for line in _without_html(part).split("\n") if not _RULE.fullmatch(line)]
    made = " ".join(filter(None, pieces))
    # A tick that is never closed would take the next cell in.
    return made if made.count("`") % 2 == 0 else made.replace("`", "\\`")


def _words(line: str) -> str:
    """A line without what makes a block of it; the cells of a table's row as words."""
    line = _MARKS_OF_BLOCKS.sub("", line, count=1).strip()
    line = _BAR.sub(" ", line) if line.startswith("|") else _BAR.sub(r"\\|", line)
    return " ".join(line.split())


def _structure(text: str) -> tuple[list[tuple[int, int, int]], set[int]]:
    """The headings, as first line, line behind the last and level, and the lines of code."""
    headings: list[tuple[int, int, int]] = []
    code: set[int] = set()
    for token in _PARSER.parse(text):
        if token.map is None:
            continue
        if token.type == "heading_open" and token.level == 0:
            headings.append((token.map[0], token.map[1], int(token.tag[1:])))
        elif token.type in ("fence", "code_block"):
            code.update(range(*token.map))
    return headings, code


def _parts(lines: list[str], code: set[int]) -> Iterator[tuple[bool, str]]:
    """The text in runs of lines that are code, and of lines that are not."""
    start = 0
    for index in range(1, len(lines) + 1):
        if index == len(lines) or (index in code) != (start in code):
            yield start in code, "\n".join(lines[start:index])
            start = index


def _without_html(text: str) -> str:
    """Text outside of blocks of code, with Markdown in place of the HTML that has the same meaning."""
    text = re.sub(r"\n[ \n]{2,}\n", "\n\n", without_comments(text))
    made: list[str] = []
    done = 0
    for found in _CODE_SPAN.finditer(text):
        made += _plain(text[done : found.start()]), found[0]
        done = found.end()
    return "".join([*made, _plain(text[done:])])


def _plain(text: str) -> str:
    text = _TAG.sub(_tag, _LINK.sub(r"[\2](\1)", _IMAGE.sub(_image, text)))
    return _BRACE.sub(r"\\\g<0>", without_statements(_HTML.sub("&lt;", _ADDRESS.sub(_address, text))))


def _address(found: re.Match[str]) -> str:
    """An address that a browser would run, as words; any other as it is."""
    if not is_active_address(found[1] or found[3]):
        return found[0]
    return f"{found[2]}\\[" if found[1] is None else f"]\\({found[0][2:]}"


def _image(found: re.Match[str]) -> str:
    values = {name.lower(): double or single for name, double, single in _ATTRIBUTE.findall(found[1])}
    source = values.get("src", "")
    if not re.fullmatch(r"https?://[^\s()<>]+", source):
        return found[0]
    words = re.sub(r"[^\w .,-]", " ", values.get("alt", ""))
    return f"![{words}]({source})"


def _tag(found: re.Match[str]) -> str:
    name = found[2].lower()
    if name == "br":
        return "<br>"
    if name in _DROPPED:
        return ""
    return _MARKS.get(name, found[0])
