"""What of a Markdown text is code or comment, found in one pass, so that no text can make it slow.

Both functions put blanks in place of what they take out, so that columns and lines stay what they were.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque

_BACKTICKS = re.compile(r"`+")
_NOT_A_BREAK = re.compile(r"[^\n]")


def without_code(text: str) -> str:
    """One block's text without its code spans: from a run of backticks to the next run of the same length."""
    if "`" not in text:
        return text
    runs = [(found.start(), found.end()) for found in _BACKTICKS.finditer(text)]
    starts: defaultdict[int, deque[int]] = defaultdict(deque)
    for start, end in runs:
        starts[end - start].append(start)
    kept: list[str] = []
    done = 0
    for start, end in runs:
        opening = start + 1 if _is_escaped(text, start) else start
        closers = starts.get(end - opening)
        while closers and closers[0] < end:
            closers.popleft()
        if start < done or opening == end or not closers:
            continue
        close = closers[0] + end - opening
        kept += text[done:opening], blank(text[opening:close])
        done = close
    return "".join([*kept, text[done:]])


def without_comments(text: str) -> str:
    """`text` without HTML comments, whose ends are those that browsers see: `-->`, `--!>`, and `>` right after `<!--`.

    A comment that never ends is none, since programs do not agree on what it hides.
    """
    kept: list[str] = []
    done = 0
    while (start := text.find("<!--", done)) >= 0:
        end = _end_of_comment(text, start)
        if end < 0:
            break
        kept += text[done:start], blank(text[start:end])
        done = end
    return "".join([*kept, text[done:]]) if kept else text


def blank(text: str) -> str:
    """Blanks in place of everything but line breaks."""
    return _NOT_A_BREAK.sub(" ", text)


def _end_of_comment(text: str, start: int) -> int:
    for empty in ("<!-->", "<!--->"):
        if text.startswith(empty, start):
            return start + len(empty)
    ends = [found + len(mark) for mark in ("-->", "--!>") if (found := text.find(mark, start + 4)) >= 0]
    return min(ends, default=-1)


def _is_escaped(text: str, index: int) -> bool:
    before = text[max(0, index - 20) : index]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1
