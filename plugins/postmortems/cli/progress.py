"""A progress bar on stderr, for a terminal and for work that takes longer than a second."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

import click

from postmortems.cli.streams import is_terminal
from postmortems.read.corpus import OnProgress

_PATIENCE = 1.0


@contextmanager
def shown_progress(label: str) -> Iterator[OnProgress | None]:
    """Callback for the progress of reading; None without a terminal at stderr, since a log wants no bars."""
    if not is_terminal(sys.stderr):
        yield None
        return
    begin = monotonic()
    bar = None

    def tell(count: int, total: int) -> None:
        nonlocal bar
        if bar is None:
            if monotonic() - begin < _PATIENCE:
                return
            bar = click.progressbar(length=total, label=label, file=sys.stderr, show_pos=True)
            bar.render_progress()
        bar.update(count - bar.pos)

    try:
        yield tell
    finally:
        if bar is not None:
            bar.render_finish()
