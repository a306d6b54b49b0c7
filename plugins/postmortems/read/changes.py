"""The changes of a branch below the docs folder, as git says.

Compared are the files on disk, uncommitted ones included, with the commit that the branch left the other one at. In a
shallow clone that commit may be missing; then the other commit itself is compared, which on a merge commit, as CI
systems check it out, is the same.
"""

from __future__ import annotations

import os
import shlex
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from pathlib import Path

from postmortems.model.changes import Changes
from postmortems.read.files import list_files
from postmortems.read.git import GitError, Repository, repository_root
from postmortems.read.mounts import mounts_of, path_below, source_at, taken_from

_COMPARE = (
    "diff",
    "--name-only",
    "-z",
    "--no-renames",
    "--no-ext-diff",
    "--no-textconv",
    "--no-color",
    "--no-relative",
    "--ignore-submodules=dirty",  # to look into one, git would run git in it
)


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
    looked = [below, *_folders_of_sources(docs, git.root)]
    differing = git.output(*_COMPARE, base, "--", *looked)
    removed = git.output(*_COMPARE, "--diff-filter=D", base, "--", *looked)
    untracked = git.output("ls-files", "--others", "--exclude-standard", "--full-name", "-z", "--", *looked)
    paths = _paths(differing, below) | _paths(untracked, below)
    gone = _paths(removed, below) - _paths(untracked, below)
    if mounts_of(docs):
        paths |= _of_sources(differing, docs, git.root) | _of_sources(untracked, docs, git.root)
        gone |= _of_sources(removed, docs, git.root) - _of_sources(untracked, docs, git.root)
    behind_links = _behind_links(docs)
    return Changes(
        paths | {name for path in paths for name in behind_links(path)},
        gone | {name for path in gone for name in behind_links(path)},
        note,
    )


def _paths(answer: str, below: str) -> frozenset[str]:
    paths = answer.split("\0")
    return frozenset(path.removeprefix(f"{below}/") for path in paths if path.startswith(f"{below}/"))


def _folders_of_sources(docs: Path, root: Path) -> Iterator[str]:
    """The folders of sources from the repository's root, as far as they lie in it; the whole of one that is a
    repository of its own, which git knows only as such."""
    for each in mounts_of(docs):
        folder = each.docs.resolve()
        top = folder if (folder / ".git").exists() else repository_root(folder)
        if folder.is_relative_to(root):
            yield (folder if top is None or top == root else top).relative_to(root).as_posix()


def _of_sources(answer: str, docs: Path, root: Path) -> frozenset[str]:
    """The files of sources, by their paths below the docs folder, that differ: single ones, or all of a source that is
    a submodule or a checkout, of which git tells no more."""
    found: set[str] = set()
    whole: set[str] = set()
    for name in filter(None, answer.split("\0")):
        if (path := path_below(docs, root / name)) is not None and source_at(docs, path):
            found.add(path)
        whole.update(taken_from(docs, root / name))
    if whole:
        found |= {path for path in list_files(docs).files if _is_below(path, whole)}
    return frozenset(found)


def _is_below(path: str, folders: Collection[str]) -> bool:
    return any(path == folder or path.startswith(f"{folder}/") for folder in folders)


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
