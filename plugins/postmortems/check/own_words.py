"""A text without what its author only shows: code, comments, quoted speech, HTML and the addresses of links.

Everything keeps its place. Where something stood there is a `0`, which reads as a noun: without it, the team's
`exporter` that failed to start would become a team that failed to.
"""

from __future__ import annotations

import re

from postmortems.text.inline import blank, without_code, without_comments

_STAND_IN = "0"
_BREAK = ";"

_SPEECH = re.compile(
    r"""
      “[^“”]{1,2000}”
    | «[^«»]{1,2000}»
    | (?<![\w"])"(?=\S)[^"]{1,2000}"(?!\w)
    | (?<!\w)‘(?=\S)(?:[^‘’]|(?<=\w)’(?=\w)){1,500}’(?!\w)
    | (?<![\w'])'(?=\S)(?:[^']|(?<=\w)'(?=\w)){1,500}'(?!\w)
    """,
    re.VERBOSE,
)
_MARKUP = re.compile(
    r"(?<=\])\([^()\s]{1,1000}\)|<(?=[a-z/!])(br\b)?[^<>]{0,500}>|https?://[^\s<>)]{1,2000}", re.IGNORECASE
)


def own_words(text: str) -> str:
    """`text`, of the same length, with only what its author says."""
    if "`" in text:
        text = _without_code_spans(text)
    if "<" in text:
        text = without_comments(text)
    if "](" in text or "<" in text or "://" in text:
        text = _MARKUP.sub(lambda found: (_BREAK if found[1] else " ") + blank(found.group()[1:]), text)
    return _SPEECH.sub(lambda found: _STAND_IN + blank(found.group()[1:]), text)


def _without_code_spans(text: str) -> str:
    kept = without_code(text)
    return "".join(
        _STAND_IN if before == "`" and after == " " else after for before, after in zip(text, kept, strict=True)
    )
