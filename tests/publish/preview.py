"""A running `mkdocs serve`, for tests that look at its pages."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


class Preview:
    """A running `mkdocs serve`."""

    def __init__(self, port: int, server: subprocess.Popen[bytes]) -> None:
        self.server = server
        self.address = f"http://127.0.0.1:{port}/"

    def get(self, path: str) -> str:
        with urllib.request.urlopen(self.address + path, timeout=30) as answer:
            return answer.read().decode("utf-8")

    def until(self, path: str, condition: Callable[[str], bool]) -> str:
        """The page once it is as expected. On a busy machine the first page may take half a minute."""
        page = ""
        for _ in range(600):
            if self.server.poll() is not None:
                break
            try:
                page = self.get(path)
            except (urllib.error.URLError, ConnectionError):
                page = ""
            if page and condition(page):
                return page
            time.sleep(0.2)
        raise AssertionError(f"/{path} was never as expected: {page[:500]}")


@contextmanager
def preview(folder: Path) -> Iterator[Preview]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(Path(sys.executable).with_name("mkdocs")), "serve", "-a", f"127.0.0.1:{port}"]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    server = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield Preview(port, server)
    finally:
        server.terminate()
        server.wait(20)
