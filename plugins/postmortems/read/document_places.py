"""The documents below a folder with their commits, those from before they were moved into it included.

Git is asked for the commits of that folder, which is quick whatever else is in the repository, and then for the moves
in those in which a document was new there. Where one came from elsewhere, the commits of that place are read as well.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from postmortems.read.commits import OF_THE_BRANCH, Commit, moves_in, read_commits
from postmortems.read.document_commits import SUFFIX, DocumentCommits, document_commits
from postmortems.read.git import Repository

_MOST_MOVES = 5
_MOST_PLACES = 500


@dataclass(frozen=True, slots=True)
class PlacedDocuments:
    """The documents of a folder, by their path. `places` are that folder and where they were before; `has_merges` tells
    that some of their commits are merges."""

    documents: Mapping[str, DocumentCommits]
    places: Sequence[str]
    has_merges: bool


def placed_documents(git: Repository, folder: str) -> PlacedDocuments:
    """The documents below a folder of a repository. Raises GitError."""
    below = "" if folder == "." else f"{folder}/"
    places = [folder]
    asked: set[str] = set()
    for _ in range(_MOST_MOVES):
        branch = list(read_commits(git, places, OF_THE_BRANCH))
        documents = _below(below, branch)
        new = {document.first_path: document.commit for document in documents.values() if document.commit not in asked}
        asked.update(new.values())
        moves = [move for move in moves_in(git, set(new.values())) if move.path in new]
        others = {_place(move.path, move.before, below) for move in moves if move.before.endswith(SUFFIX)}
        if not others or len(others) > _MOST_PLACES:
            break
        places += sorted(others)
    return PlacedDocuments(documents, places, any(commit.is_merge for commit in branch))


def _below(below: str, branch: Sequence[Commit]) -> Mapping[str, DocumentCommits]:
    return {path: document for path, document in document_commits(branch).items() if path.startswith(below)}


def _place(path: str, before: str, below: str) -> str:
    """The folder that a document was in before, if all below that may have moved with it; else its own path."""
    same = f"/{path.removeprefix(below)}"
    return before.removesuffix(same) if before.endswith(same) else before
