"""Files that an import moves within their git repository, so that their history is kept.

Nothing but git's own data changes here; the files on disk are written and removed by others. The two commits are made
beside the index and become those of the branch in one step, so that whatever else is staged stays so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from postmortems.read.git import Repository
from postmortems.text.spelling import count_words

CHANGED = ("diff", "--name-only", "-z", "--no-renames", "--diff-filter=M", "--no-ext-diff", "--no-textconv")
"""The command that names the files which differ from a commit."""

_AT_ONCE = 200
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class _Blob:
    """A file as git has it: its mode and the name of its content."""

    mode: str
    name: str


@dataclass(frozen=True)
class GitMoves:
    """The moves of an import: new paths by old ones, all relative to the repository's root."""

    git: Repository
    moves: Mapping[str, str]

    def recoverable(self, in_history: Collection[str]) -> set[str]:
        """The old paths whose content, as it is on disk, git has, so that they can go.

        That is a file without changes, or one that is in the history, no longer tracked, and still there.
        """
        tracked = self._tracked(self.moves)
        on_disk = dict(zip(self.moves, self._hashes(self.moves), strict=True))
        return {
            path
            for path, name in on_disk.items()
            if (
                tracked[path].name == name
                if path in tracked
                else path in in_history and self.git.answers("cat-file", "-e", name)
            )
        }

    def stage(self, paths: Iterable[str]) -> None:
        """Move the old `paths` in the index, as `git mv` does."""
        paths = list(paths)
        self._move(self.git, self._tracked(paths), self._tracked(self.moves[path] for path in paths))

    def commit(self, paths: Iterable[str], written: Sequence[str], folder: str) -> None:
        """Commit the moves of the old `paths`, and then what was `written`: two commits, or what of them is new."""
        paths = list(paths)
        head = self.git.output("rev-parse", "--verify", "HEAD").strip()
        with TemporaryDirectory() as aside:
            git = replace(self.git, index=Path(aside, "index"))
            git.output("read-tree", head)
            self._move(git, self._committed(head, paths), self._committed(head, [self.moves[path] for path in paths]))
            last = _commit(git, head, f"Move {count_words(len(paths), 'file')} into {folder}")
            for some in _batches(written):
                git.output("add", "--", *some)
            last = _commit(git, last, f"Import postmortems into {folder}")
        # The index first: whoever is stopped in between finds there what is then committed.
        for some in _batches(written):
            self.git.output("add", "--", *some)
        self._forget(self.git, list(self._tracked(paths)))
        if last != head:
            self.git.output("update-ref", "-m", "postmortems import", "HEAD", last, head)

    def _move(self, git: Repository, old: Mapping[str, _Blob], new: Collection[str]) -> None:
        for some in _batches(((path, blob) for path, blob in old.items() if self.moves[path] not in new)):
            entries = [f"{blob.mode},{blob.name},{self.moves[path]}" for path, blob in some]
            git.output("update-index", "--add", *(part for entry in entries for part in ("--cacheinfo", entry)))
        self._forget(git, list(old))

    def _forget(self, git: Repository, paths: Sequence[str]) -> None:
        for some in _batches(paths):
            git.output("update-index", "--force-remove", "--", *some)

    def _tracked(self, paths: Iterable[str]) -> dict[str, _Blob]:
        return dict(self._entries(paths, "ls-files", "--stage", "-z"))

    def _committed(self, commit: str, paths: Iterable[str]) -> dict[str, _Blob]:
        return dict(self._entries(paths, "ls-tree", "-r", "-z", "--full-tree", commit))

    def _entries(self, paths: Iterable[str], *command: str) -> Iterator[tuple[str, _Blob]]:
        """The entries of git's list for some paths: `mode name stage\\tpath`, or `mode blob name\\tpath`."""
        for some in _batches(paths):
            for entry in self.git.output(*command, "--", *some).split("\0"):
                facts, tab, path = entry.partition("\t")
                mode, *words = facts.split(" ")
                if tab:
                    yield path, _Blob(mode, words[1] if words[0] == "blob" else words[0])

    def _hashes(self, paths: Iterable[str]) -> Iterator[str]:
        for some in _batches(paths):
            yield from self.git.output("hash-object", "--", *some).split()


def _batches(paths: Iterable[_T]) -> Iterator[tuple[_T, ...]]:
    """Groups of as many as fit into a command's arguments."""
    waiting = iter(paths)
    while some := tuple(islice(waiting, _AT_ONCE)):
        yield some


def _commit(git: Repository, parent: str, message: str) -> str:
    """The commit of what the index holds; the parent itself where nothing differs."""
    tree = git.output("write-tree").strip()
    if tree == git.output("rev-parse", "--verify", f"{parent}^{{tree}}").strip():
        return parent
    return git.output("commit-tree", tree, "-p", parent, "-m", message).strip()
