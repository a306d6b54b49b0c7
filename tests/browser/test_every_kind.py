"""Every kind of page of every site: no error, nothing wider than the window, nothing that axe finds."""

from __future__ import annotations

from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Browser
from tests.browser.window import Scheme, Served, Window

pytestmark = pytest.mark.browser

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")

# What a scheme of colours can change, and what takes axe longest; everything else is the same in both schemes.
OF_COLOUR = ["color-contrast", "link-in-text-block"]
ALL_BUT_COLOUR = {rule: {"enabled": False} for rule in OF_COLOUR}

# Texts for these rules. Of those that stand in the same classes, from the root down, in the same colours and on the same
# ground, three tell what all would, at whatever width; in pictures each is looked at, since what lies behind it is its own.
TEXTS = """() => {
  const way = one => one.parentElement ? `${way(one.parentElement)} ${one.tagName}.${one.getAttribute("class")}` : "";
  const clear = colour => colour === "transparent" || /, 0\\)$/.test(colour);
  const ground = one => {
    const colour = getComputedStyle(one).backgroundColor;
    return clear(colour) && one.parentElement ? ground(one.parentElement) : colour;
  };
  const scheme = document.body.getAttribute("data-md-color-scheme");
  const alike = window.pmAlike ??= new Map();
  return [...document.body.querySelectorAll("*")].filter(one => {
    if (![...one.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim())) return false;
    if (one.closest("svg")) return true;
    const key = `${scheme} ${way(one)} ${getComputedStyle(one).color} ${ground(one)} ${one.checkVisibility()}`;
    alike.set(key, (alike.get(key) ?? 0) + 1);
    return alike.get(key) <= 3;
  });
}"""

# What says the same on every site, so that one of them will do.
ALIKE = ("guide/", "404")

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

# Pairs of texts of one picture that lie on each other by more than two pixels both ways.
COLLISIONS = """() => [...document.querySelectorAll("svg.pm-chart")].filter(svg => svg.checkVisibility()).flatMap(svg => {
  const texts = [...svg.querySelectorAll("text")].filter(one => one.textContent.trim() && one.checkVisibility())
    .map(one => ({ words: one.textContent.trim(), box: one.getBoundingClientRect() }));
  return texts.flatMap((a, i) => texts.slice(i + 1).filter(b =>
    Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left) > 2 &&
    Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top) > 4
  ).map(b => `"${a.words}" on "${b.words}"`));
})"""

# Texts of pictures that stick out of them.
CLIPPED = """() => [...document.querySelectorAll("svg.pm-chart")].filter(svg => svg.checkVisibility()).flatMap(svg => {
  const whole = svg.getBoundingClientRect();
  return [...svg.querySelectorAll("text")].filter(one => one.checkVisibility()).filter(one => {
    const box = one.getBoundingClientRect();
    return box.width && (box.left < whole.left - 2 || box.right > whole.right + 2);
  }).map(one => `"${one.textContent}" sticks out`);
})"""


def violations(window: Window, texts: str, options: dict[str, object]) -> list[str]:
    """What axe finds on the page as it is now, each with the elements it names."""
    run = f"options => {{ const on = {texts}; return on.length === 0 ? {{ violations: [] }} : axe.run(on, options); }}"
    found = window.page.evaluate(run, {"resultTypes": ["violations"], "preload": False, **options})
    return [
        f"{one['id']}: {node['html'][:150]} {node['failureSummary'][:200]}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


def test_pages_of_every_kind_open_without_error_and_fit(any_site: Served, own: Served, window: Window) -> None:
    complaints = []
    for address in any_site.largest():
        if any_site is not own and address.startswith(ALIKE):
            continue
        window.open(any_site, address)
        for width in (1440, 390):
            window.look(width)
            found = window.taken()
            wide = window.ask(OVERFLOW)
            if wide:
                found.append(f"{wide} px wider than the window")
            headings = window.page.locator("h1").count()
            if headings != 1:
                found.append(f"{headings} headings of the first level")
            found += window.ask(COLLISIONS) + window.ask(CLIPPED)
            complaints += [f"{address} at {width}: {one}" for one in found]
    assert not complaints, "\n".join(complaints)


def each_kind_once(name: str, own: Served, complete: Served, empty: Served) -> list[str]:
    """What of a site axe looks at: of the others only the kinds that the complete site has not, or has not so empty."""
    if name == "complete":
        return list(complete.typical())
    if name == "own":
        return [
            pages[len(pages) // 2]
            for kind, pages in own.kinds.items()
            if kind not in complete.kinds or kind in ("guide/*/", "postmortems/*/*/")
        ]
    return [address for address in empty.typical() if not address.startswith(ALIKE)]


@pytest.mark.parametrize("name", ["own", "complete", "empty"])
def test_axe_finds_nothing(name: str, own: Served, complete: Served, empty: Served, window: Window) -> None:
    served = {"own": own, "complete": complete, "empty": empty}[name]
    addresses = each_kind_once(name, own, complete, empty)
    assert addresses
    complaints = []
    for address in addresses:
        window.open(served, address)
        window.page.evaluate(AXE)
        found: list[str] = []
        for width in (1440, 390):
            window.look(width)
            found += violations(window, "document", {"rules": ALL_BUT_COLOUR})
            schemes: tuple[Scheme, ...] = ("light", "dark")
            for scheme in schemes:
                window.dress(scheme)
                found += violations(window, f"({TEXTS})()", {"runOnly": OF_COLOUR})
            complaints += [f"{address} at {width}: {one}" for one in found]
    assert not complaints, "\n".join(complaints)


LIGHTNESS = """() => getComputedStyle(document.body).backgroundColor.match(/[0-9]+/g).slice(0, 3)
  .reduce((sum, part) => sum + Number(part), 0)"""


@pytest.mark.parametrize(("scheme", "least", "most"), [("light", 700, 765), ("dark", 0, 150)])
def test_a_site_follows_the_readers_scheme(
    scheme: Scheme, least: int, most: int, complete: Served, window: Window
) -> None:
    for kind in ("", "postmortems/*/*/", "patterns/*/", "metrics/"):
        address = complete.kinds[kind][0]
        window.open(complete, address, 1440, scheme)
        assert least <= window.ask(LIGHTNESS) <= most, address


SEEN = """() => [...document.querySelectorAll(".md-content :is(a[href], h1, h2, h3, h4, td, dd, p)")]
  .filter(one => !one.closest("form, [data-pm-script]") && one.checkVisibility())
  .map(one => one.tagName + " " + (one.getAttribute("href") || one.textContent).trim().replace(/\\s+/g, " "))"""


def test_without_javascript_everything_is_there(complete: Served, window: Window, chromium: Browser) -> None:
    plain = Window(chromium, script=False)
    try:
        for address in complete.typical():
            window.open(complete, address)
            plain.open(complete, address)
            assert set(window.ask(SEEN)) <= set(plain.ask(SEEN)), address
    finally:
        plain.close()


# What an author has folded away, and tables that scroll on a screen: nobody can open or move either on paper. What is
# generated and closed stays closed: a usual postmortem takes two pages.
UNPRINTED = """() => [...document.querySelectorAll(".md-content .pm details:not([class*='pm-']) > :not(summary)")]
  .filter(one => !one.checkVisibility()).map(one => one.outerHTML.slice(0, 80))
  .concat([...document.querySelectorAll(".pm-scroll")]
    .filter(one => one.scrollWidth > one.clientWidth && getComputedStyle(one).overflowX !== "visible")
    .map(one => "cut off: " + one.getAttribute("aria-label")))"""

CHROME = (".md-header", ".md-tabs", ".md-sidebar", ".md-search", ".pm-filters", ".pm-skip")
COLOURS = """[document.body, document.querySelector('h1')].map(one => getComputedStyle(one))
  .map((style, i) => i ? style.color : style.backgroundColor)"""


def test_pages_of_every_kind_are_printed_whole(complete: Served, window: Window) -> None:
    """Black on white, without the chrome and what we fold, with what an author folds, and no wider than paper."""
    seen = 0
    for address in complete.typical():
        window.open(complete, address, 718, "dark")
        # The sheet of an exercise is printed for the game master, with all steps.
        folded = window.page.locator(".md-content .pm details.pm-data:not([open]):not(.pm-exercise *)")
        seen += folded.count()
        window.page.emulate_media(media="print")
        assert not [1 for each in folded.all() if each.is_visible()], address
        assert window.ask(UNPRINTED) == [], address
        assert window.ask(OVERFLOW) == 0, address
        window.look(1440)
        shown = [chrome for chrome in CHROME for one in window.page.locator(chrome).all() if one.is_visible()]
        assert shown == [], address
        paper, ink = window.ask(COLOURS)
        assert paper in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"), address
        assert sum(int(part) for part in ink.removeprefix("rgb(").removesuffix(")").split(",")[:3]) < 300, address
    assert seen > 5


FOCUSED = """() => {
  const one = document.activeElement;
  // What the theme draws around a label instead of its box, and the field of its search, which opens.
  const ring = one.matches(".md-search__input") || [one, one.nextElementSibling].filter(Boolean).map(ringed => getComputedStyle(ringed))
    .some(style => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0);
  return { name: one.tagName + " " + (one.getAttribute("href") || one.textContent.trim().slice(0, 40)),
    body: one === document.body, ring, html: one.outerHTML.slice(0, 120), skip: one.matches(".md-skip"), shown: one.checkVisibility(),
    content: !!one.closest(".md-content") };
}"""


@pytest.mark.parametrize("kind", ["index.html", "postmortems/", "postmortems/*/*/", "patterns/*/", "services/"])
def test_the_tab_key_reaches_every_link_and_shows_where_it_is(kind: str, complete: Served, window: Window) -> None:
    kind = "" if kind == "index.html" else kind
    window.open(complete, complete.kinds[kind][0])
    links = window.ask(
        "[...document.querySelectorAll('.md-content a[href]')].filter(one => one.checkVisibility()).length"
    )
    reached = 0
    for step in range(1200):
        window.page.keyboard.press("Tab")
        focus = window.ask(FOCUSED)
        if focus["body"]:
            break
        assert focus["ring"], f"no ring around {focus['html']} after {step} steps"
        assert focus["shown"], focus["name"]
        reached += focus["content"] and focus["name"].startswith(("A ", "a "))
    assert reached >= links > 0


def test_nothing_that_was_written_runs(odd: Served, window: Window) -> None:
    seen = 0
    for pages in odd.kinds.values():
        hostile = [
            one
            for one in pages
            if "window.ran" in (odd.root / one / ("" if one.endswith(".html") else "index.html")).read_text("utf-8")
        ]
        for address in hostile[-2:]:
            window.open(odd, address)
            assert window.ask("window.ran") is None, address
            assert window.taken() == [], address
            seen += 1
    assert seen >= 8
