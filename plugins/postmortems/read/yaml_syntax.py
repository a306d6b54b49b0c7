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
        hint = "remove the character, which editors rarely show"
    elif "\t" in written[: place.column]:
        hint = "indent with spaces, not tabs"
    elif is_open:
        hint = 'quote a value that contains " #"' if _COMMENT.search(written) else "close the bracket"
    elif "mapping values" in reason:
        hint = 'quote a value that contains ": "'
    elif "alias" in reason or quoted.partition(": ")[2].startswith(_SIGNS):
        hint = "quote a value that starts with a special YAML character"
    else:
        hint = "put each key on its own line, followed by a colon and a space"
    message = f"{called} is not valid YAML: {reason}"
    if quoted:
        message += f', at "{quoted[:80]}"'
    return Problem("invalid-yaml", place, message, hint)
