"""The front matter of a Markdown file → typed values, each with its line.

python-frontmatter finds the fences, through our own handler: its loader would strip the text, so that lines shift,
and sees no front matter behind a byte order mark. Values go through `read_yaml`, then through the declaration in
`model.front_matter`; whatever does not fit is reported and left out, so that the rest can be used.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from frontmatter.default_handlers import YAMLHandler
from pydantic_core import ErrorDetails

from postmortems.model.diagnostic import Problem
from postmortems.model.front_matter import (
    EVEN_IN_DRAFTS,
    FREE_TEXT,
    HOST_KEYS,
    KEYS,
    REQUIRED,
    FrontMatter,
    IncidentKind,
    NotRepeat,
    Occurrence,
)
from postmortems.model.place import Place
from postmortems.model.postmortem import KeyPath
from postmortems.model.source import Source
from postmortems.read.cut_values import cut_value_problems
from postmortems.read.declared import Declaration, nearest_place, unknown_key, wrong_value
from postmortems.read.unread_front_matter import UnreadFrontMatter, find_unclosed, find_unread, salvaged
from postmortems.read.yaml_nodes import YamlDocument, read_yaml
from postmortems.text.spelling import only_near

_T = TypeVar("_T")

_PLACEHOLDER = re.compile(r"\[[^\[\]\n]{1,200}\]")
_FENCE = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)


class FrontMatterHandler(YAMLHandler):
    """Front matter between `---` on the first line and `---` or `...`, with both texts left exactly as they are."""

    FM_BOUNDARY = re.compile(r"\A---[ \t]*$", re.MULTILINE)

    def detect(self, text: str) -> bool:
        """True if the text opens with a fence and closes it."""
        return bool(self.FM_BOUNDARY.match(text)) and _FENCE.search(text, 3) is not None

    def split(self, text: str) -> tuple[str, str]:
        """The front matter and the body, for a text that `detect` accepts."""
        opening, closing = text.index("\n"), _FENCE.search(text, 3)
        if closing is None:
            raise ValueError("the front matter is not closed")
        return text[opening + 1 : closing.start()], text[closing.end() + 1 :]


_HANDLER = FrontMatterHandler()


@dataclass
class ReadFrontMatter:
    """The front matter of a file: its YAML, the body, and what is wrong so far.

    `salvaged` is the status, the severity and the kind that are plain to see in front matter that cannot be read.
    """

    body: Source
    document: YamlDocument = field(default_factory=YamlDocument)
    found: bool = False
    problems: list[Problem] = field(default_factory=list)
    salvaged: Mapping[str, str] = field(default_factory=dict)

    @property
    def values(self) -> Mapping[str, object]:
        """The keys and values; empty where there are none."""
        data = self.document.data
        return data if isinstance(data, dict) else {}


def split_front_matter(source: Source) -> ReadFrontMatter:
    """The front matter and the body of a file."""
    text, path = source.text, source.path
    if not _HANDLER.detect(text):
        return _unread(find_unread(text), source)
    front, body = _HANDLER.split(text)
    document = read_yaml(Source(path, front, 2))
    if document.data is None and document.problems and (unclosed := find_unclosed(front.split("\n"))):
        return _unread(unclosed, source)
    read = ReadFrontMatter(Source(path, body, front.count("\n") + 3), document, True, list(document.problems))
    if isinstance(document.data, dict):
        read.problems += cut_value_problems(document, source, is_free_text)
    elif document.problems:
        read.salvaged = salvaged(front.split("\n"))
    elif document.data is not None:
        place = document.places.get((), source.place(2))
        read.problems.append(
            Problem(
                "invalid-yaml",
                source.place(place.line, place.column),
                "the front matter has no keys",
                'write it as lines of the form "key: value"',
            )
        )
    return read


def _unread(unread: UnreadFrontMatter | None, source: Source) -> ReadFrontMatter:
    """A file without front matter that can be read; a block that was meant for it is no part of the body."""
    if unread is None:
        message = "the file has no front matter" if source.text.strip() else "the file is empty"
        advice = "copy it from templates/postmortem-template.md, or run `postmortems new`"
        return ReadFrontMatter(source, problems=[Problem("missing-front-matter", source.place(1), message, advice)])
    return ReadFrontMatter(
        Source(source.path, "\n".join(source.lines[unread.body :]), unread.body + 1),
        problems=[Problem("missing-front-matter", source.place(unread.line), unread.message, unread.help)],
        salvaged=salvaged(unread.lines),
    )


def front_matter_lines(text: str) -> list[str] | None:
    """The lines between the fences of a text, the first being the file's second; None where there are no fences."""
    return _HANDLER.split(text)[0].split("\n") if _HANDLER.detect(text) else None


def is_free_text(keys: KeyPath) -> bool:
    """True if a value of a postmortem or a pattern is text that no list of values limits, so that it may hold a `#`."""
    return keys[0] in FREE_TEXT or keys[-1] == "reason"


def typed_front_matter(read: ReadFrontMatter) -> tuple[FrontMatter, list[Problem]]:
    """The values that fit the declaration, and a problem for each that does not."""
    matter, host, problems = _DECLARATION.read(read.values, read.document)
    written = read.salvaged.get("kind") or read.document.spelling.get(("kind",), "")
    if "kind" in matter.model_fields_set or not (kind := only_near(written, list(IncidentKind))):
        return matter.model_copy(update={"host": host}), problems
    # A slip in this one value would ask a near miss for all that an incident needs, and count it as one.
    return matter.model_copy(update={"host": host, "kind": IncidentKind(kind)}), problems


def _empty(key: str, place: Place) -> Problem:
    message = f'"{key}" has no value'
    if key in REQUIRED:
        return Problem("missing-field", place, message, _what_to_write(key), even_in_drafts=key in EVEN_IN_DRAFTS)
    return Problem("invalid-value", place, message, "write one, or remove the line")


def _wrong(error: ErrorDetails, document: YamlDocument, location: KeyPath) -> Problem:
    key, inner = str(location[0]), str(location[-1])
    written = document.spelling.get(location, "")
    if len(location) == 1 and key not in EVEN_IN_DRAFTS and _PLACEHOLDER.fullmatch(written):
        return Problem(
            "leftover-template-text", document.places[location], f'"{key}" is still "{written}"', _what_to_write(key)
        )
    if error["type"] == "extra_forbidden":
        place = document.keys.get(location) or nearest_place(location, document)
        known = (Occurrence if key == "patterns" else NotRepeat).model_fields
        return unknown_key(place, inner, f'an entry of "{key}"', known, own=False)
    if error["type"] == "missing":
        message = f'an entry of "{key}" has no "{inner}"'
        return Problem("invalid-value", nearest_place(location, document), message, "add it")
    return wrong_value(error, document, location, key, _what_to_write(key), quotable=not key.endswith("_at"))


_DECLARATION = Declaration(FrontMatter, KEYS, "the front matter", _empty, _wrong, HOST_KEYS)

_ADVICE = {
    "title": "say in one line what happened",
    "status": "write draft, in-review or published",
    "severity": "write one of the severity scale",
    "services": "name the affected services: services: [checkout]",
    "root_cause": "write a short label that other incidents can share, or unknown",
    "patterns": "name the patterns it belongs to: patterns: [database-issues]; [] if there is none yet",
    "detection_target": "write a duration such as 5m or 1h30m",
    "sources": "write whole URLs: sources: [https://status.example.com/incidents/1]",
}


def _what_to_write(key: str) -> str:
    if key.endswith("_at"):
        return "write day, time and zone, such as 2026-11-20T14:23:00Z, or unknown"
    if key == "date":
        return "write the day as 2026-11-20"
    if key == "published_on":
        return "write the day as 2026-11-20, or unknown"
    return _ADVICE.get(key, "write one line of text")
