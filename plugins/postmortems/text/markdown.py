"""Text that Markdown shows as it is: no markup, no HTML, no link, no mention that would call somebody."""

from __future__ import annotations

import re

from postmortems.text.terminal import escape_controls

_SIGNS = re.compile(r"([\\`*_\[\]()<>#!|~&$^]|^:|:(?!\s|$|[0-9]{2}(?![\w:+-])))")
"""A colon may begin an address or a picture (`:smile:`); before a blank, or two figures as in a time, it does not."""
_REFERENCE = re.compile(r"(?i)([@#!&~%$]|\bGH-)(?=\w)")
_BARE_LINK = re.compile(r"(?i)www(?=\.)")
_BACKSLASHED = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]()<>#!|~&$^"})
"""The same signs but for colons, whose neighbours decide."""

_BEFORE_A_NAME = frozenset("@#!&~%$")
_RUN_OF_TICKS = re.compile(r"`+")


def escaped(text: str) -> str:
    """`text` on one line, every sign of Markdown's escaped; `@name` notifies nobody, `#1` and `www.` link nowhere."""
    flat = " ".join(escape_controls(text.replace("\n", " ")).split())
    small = flat.lower()
    if "gh-" in small or not _BEFORE_A_NAME.isdisjoint(flat):
        # GitHub and GitLab look for names and numbers when Markdown is done, so that no backslash helps.
        flat = _REFERENCE.sub("\\1\u2060", flat)
    flat = _SIGNS.sub(r"\\\1", flat) if ":" in flat else flat.translate(_BACKSLASHED)
    return _BARE_LINK.sub(r"\g<0>\\", flat) if "www" in small else flat


def code(text: str) -> str:
    """`text` as a code span, whatever backticks it holds; in a table a bar would end the cell, so it is escaped."""
    flat = escape_controls(text).replace("|", "\\|")
    ticks = "`" * (max((len(run) for run in _RUN_OF_TICKS.findall(flat)), default=0) + 1)
    pad = " " if flat.startswith("`") or flat.endswith("`") else ""
    return f"{ticks}{pad}{flat}{pad}{ticks}"
