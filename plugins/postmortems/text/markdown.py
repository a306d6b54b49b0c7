"""Text that Markdown shows as it is: no markup, no HTML, no mention that would call somebody."""

from __future__ import annotations

import re

from postmortems.text.terminal import harmless

_SIGNS = re.compile(r"([\\`*_\[\]()<>#!|~&$:^])")
_MENTION = re.compile(r"@(?=\w)")
_RUN_OF_TICKS = re.compile(r"`+")


def escaped(text: str) -> str:
    """`text` on one line, every sign of Markdown's escaped, and `@name` so that it notifies nobody."""
    flat = " ".join(harmless(text.replace("\n", " ")).split())
    # A joiner of no width between sign and name: services look for mentions after Markdown is done.
    return _MENTION.sub("@\u2060", _SIGNS.sub(r"\\\1", flat))


def code(text: str) -> str:
    """`text` as a code span, whatever backticks it holds; in a table a bar would end the cell, so it is escaped."""
    flat = harmless(text).replace("|", "\\|")
    ticks = "`" * (max((len(run) for run in _RUN_OF_TICKS.findall(flat)), default=0) + 1)
    pad = " " if flat.startswith("`") or flat.endswith("`") else ""
    return f"{ticks}{pad}{flat}{pad}{ticks}"
