"""What Python-Markdown cannot bear is told before it is asked, in time that grows with the length; nothing else is."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import markdown
import pytest
from tests.growth import grows_with_its_length, seconds

from postmortems.model.source import Source
from postmortems.read.markup_cost import overcomplex

pytestmark = pytest.mark.large

Run = Callable[..., subprocess.CompletedProcess[str]]
Write = Callable[[Mapping[str, str | bytes]], Path]

EXTENSIONS = [
    *("admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc", "abbr"),
    *("pymdownx.details", "pymdownx.highlight", "pymdownx.superfences", "pymdownx.tasklist", "pymdownx.tabbed"),
]

SHAPES: dict[str, Callable[[int], str]] = {
    **{sign: (lambda n, sign=sign: sign * n) for sign in ("[", "![", "[a](", "[a][", "[^", "[[a]", "[![", "[a\n")},  # type: ignore[misc]
    **{sign: (lambda n, sign=sign: sign * n) for sign in ("<a ", "<http://a", "<![CDATA[", "<b>", "<div>\n", "</a")},  # type: ignore[misc]
    **{sign: (lambda n, sign=sign: sign * n) for sign in ("# a\n", "a\n=\n", "~~~\n", "```\na\n```\n\n", "a  \n")},  # type: ignore[misc]
    "nested brackets": lambda n: "[" * n + "a" + "]" * n,
    "elements with Markdown": lambda n: "<div markdown>\n" * n + "a\n" + "</div>\n" * n,
    "with a sign in an attribute": lambda n: "<div title='<' markdown>\n" * n + "a\n" + "</div>\n" * n,
    "lists on a line": lambda n: "- " * n + "a",
    "numbers on a line": lambda n: "1. " * n + "a",
    "lists by indentation": lambda n: "\n".join("    " * i + "- a" for i in range(min(n, 600))),
    "lists by tabs": lambda n: "\n".join("\t" * i + "- a" for i in range(min(n, 600))),
    "boxes": lambda n: "".join("    " * i + "!!! note\n\n" for i in range(min(n, 600))) + "a",
    "definitions": lambda n: "".join("    " * i + "a\n" + "    " * i + ":   b\n\n" for i in range(min(n, 600))),
    "emphases": lambda n: "*a **b " * n + "** c*" * n,
    "strikes": lambda n: "~~a *b " * n + "* c~~" * n,
    "footnotes": lambda n: "".join(f"x[^{i}]\n\n[^{i}]: b\n\n" for i in range(n)),
    "one footnote": lambda n: "[^a]: b\n\n" + "[^a] " * n,
    "abbreviations": lambda n: "".join(f"*[a{i}]: b\n" for i in range(n)) + "a1 " * n,
    "quoted cells": lambda n: "a `|`|" * n,
    "attributes": lambda n: "*a*{: .a}" * n,
    "blocks of code": lambda n: "```\n[\n```\n" * n,
    "a table": lambda n: "|a|b|\n|-|-|\n" + "|[a](b)|`b`|\n" * n,
    "a list": lambda n: "- [a](b) **c**\n" * n,
    "links": lambda n: "[a](b) " * n,
    "paragraphs": lambda n: "Words <b>and</b> [a](b) `c`.\n\n" * n,
}
BORNE = ("a table", "a list", "links", "paragraphs", "blocks of code")
"""What grows in proportion to its length, so that a long page may hold it."""

MOST = 40
"""Times that a page may take of what a long one does."""


def made(text: str) -> str:
    return markdown.markdown(text, extensions=EXTENSIONS)


@cache
def seconds_of_a_long_page() -> float:
    """Processor time of a page as long as a book's chapter, so that the bound is that of any machine."""
    return seconds(made, SHAPES["paragraphs"](2_000))


@pytest.mark.parametrize("shape", SHAPES)
def test_a_page_that_is_let_through_is_made_in_time(shape: str) -> None:
    """The longest text of each shape, by doubling, that is let through, is made as fast as a long page is; no error."""
    size = 10
    while size < 10_000 and overcomplex(Source("p", SHAPES[shape](2 * size))) is None:
        size *= 2
    assert seconds(made, SHAPES[shape](size)) < MOST * seconds_of_a_long_page()


@pytest.mark.parametrize("shape", [shape for shape in SHAPES if shape not in BORNE])
def test_what_python_markdown_cannot_bear_is_told(shape: str) -> None:
    problem = overcomplex(Source("a.md", "Words.\n\n" + SHAPES[shape](60_000), 4))
    assert problem is not None
    assert (problem.rule, problem.place.path) == ("overcomplex-markup", "a.md")
    assert problem.place.line >= 4


@pytest.mark.parametrize("shape", BORNE[:4])
def test_what_only_is_long_is_not_told_of(shape: str) -> None:
    assert overcomplex(Source("a.md", SHAPES[shape](5_000))) is None


@pytest.mark.parametrize("shape", SHAPES)
def test_telling_takes_time_in_proportion_to_the_length(shape: str) -> None:
    assert grows_with_its_length(overcomplex, lambda size: Source("a.md", SHAPES[shape](size)))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("```text\n" + "\x1b[31m[error] <a [\n" * 5_000 + "```\n", id="a log in a block of code"),
        pytest.param("- a\n\n    ~~~\n" + "    [[[[[ <div \n" * 5_000 + "    ~~~\n", id="a log in a list"),
        pytest.param("-" * 500 + "\n\n" + "- " * 200 + "\n\n" + "* * * * *\n", id="rules"),
        pytest.param("|" + "-|" * 300 + "\n", id="a row of dashes"),
        pytest.param("a_b_c " * 3_000 + "*.log " * 100 + "2 * 3 ~ 4 ^ 5 = 6 " * 500, id="signs in prose"),
        pytest.param("## Update\n\nWords.\n\n" * 300, id="headings of a diary"),
        pytest.param("".join(f"x[^{i}]\n\n[^{i}]: b\n\n" for i in range(300)), id="footnotes"),
        pytest.param("if a < b and c <d> e <br> <br/>\n" * 400, id="signs of less and more"),
        pytest.param("<ul>\n" + "<li>a\n" * 1_000 + "</ul>\n", id="items of HTML that nobody closes"),
    ],
)
def test_what_people_write_is_let_through(text: str) -> None:
    assert overcomplex(Source("a.md", text)) is None


def test_a_build_refuses_such_a_page_whatever_the_levels_say(write: Write, run_in: Run) -> None:
    config = "site_name: x\ntheme: {name: material, font: false}\nplugins: [{postmortems: {levels: {PM708: off}}}]\n"
    folder = write({"mkdocs.yml": config, "docs/notes.md": "# Notes\n\n" + "[" * 50_000, "site/index.html": "old"})
    assert run_in(folder, "postmortems", "check").returncode == 0
    done = run_in(folder, "mkdocs", "build", "-q")
    assert done.returncode == 1
    assert 'postmortems: notes.md:3: 50,000 brackets "[" do not close, or close far away' in done.stderr
    assert (folder / "site/index.html").read_text("utf-8") == "old"


def test_postmortems_patterns_timelines_and_pages_are_looked_at(
    write: Write, run_in: Run, sound: dict[str, str]
) -> None:
    much = "[" * 5_000
    event = f'[{{"at": "2026-03-02T14:23:00Z", "event": "{much}"}}]'
    folder = write(
        {
            sound["path"]: sound["postmortem"] + much,
            "docs/patterns/a.md": "---\ntitle: a\nfamily: database\n---\n\n" + much,
            "docs/postmortems/2026/02-b/postmortem.md": sound["postmortem"],
            "docs/postmortems/2026/02-b/timeline.json": event,
            "docs/notes.markdown": much,
            "docs/templates/x.md": much,
        }
    )
    done = run_in(folder, "postmortems", "check")
    assert done.returncode == 1
    assert [line.split(":")[0] for line in done.stdout.splitlines() if " PM708 " in line] == [
        "docs/notes.markdown",
        "docs/patterns/a.md",
        "docs/postmortems/2026/01-checkout/postmortem.md",
        "docs/postmortems/2026/02-b/timeline.json",
        "docs/templates/x.md",
    ]


def test_a_page_that_is_no_utf8_is_told_before_mkdocs_gives_up(write: Write, run_in: Run) -> None:
    folder = write({"docs/notes.md": b"caf\xe9", "site/index.html": "old"})
    done = run_in(folder, "mkdocs", "build", "-q")
    assert done.returncode == 1
    assert "docs/notes.md:1:4 PM001 unreadable-file" in done.stderr
    assert (folder / "site/index.html").read_text("utf-8") == "old"
