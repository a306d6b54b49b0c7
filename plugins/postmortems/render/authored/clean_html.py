"""The allow-list applied to what Markdown has rendered: nothing active is left, whatever the text or an extension made.

nh3 parses the HTML as a browser does and writes it anew, so that every reader sees the same elements. In what it writes
`<` and `>` are escaped in attributes and texts alike, so that a tag can be found by its ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from html import escape, unescape

import nh3

from postmortems.text.allowed_html import (
    ATTRIBUTES,
    ELEMENTS,
    EVERYWHERE,
    PREFIXES,
    SCHEMES,
    STYLES,
    attribute_value,
    host_of,
    loads_from_outside,
)

_OUTSIDE = "outside:"
"""Prefix of the address of a picture from another site between cleaning and being made a link."""

# What a comment holds is no HTML, and whatever is taken out of it may end it: each pattern passes over comments, which
# are whole once they have been cleaned.
_COMMENT = r"(?s:<!--.*?-->)"
_INPUT = re.compile(rf"{_COMMENT}|<input[^<>]*>")
_BOX = re.compile(r" type=\"(?:checkbox|radio)\"")
_PICTURE = re.compile(rf"{_COMMENT}|<a(?= |>)|</a>|<img[^<>]*>")
_ATTRIBUTE = re.compile(r" ([\w:-]+)=\"([^\"]*)\"")
_TITLE = re.compile(r"\s(?:title|data-toc-label)=\"[^\"]*&lt;[^\"]*\"")
_BEGIN_OF_TAG = re.compile(r"&lt;(?=[a-zA-Z/!?])")
_ENDS = re.compile(r"<(/?)([a-zA-Z]++)")
_SHALLOW = frozenset(
    [
        "br",
        "col",
        "dd",
        "dt",
        "hr",
        "img",
        "input",
        "li",
        "p",
        "source",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "track",
        "wbr",
    ]
)
"""Elements without an end tag, or whose end a browser adds before the next one."""

_FEW_TAGS = 4_000
_DEEPEST = 1_000
"""A parser of HTML looks through all open elements at each tag, and nobody nests so many."""

_EMOJI = frozenset({"emojione", "gemoji", "twemoji"})


def clean(html: str, *, diagrams: bool = False) -> str:
    """The HTML with nothing left in it but what the allow-list names.

    A picture from another site becomes a link to it. `diagrams` tells that the site has Mermaid itself; without it the
    theme would load it from elsewhere, so that a diagram stays its text. What is nested too deeply is shown as text.
    """
    if is_too_deep(html):
        return f"<pre>{escape(html)}</pre>"
    cleaned = (_WITH_DIAGRAMS if diagrams else _CLEANER).clean(html)
    if "<input" in cleaned:
        cleaned = _INPUT.sub(_without_box, cleaned)
    if "<img" in cleaned:
        cleaned = "".join(_with_sound_pictures(cleaned))
    return cleaned


def is_too_deep(html: str) -> bool:
    """True if elements are nested so deeply that reading them would take time that grows with the square of it."""
    if html.count("<") < _FEW_TAGS:
        return False
    depth = deepest = 0
    for tag in _ENDS.finditer(html):
        if tag[2].lower() not in _SHALLOW:
            depth = max(depth - 1, 0) if tag[1] else depth + 1
            deepest = max(deepest, depth)
    return deepest > _DEEPEST


def with_inert_titles(html: str) -> str:
    """The HTML, cleaned or made by a layout, with titles that stay text where a script takes them for HTML."""
    return _TITLE.sub(lambda found: inert_html(found[0]), html)


def inert_html(text: str) -> str:
    """Escaped text that stays text where a script unescapes it and takes it for HTML.

    Under `content.tooltips` Material does so with every title, and with names of pages and headings that it cuts
    short. A reader does not see the word joiner behind `<`, and no tag begins with one.
    """
    return _BEGIN_OF_TAG.sub("&lt;\u2060", text)


def _filter(element: str, name: str, value: str, *, diagrams: bool) -> str | None:
    if name == "src" and element == "img" and loads_from_outside(value):
        return _OUTSIDE + value.strip()
    if name == "class" and not diagrams and "mermaid" in value:
        value = " ".join(name for name in value.split() if name != "mermaid")
        if not value:
            return None
    return attribute_value(element, name, value)


def _cleaner(*, diagrams: bool) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(ELEMENTS),
        attributes={"*": set(EVERYWHERE)} | {element: set(names) for element, names in ATTRIBUTES.items()},
        attribute_filter=partial(_filter, diagrams=diagrams),
        generic_attribute_prefixes=set(PREFIXES),
        url_schemes={*SCHEMES, "data", _OUTSIDE.rstrip(":")},
        filter_style_properties=set(STYLES),
        strip_comments=False,
        link_rel=None,
    )


_CLEANER = _cleaner(diagrams=False)
_WITH_DIAGRAMS = _cleaner(diagrams=True)


def _without_box(found: re.Match[str]) -> str:
    """A comment or a box as it is; nothing in place of any other field."""
    return found[0] if found[0].startswith("<!--") or _BOX.search(found[0]) else ""


def _with_sound_pictures(html: str) -> Iterator[str]:
    """The HTML with a link in place of each picture from another site, or its words alone where it is in a link,
    and where it has lost its address; one that has no words says so."""
    done = 0
    in_link = False
    for found in _PICTURE.finditer(html):
        tag = found[0]
        if tag.startswith("<!--"):
            continue
        if not tag.startswith("<img"):
            in_link = tag != "</a>"
            continue
        values = dict(_ATTRIBUTE.findall(tag))
        yield html[done : found.start()]
        if "src" not in values:
            yield values.get("alt", "")
        elif values["src"].startswith(_OUTSIDE):
            yield _link(values, in_link=in_link)
        else:
            yield tag if "alt" in values else f'{tag[:-1]} alt="">'
        done = found.end()
    yield html[done:]


def _link(picture: dict[str, str], *, in_link: bool) -> str:
    """Build the link that replaces a picture; the values are still escaped."""
    address = picture["src"].removeprefix(_OUTSIDE)
    words = picture.get("alt", "").strip()
    if _EMOJI.intersection(picture.get("class", "").split()):
        return words
    shown = words or escape(host_of(unescape(address)))
    if in_link:
        return shown
    return f'<a class="pm-outside" href="{address}" rel="noreferrer">{shown}</a>'
