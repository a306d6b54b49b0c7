"""`postmortems export DIR`: the site's data files without the site."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from pathlib import Path

import click

from postmortems.cli.knowledge import load_project
from postmortems.cli.project import config_option, refuse, today_option
from postmortems.cli.streams import print_lines
from postmortems.cli.whole_file import write_whole
from postmortems.render.base.addresses import RECORDS
from postmortems.render.data.files import data_files
from postmortems.render.data.index_years import INDEXES
from postmortems.text.terminal import escape_controls

_LIST = ".postmortems-export.json"
_LARGEST_LIST = 20_000_000


@click.command("export")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@today_option
@config_option
def command(folder: Path, today: datetime.date | None, config: Path | None) -> None:
    """Write all data files of the site into DIR: JSON, CSV and their schemas, the feed and the calendar.

    Each file is written completely or not at all. Only files from an earlier export (listed in DIR) are replaced, and
    its record of a postmortem and index of a year that are gone are removed; nothing else in DIR changes.

    \b
    Examples:
      postmortems export build/data
      postmortems export out --today 2026-11-20
    """
    files = {name: make() for name, make in data_files(load_project(config, today).data_context).items()}
    _refuse_foreign(folder, files)
    gone = [folder / name for name in sorted(_earlier(folder / _LIST) - files.keys()) if _may_go(name)]
    written = removed = 0
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # First of all: whatever becomes of this export, the next may replace what it has left.
        write_whole(folder / _LIST, (json.dumps(sorted(files), indent=2) + "\n").encode())
        for name, text in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            write_whole(folder / name, text.encode("utf-8", "replace"))
            written += 1
        for path in gone:
            if path.is_file():
                path.unlink()
                removed += 1
    except OSError as error:
        place = error.filename or folder
        refuse(f"{place}: cannot write: {error.strerror or error}; {written} of {len(files)} files are")
    print_lines(
        f"{escape_controls(str(folder))}: {written} files written" + (f", {removed} removed" if removed else "")
    )


def _refuse_foreign(folder: Path, files: Mapping[str, str]) -> None:
    """End the command with exit code 2 where it would replace what no export has written."""
    if folder.exists() and not folder.is_dir():
        refuse(f"{folder}: is a file, not a folder; name a folder")
    known = _earlier(folder / _LIST)
    foreign = [name for name in files if name not in known and (folder / name).exists()]
    if foreign:
        refuse(
            *(f"{folder / name}: exists and was not written by an export" for name in foreign),
            "nothing written; name another folder, or move these files",
        )


def _may_go(name: str) -> bool:
    """True if a name of the list is a record's or a year's within the folder, whoever has written the list."""
    return name.startswith((f"{RECORDS}/", INDEXES)) and name.endswith(".json") and ".." not in name.split("/")


def _earlier(path: Path) -> frozenset[str]:
    """Names of the files that an earlier export wrote; empty if no list says so."""
    try:
        with path.open("rb") as file:
            names = json.loads(file.read(_LARGEST_LIST))
    except (OSError, ValueError, RecursionError):
        return frozenset()
    return frozenset(name for name in names if isinstance(name, str)) if isinstance(names, list) else frozenset()
