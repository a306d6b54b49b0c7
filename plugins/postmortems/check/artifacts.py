"""The files that lie beside postmortems, and whose they are."""

from __future__ import annotations

from postmortems.model.corpus import Corpus
from postmortems.model.postmortem import Postmortem


def owner_of(path: str, corpus: Corpus) -> Postmortem | None:
    """The postmortem in whose folder a file lies, directly or deeper; None where it lies in no postmortem's."""
    folder = path
    while folder := folder.rpartition("/")[0]:
        if owner := corpus.by_path.get(f"{folder}/postmortem.md"):
            return owner
    return None
