"""Values that YAML ends at a `#` which looks like a part of them: `title: Incident #42 timed out` is "Incident".

A comment stays possible. What follows a value is taken for a part of it if the `#` is joined to a letter or a digit
(`#42`, `#platform`), or if a number follows it (`# 42`); never where a marker such as `#TODO` or `#postmortems:`
follows, and never behind quotes. `# ` with words behind it is a comment.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from postmortems.model.diagnostic import Problem
from postmortems.model.place import Place
from postmortems.model.postmortem import KeyPath
from postmortems.model.source import Source
from postmortems.read.yaml_nodes import YamlDocument

_MARKERS = "todo|fixme|xxx|hack|note|nb|check|postmortems|yamllint|noqa"
_CUT = re.compile(rf"[ \t]+(#(?!(?:{_MARKERS})\b)(?=\w)|#[ \t]+(?=\d))", re.IGNORECASE)
_COMMENT = re.compile(r"[ \t]+#(?:[ \t]+(?!\d)|$)")
_FLOW_SIGNS = ",]}"


@dataclass(frozen=True, slots=True)
class CutValue:
    """A value that is cut: the place of all that was meant for it, on one line, and how much of that YAML reads."""

    keys: KeyPath
    place: Place
    whole: str
    read: int
    is_certain: bool

    @property
    def lost(self) -> str:
        """The part that YAML takes for a comment."""
        return self.whole[self.read :].lstrip()


def cut_values(
    document: YamlDocument, lines: Sequence[str], is_free_text: Callable[[KeyPath], bool]
) -> Iterator[CutValue]:
    """The values of a document that are cut, of those that are free text; `lines` are those of the file."""
    for keys, written in document.spelling.items():
        place = document.places[keys]
        line = lines[place.end_line - 1]
        # Behind a plain scalar alone: a quoted one is longer than it reads.
        if place.line != place.end_line or line[place.column - 1 : place.end_column - 1] != written:
            continue
        found = _CUT.match(line, place.end_column - 1)
        if found is None or not keys or not is_free_text(keys):
            continue
        comment = _COMMENT.search(line, found.end(1))
        end = len((line[: comment.start()] if comment else line).rstrip())
        begin = place.column - 1 if written else found.start(1)
        yield CutValue(
            keys,
            Place(place.path, place.line, begin + 1, place.line, end + 1),
            line[begin:end],
            len(written),
            # Within brackets nobody can say where the value was meant to end, and `# 42` may count something.
            found[1] == "#" and not any(sign in line[found.end() : end] for sign in _FLOW_SIGNS),
        )


def cut_value_problems(
    document: YamlDocument, source: Source, is_free_text: Callable[[KeyPath], bool]
) -> list[Problem]:
    """A problem at each `#` that cuts a value; `source` is the whole file."""
    if " #" not in source.text and "\t#" not in source.text:
        return []
    return [_problem(cut) for cut in cut_values(document, source.lines, is_free_text)]


def _problem(cut: CutValue) -> Problem:
    key = next((str(part) for part in reversed(cut.keys) if isinstance(part, str)), "")
    fact = f'ends before "{cut.lost[:80]}"' if cut.read else f'is empty: "{cut.lost[:80]}" is a comment'
    return Problem(
        "comment-in-value",
        cut_place(cut),
        f'"{key}" {fact}, since a space and "#" start a comment in YAML',
        'put the whole value in quotes; a comment has a space after its "#"',
    )


def cut_place(cut: CutValue) -> Place:
    """The place of the lost part of a value."""
    place = cut.place
    return Place(place.path, place.line, place.end_column - len(cut.lost), place.line, place.end_column)
