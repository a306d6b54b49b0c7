"""What browser tests look through: a site that is served, its kinds of pages, and a window that takes notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Dialog, Page

Scheme = Literal["light", "dark"]

STILL = "*, *::before, *::after { transition: none !important; animation: none !important }"


@dataclass(frozen=True)
class Served:
    """A built site below `root`, open at `address`."""

    root: Path
    address: str

    @cached_property
    def kinds(self) -> dict[str, list[str]]:
        """Every kind of page → its pages, the smallest first.

        A kind is an address with stars for all but its first folder: `postmortems/*/*/`. So a page of a new kind is
        tested by being there.
        """
        found: dict[str, list[tuple[int, str]]] = {}
        for path in self.root.rglob("*.html"):
            address = path.relative_to(self.root).as_posix().removesuffix("index.html")
            found.setdefault(_kind(address), []).append((path.stat().st_size, address))
        return {kind: [address for _, address in sorted(pages)] for kind, pages in sorted(found.items())}

    def largest(self) -> Iterator[str]:
        """The largest page of each kind."""
        yield from (pages[-1] for pages in self.kinds.values())

    def typical(self) -> Iterator[str]:
        """The page of each kind that is in the middle by its size."""
        yield from (pages[len(pages) // 2] for pages in self.kinds.values())


def _kind(address: str) -> str:
    first, *others = address.split("/")
    return "/".join([first, *("*" for _ in others[:-1]), *others[-1:]])


class Window:
    """One window. `wrong` holds everything that went wrong since the last look: errors, requests to other sites."""

    def __init__(self, browser: Browser, *, script: bool = True) -> None:
        self.script = script
        self.context = browser.new_context(java_script_enabled=script, reduced_motion="reduce")
        self.page = self.context.new_page()
        self.wrong: list[str] = []
        self._host = ""
        page = self.page
        page.on("console", lambda message: self.wrong.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("dialog", self._dismiss)
        page.on("request", lambda request: self._asked_for(request.url))

    def _dismiss(self, dialog: Dialog) -> None:
        self.wrong.append(f"a dialog: {dialog.message}")
        dialog.dismiss()

    def _asked_for(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != self._host:
            self.wrong.append(f"a request to {url}")

    def open(self, site: Served, address: str, width: int = 1440, scheme: Scheme = "light") -> None:
        """Open a page of a site; a window never looks at two pages at once."""
        self._host = urlsplit(site.address).netloc
        self.page.emulate_media(color_scheme=scheme, media="screen")
        self.look(width)
        self.page.goto(site.address + address, wait_until="load")

    def look(self, width: int) -> None:
        """Look at the same page in a window of another width."""
        self.page.set_viewport_size({"width": width, "height": 900})
        # The theme answers a new width in the next frame: it makes code that has to scroll reachable by keyboard.
        if self.script:
            self.page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def dress(self, scheme: Scheme) -> None:
        """Give the page the other colours at once, as the theme's switch does; what it has stored says the old ones."""
        self.page.add_style_tag(content=STILL)
        name = "slate" if scheme == "dark" else "default"
        self.page.evaluate("name => document.body.setAttribute('data-md-color-scheme', name)", name)

    def ask(self, script: str) -> Any:
        """The value of a piece of JavaScript."""
        return self.page.evaluate(script)

    def taken(self) -> list[str]:
        """What went wrong since this was asked last; a missing page's own status is no error of its content."""
        taken = [one for one in self.wrong if "favicon.ico" not in one]
        self.wrong.clear()
        return taken

    def close(self) -> None:
        """Close it."""
        self.context.close()


def opened(
    browser: Browser, address: str, width: int = 1440, scheme: Scheme = "light", *, script: bool = True
) -> tuple[Page, list[str]]:
    """A page in a window of its own, with everything that went wrong on it: the list grows while the page lives."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=script
    )
    page = context.new_page()
    wrong: list[str] = []
    host = urlsplit(address).netloc
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda request: _outside(request.url, host, wrong))
    page.goto(address, wait_until="load")
    return page, wrong


def _outside(url: str, host: str, wrong: list[str]) -> None:
    parts = urlsplit(url)
    if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != host:
        wrong.append(f"a request to {url}")
