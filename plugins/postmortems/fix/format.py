"""One file in its best form: what `fmt` does, which needs no finding and changes nothing of what a file says."""

from __future__ import annotations

from dataclasses import replace

from postmortems.fix.document import Document
from postmortems.fix.fix import FixContext
from postmortems.fix.fixed_file import FixedFile
from postmortems.fix.registry import proposals
from postmortems.fix.rewrite import rewritten

_MAX_ROUNDS = 10


def formatted(document: Document) -> FixedFile | None:
    """The file after all edits of form; None where there are none to make, and where it is no text."""
    context = FixContext(document.settings)
    now = document
    for _ in range(_MAX_ROUNDS):
        edits = [proposal.edit for proposal in proposals(now, context, form_only=True)]
        if not edits:
            break
        now = replace(now, data=rewritten(now.data, edits))
    return FixedFile(document.path, document.data, now.data) if now.data != document.data else None
