"""The files of a working tree that differ from a commit: committed since, uncommitted and new ones."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from postmortems.read.git import Repository

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


class DifferingFiles(NamedTuple):
    """Paths from the repository's root: all that differ, and those among them that are gone."""

    names: frozenset[str]
    gone: frozenset[str]


def differing_files(git: Repository, commit: str, below: Iterable[str]) -> DifferingFiles:
    """The files below these folders that differ from a commit; GitError where git cannot tell."""
    folders = tuple(below)
    differing = _names(git.output(*_COMPARE, commit, "--", *folders))
    removed = _names(git.output(*_COMPARE, "--diff-filter=D", commit, "--", *folders))
    options = ("--others", "--exclude-standard", "--full-name", "-z")
    untracked = _names(git.output("ls-files", *options, "--", *folders))
    return DifferingFiles(differing | untracked, removed - untracked)


def _names(answer: str) -> frozenset[str]:
    return frozenset(filter(None, answer.split("\0")))
