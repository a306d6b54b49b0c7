"""The place of a new postmortem: the next number of its year, which no other process has, and a file that is whole.

A postmortem is written into a folder outside those of all postmortems, and then gets its place in one step. A process
that is killed leaves nothing that holds a number or is read as a postmortem. Folders differ by their titles: whoever
finds another one with the number that it has just taken goes on to the next.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from errno import EEXIST, ENOTEMPTY
from pathlib import Path
from secrets import token_hex
from shutil import rmtree

from postmortems.cli.whole_file import write_whole
from postmortems.read.postmortem import FILE
from postmortems.text.slug import plain_slug

# A name that begins with a day (2026-11-20-checkout) has no number.
_NUMBERED = re.compile(r"(?![0-9]{4}-[0-9]{2}-[0-9]{2})([0-9]{1,5})(?:[-.].*)?", re.DOTALL)
_LONGEST_NAME = 60


class LeavesDocsError(OSError):
    """The folder of the year is a link that leads out of the docs folder, where nothing is read."""

    def __init__(self) -> None:
        super().__init__(0, "it is outside the docs folder")


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
        aside = docs / f".{token_hex(8)}"
        undo.callback(rmtree, aside, ignore_errors=True)
        aside.mkdir()
        write_whole(aside / FILE, text.encode("utf-8"))
        return _numbered(aside, home, folder_name(title)) / FILE


@contextmanager
def _undone_on_failure() -> Iterator[ExitStack]:
    """A stack of what to do, last first, if the block does not come to its end."""
    with ExitStack() as undo:
        yield undo
        undo.pop_all()


def _made(folder: Path) -> bool:
    """Make the folder; True if it was not there."""
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


def _numbered(folder: Path, home: Path, name: str) -> Path:
    """The folder, moved to the next free number of a year."""
    while True:
        number = max(_numbers(home, besides=folder.name), default=0) + 1
        try:
            folder = folder.rename(home / f"{number:02d}-{name}")
        except OSError as error:
            # Another with the same title was faster.
            if error.errno not in (EEXIST, ENOTEMPTY):
                raise
            continue
        if number not in _numbers(home, besides=folder.name):
            return folder


def _numbers(home: Path, besides: str) -> set[int]:
    return {
        int(match[1])
        for name in os.listdir(home)  # noqa: PTH208 - names are all that is asked for
        if name != besides and (match := _NUMBERED.fullmatch(name))
    }
