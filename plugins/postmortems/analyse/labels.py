"""The labels of a postmortem as they are compared with those of others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from postmortems.model.front_matter import UNKNOWN
from postmortems.model.pattern import Role
from postmortems.model.postmortem import Postmortem
from postmortems.model.related import ReasonKind
from postmortems.text.slug import slug

Key = tuple[ReasonKind, str]
"""Kind of a label, and its slug; two spellings with one slug are one label. Of a pattern, its id."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label as its author spells it; only a pattern has a role."""

    written: str
    role: Role | None = None


def labels_of(postmortem: Postmortem) -> Mapping[Key, Label]:
    """All labels by their key, in the author's order."""
    found: dict[Key, Label] = {}
    for kind, label in _labels(postmortem):
        if _says_something(label.written):
            key = label.written if kind is ReasonKind.PATTERN else slug(label.written)
            found.setdefault((kind, key), label)
    return found


def owner_key(postmortem: Postmortem) -> str:
    """Key of the incident's owner for comparison. All postmortems without an owner belong together."""
    owner = postmortem.front_matter.owner
    return slug(owner) if owner else ""


def _labels(postmortem: Postmortem) -> Iterator[tuple[ReasonKind, Label]]:
    matter = postmortem.front_matter
    if matter.root_cause:
        yield ReasonKind.ROOT_CAUSE, Label(matter.root_cause)
    for pattern in matter.patterns:
        yield ReasonKind.PATTERN, Label(pattern.pattern, pattern.role)
    for service in matter.services:
        yield ReasonKind.SERVICE, Label(service)
    if matter.trigger:
        yield ReasonKind.TRIGGER, Label(matter.trigger)


def _says_something(label: str) -> bool:
    """True if a label can be shared: not so what is unknown, a mere `?`, or a template's `[short label]`."""
    return label.lower() != UNKNOWN and not label.startswith("[") and any(map(str.isalnum, label))
