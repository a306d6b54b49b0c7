"""Explanation of what is at the cursor, the file that it names, and the links of a document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

from lsprotocol.types import DocumentLink, Hover, Location, MarkupContent, MarkupKind, Position, Range
from pygls.uris import from_fs_path

from postmortems.check.pages import rule_page
from postmortems.check.registry import BY_NAME, find_rule
from postmortems.desk.language_server.cursor import in_front_matter
from postmortems.desk.language_server.descriptions import is_yaml, keys_of, pattern_words, postmortem_words
from postmortems.desk.language_server.knowledge_base import KnowledgeBase
from postmortems.model.pattern import Pattern
from postmortems.model.place import Place
from postmortems.model.postmortem import KeyPath, Postmortem
from postmortems.read.mounts import place_of

_KEY = re.compile(r"\s*(?:-\s+)?([\w-]{1,60}):")
_WAIVER = re.compile(r"postmortems:\s{0,9}allow\s{1,9}((?:[\w-]{1,60}(?:,\s{0,9})?){1,20})")
_WORD = re.compile(r"[\w-]{1,60}")
_NAMING = ("patterns", "repeat_of", "not_repeat_of")


def explain(base: KnowledgeBase, path: str, position: Position) -> Hover | None:
    """Explain a position: the rules that found something there, else what is named, else the key."""
    text = base.texts[path]
    rules = {each.rule for each in base.shown(path) if _holds(text.range_of(each.place), position)}
    pages = [rule_page(BY_NAME[rule]) for rule in sorted(rules)] or list(_named_words(base, path, position))
    if not pages:
        return None
    return Hover(MarkupContent(MarkupKind.Markdown, "\n\n---\n\n".join(page.strip() for page in pages)))


def definition(base: KnowledgeBase, path: str, position: Position) -> Location | None:
    """The file of the pattern or postmortem that is named at a position."""
    named = _named(base, path, position)
    return Location(_address(base, named.path), Range(Position(0, 0), Position(0, 0))) if named else None


def links(base: KnowledgeBase, path: str) -> list[DocumentLink]:
    """The links of a document to files below the docs folder; whatever leads elsewhere is left to the editor."""
    document, text = base.document(path), base.texts[path]
    found: list[DocumentLink] = []
    for link in document.links if document and document.path == path else ():
        file = base.corpus.file_of(link.target, document) if document else None
        if file and file in base.corpus.files and link.place.path == path:
            found.append(DocumentLink(text.range_of(link.place), _address(base, file)))
    return found


def _named_words(base: KnowledgeBase, path: str, position: Position) -> Iterator[str]:
    text = base.texts[path]
    line, column = text.line(position.line), text.column_of(position)
    if waiver := _WAIVER.search(line):
        word = next(
            (w for w in _WORD.finditer(line, waiver.start(1), waiver.end(1)) if w.start() <= column <= w.end()), None
        )
        if word and (rule := find_rule(word.group())):
            yield rule_page(rule)
            return
    named = _named(base, path, position)
    if named:
        yield base.masked_text(pattern_words(named) if isinstance(named, Pattern) else postmortem_words(named))
    elif (
        (key := _KEY.match(line))
        and key.start(1) <= column <= key.end(1)
        and (in_front_matter(text, position.line) or is_yaml(base, path))
    ):
        below = "" if key.start(1) == 0 else _parent(base, path, position.line)
        if meaning := keys_of(base, path, below).get(key[1]):
            yield f"**{key[1]}**: {meaning}"


def _parent(base: KnowledgeBase, path: str, row: int) -> str:
    lines = base.texts[path].lines
    return next((line.partition(":")[0] for line in reversed(lines[:row]) if line[:1].isalpha() and ":" in line), "")


def _named(base: KnowledgeBase, path: str, position: Position) -> Pattern | Postmortem | None:
    """The pattern or postmortem whose id is at a position of the front matter."""
    document, text = base.document(path), base.texts[path]
    if not isinstance(document, Postmortem) or document.path != path:
        return None
    for keys, place in document.places.items():
        if keys[0] in _NAMING and place.line == position.line + 1 and _holds(text.range_of(place), position):
            name = _text_at(text.line(position.line), place)
            found = _looked_up(base, keys, name)
            if found:
                return found
    return None


def _looked_up(base: KnowledgeBase, keys: KeyPath, name: str) -> Pattern | Postmortem | None:
    if keys[0] == "patterns":
        return base.corpus.pattern_by_id.get(name)
    return base.corpus.by_id.get(name)


def _text_at(line: str, place: Place) -> str:
    return line[place.column - 1 : place.end_column - 1].strip().strip("\"'")


def _holds(where: Range, position: Position) -> bool:
    return (
        (where.start.line, where.start.character)
        <= (position.line, position.character)
        <= (
            where.end.line,
            where.end.character,
        )
    )


def _address(base: KnowledgeBase, path: str) -> str:
    return from_fs_path(str(place_of(base.project.docs, path))) or f"file://{quote(path)}"
