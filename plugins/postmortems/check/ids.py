"""Suggestions for an id that is no postmortem's."""

from __future__ import annotations

from postmortems.model.corpus import Corpus
from postmortems.model.postmortem import Postmortem
from postmortems.text.spelling import nearest

WHAT_AN_ID_IS = "write the postmortem's folder with its year, such as 2024/01-slow-queries"
_FILE = "/postmortem.md"


def advise_id(name: str, corpus: Corpus, document: Postmortem | None = None) -> str:
    """The next step for somebody who wrote `name` in a document: the id that is meant, else what an id looks like."""
    bare = (
        name.strip("/").removeprefix("docs/").removeprefix(f"{corpus.folder}/").removesuffix(_FILE).removesuffix(".md")
    )
    # Only ids of one year, or with the same slug, are compared by their letters: a corpus may hold thousands.
    year, _, rest = bare.partition("/")
    ids = [corpus.id_in(document, known) if document else known.id for known in corpus.by_id.values()]
    near = [known for known in ids if known.startswith(f"{year}/") or (rest and known.endswith(f"/{rest}"))]
    meant = nearest(bare, near)
    return f'did you mean "{meant}"?' if meant else WHAT_AN_ID_IS
