"""A page in a window of its own, and everything that goes wrong on it."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page


def opened(
    browser: Browser, address: str, width: int = 1440, scheme: str = "light", *, script: bool = True
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
