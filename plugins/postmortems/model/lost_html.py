"""HTML that a page leaves out of a text, as problems: one declaration of the words for rules and reading."""

from __future__ import annotations

import re
from collections.abc import Iterator

from postmortems.model.diagnostic import Level, Problem
from postmortems.model.place import Place
from postmortems.text.html_tags import (
    Loss,
    is_active_address,
    is_kept_address,
    loss_of,
    may_hold_tags,
    tags_in,
)

ATTRIBUTE_LIST = re.compile(r"\{:?([^{}\n]*+)\}")
"""An attribute list of the Markdown extension `attr_list`: its attributes."""

_MOST = 100
_IS_A_FILE = re.compile(r"\s*+(?:file|[a-z]):", re.IGNORECASE)
"""An address of a file on the author's machine, of which another rule speaks."""

_ATTRIBUTES_ONLY = "b"
"""The element whose tag an attribute list is read as: one without attributes of its own."""


def may_lose(text: str) -> bool:
    """True if there is anything to look for: most texts hold neither a tag nor an attribute list with a value."""
    return may_hold_tags(text) or ("{" in text and "=" in text)


def lost_parts(text: str) -> Iterator[tuple[int, Loss]]:
    """Yield the begin of each tag of which a page leaves something out, in `text` without code and comments."""
    for tag in tags_in(text):
        if loss := loss_of(tag):
            yield tag.start, loss
    for attributes in ATTRIBUTE_LIST.finditer(text) if "{" in text else ():
        if "=" not in attributes[1]:
            continue
        for tag in tags_in(f"<{_ATTRIBUTES_ONLY} {attributes[1]}>"):
            # Braces hold many things, and only some are attributes: what is harmless is not worth a word.
            if (loss := loss_of(tag)) and loss.is_active:
                yield attributes.start(), Loss(attributes[0], loss.attributes, is_active=True)


def lost_part(place: Place, loss: Loss) -> Problem:
    """The problem of a part that a page leaves out."""
    shown = _short(loss.tag)
    if loss.is_active:
        message = f'"{shown}" is active HTML, which pages leave out'
        return Problem("active-html", place, message, "put it in backticks if you are quoting it, or remove it")
    left_out = " and ".join(f'"{_short(attribute)}"' for attribute in loss.attributes)
    message = f'pages leave {left_out} out of "{shown}"' if left_out else f'"{shown}" is HTML that pages leave out'
    return Problem("active-html", place, message, "put it in backticks if you are quoting it", Level.WARNING)


def lost_address(place: Place, target: str, *, is_image: bool) -> Problem | None:
    """The problem of a link or an image whose address the page leaves out; None where it is kept."""
    if is_kept_address(target, is_image=is_image) or _IS_A_FILE.match(target):
        return None
    if is_active_address(target):
        message = f'"{_short(target)}" is active HTML, which pages leave out'
        return Problem("active-html", place, message, "put it in backticks if you are quoting it, or remove it")
    message = f'"{_short(target)}" is not an address that pages link to, so the text has no link'
    help_text = "write a full URL (https://…), or put it in backticks"
    return Problem("active-html", place, message, help_text, Level.WARNING)


def _short(text: str) -> str:
    shown = " ".join(text.split())
    return shown if len(shown) <= _MOST else f"{shown[: _MOST - 1]}…"
