"""The site of several repositories: their pages, links and pictures beside its own, and nothing else of theirs."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.commands import run
from tests.conftest import PATTERN, POSTMORTEM, POSTMORTEM_PATH, Write
from tests.publish.twins import Step, Twins, steps
from tests.source_repositories import CARDS, INDEX, PAYMENTS, PNG, SOURCES, told

Run = Callable[..., subprocess.CompletedProcess[str]]

REGISTER = "- id: INC-1\n  severity: SEV2\n  resolved_at: 2026-04-02T16:00:00Z\n  postmortem: 2026/01-cards\n"
SCRIPT = f"{PAYMENTS}/postmortems/2026/01-cards/artifacts/run.html"
FILES = {
    **SOURCES,
    CARDS: str(SOURCES[CARDS]).replace("artifacts/graph.png)", "artifacts/graph.png)\n\n[run](artifacts/run.html)"),
    SCRIPT: "<script>alert(1)</script>",
    f"{PAYMENTS}/postmortems/register.yml": REGISTER,
    f"{PAYMENTS}/postmortems/2026/01-cards/.hidden.md": "# Hidden\n",
    f"{PAYMENTS}/reviews/2026-q2.yml": "[]\n",
}
OWN = {"docs/index.md": "# Home\n", "docs/patterns/database-issues.md": PATTERN, POSTMORTEM_PATH: POSTMORTEM}
LEVELS = "levels: {undeclared-repeat: off"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The site, and what its build said."""
    folder = tmp_path_factory.mktemp("several")
    for path, content in (OWN | FILES).items():
        if path == "mkdocs.yml":
            content = str(content).replace(LEVELS, f"{LEVELS}, active-artifact: warning")
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content if isinstance(content, bytes) else content.encode())
    done = run(folder, "mkdocs", "build", "--verbose")
    assert done.returncode == 0, done.stdout + done.stderr
    assert [line for line in done.stderr.splitlines() if line.startswith("WARNING") and "run.html" not in line] == []
    return folder / "site", done.stdout + done.stderr


def test_each_postmortem_has_its_page(built: tuple[Path, str]) -> None:
    site, _ = built
    pages = {
        path.parent.relative_to(site / "postmortems").as_posix() for path in site.glob("postmortems/**/index.html")
    }
    assert pages == {
        ".", "2026", "2026/01-checkout", "payments", "search",
        "payments/2026/01-cards", "payments/2026/02-refunds", "search/2026/01-index",
    }  # fmt: skip


def test_links_lead_where_their_author_meant(built: tuple[Path, str]) -> None:
    page = (built[0] / "postmortems/payments/2026/01-cards/index.html").read_text("utf-8")
    for address, words in (
        ("../../../../patterns/card-network/#what-helps", "pattern"),
        ("../02-refunds/", "other"),
        ("../../../../patterns/", "patterns"),
        ("../../../2026/", "year"),
        ("../../", "index"),
    ):
        assert f'<a href="{address}">{words}</a>' in page
    assert 'src="artifacts/graph.png"' in page
    index = (built[0] / "postmortems/search/2026/01-index/index.html").read_text("utf-8")
    assert "https://git.example/search/blob/main/handbook/runbooks/index.md#first-steps" in index
    pattern = (built[0] / "patterns/card-network/index.html").read_text("utf-8")
    assert '<a href="../../postmortems/payments/2026/01-cards/">cards</a>' in pattern


def test_each_source_has_a_page_of_its_postmortems(built: tuple[Path, str]) -> None:
    site, _ = built
    page = (site / "postmortems/payments/index.html").read_text("utf-8")
    rows = re.findall(r'class="pm-row__title"[^>]*? href="([^"]*)"', page.replace("\n", " "))
    assert rows == ["2026/02-refunds/", "2026/01-cards/"]
    assert '<h1 dir="auto">Postmortems of payments</h1>' in page
    assert '<a href="../../postmortems/">All postmortems</a>' in page
    index = (site / "postmortems/index.html").read_text("utf-8")
    assert re.findall(r'<a href="([a-z]+/)">([a-z]+)</a>', index) == [("payments/", "payments"), ("search/", "search")]
    for of in ("payments/2026/01-cards", "search/2026/01-index"):
        name = of.partition("/")[0]
        shown = (site / f"postmortems/{of}/index.html").read_text("utf-8")
        assert f'repository <a href="../../../../postmortems/{name}/">{name}</a>' in shown
    assert "repository <a" not in (site / "postmortems/2026/01-checkout/index.html").read_text("utf-8")


def test_pictures_come_along_and_what_runs_does_not(built: tuple[Path, str]) -> None:
    site, _ = built
    assert (site / "postmortems/payments/2026/01-cards/artifacts/graph.png").read_bytes() == PNG
    assert not list(site.rglob("run.html"))
    assert not list(site.rglob("*.hidden*"))


def test_what_is_not_taken_has_no_page(built: tuple[Path, str]) -> None:
    site, _ = built
    assert not list(site.rglob("register.yml"))
    assert not list(site.rglob("2026-q2*"))
    assert "<h1" in (site / "index.html").read_text("utf-8")
    assert not (site / "runbooks").exists()


def test_the_owner_is_the_source(built: tuple[Path, str]) -> None:
    assert (built[0] / "owners/payments/index.html").is_file()
    rows = json.loads((built[0] / "data/postmortems.json").read_text("utf-8"))["postmortems"]
    assert {row["id"]: row["owner"] for row in rows}["payments/2026/02-refunds"].casefold() == "payments"


def test_repeats_across_repositories_are_shown(built: tuple[Path, str]) -> None:
    page = (built[0] / "postmortems/search/2026/01-index/index.html").read_text("utf-8")
    assert "postmortems/payments/2026/01-cards/" in page


def test_a_source_that_is_not_there_ends_the_build_before_the_old_site_is_gone(write: Write, run_in: Run) -> None:
    folder = write(SOURCES)
    (folder / "site").mkdir()
    (folder / "site/old.html").write_text("old", "utf-8")
    (folder / "sources").rename(folder / "gone")
    done = run_in(folder, "mkdocs", "build")
    assert (done.returncode, (folder / "site/old.html").exists()) == (2, True)
    assert 'plugins.postmortems.sources.search: "sources/search/handbook" does not exist' in done.stderr


def test_increments_see_what_changes_in_sources(tmp_path: Path) -> None:
    sources = [
        {"folder": "sources/payments/docs", "name": "payments"},
        {"folder": "sources/search/handbook", "name": "search", "postmortems": "incidents", "url": "https://x.example"},
    ]
    files = {path: text for path, text in (OWN | SOURCES).items() if path != "mkdocs.yml"}
    twins = Twins(tmp_path, files, options=f", sources: {json.dumps(sources)}")
    changes: list[Step] = [
        ("nothing", {}),
        ("a title", {CARDS: told("Cards are late", "2026-04-02")}),
        ("a picture", {f"{PAYMENTS}/postmortems/2026/01-cards/artifacts/graph.png": None}),
        ("a pattern of the own folder", {"docs/patterns/card-network.md": PATTERN.replace("db", "cards")}),
        ("a new one", {f"{PAYMENTS}/postmortems/2026/03-new/postmortem.md": told("New", "2026-07-02")}),
        ("another source", {INDEX: told("Index is older", "2026-06-02")}),
        ("one that goes", {f"{PAYMENTS}/postmortems/2026/03-new": None}),
    ]
    assert steps(twins, changes) == []
