"""One file in its best form: what `fmt` does, which needs no finding and changes nothing of what a file says."""

from __future__ import annotations

from dataclasses import replace

from postmortems.fix.document import Document
from postmortems.fix.fix import FixContext
from postmortems.fix.fixed_file import FixedFile
from postmortems.fix.registry import proposals
from postmortems.fix.rewrite import Lines, bytes_of, lines_of, rewritten, without_overlaps

_MOST_ROUNDS = 10


def formatted(document: Document) -> FixedFile | None:
    """The file after all edits of form; None where there are none to make, and where it is no text."""
    around = FixContext(document.settings)
    now = document
    lines: Lines = ()
    for _ in range(_MOST_ROUNDS):
        edits = without_overlaps(one.edit for one in proposals(now, around, form_only=True))
        if not edits:
            break
        lines = rewritten(lines or lines_of(document.data), edits)
        now = replace(document, data=bytes_of(lines))
    return FixedFile(document.path, document.data, lines) if now.data != document.data else None
