"""The lines of a YAML text; and an error of its parser → a problem that quotes the author and says what to do."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Any

import yaml
from yaml.reader import ReaderError

from postmortems.model.diagnostic import Problem
from postmortems.model.place import Place

_SIGNS = ("*", "&", "@", "%", "`", "!", "[", "{")
_COMMENT = re.compile(r"[ \t]#")


class Lines:
    """The lines of a text as everybody counts them. YAML also ends one at U+0085, U+2028 and U+2029."""

    def __init__(self, text: str) -> None:
        # libyaml passes over a byte order mark, and does not count it.
        self._starts = [0, *(found.end() - text.startswith("\ufeff") for found in re.finditer("\n", text))]

    def place(self, index: int) -> tuple[int, int]:
        """The line and the column of a character, both from 0."""
        line = bisect_right(self._starts, index) - 1
        return line, index - self._starts[line]


def index_of(error: yaml.YAMLError, text: str) -> int | None:
    """Where in `text` its parser stopped; None where it does not say."""
    if isinstance(error, ReaderError):
        # It is the first of its kind. libyaml counts bytes here, and PyYAML characters.
        return text.find(chr(error.character))
    mark: Any = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    return mark.index if mark else None


def syntax_problem(error: yaml.YAMLError, text: str, path: str, first_line: int, called: str) -> Problem:
    """The problem of a text that is no YAML; it begins on `first_line` of the file, and `called` is its name."""
    opening: Any = getattr(error, "context_mark", None)
    reason = str(getattr(error, "problem", "") or getattr(error, "reason", "") or "it cannot be parsed")
    place_of = Lines(text).place
    line, column = place_of(index_of(error, text) or 0)
    # A bracket that is never closed is noticed where the next key begins, or at the end.
    is_open = opening is not None and "did not find expected ',' or" in reason and place_of(opening.index)[0] < line
    if is_open:
        line, column = place_of(opening.index)
    lines = text.split("\n")
    written = lines[line] if line < len(lines) else ""
    quoted = written.strip()
    if isinstance(error, ReaderError):
        reason += f": U+{error.character:04X}"
        hint = "remove the character, which editors hardly show"
    elif "\t" in written[: column + 1]:
        hint = "indent with blanks, not with tabs"
    elif is_open:
        hint = 'put a value that contains " #" in quotes' if _COMMENT.search(written) else "close the bracket"
    elif "mapping values" in reason:
        hint = 'put a value that contains ": " in quotes'
    elif "alias" in reason or quoted.partition(": ")[2].startswith(_SIGNS):
        hint = "put a value that begins with a sign of YAML's in quotes"
    else:
        hint = "every key stands on a line of its own, followed by a colon and a blank"
    message = f"{called} is not valid YAML: {reason}"
    if quoted:
        message += f', at "{quoted[:80]}"'
    return Problem("invalid-yaml", Place.at(path, line + first_line, column + 1), message, hint)
