"""One word of YAML replaced by another, its quotes and everything behind it on the line left alone."""

from __future__ import annotations

from postmortems.fix.document import Document
from postmortems.model.edit import Edit
from postmortems.model.place import Place
from postmortems.read.yaml_scalar import plain


def scalar_edit(document: Document, place: Place, written: str, new: str) -> Edit | None:
    """The edit that makes the scalar `written`, which is at `place`, say `new`.

    None where it is written in a way that hides its letters: with escapes, an anchor or a tag, or on several lines.
    """
    source = document.text_at(place)
    if source == written:
        return Edit(place, plain(new))
    for quote, hidden in (('"', '"\\'), ("'", "'")):
        if source == f"{quote}{written}{quote}" and new.isprintable() and not any(sign in new for sign in hidden):
            inside = Place(place.path, place.line, place.column + 1, place.line, place.end_column - 1)
            return Edit(inside, new)
    return None
