"""Pages of somebody who wants to run a script for their readers: nothing runs, with and without the policy."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Error, Page, Route
from tests.browser.conftest import served
from tests.browser.hostile_ways import WAYS, all_ways, numbered
from tests.browser.window import Served
from tests.commands import run
from tests.conftest import BODY, FRONT_MATTER, PATTERN

pytestmark = pytest.mark.browser

CONFIG = """\
site_name: x
theme:
  name: material
  font: false
  custom_dir: ours
  features: [content.tooltips, content.code.annotate, content.code.copy, navigation.tabs, search.suggest, search.highlight]
plugins:
  - search
  - tags
  - postmortems: {{active_html: {active_html}, levels: {{PM705: off, PM706: off, PM007: off, PM701: off, PM704: off}}}}
markdown_extensions:
  - abbr
  - admonition
  - attr_list
  - def_list
  - footnotes
  - md_in_html
  - tables
  - pymdownx.arithmatex: {{generic: true}}
  - pymdownx.blocks.html
  - pymdownx.critic: {{mode: view}}
  - pymdownx.details
  - pymdownx.highlight
  - pymdownx.keys
  - pymdownx.superfences:
      custom_fences:
        - {{name: mermaid, class: mermaid, format: !!python/name:pymdownx.superfences.fence_code_format }}
  - pymdownx.tabbed: {{alternate_style: true}}
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
      emoji_generator: !!python/name:material.extensions.emoji.to_svg
  - toc: {{permalink: true}}
"""
IMAGE = "<img src=x onerror=pwn({})>"
EACH = "postmortems/2026/02-each"
EVENTS = [
    {
        "at": f"2026-03-02T14:{minute}:00Z",
        "event": IMAGE.format(900 + minute),
        "action": f"[x](javascript:pwn({920 + minute}))",
        "actor": IMAGE.format(940 + minute),
        "link": link,
    }
    for minute, link in (
        (20, "javascript:pwn(990)"),
        (23, 'https://x/"onmouseover="pwn(991)'),
        (45, "data:text/html,x"),
    )
]
TITLE = f"'</title><script>pwn(800)</script>{IMAGE.format(801)}'"


def write(folder: Path, *, active_html: bool) -> None:
    """A knowledge base whose every place for words holds ways; `own` front matter is that of a page."""
    files = {
        "mkdocs.yml": CONFIG.format(active_html=str(active_html).lower()),
        "docs/index.md": "# Home\n",
        "ours/plain.html": "<!doctype html><title>x</title><body>{{ page.content }}",
        "docs/patterns/database-issues.md": f"{PATTERN}\n{all_ways(200)}\n",
        f"docs/{EACH}/postmortem.md": FRONT_MATTER.replace("Checkout times out", "Each")
        + f"{BODY}\n## Notes\n\n{all_ways(0)}\n",
        f"docs/{EACH}/timeline.json": json.dumps(EVENTS),
        "docs/postmortems/2026/01-titles/postmortem.md": FRONT_MATTER.replace("Checkout times out", TITLE).replace(
            "owner: Payments",
            f"owner: '{IMAGE.format(802)}'\ndescription: '\"><script>pwn(803)</script>'\ntags: ['{IMAGE.format(804)}', pool]",
        )
        + BODY.replace("[payments]", f"[{IMAGE.format(805)}]"),
        "docs/notes.md": f"---\ntitle: {TITLE}\ntags: ['{IMAGE.format(806)}', pool]\n---\n\n{all_ways(400)}\n",
        f"docs/{IMAGE.format(807)}/{IMAGE.format(808)}.md": f"# A `</title>{IMAGE.format(809)}`\n\npool\n",
    }
    for number, way in enumerate(WAYS, 600):
        files[f"docs/alone/{number}.md"] = (
            f"---\ntemplate: plain.html\n---\n\n# Way {number}\n\n{numbered(way, number)}\n"
        )
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    done = run(folder, "mkdocs", "build", "-q")
    assert done.returncode == 0, done.stderr[-3000:]


# Everything that a reader may do: the pointer over all parts, a click on each, focus, and what is folded opened.
TOUCH = """() => {
  for (const one of document.querySelectorAll("*")) {
    if (one.matches("a[href]") && !/script/i.test(one.getAttribute("href"))) one.addEventListener("click", e => e.preventDefault());
    for (const kind of ["mouseenter", "mouseover", "pointerover", "focus", "mousedown"])
      one.dispatchEvent(new MouseEvent(kind, {bubbles: true, cancelable: true}));
    if (one instanceof HTMLElement && !one.closest("label, header, [data-md-component=palette]")) { one.focus(); one.click(); }
    if (one instanceof SVGAElement) one.dispatchEvent(new MouseEvent("click", {bubbles: true, cancelable: true}));
    if (one.tagName === "DETAILS") one.open = true;
  }
}"""


class Reader:
    """Somebody who opens pages and touches everything. `ran` are the ways that ran, `asked` are addresses elsewhere."""

    def __init__(self, browser: Browser, host: str) -> None:
        self.ran: set[object] = set()
        self.asked: set[str] = set()
        self._host = host
        self.context = browser.new_context(reduced_motion="reduce")
        self.context.expose_function("pwn", lambda number: self.ran.add(number))
        self.context.route("**/*", self._answer)
        self.page: Page = self.context.new_page()
        self.page.on("dialog", lambda dialog: (self.ran.add(dialog.message), dialog.dismiss()))

    def _answer(self, route: Route) -> None:
        if urlsplit(route.request.url).netloc == self._host:
            route.continue_()
        else:
            self.asked.add(route.request.url)
            route.abort()

    def read(self, address: str) -> None:
        """Open a page, wait for what it loads, and touch everything on it."""
        self.page.goto(address, wait_until="load")
        self.page.evaluate(TOUCH)
        self.page.wait_for_timeout(400)  # tooltips come after a quarter of a second


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The site as it is built."""
    folder = tmp_path_factory.mktemp("hostile")
    write(folder, active_html=False)
    with served(folder / "site") as site:
        yield site


@pytest.mark.parametrize("with_policy", [False, True], ids=["without the policy", "with the policy"])
def test_no_way_runs_or_loads_anything(with_policy: bool, hostile: Served, chromium: Browser) -> None:
    policy = hostile.root / "csp.txt"
    kept = policy.read_text("utf-8")
    policy.write_text(
        kept if with_policy else "default-src * 'unsafe-inline' 'wasm-unsafe-eval' data: blob:\n", "utf-8"
    )
    reader = Reader(chromium, urlsplit(hostile.address).netloc)
    try:
        for address in (
            "",
            "notes/",
            "patterns/database-issues/",
            f"{EACH}/",
            "postmortems/2026/01-titles/",
            "postmortems/",
            "services/",
            "actions/",
            f"compare/?ids={EACH.removeprefix('postmortems/')},2026/01-titles",
        ):
            reader.read(hostile.address + address)
        reader.page.goto(f"{hostile.address}search/?q=pool", wait_until="load")
        reader.page.locator(".pm-found .pm-hit__t").first.wait_for()
        if not with_policy:
            for page in sorted((hostile.root / "alone").glob("*/index.html")):
                reader.page.goto(f"{hostile.address}alone/{page.parent.name}/", wait_until="load")
                reader.page.evaluate(TOUCH)
            reader.page.wait_for_timeout(400)
    finally:
        policy.write_text(kept, "utf-8")
        reader.context.close()
    assert (reader.ran, reader.asked) == (set(), set())


def test_the_ways_are_ways(tmp_path: Path, chromium: Browser) -> None:
    """Where active HTML is allowed a third of them run: what the other test finds is not the reader's blindness."""
    write(tmp_path, active_html=True)
    (tmp_path / "site/csp.txt").write_text("default-src * 'unsafe-inline' 'wasm-unsafe-eval' data: blob:\n", "utf-8")
    with served(tmp_path / "site") as site:
        reader = Reader(chromium, urlsplit(site.address).netloc)
        for page in sorted((site.root / "alone").glob("*/index.html")):
            with suppress(Error):  # some ways lead away from the page
                reader.page.goto(f"{site.address}alone/{page.parent.name}/", wait_until="load")
                reader.page.evaluate(TOUCH)
        reader.page.wait_for_timeout(400)
        reader.context.close()
    assert len(reader.ran) + len(reader.asked) > 15, (reader.ran, reader.asked)
