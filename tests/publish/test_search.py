"""What a build writes for the search page, by its setting and by what is installed."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from postmortems.publish import pagefind
from postmortems.render.data.search_documents import page_about, search_document

Run = Callable[..., subprocess.CompletedProcess[str]]
Write = Callable[[dict[str, str | bytes]], Path]

CONFIG = "site_name: x\ntheme: {{name: material, font: false}}\nplugins: [{plugins}]\n"
needs_pagefind = pytest.mark.skipif(pagefind.program() is None, reason="Pagefind's binary is not installed")


def built(write: Write, run_in: Run, plugins: str) -> Path:
    folder = write({"mkdocs.yml": CONFIG.format(plugins=plugins)})
    done = run_in(folder, "mkdocs", "build", "--strict")
    assert done.returncode == 0, done.stderr
    return folder / "site"


def engine(site: Path) -> str:
    page = (site / "search/index.html").read_text("utf-8")
    return re.findall(r'data-engine="(\w*)"', page)[0]


@needs_pagefind
def test_pagefind_is_the_engine_where_it_is_there(write: Write, run_in: Run) -> None:
    site = built(write, run_in, "postmortems")
    assert engine(site) == "pagefind"
    bundle = {path.name for path in (site / pagefind.FOLDER).iterdir()}
    assert {"pagefind.js", "pagefind-entry.json", "wasm.en.pagefind", "index", "fragment"} <= bundle
    assert [name for name in bundle if name.endswith((".css", "ui.js", "worker.js", "highlight.js"))] == []
    assert "'wasm-unsafe-eval'" in (site / "csp.txt").read_text("utf-8")
    words = (site / "search/vocabulary.txt").read_text("utf-8").split("\n")
    assert "checkout" in words
    assert [word for word in words if re.fullmatch(r"\d{4,}", word)] == []  # no question is corrected to a date
    assert not (site / "search/documents.json").exists()


@needs_pagefind
def test_the_index_is_told_which_documents_are_patterns_and_what_narrows_incidents(write: Write, run_in: Run) -> None:
    site = built(write, run_in, "postmortems")
    names = {path.name.partition(".")[0] for path in (site / pagefind.FOLDER / "fragment").iterdir()}
    kinds, facets = (json.loads((site / f"search/{name}.json").read_text("utf-8")) for name in ("kinds", "facets"))
    assert len(kinds["patterns"]) == len(facets["documents"]) == 1
    assert {*kinds["patterns"], *kinds["pages"], *facets["documents"]} == names
    (places,) = facets["documents"].values()
    values = [
        [facets[name][place] for place in some]
        for name, some in zip(("severity", "service", "year"), places, strict=True)
    ]
    assert values == [["SEV2"], ["checkout"], ["2026"]]


@needs_pagefind
def test_documents_are_in_the_order_of_their_names_whatever_the_file_system_lists_first(tmp_path: Path) -> None:
    document = '<html lang="en"><body><span data-pagefind-meta="at">{0}</span><p>Word {0}</p></body></html>'
    names = pagefind.Indexing(map(document.format, range(20)), tmp_path / pagefind.FOLDER, "en").names()
    assert names.keys() == {str(number) for number in range(20)}
    assert [*names.values()] == sorted(names.values())


@needs_pagefind
@pytest.mark.parametrize(("language", "program"), [("de", "wasm.de.pagefind"), ("ja", "wasm.unknown.pagefind")])
def test_the_index_is_of_the_sites_language(language: str, program: str, tmp_path: Path) -> None:
    document = search_document(page_about("接続", "x/"), "<p>checkout failed</p>", language)
    indexing = pagefind.Indexing([document], tmp_path / pagefind.FOLDER, language)
    assert list(indexing.names()) == ["x/"]
    assert [path.name for path in (tmp_path / pagefind.FOLDER).glob("wasm.*")] == [program]


def test_materials_index_takes_its_place(write: Write, run_in: Run) -> None:
    site = built(write, run_in, "search, {postmortems: {search: material}}")
    assert engine(site) == "material"
    assert not (site / pagefind.FOLDER).exists()
    assert "wasm" not in (site / "csp.txt").read_text("utf-8")
    known = json.loads((site / "search/documents.json").read_text("utf-8"))
    assert known["postmortems/2026/01-checkout/"]["facts"]["when"] == "2 Mar 2026"
    locations = {
        entry["location"].split("#")[0]
        for entry in json.loads((site / "search/search_index.json").read_text("utf-8"))["docs"]
    }
    assert known.keys() <= locations


def test_without_an_index_the_page_says_so(write: Write, run_in: Run) -> None:
    site = built(write, run_in, "{postmortems: {search: material}}")
    assert engine(site) == ""
    page = (site / "search/index.html").read_text("utf-8")
    assert "This site has no search index" in page
    assert "search_page.js" not in page


def test_an_owner_is_no_part_of_the_last_word_of_an_action(write: Write, run_in: Run) -> None:
    site = built(write, run_in, "search, postmortems")
    entries = json.loads((site / "search/search_index.json").read_text("utf-8"))["docs"]
    texts = " ".join(entry["text"] for entry in entries if entry["location"].startswith("postmortems/"))
    assert re.findall(r"[a-z]Payments|[a-z]Platform", texts) == []
    assert "Payments" in texts


@pytest.mark.parametrize("plugins", ["search, postmortems", "postmortems"])
def test_the_header_and_a_missing_page_lead_to_the_search_page(plugins: str, write: Write, run_in: Run) -> None:
    site = built(write, run_in, plugins)
    header = (site / "patterns/index.html").read_text("utf-8").partition("</header>")[0]
    assert ('class="pm-headsearch" role="search" action="../search/"' in header) is ("search" in plugins)
    assert "data-md-component=search" not in header
    assert 'action="/search/"' in (site / "404.html").read_text("utf-8")


def test_an_unknown_engine_is_an_error(write: Write, run_in: Run) -> None:
    done = run_in(write({"mkdocs.yml": CONFIG.format(plugins="{postmortems: {search: lunr}}")}), "mkdocs", "build")
    assert done.returncode != 0
    assert "option 'search': is not one of 'pagefind' or 'material'" in done.stderr


@needs_pagefind
def test_what_an_author_leaves_out_of_the_search_is_in_no_index(
    write: Write, run_in: Run, sound: dict[str, str]
) -> None:
    hidden = sound["postmortem"].replace("title: ", "search: {exclude: true}\ntitle: ", 1)
    folder = write({sound["path"]: hidden, "mkdocs.yml": CONFIG.format(plugins="postmortems")})
    assert run_in(folder, "mkdocs", "build", "--strict").returncode == 0
    fragments = folder / "site" / pagefind.FOLDER / "fragment"
    texts = [gzip.decompress(path.read_bytes()).decode("utf-8", "replace") for path in fragments.iterdir()]
    assert [text for text in texts if "database-issues" in text]
    assert [text for text in texts if "Checkout times out" in text] == []
