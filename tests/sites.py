"""The sites that many tests look at, each built once in a run: by the first test worker that asks for it.

They are for reading only. A test that changes something writes a knowledge base of its own.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.generate import generate
from benchmarks.team import generate_team
from filelock import FileLock

from tests.browser.knowledge_base import IncidentFile
from tests.browser.odd_site import write_odd_site
from tests.commands import ENVIRONMENT, ROOT, run
from tests.conftest import MKDOCS_YML, TWO_SCHEMES

COMPLETE = f"""\
site_name: Incidents of one company
{TWO_SCHEMES}plugins:
  - search
  - postmortems: {{corpus: complete, levels: {{undeclared-repeat: off}}}}
markdown_extensions: [admonition, attr_list, def_list, md_in_html, tables, toc]
"""

MANY = 335
"""More postmortems than one page lists, and more incidents than a picture marks one by one."""
BUILT_ON = datetime.fromtimestamp(int(ENVIRONMENT["SOURCE_DATE_EPOCH"]), UTC).date()
"""The day of all builds."""
HOSTILE = IncidentFile(
    "hostile",
    "2024-12-30T14:20:00Z",
    "SEV1",
    title="<img src=x onerror=alert(1)> & \"quotes\" 'and' {{ braces }}",
    services=("<b>bold</b>", "second", "third"),
    owner="<script>alert(2)</script>",
    patterns=(),
    status="draft",
    resolved=100,
    root_cause="</template><script>alert(3)</script>",
)


def _own(folder: Path) -> None:
    """This repository's own site: a sample of real incidents."""
    _build(ROOT, folder / "site", "--strict")


def _complete(folder: Path) -> None:
    """A made-up knowledge base of one company: `corpus: complete`, with figures on frequency and completion."""
    generate(folder / "docs", 30, patterns=5, services=8)
    (folder / "mkdocs.yml").write_text(COMPLETE, "utf-8")
    _build(folder, folder / "site")


def _without_the_plugin(folder: Path) -> None:
    """The Markdown of `complete` as MkDocs and the theme alone show it."""
    generate(folder / "docs", 30, patterns=5, services=8)
    plugins = "plugins:\n  - search\nnot_in_nav: /postmortems/\n"
    (folder / "mkdocs.yml").write_text(
        COMPLETE[: COMPLETE.index("plugins:")] + plugins + COMPLETE[COMPLETE.index("markdown_") :], "utf-8"
    )
    _build(folder, folder / "site")


def _odd(folder: Path) -> None:
    """Incidents that nobody hopes for, but somebody will write."""
    write_odd_site(folder)
    _build(folder, folder / "site")


def _empty(folder: Path) -> None:
    """A new knowledge base without an incident: its one record is a drill."""
    generate(folder / "docs", 1)
    for postmortem in (folder / "docs" / "postmortems").rglob("postmortem.md"):
        text = postmortem.read_text("utf-8")
        postmortem.write_text(text.replace("kind: incident\n", "kind: drill\n", 1), "utf-8")
    (folder / "mkdocs.yml").write_text(COMPLETE, "utf-8")
    _build(folder, folder / "site")


def _many(folder: Path) -> None:
    """That many generated postmortems, and a hostile one."""
    generate(folder / "docs", MANY)
    HOSTILE.write(folder / "docs")
    # IncidentFile-up texts are put together from few sentences, so that some tell the same story by chance.
    settings = MKDOCS_YML.replace("- postmortems\n", "- postmortems: {levels: {undeclared-repeat: off}}\n")
    # With tabs, as most sites of this size have them: the sidebar would take the room of the wide picture.
    settings = settings.replace("  font: false\n", "  font: false\n  features: [navigation.tabs]\n")
    (folder / "mkdocs.yml").write_text(settings, "utf-8")
    _build(folder, folder / "site", "--strict")


def _team(folder: Path) -> None:
    """A made-up company's 200 postmortems of the last three years, with a register."""
    generate_team(folder, 200, years=3, today=BUILT_ON)
    _build(folder, folder / "site")


def _build(project: Path, site: Path, *flags: str) -> None:
    done = run(project, "mkdocs", "build", "-q", "-d", str(site), *flags)
    assert done.returncode == 0, done.stderr[-3000:]


SITES: dict[str, Callable[[Path], None]] = {
    "own": _own, "complete": _complete, "without the plugin": _without_the_plugin, "odd": _odd, "empty": _empty, "many": _many,
    "team": _team,
}  # fmt: skip


def made_once(folder: Path, make: Callable[[Path], None]) -> Path:
    """A folder that all workers share, made by the first that asks for it.

    Whoever comes while it is made waits. What fails is tried again, so that each of its tests tells why.
    """
    done = folder.with_name(f"{folder.name}.done")
    with FileLock(folder.with_name(f"{folder.name}.lock")):
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            make(folder)
            done.touch()
    return folder


def built_site(name: str, shared: Path) -> Path:
    """The root of one of the sites, below a folder that all workers share."""
    return made_once(shared / name, SITES[name]) / "site"
