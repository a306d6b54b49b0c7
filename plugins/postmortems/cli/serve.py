"""`postmortems serve --with zensical`: a preview by another builder than MkDocs."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from time import sleep

import click

from postmortems.cli.generating import command_of, generate, opened, out_option, with_option
from postmortems.cli.project import config_option, refuse
from postmortems.cli.streams import say

_EVERY = 1.0
_STOPPED = 5


@click.command("serve")
@with_option
@out_option
@click.option("--dev-addr", metavar="HOST:PORT", help="Address of the preview (default: localhost:8000).")
@config_option
def command(builder: str, folder: Path | None, dev_addr: str | None, config: Path | None) -> None:
    """Preview the site with another program, and generate its pages again after each change.

    Nothing is refused: pages show what is wrong with them.

    \b
    Examples:
      postmortems serve --with zensical
      postmortems serve --with zensical --dev-addr localhost:8080
    """
    project, target = opened(config, folder)
    line = command_of(builder, "serve", target)
    watched = generate(project, target, preview=True)
    seen = _state(watched)
    # Or the other program would go on when this one is ended.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with subprocess.Popen([*line, *(["--dev-addr", dev_addr] if dev_addr else [])]) as server:  # noqa: S603
        try:
            while (code := server.poll()) is None:
                sleep(_EVERY)
                if (now := _state(watched)) != seen:
                    seen = now
                    watched = _generated_again(config, target) or watched
        except KeyboardInterrupt:
            code = 0
        finally:
            _stop(server)
    if code:
        refuse(f"{builder} ended with code {code}")


def _generated_again(config: Path | None, folder: Path) -> tuple[Path, ...]:
    """Make the pages anew, and give what they are made of: nothing where that failed, which is said, and they stay."""
    try:
        project, target = opened(config, folder)
        return generate(project, target, preview=True)
    except SystemExit:
        say("the preview stays as it was")
        return ()


def _state(watched: Iterable[Path]) -> frozenset[tuple[str, int, int]]:
    """Every file of these places, with its size and the time of its last change."""
    return frozenset(state for place in watched for state in _files(place))


def _files(place: Path) -> Iterator[tuple[str, int, int]]:
    paths = [str(place)]
    if place.is_dir():
        paths = [os.path.join(folder, name) for folder, _, names in os.walk(place) for name in names]  # noqa: PTH118
    for path in paths:
        try:
            seen = os.stat(path)  # noqa: PTH116
        except OSError:
            continue
        yield path, seen.st_size, seen.st_mtime_ns


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(_STOPPED)
    except subprocess.TimeoutExpired:
        server.kill()
