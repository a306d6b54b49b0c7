"""Choices at the cursor, from the settings, the catalogue and what was last read: keys and values of the front matter,
sections that are missing, notes of an action item, rules that may be waived."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from lsprotocol.types import CompletionItem, CompletionItemKind, MarkupContent, MarkupKind, Position, Range, TextEdit

from postmortems.check.registry import RULES
from postmortems.check.rules.missing_section import missing_sections
from postmortems.desk.language_server.cursor import FrontMatterCursor, front_matter_cursor, in_front_matter
from postmortems.desk.language_server.descriptions import (
    description_of,
    is_yaml,
    keys_of,
    pattern_words,
    postmortem_words,
)
from postmortems.desk.language_server.knowledge_base import KnowledgeBase
from postmortems.desk.language_server.positions import Text
from postmortems.model.action_item import ActionKind
from postmortems.model.corpus import Corpus
from postmortems.model.front_matter import UNKNOWN, DetectedBy, IncidentKind, Status
from postmortems.model.pattern import Role
from postmortems.model.postmortem import Postmortem
from postmortems.model.section import TEMPLATE_SECTIONS
from postmortems.read.action_notes import KEYS as NOTES
from postmortems.read.yaml_scalar import plain

_WAIVER = re.compile(
    r".*(?:<!--|#)\s{0,9}postmortems:\s{0,9}allow\s{1,9}(?:[\w-]{1,60},\s{0,9}){0,20}(?P<typed>[\w-]{0,60})"
)
_ITEM = re.compile(
    r"\s{0,60}[-*+]\s{1,4}\[.?\].*\((?:[^()]{0,500},\s{0,9})?(?:(?P<key>[\w-]{1,20}):\s{0,9})?(?P<typed>[\w-]{0,60})"
)
_OWNER = re.compile(r"\s{0,60}[-*+]\s{1,4}\[.?\]\s{1,4}\[(?P<typed>[^\[\]]{0,60})")
_HEADING = re.compile(r"(?P<typed>#{1,6}(?:\s.{0,60})?|)")
_LONGEST_LINE = 2_000
_HIDDEN = {'"': '"\\', "'": "'"}
"""Signs that cannot be written as they are between these quotes."""

_LISTS = ("services", "patterns", "aliases", "signals")
_ID_KEYS = ("repeat_of", "not_repeat_of", "postmortem")
MOST = 100
"""The most choices of one kind: an editor asks again when more is typed."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that may stand at the cursor; `order` sorts it, `insert` is written where that is not the label, and
    it is found by the words of `also` beside the label."""

    label: str
    kind: CompletionItemKind = CompletionItemKind.Value
    detail: str = ""
    words: str = ""
    order: str = ""
    insert: str = ""
    also: str = ""


def complete(base: KnowledgeBase, path: str, position: Position) -> list[CompletionItem]:
    """Complete at a position of an open document."""
    text = base.texts[path]
    column = text.column_of(position)
    prefix = text.line(position.line)[:column]
    if len(prefix) > _LONGEST_LINE:
        return []
    is_list = is_yaml(base, path)
    is_document = path in base.paths
    if (waiver := _WAIVER.fullmatch(prefix)) and is_document:
        return _items(_rules(), text, position, waiver.start("typed"))
    if is_list or (is_document and in_front_matter(text, position.line)):
        cursor = front_matter_cursor(text, position.line, column)
        return _items(_in_front_matter(base, path, text, cursor), text, position, cursor.start) if cursor else []
    document = base.document(path) if is_document else None
    if isinstance(document, Postmortem) and path.endswith(".md"):
        if owner := _OWNER.fullmatch(prefix):
            return _items(_owners(base.corpus, owner["typed"]), text, position, owner.start("typed"))
        if item := _ITEM.fullmatch(prefix):
            return _items(_notes(item["key"] or ""), text, position, item.start("typed"))
        if _HEADING.fullmatch(prefix):
            return _items(_sections(base, document), text, position, 0)
    return []


def _items(choices: Iterable[Choice], text: Text, position: Position, start: int) -> list[CompletionItem]:
    """Choices as items that replace what is typed from `start` to the cursor."""
    where = Range(text.position_of(position.line, start), position)
    return [
        CompletionItem(
            label=choice.label,
            kind=choice.kind,
            detail=choice.detail or None,
            documentation=MarkupContent(MarkupKind.Markdown, choice.words) if choice.words else None,
            sort_text=choice.order or None,
            filter_text=f"{choice.label} {choice.also}".rstrip(),
            text_edit=TextEdit(where, choice.insert or choice.label),
        )
        for choice in choices
    ]


def _in_front_matter(base: KnowledgeBase, path: str, text: Text, cursor: FrontMatterCursor) -> Iterator[Choice]:
    if cursor.is_key and (not is_yaml(base, path) or cursor.start):
        yield from _keys(base, path, text, cursor.key)
    if cursor.is_value:
        key = cursor.inner or cursor.key
        is_list = cursor.is_alone and key in _LISTS
        for choice in _values(base, path, key, cursor):
            written = choice.label if cursor.quote else plain(choice.label)
            if written.isprintable() and not (cursor.quote and any(sign in written for sign in _HIDDEN[cursor.quote])):
                yield replace(choice, insert=f"[{written}]" if is_list and not cursor.quote else written)


def _keys(base: KnowledgeBase, path: str, text: Text, below: str) -> Iterator[Choice]:
    known = keys_of(base, path, below)
    below = below or (path if is_yaml(base, path) else "")
    present = set() if below else {line.partition(":")[0] for line in text.lines if line[:1].isalpha()}
    for order, (key, meaning) in enumerate(known.items()):
        if key not in present:
            yield Choice(key, CompletionItemKind.Property, words=meaning, order=f"{order:03}", insert=f"{key}: ")


def _values(base: KnowledgeBase, path: str, key: str, cursor: FrontMatterCursor) -> Iterator[Choice]:
    """The values that a key may have, or has elsewhere."""
    settings, corpus = base.project.settings, base.corpus
    enumerations: dict[str, Iterable[str]] = {
        "status": Status, "kind": IncidentKind, "detected_by": DetectedBy, "role": Role,
    }  # fmt: skip
    if key in enumerations:
        yield from (Choice(str(value), CompletionItemKind.EnumMember) for value in enumerations[key])
    elif key == "severity":
        for order, (name, meaning) in enumerate(settings.severities.items()):
            yield Choice(name, CompletionItemKind.EnumMember, meaning, order=str(order))
    elif key.endswith("_at"):
        yield Choice(UNKNOWN)
    elif key in ("patterns", "pattern"):
        for pattern in corpus.patterns:
            title, words = base.masked_text(pattern.title), base.masked_text(pattern_words(pattern))
            yield Choice(pattern.id, CompletionItemKind.Reference, title, words)
    elif key in _ID_KEYS or (key == "id" and cursor.key == "not_repeat_of"):
        typed = cursor.typed.casefold()
        others = (
            postmortem
            for postmortem in reversed(corpus.postmortems)
            if postmortem.path != path and (typed in postmortem.id.casefold() or typed in postmortem.title.casefold())
        )
        for order, postmortem in enumerate(islice(others, MOST)):
            title, words = base.masked_text(postmortem.title), base.masked_text(postmortem_words(postmortem))
            yield Choice(postmortem.id, CompletionItemKind.Reference, title, words, f"{order:05}", also=title)
    elif key == "services":
        listed = corpus.catalogue.services if corpus.catalogue else ()
        known = {service.name: service.description for service in listed}
        yield from (Choice(name, detail=known[name]) for name in _typed_in(known, cursor.typed))
        used = Counter(name for postmortem in corpus.postmortems for name in postmortem.front_matter.services)
        yield from _used(Counter({name: count for name, count in used.items() if name not in known}), cursor.typed)
    elif key in ("owner", "team"):
        yield from _owners(corpus, cursor.typed)
    elif key in ("root_cause", "signals"):
        causes = Counter(postmortem.root_cause for postmortem in corpus.postmortems)
        yield from _used(Counter({name: count for name, count in causes.items() if name}), cursor.typed)
        if key == "root_cause":
            yield Choice(UNKNOWN, order="~")
    elif key == "family":
        yield from _used(Counter(pattern.family for pattern in corpus.patterns), cursor.typed)


def _used(names: Counter[str], typed: str) -> Iterator[Choice]:
    """Words that others have written, the most frequent first."""
    for order, name in enumerate(_typed_in([name for name, _ in names.most_common()], typed)):
        count = names[name]
        yield Choice(name, detail=f"used {count} times" if count > 1 else "used once", order=f"{order:04}")


def _typed_in(names: Collection[str], typed: str) -> Iterable[str]:
    """The names; of many, the first in which what is typed occurs: an editor asks again for the others."""
    if len(names) <= MOST:
        return names
    return islice((name for name in names if typed.casefold() in name.casefold()), MOST)


def _owners(corpus: Corpus, typed: str) -> Iterator[Choice]:
    """Owners of postmortems: those of action items would have to be loaded, which takes too long."""
    owners = (postmortem.front_matter.owner for postmortem in corpus.postmortems)
    yield from _used(Counter(filter(None, owners)), typed)


def _sections(base: KnowledgeBase, postmortem: Postmortem) -> Iterator[Choice]:
    """The headings of the sections that are not there, in the template's order; those that are required say so."""
    body = postmortem.body
    required = {missing.name for missing in missing_sections(postmortem, base.project.settings)}
    others = [name for name in TEMPLATE_SECTIONS if body.find(name) is None]
    for order, name in enumerate(dict.fromkeys((*others, *sorted(required)))):
        above = TEMPLATE_SECTIONS.get(name)
        parent = body.find(above) if above else None
        level = parent.level + 1 if parent else 3 if above else 2
        detail = "required section" if name in required else "section of the template"
        yield Choice(f"{'#' * min(level, 6)} {name}", CompletionItemKind.Module, detail, order=f"{order:03}")


def _notes(key: str) -> Iterator[Choice]:
    """The keys of an action item's last parenthesis, and the values of those that have a list."""
    if not key:
        for order, note in enumerate(NOTES):
            yield Choice(note, CompletionItemKind.Property, order=str(order), insert=f"{note}: ")
    elif key == "kind":
        yield from (Choice(kind, CompletionItemKind.EnumMember) for kind in ActionKind)
    elif key == "state":
        yield Choice(UNKNOWN)


def _rules() -> Iterator[Choice]:
    """The rules that a comment may allow to be broken."""
    for rule in RULES:
        if rule.may_be_waived:
            yield Choice(rule.name, CompletionItemKind.Reference, rule.code, description_of(rule), rule.code)
