"""A value of front matter that a `#` cuts is put in quotes, where the `#` is joined to what follows it (`#42`)."""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.fix.document import Document
from postmortems.fix.fix import Fix, FixContext, Proposal, ResolvedFinding
from postmortems.model.edit import Edit
from postmortems.read.cut_values import cut_place, cut_values
from postmortems.read.front_matter import is_free_text
from postmortems.read.yaml_scalar import plain

_RULE = "comment-in-value"


def propose(document: Document, context: FixContext) -> Iterator[Proposal]:
    """An edit for each value that surely goes on behind the `#`."""
    if not isinstance(document.front.document.data, dict):
        return
    for cut in cut_values(document.front.document, document.lines, is_free_text):
        if cut.is_certain:
            edit = Edit(cut.place, plain(cut.whole))
            without_value = ResolvedFinding("invalid-value", document.front.document.keys.get(cut.keys, cut.place))
            missing = ResolvedFinding("missing-field", without_value.place)
            yield Proposal(
                edit, (ResolvedFinding(_RULE, cut_place(cut)), *(() if cut.read else (without_value, missing)))
            )


FIX = Fix(
    name="comment-in-value",
    does='Quotes a value that ` #` would cut, as in `title: "Incident #42"`.',
    propose=propose,
    rules=(_RULE,),
)
