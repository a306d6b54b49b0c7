"""Incident that a branch or a label names: an entry of the register, or a postmortem.

A tool that refuses changes asks here, so a name never means another incident than the one that it says: nothing is
guessed, and no part of an id is enough.
"""

from __future__ import annotations

import re

from postmortems.model.corpus import Corpus
from postmortems.model.postmortem import Postmortem
from postmortems.model.register import RegisterEntry

_WORDS_AFTER = re.compile(r"[-_/.][^\W\d_]")
"""Words after an id. Figures may belong to another id: INC-2026-041 is another incident than INC-2026."""


def named_incident(name: str, corpus: Corpus) -> RegisterEntry | Postmortem | None:
    """The incident with this id, whatever its case, or else the entry whose id the name begins with, before words.

    So `inc-412-checkout` names INC-412, unless the register has an incident INC-412-checkout.
    """
    folded = name.strip().casefold()
    entries = {entry.id.casefold(): entry for entry in (corpus.register.entries if corpus.register else ())}
    if entry := entries.get(folded):
        return entry
    if found := next((known for known in corpus.postmortems if known.id.casefold() == folded), None):
        return found
    begins = (known for known in entries if folded.startswith(known) and _WORDS_AFTER.match(folded, len(known)))
    longest = max(begins, key=len, default=None)
    return None if longest is None else entries[longest]
