"""Beside each host and plugin of the guide's table a strict build is green, whole, and without a dead link.

The guide's page `hosts.md` has a row for each of them, and each row is a case here.
"""

from __future__ import annotations

import gzip
import json
import re
import subprocess
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from tests.commands import ROOT, run
from tests.conftest import MKDOCS_YML, PATTERN, POSTMORTEM, POSTMORTEM_PATH
from tests.neighbours.environment import checkout, python_of
from tests.publish.built_site import Built
from tests.sites import made_once

MATERIAL = "theme:\n  name: material\n  font: false\n"
OF_OTHERS = re.compile(r"print_page|^print_page/|^blog/|^tags/")
PAGES = (
    "index.html",
    "postmortems/2026/01-checkout/index.html",
    "postmortems/2026/index.html",
    "patterns/database-issues/index.html",
    "services/checkout/index.html",
    "actions/index.html",
    "metrics/index.html",
)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """What a site has beside this package. `row` is its name in the guide's table.

    `known` is what it warns of without us, too, as a regular expression.
    """

    row: str
    plugins: str = ""
    settings: str = ""
    files: dict[str, str] = field(default_factory=dict)
    environment: str = "together"
    program: str = "mkdocs"
    config: str = MKDOCS_YML
    known: str = "nothing"

    def text(self) -> str:
        """The configuration file."""
        return self.config.replace("  - postmortems\n", f"  - postmortems\n{self.plugins}") + self.settings


SUMMARY = "".join(
    f"* [{name}]({name.lower()}/index.md)\n" for name in ("Postmortems", "Patterns", "Services", "Actions", "Metrics")
)
I18N = """\
  - i18n:
      docs_structure: suffix
      languages:
        - {locale: en, default: true, name: English}
        - {locale: de, name: Deutsch}
"""
TECHDOCS = "site_name: Knowledge base\nplugins:\n  - techdocs-core\n  - postmortems\n"
MATERIALX = MKDOCS_YML.replace("name: material", "name: materialx").replace("- search", "- materialx/search")
SITE_URL = "site_url: https://kb.example/\n"

NEIGHBOURS = (
    Neighbour("mkdocs-techdocs-core", config=TECHDOCS, environment="techdocs"),
    Neighbour(
        "mkdocs-techdocs-core",
        config=TECHDOCS.replace("- techdocs-core", "- techdocs-core: {use_material_search: true}"),
        environment="techdocs",
    ),
    Neighbour("ProperDocs", program="properdocs"),
    Neighbour("mkdocs-materialx", config=MATERIALX, environment="materialx"),
    Neighbour("mkdocs-materialx", config=MATERIALX, environment="materialx", program="properdocs"),
    Neighbour("Material's `blog`", "  - blog\n", files={
        "docs/blog/index.md": "# Blog\n", "docs/blog/posts/one.md": "---\ndate: 2026-03-01\n---\n# Post\n\nText\n",
    }),
    Neighbour("Material's `meta`", "  - meta\n", files={"docs/postmortems/.meta.yml": "search:\n  boost: 2\n"}),
    Neighbour("Material's `offline`", "  - offline\n"),
    Neighbour("Material's `privacy`", "  - privacy: {assets_fetch: false}\n", known="External file: https://unpkg.com/mermaid"),
    Neighbour("Material's `tags`", "  - tags\n", files={"docs/tags.md": "# Tags\n\n<!-- material/tags -->\n"}),
    Neighbour("mkdocs-awesome-nav", "  - awesome-nav\n"),
    Neighbour("mkdocs-awesome-pages-plugin", "  - awesome-pages\n"),
    Neighbour("mkdocs-encryptcontent-plugin", "  - encryptcontent\n", files={
        "docs/people.md": "---\npassword: correct horse battery staple on the moon\n---\n\nWhom to call about payroll.\n",
    }),
    Neighbour("mkdocs-exclude", "  - exclude: {glob: ['postmortems/2026/02-*', '*/payroll-*']}\n"),
    Neighbour("mkdocs-exclude-search", "  - exclude-search: {exclude: ['postmortems/2026/02-*']}\n"),
    Neighbour("mkdocs-ezlinks-plugin", "  - ezlinks\n"),
    Neighbour("mkdocs-gen-files", "  - gen-files: {scripts: [more.py]}\n", files={
        "more.py": "import mkdocs_gen_files\nprint('# More', file=mkdocs_gen_files.open('more.md', 'w'))\n",
    }),
    Neighbour("mkdocs-git-authors-plugin", "  - git-authors\n"),
    Neighbour("mkdocs-git-revision-date-localized-plugin", "  - git-revision-date-localized: {enable_creation_date: true}\n"),
    Neighbour("mkdocs-glightbox", "  - glightbox\n"),
    Neighbour("mkdocs-include-markdown-plugin", "  - include-markdown\n"),
    Neighbour("mkdocs-literate-nav", "  - literate-nav\n", files={"docs/SUMMARY.md": f"* [Home](index.md)\n{SUMMARY}"}),
    Neighbour("mkdocs-llmstxt", "  - llmstxt: {sections: {All: [postmortems/*/*/postmortem.md]}}\n", SITE_URL),
    Neighbour("mkdocs-macros-plugin", "  - macros\n"),
    Neighbour("mkdocs-minify-plugin", "  - minify: {minify_html: true, minify_js: true, minify_css: true}\n"),
    Neighbour("mkdocs-print-site-plugin", "  - print-site\n"),
    Neighbour("mkdocs-redirects", "  - redirects: {redirect_maps: {'old.md': 'metrics/index.md'}}\n"),
    Neighbour("mkdocs-roamlinks-plugin", "  - roamlinks\n"),
    Neighbour("mkdocs-rss-plugin", "  - rss\n", SITE_URL),
    Neighbour("mkdocs-rss-plugin", "  - rss: {match_path: 'postmortems/.*/postmortem.md'}\n", SITE_URL),
    Neighbour("mkdocs-section-index", "  - section-index\n"),
    Neighbour("mkdocs-static-i18n", I18N),
)  # fmt: skip

HOSTS = (
    Neighbour("MkDocs"),
    Neighbour("ProperDocs", program="properdocs"),
    Neighbour("MkDocs with MaterialX", config=MATERIALX, environment="materialx"),
    Neighbour("ProperDocs with MaterialX", config=MATERIALX, environment="materialx", program="properdocs"),
    Neighbour("Backstage TechDocs", config=TECHDOCS, environment="techdocs"),
)
"""What builds the site. Each is a row of the guide's table of hosts, which is made from what it built."""

Build = Callable[[Neighbour], Path]


@pytest.fixture(scope="session")
def build(shared: Path) -> Build:
    """Build a small site beside a neighbour, in a repository of its own, and give its root; each once in a run."""
    path = checkout(shared)

    def once(neighbour: Neighbour) -> Path:
        def make(folder: Path) -> None:
            write(neighbour, folder)
            done = run(folder, neighbour.program, "build", python=python_of(neighbour.environment), path=path)
            assert done.returncode == 0, done.stdout + done.stderr
            warnings = [line for line in done.stderr.splitlines() if line.startswith("WARNING -")]
            assert [line for line in warnings if not re.search(neighbour.known, line)] == []

        key = blake2b(repr(replace(neighbour, row="")).encode(), digest_size=8).hexdigest()
        return made_once(shared / f"beside-{key}", make) / "site"

    return once


def write(neighbour: Neighbour, folder: Path) -> None:
    """Two incidents, a pattern and a first page of an author, and what the neighbour needs, all in git."""
    again = {"Checkout times out": "Payroll is late", "owner: Payments": "owner: People", "[checkout]": "[payroll]",
             "2026-03-": "2026-04-", "patterns: [": "repeat_of: 2026/01-checkout\npatterns: ["}  # fmt: skip
    second = POSTMORTEM
    for old, new in again.items():
        second = second.replace(old, new)
    files = {
        "mkdocs.yml": neighbour.text(),
        "docs/index.md": "# Home\n\nSee [one](postmortems/2026/01-checkout/postmortem.md).\n",
        "docs/patterns/database-issues.md": PATTERN,
        POSTMORTEM_PATH: POSTMORTEM,
        "docs/postmortems/2026/02-payroll/postmortem.md": second,
        "docs/postmortems/2026/02-payroll/artifacts/api.log": "x\n",
    } | neighbour.files
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    for command in ("init -q", "add .", "-c user.name=Ada -c user.email=ada@kb.example commit -qm First"):
        subprocess.run(["git", *command.split()], cwd=folder, check=True)


def names(neighbour: Neighbour) -> str:
    return f"{neighbour.row} {neighbour.program}".replace("`", "")


def words(page: Path) -> Counter[str]:
    """The words of a page's text, without the theme's."""
    html = page.read_text("utf-8")
    text = html[html.index("<article") : html.rindex("</article>")]
    return Counter(unescape(re.sub(r"<[^>]*>", " ", text)).replace("¶", " ").split())


@pytest.mark.parametrize("neighbour", NEIGHBOURS, ids=names)
def test_it_builds_and_nothing_is_missing(neighbour: Neighbour, build: Build) -> None:
    plain, site = build(Neighbour("none")), build(neighbour)
    if "exclude: " not in neighbour.plugins:
        missing = {page: words(plain / page) - words(site / other) for page in PAGES if (other := place(page, site))}
        assert {page: dict(found) for page, found in missing.items() if found} == {}
    assert [one for one in Built(site).broken() if not OF_OTHERS.search(one)] == []


def place(page: str, site: Path) -> str:
    """The file of a page, whether or not its address is that of a folder."""
    return page if (site / page).exists() else page.replace("/index.html", ".html")


def test_every_row_of_the_guide_is_tried_and_every_neighbour_has_one() -> None:
    guide = (ROOT / "docs/guide/hosts.md").read_text("utf-8")
    rows = re.findall(r"^\| (?!---)([^|]+?) \|", guide[guide.index("| Beside |") :], re.MULTILINE)[1:]
    assert [re.sub(r"\[|\]\([^)]*\)", "", row) for row in rows] == list(dict.fromkeys(one.row for one in NEIGHBOURS))


@pytest.mark.parametrize("host", HOSTS, ids=names)
def test_the_search_finds_what_authors_wrote(host: Neighbour, build: Build) -> None:
    site = build(host)
    authored = {"", "patterns/database-issues/", "postmortems/2026/01-checkout/", "postmortems/2026/02-payroll/"}
    found = fragments(site)
    assert authored - found.keys() == set()
    assert "Alert on response time" in found["postmortems/2026/01-checkout/"]
    assert authored - of_theme(site) == set()


def fragments(site: Path) -> dict[str, str]:
    """The texts in our index, by their pages' addresses."""
    texts = pagefind(site / "assets/postmortems/pagefind")
    return {text["meta"]["at"].removeprefix("./"): text["content"] for text in texts}


def of_theme(site: Path) -> set[str]:
    """The addresses in the theme's own index: Material's, which Backstage's search reads, or MaterialX's Pagefind."""
    index = site / "search/search_index.json"
    if index.exists():
        return {document["location"] for document in json.loads(index.read_text("utf-8"))["docs"]}
    return {text["url"].removeprefix("/").removesuffix("index.html") for text in pagefind(index.parent)}


def pagefind(folder: Path) -> list[dict[str, Any]]:
    """The pages in an index of Pagefind."""
    files = (folder / "fragment").glob("*.pf_fragment")
    return [json.loads(gzip.decompress(file.read_bytes()).removeprefix(b"pagefind_dcd")) for file in files]


def test_the_table_of_hosts_is_what_they_built(build: Build) -> None:
    head = "| Host | Command | Theme | Search |\n|---|---|---|---|\n"
    table = head + "".join(f"| {' | '.join(cells(host, build(host)))} |\n" for host in HOSTS)
    assert table in (ROOT / "docs/guide/hosts.md").read_text("utf-8")


def cells(host: Neighbour, site: Path) -> tuple[str, ...]:
    """The row of a host. The theme is the one that its pages name; Backstage lets no script of ours run."""
    html = (site / PAGES[0]).read_text("utf-8")
    theme = re.search(r'<meta name="generator" content="[^"]*?, ([a-z-]+)-[\d.]+"', html)
    assert theme
    search = "Pagefind" if fragments(site) else "Material's index"
    return host.row, f"`{host.program} build`", theme[1], "Backstage's own" if "Backstage" in host.row else search


def test_the_lists_of_pins_are_up_to_date() -> None:
    from importlib.metadata import requires

    from packaging.requirements import Requirement

    ours = [one for one in map(Requirement, requires("mkdocs-postmortems") or ()) if not one.marker]
    for pins in (ROOT / "tests/neighbours").glob("*.txt"):
        pinned = dict(line.split(";")[0].strip().split("==") for line in pins.read_text("utf-8").splitlines())
        wrong = [one for one in ours if not one.specifier.contains(pinned.get(one.name.lower(), "0"))]
        assert wrong == [], f"{pins.name}: `make lock` writes it anew"


def one_of(row: str) -> Neighbour:
    return next(neighbour for neighbour in NEIGHBOURS if neighbour.row == row)


def test_what_exclude_removes_is_told_of_nowhere(build: Build) -> None:
    site = build(one_of("mkdocs-exclude"))
    told = [path for path in site.rglob("*") if path.is_file() and b"payroll" in path.read_bytes().lower()]
    assert told == []


def test_generated_pages_are_in_the_first_language_and_others_lead_there(build: Build) -> None:
    site = build(one_of("mkdocs-static-i18n"))
    german = (site / "de/postmortems/2026/01-checkout/index.html").read_text("utf-8")
    assert '<html lang="de"' in german
    assert 'href="../../../../services/checkout/"' in german
    assert '<html lang="en"' in (site / "services/checkout/index.html").read_text("utf-8")


def test_backstage_keeps_the_style_sheet_and_the_charts_have_colours_without_it(build: Build) -> None:
    html = (build(NEIGHBOURS[0]) / "postmortems/2026/01-checkout/index.html").read_text("utf-8")
    sheets = re.findall(r'<link rel="stylesheet" href="([^"]+)"', html)
    ours = [sheet for sheet in sheets if "postmortems" in sheet]
    assert [re.search(r"main\.[A-Fa-f0-9]{8}\.min\.css$", sheet) is not None for sheet in ours] == [True]


@pytest.mark.parametrize(
    ("plugins", "files"),
    [
        ("  - encryptcontent: {global_password: correct horse}\n", {}),
        ("  - encryptcontent: {password_inventory: {_global: correct horse}}\n", {}),
        ("  - encryptcontent\n", {POSTMORTEM_PATH: POSTMORTEM.replace("title:", "password: correct horse\ntitle:", 1)}),
        ("  - encryptcontent\n", {"docs/patterns/database-issues.md": PATTERN.replace("title:", "level: ops\ntitle:", 1)}),
        ("  - encryptcontent\n  - meta\n", {"docs/postmortems/.meta.yml": "password: correct horse\n"}),
    ],
    ids=["every page", "every page by a level", "a postmortem", "a pattern", "a folder"],
)  # fmt: skip
def test_encryption_of_our_pages_is_an_error_that_says_why(
    plugins: str, files: dict[str, str], tmp_path: Path, shared: Path
) -> None:
    off = MKDOCS_YML.replace("- postmortems\n", "- postmortems: {levels: {unknown-field: off}}\n")
    neighbour = Neighbour("", files=files, config=off.replace("markdown_ext", f"{plugins}markdown_ext", 1))
    python, folder = python_of("together"), tmp_path / "site"
    write(neighbour, folder)
    done = run(folder, "mkdocs", "build", python=python, path=checkout(shared))
    assert done.returncode == 1
    assert 'postmortems: the plugin "encryptcontent" is to encrypt' in done.stderr
    assert "Traceback" not in done.stderr
    assert not (folder / "site" / "index.html").exists()


def test_what_is_encrypted_elsewhere_is_told_of_nowhere(build: Build) -> None:
    site = build(one_of("mkdocs-encryptcontent-plugin"))
    told = [
        path.relative_to(site).as_posix()
        for path in site.rglob("*")
        if path.is_file() and b"Whom to call" in path.read_bytes()
    ]
    assert told == []


def test_feeds_print_and_models_see_the_whole_postmortem(build: Build) -> None:
    markdown = (build(one_of("mkdocs-llmstxt")) / "postmortems/2026/01-checkout/index.md").read_text("utf-8")
    assert "14:23" in markdown
    assert "Alert on response time" in markdown
    print_page = (build(one_of("mkdocs-print-site-plugin")) / "print_page/index.html").read_text("utf-8")
    assert "Checkout times out" in print_page
    feed = json.loads((build(one_of("mkdocs-rss-plugin")) / "feed_json_created.json").read_text("utf-8"))
    assert "Checkout times out" in [item["title"] for item in feed["items"]]
