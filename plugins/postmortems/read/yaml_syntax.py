"""An error of YAML's parser → a problem that quotes the author and says what to do."""

from __future__ import annotations

import re
from typing import Any

import yaml
from yaml.reader import ReaderError

from postmortems.model.diagnostic import Problem
from postmortems.model.source import Source

_SIGNS = ("*", "&", "@", "%", "`", "!", "[", "{")
_COMMENT = re.compile(r"[ \t]#")


def index_of(error: yaml.YAMLError, text: str) -> int | None:
    """The offset in `text` at which its parser stopped; None where it does not say."""
    if isinstance(error, ReaderError):
        # It is the first of its kind. libyaml counts bytes here, and PyYAML characters.
        return text.find(chr(error.character))
    mark: Any = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    return mark.index if mark else None


def syntax_problem(error: yaml.YAMLError, source: Source, called: str) -> Problem:
    """The problem of a text that is no YAML; `called` is its name in messages."""
    opening: Any = getattr(error, "context_mark", None)
    reason = str(getattr(error, "problem", "") or getattr(error, "reason", "") or "it cannot be parsed")
    place = source.place_at(index_of(error, source.text) or 0)
    # A bracket that is never closed is noticed where the next key begins, or at the end.
    is_open = (
        opening is not None and "did not find expected ',' or" in reason and source.line_of(opening.index) < place.line
    )
    if is_open:
        place = source.place_at(opening.index)
    written = source.lines[place.line - source.first]
    quoted = written.strip()
    if isinstance(error, ReaderError):
        reason += f": U+{error.character:04X}"
        hint = "remove the character, which editors hardly show"
    elif "\t" in written[: place.column]:
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
    return Problem("invalid-yaml", place, message, hint)
