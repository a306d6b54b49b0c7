"""The README's two pictures: a page of this repository's site, in light and in dark. `make pictures` takes them anew."""

from __future__ import annotations

import base64
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright
from tests.browser.conftest import CHROMIUM, FLAGS, served
from tests.browser.window import Scheme

PAGE = "postmortems/2018/01-github-mysql-split/"
SIZE = {"width": 1440, "height": 900}
SCHEMES: tuple[Scheme, ...] = ("light", "dark")


def take_pictures(site: Path, folder: Path) -> None:
    """Write `light.webp` and `dark.webp` into the folder."""
    with sync_playwright() as playwright, served(site) as root:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for scheme in SCHEMES:
            context = browser.new_context(viewport=SIZE, color_scheme=scheme, reduced_motion="reduce")
            page = context.new_page()
            page.goto(f"{root.address}{PAGE}", wait_until="networkidle")
            # Playwright itself writes PNG and JPEG only, and either is three times as large.
            shot = context.new_cdp_session(page).send("Page.captureScreenshot", {"format": "webp", "quality": 80})
            (folder / f"{scheme}.webp").write_bytes(base64.b64decode(shot["data"]))
        browser.close()


if __name__ == "__main__":
    take_pictures(Path(sys.argv[1]), Path(sys.argv[2]))
