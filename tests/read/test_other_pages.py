"""Markdown that is neither a postmortem nor a pattern: what a site cannot make of it, or leaves out."""

from __future__ import annotations

from pathlib import Path

import pytest

from postmortems.model.diagnostic import Level, Problem
from postmortems.read.corpus import read_corpus
from postmortems.read.site_options import UNKNOWN, SiteOptions, site_options
from postmortems.settings import Settings


def problems(docs: Path, text: str, site: SiteOptions = UNKNOWN, **settings: object) -> list[Problem]:
    (docs / "guide").mkdir(exist_ok=True)
    (docs / "guide/notes.md").write_text(text, "utf-8")
    return list(read_corpus(docs, Settings.model_validate(settings), site=site).problems)


BOMB = "a: &a [x]\n" + "".join(f"b{n}: &b{n} [{', '.join([f'*b{n - 1}' if n else '*a'] * 9)}]\n" for n in range(9))
"""Aliases in aliases: hundreds of millions of values in a few lines."""


@pytest.mark.parametrize(
    ("text", "rule", "line", "column"),
    [
        ("# x\n\n<script>y()</script>", "active-html", 3, 1),
        ("---\ntitle: x\n---\n\na <img src=x onerror=y()>", "active-html", 5, 3),
        ("!!! note\n\n    <iframe src=x></iframe>", "active-html", 3, 5),
        ("- a\n\n    <script>y()</script>", "active-html", 3, 5),
        ("text\n    <script>y()</script>", "active-html", 2, 5),
        ("![a](https://example.org/a.png)", "outside-resource", 1, 6),
        ('<img src="//example.org/a.png">', "outside-resource", 1, 11),
        ("---\ntags: 5\n---\n", "invalid-value", 2, 1),
        ("---\nhide: {a: b}\n---\n", "invalid-value", 2, 1),
        ("---\ntitle: [a]\n---\n", "invalid-value", 2, 1),
        ("---\ndescription: [a]\n---\n", "invalid-value", 2, 1),
        ("---\nsearch: 7\n---\n", "invalid-value", 2, 1),
        ("---\nsearch: {exclude: 1}\n---\n", "invalid-value", 2, 1),
        ("---\ntemplate: ../x.html\n---\n", "invalid-value", 2, 1),
        ("---\nicon: [a]\n---\n", "invalid-value", 2, 1),
        ("---\nx: &a [*a]\n---\n", "overcomplex-markup", 2, 4),
        (f"---\n{BOMB}---\n", "overcomplex-markup", 2, 4),
    ],
)
def test_what_is_wrong_is_found_at_its_place(text: str, rule: str, line: int, column: int, tmp_path: Path) -> None:
    (found,) = problems(tmp_path, text)
    assert (found.rule, found.place.path, found.place.line, found.place.column) == (
        rule,
        "guide/notes.md",
        line,
        column,
    )


@pytest.mark.parametrize(
    "text",
    [
        "# x\n\n`<script>`\n\n```html\n<script>y()</script>\n```\n\n    <script>y()</script>\n\n<!-- <script> -->\n",
        "~~~~\n```\n<script>\n~~~~\n",
        "<div class=grid markdown>\n<kbd>x</kbd>\n</div>\n![a](a.png) [b](https://example.org)",
        "---\ntitle: 5\ntags: [a, 2026]\nhide: toc\nsearch: {boost: 2}\nicon: material/x\nanything: [1, {a: b}]\n---\n",
        "no front matter, and that is fine",
        "---\nbroken: [\n---\n",
    ],
)
def test_nothing_is_found_where_nothing_is_wrong(text: str, tmp_path: Path) -> None:
    assert problems(tmp_path, text) == []


def test_what_only_vanishes_is_a_warning_and_active_html_may_be_allowed(tmp_path: Path) -> None:
    assert [one.level for one in problems(tmp_path, "ssh to <hostname>")] == [Level.WARNING]
    assert problems(tmp_path, "<script>y()</script> ![a](//example.org/a)", active_html=True) == []


def options(tmp_path: Path, **config: object) -> SiteOptions:
    return site_options(config, tmp_path / "mkdocs.yml", tmp_path / "docs")


@pytest.mark.parametrize(
    ("front", "is_missing"),
    [
        ("template: plain.html", False),
        ("template: main.html", False),
        ("template: postmortems.html", False),
        ("template: sub/deep.html", False),
        ("template: nope.html", True),
        ("icon: material/database", False),
        ("icon: our/own", False),
        ("icon: material/no-such-icon", True),
    ],
)
@pytest.mark.parametrize("path", ["notes.md", "postmortems/2026/01-x/postmortem.md"])
def test_layouts_and_icons_must_be_there(front: str, is_missing: bool, path: str, tmp_path: Path) -> None:
    for name in ("plain.html", "sub/deep.html", ".icons/our/own.svg"):
        (tmp_path / "ours" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "ours" / name).write_text("", "utf-8")
    page = tmp_path / "docs" / path
    page.parent.mkdir(parents=True)
    page.write_text(f"---\ntitle: x\n{front}\n---\n", "utf-8")
    site = options(tmp_path, theme={"name": "material", "custom_dir": "ours"})
    corpus = read_corpus(tmp_path / "docs", Settings(), site=site)
    found = [one for one in corpus.problems if "which the theme does not have" in one.message]
    assert [(one.rule, one.place.path, one.place.line) for one in found] == [("invalid-value", path, 3)] * is_missing


def test_of_a_theme_that_is_not_known_nothing_is_said(tmp_path: Path) -> None:
    assert problems(tmp_path, "---\ntemplate: nope.html\n---\n", options(tmp_path, theme="other")) == []


@pytest.mark.large
@pytest.mark.parametrize(
    "piece", ["<a b=c>x ", "![a](//e) ", "`", "```\n", "<!--", "    <b>\n", "- a\n\n    <i x=y>\n"]
)
def test_no_text_makes_it_slow(piece: str, tmp_path: Path) -> None:
    problems(tmp_path, piece * (300_000 // len(piece)))
