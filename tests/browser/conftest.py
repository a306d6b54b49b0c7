"""A headless Chromium, and a server for the site that it opens.

Without Chromium these tests are skipped, and say how to run them; in CI, where POSTMORTEMS_NEED_BROWSER is set, they
fail instead.
"""

from __future__ import annotations

import functools
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium."""
    if CHROMIUM is None:
        message = "no Chromium here: `apt-get install chromium`, then `make test` runs the browser tests, too"
        if os.environ.get("POSTMORTEMS_NEED_BROWSER"):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing: pytest shows what matters."""


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address of a folder, which need not be there yet."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def own_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of this repository's own site, built and served."""
    from tests.conftest import run

    folder = tmp_path_factory.mktemp("own")
    done = run(Path(__file__).parents[2], "mkdocs", "build", "--strict", "-q", "-d", str(folder / "site"))
    assert done.returncode == 0, done.stderr[-3000:]
    with served(folder / "site") as address:
        yield address
