"""The day on which each file came into its git repository."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from postmortems.read.commits import OF_ALL_BRANCHES, first_commits_of, moment, read_commits
from postmortems.read.git import GitError, Repository, repository_root


def first_commits(folder: Path) -> Mapping[str, date]:
    """The day, in UTC, of the first commit of each file, by its path below `folder`, names that it had before included.

    Nothing where no git repository holds the folder, where git cannot answer, and in a shallow clone, which knows only
    the last days.
    """
    # The folder may be the top of the repository itself.
    root = repository_root(folder / "file")
    if root is None:
        return {}
    below = folder.resolve().relative_to(root).as_posix()
    git = Repository(root)
    try:
        if git.is_shallow():
            return {}
        found = first_commits_of(read_commits(git, [below], OF_ALL_BRANCHES))
    except GitError:
        return {}
    prefix = "" if below == "." else f"{below}/"
    return {
        path.removeprefix(prefix): moment(commit.committed).date()
        for path, commit in found.items()
        if path.startswith(prefix)
    }
