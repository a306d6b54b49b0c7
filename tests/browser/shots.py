"""Pictures of every kind of page for review, and sheets of them for the guide. `make shots` takes them anew.

    python -m tests.browser.shots WORK FOLDER NAME=SITE …

writes whole pages into `WORK/<site>/<page>-<width>-<scheme>.webp` and one sheet a site, `FOLDER/<site>.webp`, with the
first screen of each kind of page: wide and on a phone, light and dark.
"""

from __future__ import annotations

import base64
import html
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from tests.browser.conftest import CHROMIUM, FLAGS, served
from tests.browser.window import Scheme, Served

SCREENS = {1440: 900, 390: 844}
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
THUMBNAIL_HEIGHT = 200
LONGEST_PAGE = 12_000
"""The height in pixels at which the picture of a whole page is cut."""

PAGES = {
    "Home": "",
    "Postmortems": "postmortems/",
    "Postmortem": "postmortems/*/*/",
    "Year": "postmortems/*/",
    "Patterns": "patterns/",
    "Pattern": "patterns/*/",
    "Services": "services/",
    "Service": "services/*/",
    "Owners": "owners/",
    "Owner": "owners/*/",
    "Action items": "actions/",
    "Metrics": "metrics/",
    "Reviews": "reviews/",
    "Review": "reviews/*/",
    "Exercises": "exercises/",
    "Exercise": "exercises/*/*/",
    "Search": "search/",
    "Compare": "compare/",
    "Template": "templates/*/",
    "Guide": "guide/*/",
    "Not found": "404.html",
}

SHEET = """<!doctype html><meta charset="utf-8"><style>
body { margin: 0; padding: 12px; width: 1000px; background: #fff; color: #222; font: 13px sans-serif }
tr > th { text-align: left; vertical-align: top; width: 90px; font-weight: 600 }
img { height: %dpx; border: 1px solid #bbb; margin: 2px; vertical-align: top }
</style><table>%s</table>"""


def take_shots(name: str, site: Path, work: Path, folder: Path) -> None:
    """Take all pictures of one site, and write its sheet."""
    rows = []
    with sync_playwright() as playwright, served(site) as root:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for title, kind in PAGES.items():
            pages = root.kinds.get(kind, [])
            if not pages:
                continue
            address = pages[len(pages) // 2]
            file = work / name / title.lower().replace(" ", "-")
            screens = [
                _shot(browser, root, address, width, scheme, file.with_name(f"{file.name}-{width}-{scheme}.webp"))
                for width in SCREENS
                for scheme in SCHEMES
            ]
            pictures = "".join(f'<img src="data:image/webp;base64,{screen}">' for screen in screens)
            rows.append(f"<tr><th>{html.escape(title)}<td>{pictures}")
        sheet = browser.new_page(viewport={"width": 1024, "height": 800})
        sheet.set_content(SHEET % (THUMBNAIL_HEIGHT, "".join(rows)), wait_until="load")
        height = sheet.evaluate("document.documentElement.scrollHeight")
        sheet.set_viewport_size({"width": 1024, "height": height})
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.webp").write_bytes(base64.b64decode(_webp(sheet, 60)))
        browser.close()


def _shot(browser: Browser, root: Served, address: str, width: int, scheme: Scheme, file: Path) -> str:
    """The first screen as WebP in base64; the picture of the whole page goes into the file."""
    size = {"width": width, "height": SCREENS[width]}
    context = browser.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{root.address}{address}", wait_until="networkidle")
    screen = _webp(page, 80)
    height = min(page.evaluate("document.documentElement.scrollHeight"), LONGEST_PAGE)
    page.set_viewport_size({"width": width, "height": max(height, SCREENS[width])})
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(base64.b64decode(_webp(page, 80)))
    context.close()
    return screen


def _webp(page: Page, quality: int) -> str:
    """What a page shows, in base64. Playwright itself writes PNG and JPEG only, and either is three times as large."""
    session = page.context.new_cdp_session(page)
    return str(session.send("Page.captureScreenshot", {"format": "webp", "quality": quality})["data"])


if __name__ == "__main__":
    for named in sys.argv[3:]:
        name, _, site = named.partition("=")
        take_shots(name, Path(site), Path(sys.argv[1]), Path(sys.argv[2]))
