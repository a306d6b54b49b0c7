"""The history of the postmortems from git, up to the commit that is checked out.

Two runs of git tell which commits changed which file, a third gives the versions of the files. A version is read once:
the store keeps it by the name of its blob, which says all that is in it. Of people nothing is read.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from posixpath import normpath

from postmortems.model.history import DocumentHistory, History, ReadHistory, Reading, Version
from postmortems.model.postmortem import Postmortem
from postmortems.read.commits import OF_ALL_BRANCHES, first_commits_of, moment, read_commits
from postmortems.read.document_commits import DocumentCommits
from postmortems.read.document_places import placed_documents
from postmortems.read.git import GitError, Repository, repository_root
from postmortems.read.mounts import mounts_of
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


@dataclass(frozen=True, slots=True)
class _Documents:
    """The postmortems of one repository: `place` is its docs folder on disk, `folder` that of its postmortems there,
    and `home` the same as below the site's docs folder. `source` is empty for those of the site's own repository."""

    place: Path
    folder: str
    home: str
    postmortems: tuple[Postmortem, ...]
    source: str = ""

    def own(self, path: str) -> str:
        """The path of a postmortem below the docs folder of its repository."""
        return f"{self.folder}{path.removeprefix(self.home)}"


def read_history(
    docs: Path, settings: Settings, postmortems: Collection[Postmortem], store: Store | None = None
) -> History:
    """The history of these postmortems; one with a `gap` where git knows none.

    Those of a source have that of its own repository. Where git knows none there, they have none, as if they were not
    committed, and `notes` say why.
    """
    found: dict[str, DocumentHistory] = {}
    gaps: dict[str, str] = {}
    unseen: set[str] = set()
    for several in _by_repository(docs, settings, postmortems):
        part = _read_history(several, settings, store)
        found |= part.documents
        if part.gap:
            gaps[several.source] = part.gap
            unseen |= {postmortem.path for postmortem in several.postmortems}
    gap = gaps.pop("", "")
    notes = tuple(f'of the source "{source}": {why}' for source, why in gaps.items())
    return History(found, gap or ("" if found or not notes else notes[0]), notes=notes, unseen=frozenset(unseen))


def _by_repository(docs: Path, settings: Settings, postmortems: Collection[Postmortem]) -> Iterator[_Documents]:
    sources = [None, *mounts_of(docs)]
    members: dict[str, list[Postmortem]] = {each.source.name if each else "": [] for each in sources}
    for postmortem in postmortems:
        found = next((each.source.name for each in sources if each and each.source.holds(postmortem.path)), "")
        members[found].append(postmortem)
    for each in sources:
        if each is None and (members[""] or len(sources) == 1):
            yield _Documents(docs, settings.folder, settings.folder, tuple(members[""]))
        elif each is not None:
            source = each.source
            yield _Documents(each.docs, source.inner, source.home, tuple(members[source.name]), source.name)


def _read_history(several: _Documents, settings: Settings, store: Store | None) -> History:
    docs = several.place
    root = repository_root(docs)
    if (docs / ".git").exists():
        if not several.source:
            return History(gap="the docs folder is a separate git repository, which is never read")
        root = docs.resolve()
    if root is None:
        return History(gap="the docs folder is not in a git repository")
    git = Repository(root)
    try:
        head = git.answer("rev-parse", "--verify", "--quiet", "HEAD^{commit}").strip()
        if not head:
            return History(gap="this git repository has no commit yet")
        if git.is_shallow():
            return History(gap=_SHALLOW)
        return _history(git, head, several, settings, store)
    except GitError as error:
        return History(gap=f"git cannot read it: {error}")


def _history(git: Repository, head: str, several: _Documents, settings: Settings, store: Store | None) -> History:
    below = several.place.resolve().relative_to(git.root).as_posix()
    key = history_key(base_key(settings), f"{several.source}:{below}" if several.source else below) if store else ""
    kept = store.kept(key) if store else None
    known = before = kept if isinstance(kept, _Known) else _Known()
    if known.head != head:
        known = _asked(git, head, normpath(f"{below}/{several.folder}"), known)
    paths = [postmortem.path for postmortem in several.postmortems]
    places = {path: place for path in paths if (place := _place(several, below, path, git.root, known))}
    needed = {blob: None for place in places.values() for _, blob in known.documents[place].versions if blob}
    missing = [blob for blob in needed if blob not in known.readings]
    if missing or known is not before:
        read = read_versions(git, missing, settings)
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
    placed = placed_documents(git, folder)
    firsts: dict[str, _First] = {}
    if placed.has_merges:
        found = first_commits_of(read_commits(git, placed.places, OF_ALL_BRANCHES))
        firsts = {path: _First(commit.written, commit.name) for path, commit in found.items()}
    return _Known(head, placed.documents, firsts, known.readings)


def _place(several: _Documents, below: str, path: str, root: Path, known: _Known) -> str | None:
    """The path of a postmortem from the repository's root, behind links if there are any; None if it is not there."""
    own = several.own(path)
    if (place := own if below == "." else f"{below}/{own}") in known.documents:
        return place
    true = os.path.relpath(os.path.realpath(several.place / own), root).replace(os.sep, "/")
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
    is_merged = first.commit != document.commit
    return DocumentHistory(moment(first.written), together, tuple(versions), document.is_whole, is_merged)
