"""A value out of a fixed list that is misspelt by one slip: status, kind, severity, detected_by, a pattern's role."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from postmortems.fix.document import Document
from postmortems.fix.fix import Fix, FixContext, Proposal, ResolvedFinding
from postmortems.fix.scalar import scalar_edit
from postmortems.model.front_matter import DetectedBy, IncidentKind, Status
from postmortems.model.pattern import Role
from postmortems.model.postmortem import KeyPath
from postmortems.text.spelling import only_near

_RULE = "invalid-value"


def propose(document: Document, context: FixContext) -> Iterator[Proposal]:
    """An edit for each value that can be meant for one other only."""
    if document.is_pattern:
        return
    values = document.front.values
    choices: list[tuple[KeyPath, object, Collection[str]]] = [
        (("status",), values.get("status"), tuple(Status)),
        (("kind",), values.get("kind"), tuple(IncidentKind)),
        (("detected_by",), values.get("detected_by"), tuple(DetectedBy)),
        (("severity",), values.get("severity"), tuple(context.settings.severities)),
    ]
    patterns = values.get("patterns")
    for index, item in enumerate(patterns if isinstance(patterns, list) else ()):
        if isinstance(item, dict):
            choices.append((("patterns", index, "role"), item.get("role"), tuple(Role)))
    for path, value, known in choices:
        if not isinstance(value, str) or value in known or not (meant := only_near(value, known)):
            continue
        place = document.front.document.places[path]
        if edit := scalar_edit(document, place, value, str(meant)):
            yield Proposal(edit, (ResolvedFinding(_RULE, place),))


FIX = Fix(
    name="invalid-value",
    does="Corrects a misspelt status, kind, severity, `detected_by` or role (one typo, one possible match).",
    propose=propose,
    rules=(_RULE,),
)
