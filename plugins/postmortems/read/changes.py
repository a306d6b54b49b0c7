"""The changes of a branch below the docs folder, as git says.

Compared are the files on disk, uncommitted ones included, with the commit that the branch left the other one at. In a
shallow clone that commit may be missing; then the other commit itself is compared, which on a merge commit, as CI
systems check it out, is the same.
"""

from __future__ import annotations

import os
import shlex
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from postmortems.model.changes import Changes
from postmortems.read.differing_files import differing_files
from postmortems.read.files import list_files
from postmortems.read.git import GitError, Repository, repository_root
from postmortems.read.mounts import mounts_of
from postmortems.read.source_changes import changes_in_sources


class ChangesError(Exception):
    """Failure to tell which files changed; the text says why and what to do, in one line."""


def changes_since(ref: str, docs: Path, folder: str = "postmortems") -> Changes:
    """The files below `docs` that differ from commit `ref`; ChangesError where git cannot tell.

    `folder` is that of the postmortems, each of which changes as one with its artifacts.
    """
    root = repository_root(docs)
    if (docs / ".git").exists():
        raise ChangesError(f"{docs} is a separate git repository, which is never read: {_OWN_REPOSITORY}")
    if root is None:
        raise ChangesError(f"{docs} is not in a git repository, so it cannot be compared with {ref}")
    try:
        names = frozenset(each.source.name for each in mounts_of(docs))
        return replace(_changes(ref, docs, Repository(root)), folder=folder, sources=names)
    except GitError as error:
        raise ChangesError(f"git cannot compare with {ref}: {error}") from None


_OWN_REPOSITORY = "keep mkdocs.yml and the docs folder in one repository, with its .git above the docs folder"


def _changes(ref: str, docs: Path, git: Repository) -> Changes:
    git.output("rev-parse", "--git-dir")
    commit = git.answer("rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}").strip()
    if not commit:
        raise ChangesError(_unknown(ref, git))
    base = git.answer("merge-base", commit, "HEAD").strip()
    note = ""
    if not base:
        base = commit
        note = f"{ref} and this branch have no common commit here; comparing with {ref} itself"
        if git.is_shallow():
            note += f"; later changes on it are included unless you run: {_deepen(ref)}"
    below = docs.resolve().relative_to(git.root).as_posix()
    found = differing_files(git, base, [below])
    in_sources = changes_in_sources(docs, git, base)
    paths = _paths(found.names, below) | in_sources.paths
    gone = _paths(found.gone, below) | in_sources.removed
    behind_links = _behind_links(docs)
    return Changes(
        paths | {name for path in paths for name in behind_links(path)},
        gone | {name for path in gone for name in behind_links(path)},
        "; ".join(filter(None, (note, in_sources.note))),
    )


def _paths(names: Iterable[str], below: str) -> frozenset[str]:
    return frozenset(name.removeprefix(f"{below}/") for name in names if name.startswith(f"{below}/"))


def _behind_links(docs: Path) -> Callable[[str], list[str]]:
    """Return a function that lists the further names a file has behind links: git knows only its own place."""
    root = os.path.realpath(docs)
    folders: defaultdict[str, list[str]] = defaultdict(list)
    files: defaultdict[str, list[str]] = defaultdict(list)
    paths = list_files(docs).files
    for folder in {path.rpartition("/")[0] for path in paths}:
        shown = f"{root}/{folder}".rstrip("/")
        if (place := os.path.realpath(shown)) != shown:
            folders[place].append(folder)
    for path in paths:
        if os.path.islink(f"{root}/{path}"):  # noqa: PTH114 - this loop runs for every file
            files[os.path.realpath(f"{root}/{path}")].append(path)

    def names(path: str) -> list[str]:
        folder, _, name = f"{root}/{path}".rpartition("/")
        further = [f"{shown}/{name}" for shown in folders.get(folder, ())]
        return further + files.get(f"{root}/{path}", [])

    return names


def _unknown(ref: str, git: Repository) -> str:
    if not git.answers("rev-parse", "--verify", "--quiet", "HEAD"):
        return "this git repository has no commit yet, so there is nothing to compare with"
    nowhere = f"no commit, branch or tag named {ref}: `git branch --all` lists the branches"
    # What git would take for an option is no name of a branch, and in no command that somebody may copy.
    if not ref or ref.startswith("-"):
        return nowhere
    if git.is_shallow():
        return f"{ref} is not in this shallow clone: fetch it with `{_fetch(ref)}`"
    remote, slash, _ = ref.partition("/")
    if slash and remote in git.answer("remote").split():
        return f"no commit named {ref}: fetch it with `{_fetch(ref)}`"
    return nowhere


def _fetch(ref: str) -> str:
    remote, _, branch = ref.partition("/")
    if not branch:
        return shlex.join(("git", "fetch", "--depth=1", "origin", ref))
    return shlex.join(("git", "fetch", "--depth=1", remote, f"{branch}:refs/remotes/{ref}"))


def _deepen(ref: str) -> str:
    remote, slash, _ = ref.partition("/")
    return shlex.join(("git", "fetch", "--unshallow", remote if slash else "origin"))
