"""Cost of builds after a build: with nothing changed, after one edit, and of a preview from an edit to its page."""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from urllib.error import URLError
from urllib.request import urlopen

from benchmarks.measure import Cost, cost_of

_LONGEST = 120
"""Seconds after which nobody waits for a preview any more."""


@dataclass(frozen=True, slots=True)
class Increments:
    """Builds by increments: the first one, of everything, one with nothing changed, and one after an edit; and the
    seconds from an edit to its page in a preview, which are not a number where it never came."""

    first: Cost
    unchanged: Cost
    edited: Cost
    served: float


def increments(mkdocs: str, config: Path, docs: Path, environment: Mapping[str, str]) -> Increments:
    """Measure them on a site whose store is empty."""
    command = [mkdocs, "build", "-q", "-f", str(config)]
    folder = config.parent
    first = cost_of(command, folder, environment)
    unchanged = cost_of(command, folder, environment)
    documents = sorted(docs.glob("postmortems/*/*/postmortem.md"))
    path = documents[len(documents) // 2]
    _edit(path, "One more sentence of the build.")
    edited = cost_of(command, folder, environment)
    return Increments(first, unchanged, edited, _served(mkdocs, config, path, environment))


def _edit(path: Path, words: str) -> None:
    text = path.read_text("utf-8")
    path.write_text(text.replace("\n## ", f"\n{words}\n\n## ", 1), "utf-8")


def _served(mkdocs: str, config: Path, path: Path, environment: Mapping[str, str]) -> float:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [mkdocs, "serve", "-q", "-f", str(config), "-a", f"127.0.0.1:{port}"]
    server = subprocess.Popen(command, cwd=config.parent, env={**os.environ, **environment}, stderr=subprocess.DEVNULL)
    page = f"http://127.0.0.1:{port}/postmortems/{'/'.join(path.parent.parts[-2:])}/"
    try:
        _wait(page, "", server)
        # The second edit is the one that counts: by then the preview has filled its store.
        for words in ("The first edit of a preview.", "The second edit of a preview."):
            begin = monotonic()
            _edit(path, words)
            found = _wait(page, words, server)
        return monotonic() - begin if found else float("nan")
    finally:
        server.terminate()
        server.wait()


def _wait(page: str, words: str, server: subprocess.Popen[bytes]) -> bool:
    end = monotonic() + _LONGEST
    while monotonic() < end and server.poll() is None:
        with suppress(URLError, ConnectionError, TimeoutError), urlopen(page, timeout=_LONGEST) as answer:
            if words in answer.read().decode("utf-8"):
                return True
        sleep(0.05)
    return False
