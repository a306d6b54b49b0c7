"""A key of the front matter that is misspelt by one slip gets the name that it can only be meant for.

It must be the only key that is near, must not be there already, and must take the value that is behind it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from postmortems.fix.document import Document
from postmortems.fix.fix import Fix, FixContext, Proposal, ResolvedFinding
from postmortems.fix.scalar import scalar_edit
from postmortems.model.front_matter import HOST_KEYS, KEYS, FrontMatter, NotRepeat, Occurrence
from postmortems.model.postmortem import KeyPath
from postmortems.read.pattern import PATTERN_KEYS, PatternFrontMatter
from postmortems.text.spelling import only_near

_RULE = "unknown-field"


def propose(document: Document, context: FixContext) -> Iterator[Proposal]:
    """An edit for each key that can be meant for one other only."""
    values = document.front.values
    if document.is_pattern:
        yield from _renamed(document, (), values, PatternFrontMatter, {}, PATTERN_KEYS)
        return
    yield from _renamed(document, (), values, FrontMatter, {}, KEYS)
    for path, entry in _entries(values, "patterns"):
        yield from _renamed(document, path, entry, Occurrence, {"pattern": "x"}, tuple(Occurrence.model_fields))
    for path, entry in _entries(values, "not_repeat_of"):
        sound = {"id": "x", "reason": "x"}
        yield from _renamed(document, path, entry, NotRepeat, sound, tuple(NotRepeat.model_fields))


def _entries(values: Mapping[str, object], key: str) -> Iterator[tuple[KeyPath, Mapping[str, object]]]:
    """The mappings in the value of a key, each with its path: that value itself, or the items of a list."""
    value = values.get(key)
    if isinstance(value, dict):
        yield (key,), value
    for index, item in enumerate(value if isinstance(value, list) else ()):
        if isinstance(item, dict):
            yield (key, index), item


def _renamed(
    document: Document,
    path: KeyPath,
    values: Mapping[str, object],
    model: type[BaseModel],
    sound: Mapping[str, Any],
    known: Collection[str],
) -> Iterator[Proposal]:
    """An edit for each unknown key of one mapping. `sound` are values that make the model whole."""
    passing = () if path else HOST_KEYS
    meant = {
        key: name
        for key in values
        if key not in known and key not in passing and not (key.startswith("x-") and not path)
        if (name := only_near(key, (*known, *passing))) in known
    }
    claims = Counter(meant.values())
    for key, name in meant.items():
        if name is None or name in values or claims[name] > 1 or not _takes(model, {**sound, name: values[key]}):
            continue
        place = document.front.document.keys[(*path, key)]
        if edit := scalar_edit(document, place, key, name):
            yield Proposal(edit, (ResolvedFinding(_RULE, place),))


def _takes(model: type[BaseModel], values: Mapping[str, Any]) -> bool:
    if None in values.values():
        return False
    try:
        model.model_validate(values)
    except ValidationError:
        return False
    return True


FIX = Fix(
    name="unknown-field",
    does="Corrects a misspelt front-matter key (one typo, one possible match).",
    propose=propose,
    rules=(_RULE,),
)
