"""Characters that nobody sees, some of which turn letters round or steer a program: shown as signs.

Blanks, line ends, and the invisible characters that scripts and emoji need (joiners, soft hyphens, marks of direction)
stay on pages. All others there are written as the terminal writes them.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

_SPOKEN = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
_HIDDEN_ON_PAGES = re.compile(
    "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\u2028-\\u202e\\u2066-\\u2069\\ud800-\\udfff\\ufdd0-\\ufdef\\ufffe\\uffff]"
)
"""Controls, ends of lines and paragraphs, embeddings, overrides and isolates of direction, and what is no character."""
_ADDRESS = re.compile(r'(?<=\s)(?:href|src|poster|cite)="[^"]*"')


def escaped_character(character: str) -> str:
    """A character that cannot be printed as an escape, such as `\\x1b`; any other one as it is."""
    if character.isprintable():
        return character
    if spoken := _SPOKEN.get(character):
        return spoken
    # Blanks of other scripts are not "printable" and do no harm.
    if unicodedata.category(character) == "Zs":
        return " "
    return (
        character.encode("ascii", "backslashreplace").decode("ascii")
        if not character.isascii()
        else (f"\\x{ord(character):02x}")
    )


def visible_controls(text: str) -> str:
    """`text` with a sign in place of each control that a page would hide."""
    return _HIDDEN_ON_PAGES.sub(_sign, text)


def html_without_controls(html: str) -> str:
    """The same of HTML; in the addresses of its links and pictures they are escaped as an address does it."""
    if _HIDDEN_ON_PAGES.search(html) is None:
        return html
    return visible_controls(_ADDRESS.sub(_with_escaped_address, html))


def _sign(found: re.Match[str]) -> str:
    return escaped_character(found[0])


def _with_escaped_address(found: re.Match[str]) -> str:
    return _HIDDEN_ON_PAGES.sub(lambda hidden: quote(hidden[0], errors="replace"), found[0])
