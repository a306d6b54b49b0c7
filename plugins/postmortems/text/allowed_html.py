"""The allow-list of HTML: the elements, attributes and addresses that an author's text may bring into a page.

One declaration for two readers. The site cleans what Markdown has rendered by it (`render.clean_html`), and that is
what protects; the rules ask it about the tags that they see in a source, so that both say the same.

Maintainers: an entry needs a reason in what Markdown and its usual extensions make (`tests/render/test_clean_html.py`
renders all of them). No element that holds raw text, no MathML, no SVG element that holds HTML, styles or references:
those are what parsers disagree about. No `data-` attribute that a script of a theme or a plugin reads as HTML.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit


def names(words: str) -> frozenset[str]:
    """The words of a text, which names in the lists below are easier to read as."""
    return frozenset(words.split())


_TEXT = (
    "a abbr address article aside b bdi bdo blockquote br caption center cite code col colgroup dd del details dfn div"
    " dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i ins kbd label li mark ol p pre q rp rt ruby"
    " s samp section small span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr"
)
_MEDIA = "audio img picture source track video"
_DRAWING = "circle ellipse g line path polygon polyline rect svg"
ELEMENTS = names(f"{_TEXT} {_MEDIA} {_DRAWING} input")

_SHAPES = names(
    "cx cy d fill fill-rule clip-rule height opacity points r rx ry stroke stroke-linecap stroke-linejoin"
    " stroke-width transform width x x1 x2 y y1 y2"
)
EVERYWHERE = names("align class data-linenos data-search-exclude data-tabs data-toc-label dir id lang role style title")
PREFIXES = frozenset({"aria-"})
_LOADING = frozenset({"src", "poster"})
_OWN: Mapping[str, frozenset[str]] = {
    "a": names("data-preview download href hreflang name rel target type"),
    "audio": names("controls loop muted preload src"),
    "blockquote": frozenset({"cite"}),
    "col": frozenset({"span", "width"}),
    "colgroup": frozenset({"span", "width"}),
    "del": frozenset({"cite", "datetime"}),
    "details": frozenset({"open"}),
    "font": frozenset({"color", "size"}),
    "hr": frozenset({"size", "width"}),
    "i": frozenset({"data-slot"}),
    "img": names("alt decoding height loading sizes src width"),
    "input": names("checked disabled name type"),
    "ins": frozenset({"cite", "datetime"}),
    "label": frozenset({"for"}),
    "li": frozenset({"value"}),
    "ol": frozenset({"reversed", "start", "type"}),
    "q": frozenset({"cite"}),
    "source": frozenset({"media", "src", "type"}),
    "svg": frozenset({"viewBox", "xmlns", "focusable", "preserveAspectRatio"}) | _SHAPES,
    "table": names("border cellpadding cellspacing summary width"),
    "td": names("colspan headers height rowspan valign width"),
    "th": names("abbr colspan headers height rowspan scope valign width"),
    "time": frozenset({"datetime"}),
    "tr": frozenset({"valign"}),
    "track": names("default kind label src srclang"),
    "ul": frozenset({"type"}),
    "video": names("controls height loop muted playsinline poster preload src width"),
}
ATTRIBUTES: Mapping[str, frozenset[str]] = {
    element: _OWN.get(element, _SHAPES if element in _DRAWING.split() else frozenset()) for element in sorted(ELEMENTS)
}
"""The attributes of each element, besides those that any may have."""

_LOWER = {element: {name.lower() for name in own} for element, own in ATTRIBUTES.items()}

STYLES = names(
    "background-color color fill float font-style font-weight height max-height max-width min-height"
    " min-width text-align text-decoration vertical-align white-space width"
)
"""The properties that a `style` may set: none that moves an element over others, or loads something."""

SCHEMES = names("http https mailto tel ftp ftps sftp irc ircs matrix msteams slack ssh xmpp")
"""The schemes of addresses that a link may lead to. `data` is for pictures alone, see `attribute_value`."""

_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp|avif);base64,", re.IGNORECASE)
_IGNORED_BY_BROWSERS = re.compile(r"[\x00-\x20\x7f]")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]{0,40}:", re.IGNORECASE)
_OUTSIDE = re.compile(r"(?:https?:)?[/\\]{2}|(?:https?|ftp):", re.IGNORECASE)
# The theme finds its own parts by ids with two underlines in front. These are what Markdown extensions make.
_MADE_BY_MARKDOWN = re.compile(r"__(?:tabbed|codelineno|span|code)_?[\w.-]*", re.ASCII)
_THEMES_CLASSES = re.compile(
    r"md-(?!(?:button(?:--primary|--stretch)?|icon|tag|typeset)$)|pm-(?!(?:(?:ev__|act-|now__)\w+|now|copy|symptoms)$)"
)
_VALUES: Mapping[tuple[str, str], re.Pattern[str]] = {
    ("input", "type"): re.compile("checkbox|radio"),
    ("input", "name"): re.compile(r"__tabbed_\d{1,6}"),
    ("a", "target"): re.compile("_blank|_self"),
    ("a", "rel"): re.compile("(?:author|bookmark|external|help|license|me|nofollow|noopener|noreferrer|tag| )*"),
}
_PAINT = re.compile(r"[#\w(),.% -]{0,80}", re.ASCII)


def attribute_value(element: str, name: str, value: str) -> str | None:
    """The value that an attribute of the list keeps; None where it goes. Called for each attribute of a page."""
    if name == "class":
        return _classes(value) if "-" in value else value
    if name in ("href", "src", "poster", "cite"):
        return value if is_allowed_address(element, name, value) else None
    if name in ("id", "for", "name") and value.startswith("__") and not _MADE_BY_MARKDOWN.fullmatch(value):
        return None
    if name == "style":
        return value if "url" not in value.casefold() and "\\" not in value else None
    if name in ("fill", "stroke"):
        return value if _PAINT.fullmatch(value) and "url" not in value.casefold() else None
    allowed = _VALUES.get((element, name))
    return value if allowed is None or allowed.fullmatch(value) else None


def is_allowed_name(element: str, name: str) -> bool:
    """True if an element of the list may have this attribute, in lower case."""
    return name in EVERYWHERE or name in _LOWER[element] or name.startswith(tuple(PREFIXES))


def is_allowed_address(element: str, name: str, address: str) -> bool:
    """True if an attribute may hold this address: what a page loads is its own, what it links to has a known scheme."""
    if name in _LOADING:
        return not loads_from_outside(address) and (scheme_of(address) == "" or is_picture(element, address))
    return (scheme := scheme_of(address)) == "" or scheme in SCHEMES


def is_picture(element: str, address: str) -> bool:
    """True if this is a picture that an image holds in its address."""
    return element == "img" and _PICTURE.match(address.strip()) is not None


def loads_from_outside(address: str) -> bool:
    """True if a page that loads this address asks another site for it."""
    return _OUTSIDE.match(_IGNORED_BY_BROWSERS.sub("", address)) is not None


def scheme_of(address: str) -> str:
    """The scheme of an address as a browser reads it, which drops blanks and line breaks first; "" for a path."""
    found = _SCHEME.match(_IGNORED_BY_BROWSERS.sub("", address[:500]))
    return found.group()[:-1].lower() if found else ""


def host_of(address: str) -> str:
    """The host that an address names, for a reader."""
    try:
        return urlsplit(address.strip().replace("\\", "/")).netloc.rpartition("@")[2] or "another site"
    except ValueError:
        return "another site"


def _classes(value: str) -> str | None:
    kept = [name for name in value.split() if not _THEMES_CLASSES.match(name)]
    return " ".join(kept) if kept else None
