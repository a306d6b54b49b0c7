"""Front matter that is there and cannot be read as such: what is wrong with it, and where the body begins.

TOML, JSON, fences that are not `---`, text above the first one, a block in a code fence, keys without fences, a block
that is never closed. It is not repaired; it is named, kept out of the body, and of its lines `status`, `severity` and
`kind` are taken to tell what to ask of it, and how loudly (`salvaged`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from postmortems.model.front_matter import HOST_KEYS, KEYS

_MAX_LINES = 400
"""Front matter that begins or ends further down is not looked for."""

_NAMES = "|".join((*KEYS, *HOST_KEYS, "family", "aliases", "signals"))
_KEY = re.compile(rf"[ \t]{{0,8}}[\"']?(?:{_NAMES})[\"']?[ \t]*[:=]")
_SALVAGED = re.compile(r"([ \t]{0,8})[\"']?(status|severity|kind)[\"']?[ \t]*[:=][ \t]*([^#\n]{1,100})")
_JSON_SIGNS = re.compile("[{},]")
_FENCE = re.compile(r"---[ \t]*")
_CLOSING = re.compile(r"(?:---|\.\.\.)[ \t]*")
_NEARLY_A_FENCE = re.compile(r"[ \t]{0,8}(?:[-–—―−_*=~]{1,80}|---.{1,80})[ \t]*")
_CODE_FENCE = re.compile(r"[ \t]{0,3}(`{3,20}|~{3,20})[^`]{0,80}")
_HEADING = re.compile(r"#{1,6}[ \t]+\S")
_SUBHEADING = re.compile(r"#{2,6}[ \t]+\S")

_FOREIGN = {"+++": "TOML", ";;;": "JSON"}
_FENCES = 'write a line that holds only "---" above it, as the first of the file, and another below it'


@dataclass(frozen=True, slots=True)
class UnreadFrontMatter:
    """Front matter that is not read: what is wrong, on which line of the file, and what to do; `lines` are those of the
    block, `body` is the index of the line on which the text begins."""

    message: str
    help: str
    line: int
    lines: tuple[str, ...]
    body: int


def salvaged(lines: Iterable[str]) -> Mapping[str, str]:
    """The status, the severity and the kind that lines of front matter name, as far as that is plain to see.

    They decide what is asked and how findings are weighed, and nothing else: what cannot be read as a whole is unknown.
    """
    found: dict[str, tuple[int, str]] = {}
    for line in lines:
        pieces = _JSON_SIGNS.split(line) if line.lstrip().startswith("{") else (line,)
        for match in filter(None, map(_SALVAGED.match, pieces)):
            indent, key, value = len(match[1]), match[2], match[3].strip(" \t,\"'")
            if key not in found or indent < found[key][0]:
                found[key] = indent, value
    return {key: value for key, (_, value) in found.items()}


def find_unread(text: str) -> UnreadFrontMatter | None:
    """The front matter of a text that does not begin with it between `---` and `---` or `...`; None where there is
    nothing that looks like any."""
    lines = text.split("\n", _MAX_LINES + 1)[:_MAX_LINES]
    begin = _behind_blanks_and_comments(lines)
    if begin == len(lines):
        return None
    first = lines[begin].rstrip()
    if first in _FOREIGN:
        end = _next(lines, begin + 1, lambda line: line.rstrip() == first)
        return _foreign(_FOREIGN[first], f'between lines of "{first}"', lines, begin, end)
    if first.startswith("{") and (end := _json(lines, begin)) is not None:
        return _foreign("JSON", "in braces", lines, begin, end)
    if code := _CODE_FENCE.fullmatch(first):
        return _in_code(lines, begin, code[1])
    if _FENCE.fullmatch(lines[0]):
        return _never_closed(lines)
    return _in_fences(lines, begin) or _without_fences(lines, begin) or _further_down(lines)


def find_unclosed(lines: Sequence[str]) -> UnreadFrontMatter | None:
    """Front matter whose second fence was forgotten, so that it reaches to a rule in the text: among its `lines`, which
    begin on the file's second, is a heading."""
    heading = _next(lines, 1, lambda line: bool(_SUBHEADING.match(line)))
    if heading is None or lines[heading - 1].strip():
        return None
    keys = max((index for index in range(heading) if _KEY.match(lines[index])), default=-1)
    body = next(i for i in range(keys + 1, heading + 1) if _HEADING.match(lines[i]) and not lines[i - 1].strip())
    message = (
        f'the front matter opens with "---" and is not closed above "{lines[body].strip()[:80]}" (line {body + 2})'
    )
    return UnreadFrontMatter(message, 'close it with a line that holds only "---"', 1, tuple(lines[:body]), body + 1)


def _never_closed(lines: Sequence[str]) -> UnreadFrontMatter:
    message, advice = (
        'the front matter opens with "---" but is never closed',
        'close it with a line that holds only "---"',
    )
    if _opens_with_keys(lines, 1):
        return _block(message, advice, lines, 0, None)
    return UnreadFrontMatter(message, advice, 1, (), 0)


def _foreign(language: str, how: str, lines: Sequence[str], begin: int, end: int | None) -> UnreadFrontMatter:
    message = f"the front matter is {language} ({how}), which is not read"
    advice = 'write it as YAML: a line that holds only "---", then lines of the form "key: value", then "---" again'
    return _block(message, advice, lines, begin, end)


def _json(lines: Sequence[str], begin: int) -> int | None:
    """The index of the line on which an object with keys of ours ends, as far as its indentation tells."""
    end = begin if lines[begin].rstrip().endswith("}") else _next(lines, begin + 1, lambda line: line.rstrip() == "}")
    if end is None:
        return None
    return end if any(_KEY.search(line) for line in (lines[begin].lstrip("{"), *lines[begin + 1 : end])) else None


def _in_code(lines: Sequence[str], begin: int, marks: str) -> UnreadFrontMatter | None:
    end = _next(lines, begin + 1, lambda line: line.strip().startswith(marks) and not line.strip().strip(marks[0]))
    if end is None or not _opens_with_keys(lines, begin + 1):
        return None
    fences = f'the lines "{lines[begin].strip()[:40]}" ({begin + 1}) and "{lines[end].strip()[:40]}" ({end + 1})'
    if any(_FENCE.fullmatch(line) for line in lines[begin + 1 : end]):
        return _block("the front matter is in a code block", f"remove {fences}", lines, begin, end)
    return _block("the front matter is in a code block", f'write "---" in place of {fences}', lines, begin, end)


def _in_fences(lines: Sequence[str], begin: int) -> UnreadFrontMatter | None:
    """A block between fences, of which something is wrong: how they are written, or where they are."""
    fence = lines[begin]
    is_fence = bool(_FENCE.fullmatch(fence))
    if not _NEARLY_A_FENCE.fullmatch(fence) or not ((is_fence and begin) or _opens_with_keys(lines, begin + 1)):
        return None
    closes: Callable[[str], bool] = lambda line: bool(  # noqa: E731
        _CLOSING.fullmatch(line) or (not is_fence and _NEARLY_A_FENCE.fullmatch(line))
    )
    end = _next(lines, begin + 1, closes)
    if not is_fence:
        message = f'the front matter opens with "{fence.strip()[:40]}", not with "---"'
        if fence.strip() == "---":
            message = 'the "---" above the front matter is indented'
        return _block(message, _FENCES, lines, begin, end)
    if end is None:
        return _block(f'the "---" on line {begin + 1} is never closed', _FENCES, lines, begin, end)
    return _block(*_not_first(lines, begin), lines, begin, end)


def _not_first(lines: Sequence[str], begin: int) -> tuple[str, str]:
    """The fact and the advice about a block that begins further down."""
    if not any(line.strip() for line in lines[:begin]):
        return (
            f"the front matter starts on line {begin + 1}, so it is not recognised",
            "remove the blank lines above it",
        )
    above = "a comment" if _behind_blanks_and_comments(lines) == begin else "other text"
    message = f"the front matter starts on line {begin + 1}, below {above}, so it is not recognised"
    return message, f"move {'the comment' if above == 'a comment' else 'what stands above it'} below it"


def _without_fences(lines: Sequence[str], begin: int) -> UnreadFrontMatter | None:
    if not _opens_with_keys(lines, begin) or not (begin + 1 < len(lines) and _KEY.match(lines[begin + 1])):
        return None
    end = _next(lines, begin, lambda line: not line.strip() or bool(_CLOSING.fullmatch(line)))
    if end is not None and not lines[end].strip():
        end -= 1
    return _block('the front matter has no "---" around it', _FENCES, lines, begin, end)


def _further_down(lines: Sequence[str]) -> UnreadFrontMatter | None:
    """A block between proper fences, below text."""
    begin = _next(lines, 1, lambda line: bool(_FENCE.fullmatch(line)))
    while begin is not None:
        end = _next(lines, begin + 1, lambda line: bool(_CLOSING.fullmatch(line)))
        if end is not None and _opens_with_keys(lines, begin + 1) and not any(map(_HEADING.match, lines[begin:end])):
            return _block(*_not_first(lines, begin), lines, begin, end)
        begin = end
    return None


def _block(message: str, advice: str, lines: Sequence[str], begin: int, end: int | None) -> UnreadFrontMatter:
    """The block up to the line `end`; one that is never closed ends at its first blank line."""
    if end is None:
        blank = _next(lines, begin + 1, lambda line: not line.strip())
        end = len(lines) - 1 if blank is None else blank
    return UnreadFrontMatter(message, advice, begin + 1, tuple(lines[begin : end + 1]), end + 1)


def _opens_with_keys(lines: Sequence[str], begin: int) -> bool:
    """True if one of the next few lines is a key of ours with a value."""
    return any(_KEY.match(line) for line in lines[begin : begin + 4])


def _behind_blanks_and_comments(lines: Sequence[str]) -> int:
    """The index of the first line that is neither blank nor in a comment."""
    index = 0
    while index < len(lines):
        line = lines[index].strip()
        if line.startswith("<!--"):
            end = _next(lines, index, lambda text: "-->" in text)
            if end is None or lines[end].partition("-->")[2].strip():
                return index
            index = end
        elif line:
            return index
        index += 1
    return index


def _next(lines: Sequence[str], begin: int, wanted: Callable[[str], bool]) -> int | None:
    return next((index for index in range(begin, len(lines)) if wanted(lines[index])), None)
