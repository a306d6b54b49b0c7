"""The place of a new postmortem: the next number of its year, taken by one process only, and a file that is whole.

A number is held by an empty folder `.<nn>` while its postmortem is made: making a folder either succeeds or finds
that another has it, on every file system and between processes. Nothing is left behind where anything fails; what a
process leaves that is killed are empty folders, and the next run takes a number back that nobody holds any more.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from time import time

from postmortems.cli.whole_file import write_whole
from postmortems.read.postmortem import FILE
from postmortems.text.slug import plain_slug

# A name that begins with a day (2026-11-20-checkout) has no number.
_NUMBERED = re.compile(r"\.?(?![0-9]{4}-[0-9]{2}-[0-9]{2})([0-9]{1,5})(?:[-.].*)?", re.DOTALL)
_HOLDER = re.compile(r"\.[0-9]{2,5}")
_LEFT_AFTER = 60.0
"""Seconds after which a number is held by nobody: whoever does needs some milliseconds."""
_LONGEST_NAME = 60


class LeavesDocsError(OSError):
    """The folder of the year is a link that leads out of the docs folder, where nothing is read."""

    def __init__(self) -> None:
        super().__init__(0, "it leads out of the docs folder")


def folder_name(title: str) -> str:
    """The title as the name of a folder, cut at the end of a word so that it stays short."""
    name = plain_slug(title)
    if len(name) <= _LONGEST_NAME:
        return name
    whole_words = name[: _LONGEST_NAME + 1].rpartition("-")[0]
    return whole_words or name[:_LONGEST_NAME]


def year_folder(docs: Path, folder: str, year: int) -> Path:
    """The folder of a year's postmortems; `folder` is that of all."""
    return docs / folder / f"{year:04d}"


def write_new(docs: Path, home: Path, title: str, text: str) -> Path:
    """Write a postmortem into the next folder of its year's folder, `home`, and return its path; OSError where that
    cannot be done."""
    if not home.resolve().is_relative_to(docs.resolve()):
        raise LeavesDocsError
    with _undone_on_failure() as undo:
        for folder in (home.parent, home):
            if _made(folder):
                undo.callback(_remove, folder)
        with _held_number(home) as number:
            folder = home / f"{number:02d}-{folder_name(title)}"
            folder.mkdir()
            undo.callback(_remove, folder)
            write_whole(folder / FILE, text.encode("utf-8"))
    return folder / FILE


@contextmanager
def _undone_on_failure() -> Iterator[ExitStack]:
    """A stack of what to do, last first, if the block does not come to its end."""
    with ExitStack() as undo:
        yield undo
        undo.pop_all()


def _made(folder: Path) -> bool:
    """Whether the folder was not there and has been made."""
    try:
        folder.mkdir()
    except FileExistsError:
        if folder.is_dir():
            return False
        raise NotADirectoryError(20, "Not a directory", str(folder)) from None
    return True


def _remove(folder: Path) -> None:
    # Not empty: somebody else has put something there meanwhile.
    with suppress(OSError):
        folder.rmdir()


@contextmanager
def _held_number(home: Path) -> Iterator[int]:
    """The next free number of a year, which no other process gets meanwhile."""
    for path in home.iterdir():
        if _HOLDER.fullmatch(path.name):
            with suppress(OSError):
                if time() - path.stat().st_mtime > _LEFT_AFTER:
                    path.rmdir()
    number = max(_numbers(home), default=0) + 1
    while True:
        holder = home / f".{number:02d}"
        try:
            holder.mkdir()
        except FileExistsError:
            number += 1
            continue
        try:
            # Another may have taken the number and finished between our look and our hold.
            if number not in _numbers(home, besides=holder.name):
                yield number
                return
        finally:
            _remove(holder)
        number += 1


def _numbers(home: Path, besides: str = "") -> set[int]:
    return {
        int(match[1])
        for name in os.listdir(home)  # noqa: PTH208 - names are all that is asked for
        if name != besides and (match := _NUMBERED.fullmatch(name))
    }
