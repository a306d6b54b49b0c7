"""Markup without the blanks that a browser does not show, so that a test does not depend on how a layout is laid out."""

from __future__ import annotations

import re

# Around the tags of these a blank says nothing: blocks, parts of tables and lists, and what is drawn in a picture.
_BLOCKS = (
    "address|article|aside|blockquote|body|caption|circle|col|colgroup|dd|defs|desc|details|div|dl|dt|ellipse"
    "|fieldset|figcaption|figure|footer|form|g|h[1-6]|head|header|hr|html|legend|li|line|link|main|meta|nav|ol|option"
    "|p|path|pattern|polygon|polyline|pre|rect|script|section|style|summary|symbol|table|tbody|td|template|tfoot|th"
    "|thead|tr|ul|use"
)
_TAG = re.compile(r"""(<pre\b.*?</pre>)|<([a-z][\w-]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>""", re.DOTALL)
_ATTRIBUTE = re.compile(r"""[^\s"'=]+(?:="[^"]*"|='[^']*')?""")
_PARTS = re.compile(r"""(<pre\b.*?</pre>|<[^<>"']*(?:(?:"[^"]*"|'[^']*')[^<>"']*)*>)""", re.DOTALL)
_AROUND = re.compile(rf"</?(?:{_BLOCKS})(?=[\s/>])")


def collapsed(markup: str) -> str:
    """The same markup with one blank between attributes, and in the text only those that are shown."""
    parts = _PARTS.split(_TAG.sub(_in_one_line, markup))
    texts, tags = parts[::2], parts[1::2]
    for place, text in enumerate(texts):
        text = re.sub(r"[ \t\r\n\f]+", " ", text)
        if place and _AROUND.match(tags[place - 1]):
            text = text.removeprefix(" ")
        if place < len(tags) and _AROUND.match(tags[place]):
            text = text.removesuffix(" ")
        parts[2 * place] = text
    return "".join(parts)


def _in_one_line(found: re.Match[str]) -> str:
    """A tag with its attributes as they are; `<pre>` stays untouched."""
    if found[1]:
        return found[1]
    end = "/" if found[3].rstrip().endswith("/") else ""
    attributes = found[3].rstrip().removesuffix("/")
    return "<" + " ".join([found[2], *_ATTRIBUTE.findall(attributes)]) + end + ">"
