"""The box of an action item is written `[ ]` or `[x]`: `[X]`, `[]`, `[ x ]` and `[✓]` are made one of the two.

A box that holds anything else stays as it is, whatever it may mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from postmortems.fix.document import Document
from postmortems.fix.fix import Fix, FixContext, Proposal
from postmortems.model.edit import Edit
from postmortems.model.place import Place
from postmortems.model.section import BlockKind
from postmortems.read.action_items import action_sections

_BOX = re.compile(r"\s{0,60}(?:[-*+]|\d{1,9}[.)])\s{1,4}(\[[ \t]{0,3}([xX✓✔✅☑√]?)\ufe0f?[ \t]{0,3}\])(?=\s|$)")


def propose(document: Document, context: FixContext) -> Iterator[Proposal]:
    """An edit for each box below Action Items that is written otherwise."""
    if document.is_pattern or "[" not in document.source.text:
        return
    body = document.postmortem.body
    for section in action_sections(body):
        for block in section.all_blocks():
            box = _BOX.match(body.line(block.first)) if block.kind is BlockKind.LIST_ITEM else None
            # Of an item in an item on one line (`- - [X] x`) only the first marker is looked behind.
            if box is None or not block.text.startswith("["):
                continue
            new = "[x]" if box[2] else "[ ]"
            if box[1] != new:
                place = Place.at(document.path, block.first, box.start(1) + 1, len(box[1]))
                yield Proposal(Edit(place, new), is_form=True)


FIX = Fix(
    name="checkboxes",
    does="Writes the boxes of action items as `[ ]` and `[x]`.",
    propose=propose,
    is_form=True,
)
