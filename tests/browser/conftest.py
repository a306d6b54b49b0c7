"""A headless Chromium, and servers for the sites that it opens: each with the policy that its build wrote.

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
from tests.browser.odd_site import write_odd_site
from tests.browser.window import Served, Window

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

COMPLETE = """\
site_name: Incidents of one company
theme:
  name: material
  font: false
  features: [navigation.indexes, navigation.tabs]
  palette:
    - {media: "(prefers-color-scheme: light)", scheme: default, toggle: {icon: material/weather-night, name: Dark}}
    - {media: "(prefers-color-scheme: dark)", scheme: slate, toggle: {icon: material/weather-sunny, name: Light}}
plugins:
  - search
  - postmortems: {corpus: complete, levels: {undeclared-repeat: off}}
markdown_extensions: [admonition, attr_list, def_list, md_in_html, tables, toc]
"""


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
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Handler, directory=str(root)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield Served(root, f"http://127.0.0.1:{server.server_port}/")
    finally:
        server.shutdown()
        server.server_close()


def _built(project: Path, site: Path, *flags: str) -> Path:
    from tests.conftest import run

    done = run(project, "mkdocs", "build", "-q", "-d", str(site), *flags)
    assert done.returncode == 0, done.stderr[-3000:]
    return site


@pytest.fixture(scope="session")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """This repository's own site: a sample of real incidents."""
    with served(_built(ROOT, tmp_path_factory.mktemp("own") / "site", "--strict")) as site:
        yield site


@pytest.fixture(scope="session")
def own_site(own: Served) -> str:
    """The address of this repository's own site."""
    return own.address


@pytest.fixture(scope="session")
def complete(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A made-up knowledge base of one company: `corpus: complete`, with figures on frequency and completion."""
    from benchmarks.generate import generate

    folder = tmp_path_factory.mktemp("complete")
    generate(folder / "docs", 30, patterns=5, services=8)
    (folder / "mkdocs.yml").write_text(COMPLETE, "utf-8")
    with served(_built(folder, folder / "site")) as site:
        yield site


@pytest.fixture(scope="session")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Incidents that nobody hopes for, but somebody will write."""
    folder = tmp_path_factory.mktemp("odd")
    write_odd_site(folder)
    with served(_built(folder, folder / "site")) as site:
        yield site


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A new knowledge base without an incident."""
    folder = tmp_path_factory.mktemp("empty")
    (folder / "docs").mkdir()
    (folder / "mkdocs.yml").write_text(COMPLETE, "utf-8")
    with served(_built(folder, folder / "site")) as site:
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
