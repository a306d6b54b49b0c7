"""The option `--format` of the commands that show figures, and how each format gets to the reader."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Mapping

import click

from postmortems.cli.outputs import print_whole

format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    help="How to show it: a table for people (the default), or json or csv as in the site's data files.",
)


def put(form: str, makers: Mapping[str, Callable[[], str]]) -> None:
    """Print what the maker of this format makes, whatever the terminal's encoding."""
    print_whole(makers[form]().encode("utf-8", "replace"))


def terminal_width() -> int | None:
    """How many cells a line may take; None where no terminal is attached, so that a file or a pipe gets all."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def wants_colour() -> bool:
    """Whether the reader sees colours and has not asked for none."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")
