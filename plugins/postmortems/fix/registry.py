"""All fixes, in one visible list."""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.fix.document import Document
from postmortems.fix.fix import Fix, FixContext, Proposal
from postmortems.fix.fixes import (
    byte_order_mark,
    checkboxes,
    comment_in_value,
    invalid_value,
    invalid_yaml,
    list_value,
    missing_section,
    moments,
    section_level,
    timeline_order,
    unknown_field,
    unknown_pattern,
)

FIXES: tuple[Fix, ...] = (
    byte_order_mark.FIX,
    invalid_yaml.FIX,
    unknown_field.FIX,
    comment_in_value.FIX,
    list_value.FIX,
    invalid_value.FIX,
    moments.FIX,
    unknown_pattern.FIX,
    section_level.FIX,
    missing_section.FIX,
    timeline_order.FIX,
    checkboxes.FIX,
)

FIXABLE = frozenset(rule for fix in FIXES for rule in fix.rules)
"""The rules of which some findings can be put right."""


def proposals(document: Document, context: FixContext, *, form_only: bool = False) -> Iterator[Proposal]:
    """All that is surely meant otherwise in a document; with `form_only` only what concerns how it is written."""
    if document.unreadable:
        return
    for fix in FIXES:
        if fix.is_form or not form_only:
            for proposal in fix.propose(document, context):
                if proposal.is_form or not form_only:
                    yield proposal
