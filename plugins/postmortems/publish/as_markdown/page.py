"""A page as Markdown: its front matter, and its HTML as blocks.

Everything that an author has written is cleaned HTML here, whose links are resolved and whose Markdown has been
rendered with the site's own extensions. What plain Markdown has signs for becomes Markdown again: headings,
paragraphs, lists, links and marks. All else stays HTML, in blocks that CommonMark and Python-Markdown take as they are.
So no other builder can find more in a text than the site has shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import yaml

from postmortems.publish.as_markdown.html_tree import Element, elements_of
from postmortems.publish.as_markdown.inline import Address, inline_of

_HEADING = re.compile(r"h[1-6]")
_LISTS = ("ul", "ol")
_BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "center", "details", "div", "dl", "fieldset", "figure", "footer",
        "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "main", "menu", "nav", "ol", "p", "pre", "script",
        "section", "table", "ul",
    )
)  # fmt: skip
"""Elements that begin a block of HTML in CommonMark and in Python-Markdown."""
_OURS = re.compile(r'<div class="(pm [\w -]+)">')
_BEGINS_BLOCK = re.compile(
    r"(?<!\n)(?=<(?:address|article|aside|blockquote|canvas|center|colgroup|dd|details|div|dl|dt|fieldset|figcaption|"
    r"figure|footer|form|h[1-6]|header|hgroup|hr|iframe|legend|li|main|map|math|menu|nav|noscript|object|ol|option|"
    r"output|p|pre|progress|script|section|style|summary|table|tbody|td|textarea|tfoot|th|thead|tr|ul|video)\b)"
)
_BRACE = re.compile(r"(<(script|style)\b.*?</\2>)|\{", re.DOTALL | re.IGNORECASE)
_RAW_TEXT = re.compile(r"<pre\b.*?</pre>|<textarea\b.*?</textarea>", re.DOTALL | re.IGNORECASE)
_KEPT_BREAKS = {"\n": "&#10;", "\r": "&#10;", "\t": "&#9;"}
_FENCES = re.compile(r"^[ \t]*(`{3,}|~{3,})", re.MULTILINE)
_PERMALINK = re.compile(r'<a class="headerlink"[^>]*>[^<]*</a>')


def markdown_page(meta: Mapping[str, Any], html: str, address: Address) -> str:
    """The file of a page: `meta` are the keys of its front matter, with texts that are safe HTML, and `address` gives
    the way to write an address in Markdown."""
    front = yaml.dump(
        {str(key): plain for key, value in meta.items() if (plain := plain_value(value)) is not None},
        Dumper=yaml.CSafeDumper,
        allow_unicode=True,
        default_flow_style=False,
        sort_keys=False,
        width=1 << 30,
    )
    return f"---\n{front}---\n\n" + "\n\n".join(blocks(_PERMALINK.sub("", html), address)) + "\n"


def blocks(html: str, address: Address) -> Iterator[str]:
    """The blocks of a page's HTML. What this package draws a page in goes around them, as an element in which
    Python-Markdown looks for Markdown, too."""
    rest: list[Element | str] = []
    for part in elements_of(html):
        if isinstance(part, Element) and (ours := _OURS.fullmatch(html, part.start, part.inside)):
            yield from _blocks(html, rest, address)
            rest.clear()
            yield f'<div class="{ours[1]}" markdown="1">'
            yield from _blocks(html, part.children, address)
            yield "</div>"
        else:
            rest.append(part)
    yield from _blocks(html, rest, address)


def _blocks(html: str, parts: Iterable[Element | str], address: Address) -> Iterator[str]:
    """Blocks of these parts; neighbours that are no blocks of their own become one."""
    loose: list[str] = []
    is_after_list = False
    for part in parts:
        if isinstance(part, str) or part.tag not in _BLOCKS:
            loose.append(part if isinstance(part, str) else html[part.start : part.end])
            continue
        yield from _wrapped(loose)
        loose.clear()
        text = None if is_after_list and part.tag in _LISTS else _block(part, address)
        is_after_list = part.tag in _LISTS
        yield raw(html[part.start : part.end]) if text is None else text
    yield from _wrapped(loose)


def _wrapped(loose: list[str]) -> Iterator[str]:
    text = "".join(loose).strip()
    if text:
        yield raw(f"<div>{text}</div>")


def raw(html: str) -> str:
    """HTML as one block: no blank line, which would end it, and no line that could be a fence. A line break and a tab
    in what is shown as it is written are told by their numbers.

    Python-Markdown sees a block within another one for sure only where it begins a line, and takes what stands in
    braces at the end of a block for its attributes.
    """
    html = _BRACE.sub(lambda found: found[1] or "&#123;", html)
    kept = _RAW_TEXT.sub(lambda found: re.sub(r"[\n\r\t]", lambda sign: _KEPT_BREAKS[sign[0]], found[0]), html)
    lines = (line.strip() for line in _BEGINS_BLOCK.sub("\n", kept).split("\n"))
    return _FENCES.sub(lambda found: "".join(f"&#{ord(sign)};" for sign in found[0]), "\n".join(filter(None, lines)))


def _block(part: Element, address: Address) -> str | None:
    """An element as Markdown, or None where Markdown has no sign for all of it."""
    if _HEADING.fullmatch(part.tag) and part.attributes.keys() <= {"id"}:
        words = inline_of(part.children, address)
        anchor = part.attributes.get("id", "")
        if not words or words.endswith("#") or (anchor and not re.fullmatch(r"[\w.:-]+", anchor)):
            return None
        return f"{'#' * int(part.tag[1])} {words}" + (f" {{#{anchor}}}" if anchor else "")
    if part.attributes:
        return None
    if part.tag == "p":
        return inline_of(part.children, address, is_block=True) or None
    return _list(part, address, "") if part.tag in _LISTS else None


def _list(part: Element, address: Address, indent: str) -> str | None:
    """A list of items that are a line each, and may end with a list below it."""
    lines: list[str] = []
    for item in part.children:
        if isinstance(item, str) and not item.strip():
            continue
        if isinstance(item, str) or item.tag != "li" or item.attributes:
            return None
        words = [child for child in item.children if not isinstance(child, str) or child.strip()]
        below = words.pop() if words and _is_list(words[-1]) else None
        line = inline_of(words, address, is_block=True)
        nested = _list(below, address, f"{indent}    ") if isinstance(below, Element) else ""
        if not line or nested is None:
            return None
        mark = f"{len(lines) + 1}." if part.tag == "ol" else "-"
        lines.append(f"{indent}{mark} {line}" + (f"\n{nested}" if nested else ""))
    return "\n".join(lines) or None


def _is_list(child: Element | str) -> bool:
    return isinstance(child, Element) and child.tag in _LISTS and not child.attributes


def plain_value(value: object) -> Any:
    """A value in types that YAML has, texts of any class as texts; None for what is none."""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, bool | int | float | date):
        return value
    if isinstance(value, Mapping):
        return {str(key): plain for key, below in value.items() if (plain := plain_value(below)) is not None}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain for below in value if (plain := plain_value(below)) is not None]
    return None
