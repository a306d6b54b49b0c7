"""The site's folder as others may have left it: nothing outside it is touched, and nothing in it stops a build."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from mkdocs.structure.files import File
from tests.commands import run
from tests.publish.knowledge_base import FILES, FIRST
from tests.publish.random_changes import edited
from tests.publish.twins import MKDOCS_YML, Twins

from postmortems.publish.site_folder import SiteFolder

BLANK = {
    "over/blank.html": "{{ page.title }}",
    "docs/x/blank.md": "---\ntemplate: blank.html\n---\n",
    "mkdocs.yml": MKDOCS_YML.replace("  font: false", "  font: false\n  custom_dir: over"),
}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[SiteFolder]:
    """The folder of a site that has a page, and what belongs to it no more, as it is once MkDocs has emptied it."""
    for name in ("page/index.html", "page/old.txt", "old/held/file.txt", "old/more/file.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x", "utf-8")
    found = SiteFolder()
    found.set_aside(tmp_path, keep=True)
    found.put_back()
    yield found
    found.end()


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("refused", ["unlink", "rmdir", "scandir"])
def test_what_cannot_be_removed_stays(
    site: SiteFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refused: str
) -> None:
    done: Callable[..., object] = getattr(os, refused)

    def refuse(path: str, *given: object, **named: object) -> object:
        if "held" in str(path):
            raise PermissionError(13, "Permission denied", str(path))
        return done(path, *given, **named)

    with monkeypatch.context() as patched:
        patched.setattr(os, refused, refuse)
        site.clear({"page/index.html"})
    assert [name for name in files(tmp_path) if "held" not in name] == ["page/index.html"]
    assert (tmp_path / "old/held").is_dir()


@pytest.mark.parametrize("seen", [False, True])
def test_a_page_that_others_see_before_it_is_written_is_made(seen: bool, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("right", "utf-8")
    page = File("page.md", str(tmp_path), str(tmp_path), use_directory_urls=False)
    found = SiteFolder()
    found.set_aside(tmp_path, keep=True, seen=seen)
    found.clear({"page.html"})
    assert found.has(page, lambda data: data == b"right") is not seen
    found.end()


def test_a_folder_of_another_mode_is_made_again(site: SiteFolder, tmp_path: Path) -> None:
    (tmp_path / "page").chmod(0o700)
    site.clear({"page/index.html", "old/more/file.txt"})
    assert files(tmp_path) == ["old/more/file.txt"]
    assert not (tmp_path / "page").exists()


def test_a_folder_in_the_place_of_a_file(site: SiteFolder, tmp_path: Path) -> None:
    site.clear({"page", "page/index.html", "old/more/file.txt"})
    assert files(tmp_path) == ["old/more/file.txt"]


@pytest.mark.large
def test_a_file_that_gets_the_name_of_a_generated_folder(tmp_path: Path) -> None:
    twins = Twins(tmp_path, FILES)
    assert twins.build() == []
    twins.change({"docs/actions": "a file"})
    assert [run(folder, "mkdocs", "build", "-q").returncode for folder in (twins.kept, twins.whole)] == [1, 1]
    twins.change({"docs/actions": None})
    assert twins.build() == []


@pytest.mark.large
def test_an_index_in_a_folder_that_is_a_link(tmp_path: Path) -> None:
    twins = Twins(tmp_path, {**FILES, "mkdocs.yml": MKDOCS_YML.replace("search: material", "search: pagefind")})
    assert twins.build() == []
    elsewhere, assets = twins.kept / "elsewhere", twins.kept / "site/assets/postmortems"
    (elsewhere / "pagefind").mkdir(parents=True)
    (elsewhere / "pagefind/pagefind-of-mine.js").write_text("mine", "utf-8")
    shutil.rmtree(assets)
    assets.symlink_to(elsewhere)
    twins.change(edited(FIRST, "Connections leaked", "Sockets leaked"))
    assert twins.build() == []
    assert files(elsewhere) == ["pagefind/pagefind-of-mine.js"]
    assets.chmod(0o700)
    twins.change(edited(FIRST, "Sockets leaked", "Threads leaked"))
    assert twins.build() == []
    assert assets.stat().st_mode == (twins.whole / "site/assets/postmortems").stat().st_mode


@pytest.mark.large
def test_a_page_without_output_below_a_link_at_the_top(tmp_path: Path) -> None:
    twins = Twins(tmp_path, {**FILES, **BLANK})
    assert twins.build() == []
    elsewhere = twins.kept / "elsewhere/blank/index.html"
    elsewhere.parent.mkdir(parents=True)
    elsewhere.write_text("mine", "utf-8")
    shutil.rmtree(twins.kept / "site/x")
    (twins.kept / "site/x").symlink_to(twins.kept / "elsewhere")
    twins.change({"over/blank.html": "\n"})
    assert run(twins.kept, "mkdocs", "build", "-q").returncode == 0
    assert elsewhere.read_text("utf-8") == "mine"


@pytest.mark.large
def test_a_page_without_output_in_the_place_of_another_file(tmp_path: Path) -> None:
    twins = Twins(tmp_path, {
        **FILES, **BLANK, "docs/404.md": BLANK["docs/x/blank.md"],
        "mkdocs.yml": BLANK["mkdocs.yml"].replace("theme:", "use_directory_urls: false\ntheme:"),
    })  # fmt: skip
    assert twins.build() == []
    twins.change({"over/blank.html": "\n"})
    assert twins.build() == []
    assert (twins.kept / "site/404.html").exists()
    assert not (twins.kept / "site/x").exists()
