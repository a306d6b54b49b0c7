"""The commits of a branch → the versions of each document, under every name that it had."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from postmortems.read.commits import Commit

SUFFIX = ".md"

MOST_VERSIONS = 200
"""Number of versions of one document that are read, the newest ones. An older one counts as one that is unreadable."""


@dataclass(slots=True)
class DocumentCommits:
    """The versions of one document, the newest first: when each came to the branch, and its blob, which is empty for
    what is not read.

    `commit` is the name of that in which it was new there, `written` its author's time, and `first_path` the path then.
    `is_whole` is False where that commit removes another document, which may be this one under another name, and where
    one at its place was deleted before, which may be this one without its changes.
    """

    versions: list[tuple[int, str]] = field(default_factory=list)
    written: int = 0
    commit: str = ""
    first_path: str = ""
    is_whole: bool = True


def document_commits(newest_first: Iterable[Commit]) -> Mapping[str, DocumentCommits]:
    """The commits of each document that is there after the last one, by its path then. One that was deleted, and came
    back as it was, is one document."""
    found: dict[str, DocumentCommits] = {}
    by_path: dict[str, DocumentCommits | None] = {}
    begun: dict[str, tuple[str, DocumentCommits]] = {}
    for commit in newest_first:
        changes = [change for change in commit.changes if change.path.endswith(SUFFIX)]
        removes = any(change.is_removal for change in changes)
        moved: dict[str, DocumentCommits | None] = {}
        for change in changes:
            if change.path not in by_path and not change.is_removal:
                by_path[change.path] = found[change.path] = DocumentCommits()
            if change.is_removal and change.path in begun:
                blob, restored = begun.pop(change.path)
                restored.is_whole = restored.is_whole and blob == change.blob
                by_path[change.path] = restored if blob == change.blob else None
                continue
            document = by_path.get(change.path)
            if document is None:
                by_path[change.path] = None
                continue
            is_read = len(document.versions) < MOST_VERSIONS
            document.versions.append((commit.committed, change.blob if is_read else ""))
            document.written, document.commit, document.first_path = commit.written, commit.name, change.path
            if change.is_new:
                document.is_whole = not removes
                begun[change.path] = change.blob, document
            if change.is_new or change.is_rename:
                by_path[change.path] = None
            if change.is_rename:
                moved[change.before] = document
        by_path |= moved
    return found
