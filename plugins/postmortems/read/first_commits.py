"""The day on which each file came into its git repository."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from postmortems.read.git import GitError, Repository, repository_root

_LOG = (
    "log",
    "--reverse",
    "--diff-filter=AR",
    "--find-renames",
    "--name-status",
    "-z",
    "--format=%x00%x00%cs",
    "--no-ext-diff",
    "--no-textconv",
    "--no-color",
    "--no-show-signature",
    "--end-of-options",
    "HEAD",
)


def first_commits(folder: Path) -> Mapping[str, date]:
    """The day of the first commit of each file, by its path below `folder`, names that it had before included.

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
        if git.answer("rev-parse", "--is-shallow-repository").strip() != "false":
            return {}
        answer = git.answer(*_LOG, "--", below)
    except GitError:
        return {}
    prefix = "" if below == "." else f"{below}/"
    return {path.removeprefix(prefix): day for path, day in _days(answer).items() if path.startswith(prefix)}


def _days(answer: str) -> Mapping[str, date]:
    days: dict[str, date] = {}
    for day, state, names in _changes(answer.split("\0")):
        if state.startswith("R"):
            days[names[1]] = days.get(names[0], day)
        else:
            days.setdefault(names[0], day)
    return days


def _changes(parts: list[str]) -> Iterator[tuple[date, str, list[str]]]:
    """The day, the letter and the name, or both names, of each change of a file."""
    day = date.min
    waiting = iter(parts)
    for part in waiting:
        if not part:
            continue
        if part[:1].isdecimal():
            day = date.fromisoformat(part.strip()[:10])
            continue
        state = part.strip()
        if state[:1] not in ("A", "R"):
            continue
        names = [next(waiting, "") for _ in range(2 if state.startswith("R") else 1)]
        yield day, state, names
