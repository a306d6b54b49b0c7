"""An author's word that a rule does not hold somewhere."""

from __future__ import annotations

from dataclasses import dataclass

from postmortems.model.place import Place
from postmortems.model.quick_pickle import quickly_pickled


@quickly_pickled
@dataclass(frozen=True, slots=True)
class Waiver:
    """One rule that a comment allows to be broken: `<!-- postmortems: allow blaming-language: quoting the page -->`.

    `rule` is a name or code as written, which may be no rule's; `place` is where it is. `reason` is empty where
    none is given: such a waiver has no force. `first` and `last` are the lines that it covers, both included.
    """

    rule: str
    reason: str
    place: Place
    first: int
    last: int
