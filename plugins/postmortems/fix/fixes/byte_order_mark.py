"""A byte order mark is removed. It does no harm here, and hides the front matter from other programs."""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.fix.document import Document
from postmortems.fix.fix import Fix, FixContext, Proposal
from postmortems.fix.rewrite import BOM
from postmortems.model.edit import Edit
from postmortems.model.place import Place


def propose(document: Document, context: FixContext) -> Iterator[Proposal]:
    """The mark, which is in column 0: before the text as it is read."""
    # Of two marks the second belongs to the text, and without the first it would no longer.
    if document.data.startswith(BOM.encode()) and not document.source.text.startswith(BOM):
        yield Proposal(Edit(Place.at(document.path, 1, 0, 1), ""), is_form=True)


FIX = Fix(name="byte-order-mark", does="Removes the byte order mark of a file.", propose=propose, is_form=True)
