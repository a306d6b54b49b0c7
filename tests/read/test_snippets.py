"""Texts that a page takes in: those below the docs folder and in folders meant for it, and no others."""

from __future__ import annotations

from pathlib import Path

import pytest

from postmortems.model.source import Source
from postmortems.read.site_options import SiteOptions, site_options
from postmortems.read.snippets import snippet_problems

FILES = ("docs/inc/a.md", "docs/x.md", "includes/b.md", "LICENSE", ".git/config", "docs/.hidden/c.md")


def found(tmp_path: Path, text: str, base: object = ".") -> list[tuple[int, int]]:
    for name in FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x", "utf-8")
    extensions = [{"pymdownx.snippets": {"base_path": base}}]
    site = site_options({"markdown_extensions": extensions}, tmp_path / "mkdocs.yml", tmp_path / "docs")
    problems = snippet_problems(Source("x.md", text), tmp_path / "docs", site)
    return [(one.place.line, one.place.column) for one in problems]


@pytest.mark.parametrize(
    "line",
    [
        '--8<-- ".git/config"',
        "  -8<- '.git/config'",
        '---8<---   "LICENSE"  ',
        '--8<-- "LICENSE:2:5"',
        '--8<-- "LICENSE:2:5,7:9"',
        '--8<-- "LICENSE:section"',
        '--8<-- "docs/../LICENSE"',
        '--8<-- "../elsewhere.txt"',
        '--8<-- "/etc/passwd"',
        '--8<-- "docs/.hidden/c.md"',
        '--8<-- "gone.txt"',
        '--8<-- "https://example.org/x.md"',
    ],
)
def test_what_lies_outside_is_found(line: str, tmp_path: Path) -> None:
    name = line.strip().strip("-8<").strip().strip("\"'")
    assert found(tmp_path, f"text\n\n{line}\n") == [(3, line.index(name) + 1)]
    assert found(tmp_path, f"```\n{line}\n```") == [(2, line.index(name) + 1)]  # the extension minds no fence


def test_each_line_of_a_block_is_looked_at(tmp_path: Path) -> None:
    text = "a\n--8<--\ndocs/x.md\n\n; LICENSE\n  LICENSE\n.git/config\n-8<-\nLICENSE\n"
    assert found(tmp_path, text) == [(6, 3), (7, 1)]


@pytest.mark.parametrize(
    ("line", "base"),
    [
        ('--8<-- "docs/x.md"', "."),
        ('--8<-- "docs/inc/a.md:1:2"', "."),
        ('--8<-- "inc/a.md"', "docs"),
        ('--8<-- "inc/a.md"', ["includes", "docs"]),
        ('--8<-- "inc/a.md"', "$docs_dir"),
        ('--8<-- "b.md"', "includes"),
        ('--8<-- "b.md"', ["$config_dir/includes"]),
        ('--8<-- "gone.md"', "includes"),
        (';--8<-- ".git/config"', "."),
        ('`--8<-- ".git/config"` is how', "."),
        ("--8<-- LICENSE", "."),
        ('--8<-- ""', "."),
    ],
)
def test_what_lies_inside_is_not(line: str, base: object, tmp_path: Path) -> None:
    assert found(tmp_path, line, base) == []


@pytest.mark.parametrize("base", ["..", "/", "."])
def test_a_folder_that_holds_the_docs_folder_is_none_of_snippets(base: str, tmp_path: Path) -> None:
    assert found(tmp_path, '--8<-- "LICENSE"', base) == [(1, 9)]


def test_a_link_in_a_folder_of_snippets_is_followed(tmp_path: Path) -> None:
    (tmp_path / "includes").mkdir()
    (tmp_path / "LICENSE").write_text("x", "utf-8")
    (tmp_path / "includes/out.md").symlink_to("../LICENSE")
    assert found(tmp_path, '--8<-- "out.md"', "includes") == [(1, 9)]


def test_nothing_is_said_where_the_extension_is_off(tmp_path: Path) -> None:
    assert list(snippet_problems(Source("x.md", '--8<-- "LICENSE"'), tmp_path, SiteOptions())) == []


def test_no_line_makes_it_slow(tmp_path: Path) -> None:
    assert found(tmp_path, "--8<-- " * 20_000) == []
    assert found(tmp_path, f'--8<-- "{":1" * 50_000}x"') != []
