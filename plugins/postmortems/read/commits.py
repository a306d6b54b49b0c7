"""The commits of a folder in its git repository, and what each changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from postmortems.read.git import Repository

_MOST_RENAMES = 200
"""Number of files that a commit removes, or adds, up to which git looks for those that were moved and changed. One that
was moved as it is, is always found."""

_LATEST = int(datetime(9999, 12, 31, tzinfo=UTC).timestamp())

_LOG = (
    "log",
    "--raw",
    "-z",
    "--no-abbrev",
    "--find-renames",
    f"-l{_MOST_RENAMES}",
    "--format=%H %at %ct %P",
    "--no-relative",
    "--no-ext-diff",
    "--no-textconv",
    "--no-color",
    "--no-notes",
    "--no-show-signature",
    "--ignore-submodules=dirty",  # to look into one, git would run git in it
)

OF_THE_BRANCH = ("--first-parent", "-m")
"""Options for the commits of the branch itself, the newest first: a merge is one of them, with all that it brought."""

OF_ALL_BRANCHES = ("--topo-order", "--reverse", "--full-history", "--no-merges", "--diff-filter=AR")
"""Options for the commits in which a file was new, or got a new name, the oldest first: those on branches that were
merged are among them."""

_MOVES = ("--no-walk=unsorted", "--stdin", "--diff-filter=R", "--find-renames=90%")
"""Options for the files that single commits rename, and change by a tenth at most: more than that have two documents of
one template in common."""

_ADDED, _REMOVED, _RENAMED = "A", "D", "R"


@dataclass(frozen=True, slots=True)
class FileChange:
    """A change of a file: git's letter for it, its path from the repository's root, and the name of its blob, of one
    that is gone the last one, which is empty for a link. `before` is the path that it had, the same unless it was
    renamed."""

    letter: str
    path: str
    blob: str
    before: str

    @property
    def is_new(self) -> bool:
        """True if the file was not there before."""
        return self.letter == _ADDED

    @property
    def is_removal(self) -> bool:
        """True if the file is gone."""
        return self.letter == _REMOVED

    @property
    def is_rename(self) -> bool:
        """True if the file had another path."""
        return self.letter == _RENAMED


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit: `written` is when its author made it, and `committed` when it got into its place in history, both as
    seconds since 1970."""

    name: str
    written: int
    committed: int
    is_merge: bool
    changes: tuple[FileChange, ...]


def read_commits(git: Repository, below: Iterable[str], options: tuple[str, ...]) -> Iterator[Commit]:
    """The commits up to HEAD that change a file below these folders, in the order that the options ask for.

    Raises GitError.
    """
    return _commits(git.output(*_LOG, *options, "--end-of-options", "HEAD", "--", *below))


def moves_in(git: Repository, commits: Collection[str]) -> Iterator[FileChange]:
    """The files of the whole repository that these commits of the branch moved, nearly as they were. Raises GitError.

    With its path alone, git takes a file that comes from another folder for a new one.
    """
    listed = git.output(*_LOG, *OF_THE_BRANCH, *_MOVES, given="".join(f"{name}\n" for name in commits))
    for commit in _commits(listed) if commits else ():
        yield from commit.changes


def _commits(listed: str) -> Iterator[Commit]:
    parts = iter(listed.split("\0"))
    head = ""
    changes: list[FileChange] = []
    for part in parts:
        # The first change of a commit is on a line of its own.
        words = part.lstrip("\n")
        if words.startswith(":"):
            changes.append(_change(words, parts))
            continue
        if head:
            yield _commit(head, changes)
        head, changes = words.strip(), []
    if head:
        yield _commit(head, changes)


def _change(words: str, parts: Iterator[str]) -> FileChange:
    mode_before, mode, blob_before, blob, letter = words.removeprefix(":").split(" ")
    if letter == _REMOVED:
        mode, blob = mode_before, blob_before
    first = next(parts, "")
    is_rename = letter.startswith(_RENAMED)
    path = next(parts, "") if is_rename else first
    return FileChange(letter[:1], path, blob if mode.startswith("100") else "", first)


def _commit(head: str, changes: list[FileChange]) -> Commit:
    name, written, committed, *parents = head.split(" ")
    return Commit(name, _seconds(written), _seconds(committed), len(parents) > 1, tuple(changes))


def _seconds(written: str) -> int:
    """A commit's time as git prints it: of one without a time it prints nothing."""
    return int(written) if written.isdecimal() else 0


def moment(seconds: int) -> datetime:
    """A commit's time. Anybody can set it to anything, and what no calendar has is the first or last day of one."""
    return datetime.fromtimestamp(min(seconds, _LATEST), UTC)


def first_commits_of(oldest_first: Iterable[Commit]) -> Mapping[str, Commit]:
    """The commit in which each file was new, by its path and by each that it had before."""
    found: dict[str, Commit] = {}
    for commit in oldest_first:
        for change in commit.changes:
            if change.is_rename:
                found[change.path] = found.get(change.before, commit)
            else:
                found.setdefault(change.path, commit)
    return found
