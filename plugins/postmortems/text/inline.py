"""Code, comments and escapes of a Markdown text, found in one pass, so that no text can make it slow.

`without_code` and `without_comments` put blanks in place of what they take out, so that columns and lines stay what
they were.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterator

_BACKTICKS = re.compile(r"`+")
_END_OF_COMMENT = re.compile(r"--!?>")
_NOT_A_BREAK = re.compile(r"[^\n]")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


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
    for start, end in comments(text):
        kept += text[done:start], blank(text[start:end])
        done = end
    return "".join([*kept, text[done:]]) if kept else text


def comments(text: str, shown: str | None = None) -> Iterator[tuple[int, int]]:
    """Yield the begin and end of each HTML comment, its marks included, of those that `shown` shows.

    `shown` is the same text with blanks in place of what is no HTML, such as `without_code` gives; by default, it is
    `text` itself.
    """
    shown = text if shown is None else shown
    done = 0
    while (start := shown.find("<!--", done)) >= 0:
        done = _end_of_comment(text, start)
        if done < 0:
            return
        yield start, done


def without_last_comment(text: str) -> str:
    """One block's text without the comments at its end, and without the blanks before them."""
    bare = text.rstrip()
    if not bare.endswith("-->"):
        return text
    found = list(comments(bare, without_code(bare)))
    while found and found[-1][1] == len(bare):
        bare = bare[: found.pop()[0]].rstrip()
    return bare


def cut_comments(text: str) -> str:
    """One block's text without its comments. Those in code are text, and the line breaks of the others stay."""
    if "<!--" not in text:
        return text
    kept: list[str] = []
    done = 0
    for start, end in comments(text, without_code(text)):
        kept += text[done:start], "\n" * text.count("\n", start, end)
        done = end
    return "".join([*kept, text[done:]])


def without_escapes(text: str) -> str:
    """Undo Markdown's backslash escapes: `\\[x\\]` is `[x]`, as in text that an editor or an exporter has escaped.

    For values that are read. Text that is rendered as Markdown keeps its escapes.
    """
    return _ESCAPED.sub(r"\1", text) if "\\" in text else text


def escaped_length(text: str, length: int) -> int:
    """Return how many characters of `text` give the first `length` ones of `without_escapes(text)`."""
    at = 0
    for _ in range(length):
        at += 2 if _ESCAPED.match(text, at) else 1
    return at


def blank(text: str) -> str:
    """Blanks in place of everything but line breaks."""
    return _NOT_A_BREAK.sub(" ", text)


def _end_of_comment(text: str, start: int) -> int:
    for empty in ("<!-->", "<!--->"):
        if text.startswith(empty, start):
            return start + len(empty)
    found = _END_OF_COMMENT.search(text, start + 4)
    return found.end() if found else -1


def _is_escaped(text: str, index: int) -> bool:
    before = text[max(0, index - 20) : index]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1
