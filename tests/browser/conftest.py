"""A headless Chromium, and servers for the sites that it opens: each with the policy that its build wrote.

Chromium without windows (`chromium-headless-shell`) draws the same in a third of the time, so it is taken where both are
installed. Without either these tests are skipped, and say how to run them; in CI, where POSTMORTEMS_NEED_BROWSER is set, they
fail instead.
"""

from __future__ import annotations

import functools
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from tests.browser.window import Served, Window

Built = Callable[[str], Path]

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
# The browser's own pages, made ready for every new window, are a fifth of what a window costs. Of two such lists the
# last one counts, so the rest is what Playwright leaves out.
LEFT_OUT = [
    "PreloadTopChromeWebUI", "WebUIPreload", "SpareRendererForSitePerProcess",
    "AimEnabled", "AvoidCorsURLLoaderRestartOnRedirect", "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose", "HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades", "LensOverlay", "MediaRouter",
    "NetworkTimeServiceQuerying", "OptimizationHints", "PaintHolding", "PreconnectToSearch", "ThirdPartyStoragePartitioning",
]  # fmt: skip
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join(LEFT_OUT)}",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium."""
    if CHROMIUM is None:
        message = (
            "no Chromium here: `apt-get install chromium-headless-shell`, then `make test` runs the browser tests, too"
        )
        if os.environ.get("POSTMORTEMS_NEED_BROWSER"):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class _Handler(SimpleHTTPRequestHandler):
    """Files with the policy of their site, as the guide tells a server to send it."""

    def end_headers(self) -> None:
        policy = Path(self.directory, "csp.txt").read_text("utf-8").strip()
        self.send_header("Content-Security-Policy", policy)
        super().end_headers()

    def log_message(self, *args: object) -> None:
        """Say nothing: pytest shows what matters."""


@contextmanager
def served(root: Path) -> Iterator[Served]:
    """A site on a port of its own; it may be built after that, for a site that must know its address."""
    handler = functools.partial(_Handler, directory=str(root))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield Served(root, f"http://127.0.0.1:{server.server_port}/")
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def own(built: Built) -> Iterator[Served]:
    """This repository's own site: a sample of real incidents."""
    with served(built("own")) as site:
        yield site


@pytest.fixture(scope="session")
def own_site(own: Served) -> str:
    """The address of this repository's own site."""
    return own.address


@pytest.fixture(scope="session")
def complete(built: Built) -> Iterator[Served]:
    """A made-up knowledge base of one company: `corpus: complete`, with figures on frequency and completion."""
    with served(built("complete")) as site:
        yield site


@pytest.fixture(scope="session")
def odd(built: Built) -> Iterator[Served]:
    """Incidents that nobody hopes for, but somebody will write."""
    with served(built("odd")) as site:
        yield site


@pytest.fixture(scope="session")
def empty(built: Built) -> Iterator[Served]:
    """A new knowledge base whose one record is a drill."""
    with served(built("empty")) as site:
        yield site


@pytest.fixture(scope="session")
def team(built: Built) -> Iterator[Served]:
    """A company's 200 postmortems of three years."""
    with served(built("team")) as site:
        yield site


@pytest.fixture(params=["own", "complete", "odd", "empty"])
def any_site(request: pytest.FixtureRequest) -> Served:
    """Each of the sites in turn."""
    site: Served = request.getfixturevalue(request.param)
    return site


@pytest.fixture
def window(chromium: Browser) -> Iterator[Window]:
    """A window of a browser that writes down everything that goes wrong in it."""
    opened = Window(chromium)
    yield opened
    opened.close()
