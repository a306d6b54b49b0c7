"""The links that authors drew from one postmortem to another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from postmortems.model.link_targets import file_of, links_of
from postmortems.model.postmortem import Postmortem


def links_between(postmortems: Sequence[Postmortem]) -> Iterator[tuple[int, int]]:
    """Each link between two of the postmortems, as their indexes: source, target. A pair may come more than once.

    A link may name the file, its folder or its page. `repeat_of` counts as one, too.
    """
    by_path = {postmortem.path: index for index, postmortem in enumerate(postmortems)}
    by_page = {_page(postmortem.path): index for index, postmortem in enumerate(postmortems)}
    by_id = {postmortem.id: index for index, postmortem in enumerate(postmortems)}
    for source, postmortem in enumerate(postmortems):
        files = (file_of(link.target, postmortem.path) for link in links_of(postmortem) if not link.is_image)
        targets = [by_path.get(file, by_page.get(_page(file))) for file in files if file]
        targets += [by_id.get(id_) for id_ in postmortem.front_matter.repeat_of]
        yield from ((source, target) for target in targets if target is not None and target != source)


def _page(path: str) -> str:
    """The address of a file's page below the docs folder, without what may be left out."""
    for ending in ("/postmortem.md", "/index.html", "/index.md", ".md", "/"):
        path = path.removesuffix(ending)
    return path
