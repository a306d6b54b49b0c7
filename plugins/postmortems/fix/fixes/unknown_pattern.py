"""A pattern that is misspelt by one slip, or called by its title or by another of its names, gets its id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from postmortems.fix.document import Document
from postmortems.fix.fix import Fix, FixContext, Proposal, ResolvedFinding
from postmortems.fix.scalar import scalar_edit
from postmortems.model.postmortem import KeyPath
from postmortems.text.spelling import only_near

_RULE = "unknown-pattern"


def propose(document: Document, context: FixContext) -> Iterator[Proposal]:
    """An edit for each pattern without a page that can be meant for one page only."""
    if document.is_pattern:
        return
    named = dict(_named(document.front.values))
    ids_by_name: dict[str, set[str]] = {}
    for pattern in context.patterns:
        for name in (pattern.id, pattern.title, *pattern.aliases):
            ids_by_name.setdefault(name, set()).add(pattern.id)
    ids = {pattern.id for pattern in context.patterns}
    taken = set(named.values())
    for path, name in named.items():
        if name in ids:
            continue
        meant = _meant(name, ids_by_name)
        # Named a second time it would be there twice.
        if meant is None or meant in taken:
            continue
        place = document.front.document.places[path]
        if edit := scalar_edit(document, place, name, meant):
            taken.add(meant)
            yield Proposal(edit, (ResolvedFinding(_RULE, place),))


def _named(values: Mapping[str, object]) -> Iterator[tuple[KeyPath, str]]:
    """Each pattern that the front matter names, with the path of its name."""
    patterns = values.get("patterns")
    for index, item in enumerate(patterns if isinstance(patterns, list) else ()):
        if isinstance(item, str):
            yield ("patterns", index), item
        elif isinstance(item, dict) and isinstance(name := item.get("pattern"), str):
            yield ("patterns", index, "pattern"), name


def _meant(name: str, ids_by_name: Mapping[str, set[str]]) -> str | None:
    """The one id whose own name or another is near; a slip that leads to two patterns leads to none."""
    near = {meant for known, ids in ids_by_name.items() if only_near(name, (known,)) for meant in ids}
    return near.pop() if len(near) == 1 else None


FIX = Fix(
    name="unknown-pattern",
    does="Corrects a misspelt pattern id (one typo, one possible match with an id, title or alias).",
    propose=propose,
    rules=(_RULE,),
)
