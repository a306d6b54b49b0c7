"""Phrases that read like a translation stay out of what readers see: messages, help, pages, the guide, the README."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.syntax import syntax_tree

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "plugins" / "postmortems"

BANNED = {
    r"\bstands? (?:in|on|under|beside|below|behind|twice|nowhere)\b": "is in, contains, see",
    r"\b(?:nobody|somebody|whoever|everybody)\b": "you, a role, no one, or the passive",
    r"\b(?:told|said|tells?) of\b": "shows, lists, describes",
    r"\bof which \{|\bof unknown state\b|\bcannot be told\b|\bnobody knows\b": "unknown",
    r"\bputs? right\b|\bmend(?:s|ed|ing)?\b": "fix",
    r"\bbegun\b|\banew\b": "started, created",
    r"\bonce more\b|\bmeanwhile\b": "again, since",
    r"\b(?:noticed|detected|starts?|start|after) at once\b": "immediately",
    r"\b(?:comes?|goes?|fails?) along\b": "often seen with, affected together",
    r"\b(?:un)?noticed\b": "detected",
    r"\bwithout a word\b": "silently",
    r"\bhardly\b": "rarely, only",
    r", too(?=[.,;:]|$)": "also, before the verb",
    r"\brests? on\b|\bcounted as missing\b": "uses {n} values; excluded",
    r"\bbelongs? into\b": "belongs in",
    r"\b(?:a cell a month|a row a year|a square an incident|incidents a quarter)\b": "one cell per month, per quarter",
    r"\bleads? (?:out of|nowhere|to no)\b": "points outside, is broken",
}
"""Patterns of such phrases, each with what to write instead."""

NOT_READ = {
    "language": "words that authors write, to be found in their sentences",
    "analyse/search/words.py": "stop words",
    "analyse/tokens.py": "stop words",
    "check/personal/mail_addresses.py": "parts of mail addresses",
    "adopt/exports/adf.py": "names of people in an export",
}
"""Modules whose texts are for comparison with an author's words."""

ALLOWED = {
    ("check/rules/action_without_owner.py", "nobody"): "owners that are not owners",
    ("check/rules/action_without_owner.py", "somebody"): "owners that are not owners",
    ("check/rules/action_without_owner.py", "everybody"): "owners that are not owners",
    ("check/rules/action_that_is_a_wish.py", "everybody"): "an author's words",
    ("check/rules/impact_without_a_number.py", "nobody"): "an author's words",
    ("check/rules/blaming_language.py", ", too"): "an author's words",
    ("docs/guide/blameless.md", "somebody"): "words that the rule knows",
    ("docs/guide/blameless.md", "whoever"): "words that the rule knows",
    ("docs/guide/blameless.md", "noticed"): "an author's words",
    ("docs/guide/blameless.md", "Nobody"): "an author's words",
}
"""Uses that stay: (file, words) and why."""

PAGES = sorted([*(ROOT / "docs/guide").glob("*.md"), ROOT / "README.md"])
LAYOUTS = sorted(PACKAGE.rglob("*.html"))
MODULES = sorted(
    path
    for path in PACKAGE.rglob("*.py")
    if not any(path.relative_to(PACKAGE).as_posix().startswith(name) for name in NOT_READ)
)
_CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
_NO_TEXT = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>|<!--.*?-->", re.DOTALL)
_REGEX = re.compile(r"\(\?|\\[bsdw]")


def phrases(text: str) -> Iterator[tuple[str, str]]:
    """Each banned phrase of a text, and what to write instead."""
    for pattern, instead in BANNED.items():
        for found in re.finditer(pattern, text, re.IGNORECASE | re.MULTILINE):
            yield found.group(), instead


def is_command(node: ast.AST) -> bool:
    """True if a function's docstring is the help of a command."""
    return isinstance(node, ast.FunctionDef) and any("click.command" in ast.unparse(one) for one in node.decorator_list)


def read_texts(path: Path) -> Iterator[str]:
    """Literals of a module that readers may see: no docstrings, unless one is a rule's page or the help of a command."""
    tree = syntax_tree(path)
    if path.parent.name == "rules":
        yield _CODE.sub("", ast.get_docstring(tree) or "")
    docstrings: set[int] = set()
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list) and not is_command(node):
            docstrings |= {id(one.value) for one in body if isinstance(one, ast.Expr)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in docstrings:
            continue
        if " " in node.value and not _REGEX.search(node.value):
            yield node.value


def banned(path: Path, texts: Iterator[str]) -> list[str]:
    """Each banned phrase in the texts of a file that is not allowed there."""
    name = path.relative_to(PACKAGE if path.is_relative_to(PACKAGE) else ROOT).as_posix()
    return [
        f"{words!r}: write {instead!r}"
        for text in texts
        for words, instead in phrases(text)
        if (name, words) not in ALLOWED
    ]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_messages_and_help(path: Path) -> None:
    assert banned(path, read_texts(path)) == []


@pytest.mark.parametrize("path", LAYOUTS, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_pages(path: Path) -> None:
    assert banned(path, iter([_NO_TEXT.sub(" ", path.read_text("utf-8"))])) == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_guide(path: Path) -> None:
    assert banned(path, iter([_CODE.sub("", path.read_text("utf-8"))])) == []


@pytest.mark.parametrize(
    "text",
    [
        "the report stands in the summary",
        "Nobody owns it",
        "It was noticed by an alert",
        "1 finding to mend",
        "warnings, too.",
        "leads out of the docs folder",
    ],
)
def test_a_banned_phrase_is_found(text: str) -> None:
    assert list(phrases(text))


@pytest.mark.parametrize("text", ["too many values", "It is also read.", "leads the list", "standing", "amended"])
def test_plain_english_passes(text: str) -> None:
    assert not list(phrases(text))
