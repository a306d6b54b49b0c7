"""The history of the postmortems from git, up to the commit that is checked out.

Two runs of git tell which commits changed which file, a third gives the versions of the files. A version is read once:
the store keeps it by the name of its blob, which says all that is in it. Of people nothing is read.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from postmortems.model.history import DocumentHistory, History, ReadHistory, Reading, Version
from postmortems.model.postmortem import Postmortem
from postmortems.read.commits import OF_ALL_BRANCHES, OF_THE_BRANCH, first_commits_of, moment, read_commits
from postmortems.read.document_commits import DocumentCommits, document_commits
from postmortems.read.git import GitError, Repository, repository_root
from postmortems.read.store import Store
from postmortems.read.store_keys import base_key, history_key
from postmortems.read.versions import UNREADABLE, read_versions
from postmortems.settings import Completeness, Settings

_SHALLOW = (
    "this clone has only the latest commits: run `git fetch --unshallow`, or set `fetch-depth: 0` (GitHub) or"
    ' `GIT_DEPTH: "0"` (GitLab) where the site is built'
)


@dataclass(frozen=True, slots=True)
class _First:
    """The first commit of a document, on whatever branch: its author's time, and its name."""

    written: int
    commit: str


@dataclass(frozen=True, slots=True)
class _Known:
    """Everything that git said up to a commit, `head`, and every version that was read."""

    head: str = ""
    documents: Mapping[str, DocumentCommits] = field(default_factory=dict)
    firsts: Mapping[str, _First] = field(default_factory=dict)
    readings: Mapping[str, Reading] = field(default_factory=dict)


def history_reader(
    docs: Path, settings: Settings, postmortems: Collection[Postmortem], store: Store | None
) -> ReadHistory:
    """Return a function that reads the history of these postmortems once; `store` may be closed by then."""

    reopened = store.reopened if store else None

    @cache
    def read() -> History:
        # Commits of a sample tell when it was collected, and nothing of its incidents.
        if not settings.history or settings.corpus is Completeness.SAMPLE:
            return History(is_asked=False)
        again = reopened() if reopened else None
        try:
            return read_history(docs, settings, postmortems, again)
        finally:
            if again:
                again.close()

    return read


def read_history(
    docs: Path, settings: Settings, postmortems: Collection[Postmortem], store: Store | None = None
) -> History:
    """The history of these postmortems; one with a `gap` where git knows none."""
    root = repository_root(docs)
    if (docs / ".git").exists():
        return History(gap="the docs folder is a separate git repository, which is never read")
    if root is None:
        return History(gap="the docs folder is not in a git repository")
    git = Repository(root)
    try:
        head = git.answer("rev-parse", "--verify", "--quiet", "HEAD^{commit}").strip()
        if not head:
            return History(gap="this git repository has no commit yet")
        if git.is_shallow():
            return History(gap=_SHALLOW)
        below = docs.resolve().relative_to(root).as_posix()
        return _history(git, head, below, docs, settings, postmortems, store)
    except GitError as error:
        return History(gap=f"git cannot read it: {error}")


def _history(
    git: Repository,
    head: str,
    below: str,
    docs: Path,
    settings: Settings,
    postmortems: Collection[Postmortem],
    store: Store | None,
) -> History:
    key = history_key(base_key(settings), below) if store else ""
    kept = store.kept(key) if store else None
    known = before = kept if isinstance(kept, _Known) else _Known()
    if known.head != head:
        known = _asked(git, head, f"{below}/{settings.folder}", known)
    paths = [postmortem.path for postmortem in postmortems]
    places = {path: place for path in paths if (place := _place(docs, below, path, git.root, known))}
    needed = {blob: None for place in places.values() for _, blob in known.documents[place].versions if blob}
    missing = [blob for blob in needed if blob not in known.readings]
    if missing or known is not before:
        read = read_versions(git, missing, settings, postmortems)
        # Versions that no document has any more would stay for ever.
        kept_readings = {blob: read.get(blob) or known.readings[blob] for blob in needed}
        known = _Known(known.head, known.documents, known.firsts, kept_readings)
        if store:
            store.keep(key, known)
    firsts = {path: _first(known, place) for path, place in places.items()}
    together = Counter(first.commit for first in firsts.values())
    return History(
        {
            path: _document(known.documents[place], firsts[path], together[firsts[path].commit], known.readings)
            for path, place in places.items()
        }
    )


def _asked(git: Repository, head: str, folder: str, known: _Known) -> _Known:
    """The commits up to `head`, with the versions that were read earlier."""
    branch = list(read_commits(git, folder, OF_THE_BRANCH))
    documents = document_commits(branch)
    firsts: dict[str, _First] = {}
    if any(commit.is_merge for commit in branch):
        found = first_commits_of(read_commits(git, folder, OF_ALL_BRANCHES))
        firsts = {path: _First(commit.written, commit.name) for path, commit in found.items()}
    return _Known(head, documents, firsts, known.readings)


def _place(docs: Path, below: str, path: str, root: Path, known: _Known) -> str | None:
    """The path of a postmortem from the repository's root, behind links if there are any; None if it is not there."""
    if (place := f"{below}/{path}") in known.documents:
        return place
    true = os.path.relpath(os.path.realpath(docs / path), root).replace(os.sep, "/")
    return true if true in known.documents else None


def _first(known: _Known, place: str) -> _First:
    """The first commit of a document: on a branch that was merged, if git knows one."""
    document = known.documents[place]
    return known.firsts.get(document.first_path) or _First(document.written, document.commit)


def _document(
    document: DocumentCommits, first: _First, together: int, readings: Mapping[str, Reading]
) -> DocumentHistory:
    versions = (
        Version(moment(seconds), readings[blob] if blob else UNREADABLE) for seconds, blob in document.versions[::-1]
    )
    return DocumentHistory(moment(first.written), together, tuple(versions), document.is_whole)
