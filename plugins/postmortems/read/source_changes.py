"""The changes in sources, as git says: in those of the site's repository, and in those that have one of their own.

A source with a repository of its own is compared with the commit that the site's repository recorded for it, as it does
for a submodule. Where that commit is not in the clone, as in shallow ones, all of the source counts as changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from pathlib import Path

from postmortems.model.changes import Changes
from postmortems.read.differing_files import differing_files
from postmortems.read.files import list_files
from postmortems.read.git import GitError, Repository, repository_root
from postmortems.read.mounts import PATTERNS, Mount, mounts_of, path_below, source_at, taken_from
from postmortems.text.spelling import listed


def changes_in_sources(docs: Path, site: Repository, base: str) -> Changes:
    """The files of sources, by their paths below the docs folder, that differ from what commit `base` of the site's
    repository held; GitError where git cannot compare with that. `note` names sources that it cannot know of."""
    paths: set[str] = set()
    gone: set[str] = set()
    unknown: list[str] = []
    for root, mounts in _by_repository(docs).items():
        commit = base if root == site.root else _recorded(root, site, base)
        if commit is None:
            unknown += [each.source.name for each in mounts]
        if root is None:
            continue
        try:
            folders = [_path(each.docs.resolve(), root) for each in mounts]
            found = differing_files(Repository(root), "HEAD" if commit is None else commit, folders)
            gone |= _here(found.gone, docs, root) | _gone_patterns(found.gone, docs, root)
            paths |= _here(found.names, docs, root) | gone
        except GitError:
            if root == site.root:
                raise
            paths |= _all_below(taken_from(docs, root), docs)
    return Changes(frozenset(paths), frozenset(gone), _note(unknown))


def _by_repository(docs: Path) -> dict[Path | None, list[Mount]]:
    """The sources by the root of the repository that each is in; None for those in none."""
    found: defaultdict[Path | None, list[Mount]] = defaultdict(list)
    for each in mounts_of(docs):
        folder = each.docs.resolve()
        found[folder if (folder / ".git").exists() else repository_root(folder)].append(each)
    return found


def _recorded(root: Path | None, site: Repository, base: str) -> str | None:
    """The commit of the repository at `root` that `base` recorded; empty for one that is new since, and None where the
    site's repository leaves it out, such as for a checkout in a folder that is ignored."""
    if root is None or not root.is_relative_to(site.root):
        return None
    place = _path(root, site.root)
    kind, _, rest = site.answer("ls-tree", "-z", base, "--", place).partition(" commit ")
    if kind == "160000":
        return rest.partition("\t")[0]
    return "" if site.answer("ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", place) else None


def _path(folder: Path, root: Path) -> str:
    return folder.relative_to(root).as_posix()


def _here(names: Iterable[str], docs: Path, root: Path) -> set[str]:
    """Files below the docs folder, by their names from the root of a repository, as far as they are of sources."""
    found = (path_below(docs, root / name) for name in names)
    return {path for path in found if path is not None and source_at(docs, path)}


def _gone_patterns(names: Iterable[str], docs: Path, root: Path) -> set[str]:
    """The patterns among these files, which are gone, that no other folder has: no folder says any more whose."""
    folders = {each.patterns.resolve() for each in mounts_of(docs)}
    found = {f"{PATTERNS}/{place.name}" for name in names if (place := root / name).parent in folders}
    return found.difference(list_files(docs).files) if found else found


def _all_below(folders: Collection[str], docs: Path) -> set[str]:
    files = list_files(docs).files
    return {path for path in files if any(path == each or path.startswith(f"{each}/") for each in folders)}


def _note(sources: list[str]) -> str:
    if not sources:
        return ""
    return f"git does not record here which commit of {listed(sources)} is used; only uncommitted changes there count"
