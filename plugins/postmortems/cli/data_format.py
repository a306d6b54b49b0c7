"""The option `--format` of the commands that show figures, and how each format gets to the reader."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping
from itertools import islice

import click

from postmortems.cli.streams import is_ci_log, is_terminal, print_whole
from postmortems.text.terminal import JSON_ESCAPE, escape_controls, without_commands

_AT_ONCE = 500
"""Number of pieces that are printed together."""

format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    help="Output format: table (default), or json or csv as in the site's data files.",
)


def put(form: str, makers: Mapping[str, Callable[[], str | Iterable[str]]]) -> None:
    """Print what the maker of this format makes, at once or in pieces of whole lines, whatever the terminal's encoding.

    A table is harmless as it is made. Data goes unchanged into a file or a pipe; a terminal and the log of a CI job see
    escapes in place of what they would obey.
    """
    made = makers[form]()
    pieces = iter((made,) if isinstance(made, str) else made)
    while text := "".join(islice(pieces, _AT_ONCE)):
        print_whole(_harmless(form, text).encode("utf-8", "replace"))


def _harmless(form: str, text: str) -> str:
    if form == "json":
        text = without_commands(text, JSON_ESCAPE)
    elif form != "table" and is_ci_log():
        text = "\n".join(map(without_commands, text.split("\n")))
    if form != "table" and is_terminal(sys.stdout):
        text = "\n".join(escape_controls(line.removesuffix("\r")) for line in text.split("\n"))
    return text


def terminal_width() -> int | None:
    """Width of the terminal in cells; None without a terminal, so that a file or a pipe gets whole lines."""
    return shutil.get_terminal_size().columns if is_terminal(sys.stdout) else None


def wants_colour() -> bool:
    """True if the reader sees colours and has not asked for none."""
    return is_terminal(sys.stdout) and not os.environ.get("NO_COLOR")
