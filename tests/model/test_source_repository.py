"""Paths, links and ids of a source as this site has them."""

from __future__ import annotations

import pytest

from postmortems.model.source_repository import SourcePlace, Sources
from postmortems.settings.parsing import parse_settings

PAYMENTS = SourcePlace("payments", "postmortems/payments", "incidents", "postmortems", "https://git.example/p/")
SILENT = SourcePlace("search", "postmortems/search", "postmortems", "postmortems")
SOURCES = Sources((PAYMENTS, SILENT), {"patterns/cards.md": "payments"})
CARDS = "postmortems/payments/2026/01-cards/postmortem.md"
FILES = frozenset((CARDS, "postmortems/payments/2026/02-x/postmortem.md", "patterns/cards.md", "runbook.md"))


@pytest.mark.parametrize(
    ("target", "path", "file"),
    [
        ("../02-x/postmortem.md#why", CARDS, "postmortems/payments/2026/02-x/postmortem.md"),
        ("artifacts/graph.png", CARDS, "postmortems/payments/2026/01-cards/artifacts/graph.png"),
        ("../../../patterns/cards.md", CARDS, "patterns/cards.md"),
        ("/incidents/2026/02-x/postmortem.md", CARDS, "postmortems/payments/2026/02-x/postmortem.md"),
        ("../incidents/2026/01-cards/postmortem.md", "patterns/cards.md", CARDS),
        ("other.md", "patterns/cards.md", "patterns/other.md"),
        ("../../index.md", CARDS, "postmortems/payments/index.md"),
        ("../../", CARDS, "postmortems/payments"),
        ("../index.md", CARDS, "postmortems/2026/index.md"),
        ("../../../metrics/index.md", CARDS, "metrics/index.md"),
        ("../../../../secret.md", CARDS, "../secret.md"),
        ("../../../../docs/runbook.md", CARDS, "../docs/runbook.md"),
        ("../../../runbook.md", CARDS, None),
        ("../../../guide/writing.md", CARDS, None),
        ("../../../", CARDS, None),
        ("https://example.com/", CARDS, None),
        ("../../runbook.md", "postmortems/2026/01-own/postmortem.md", "postmortems/runbook.md"),
    ],
)
def test_a_link_is_followed_in_its_own_repository(target: str, path: str, file: str | None) -> None:
    assert SOURCES.file_of(target, path, FILES) == file


@pytest.mark.parametrize(
    ("target", "path", "here"),
    [
        ("../02-x/postmortem.md#why", CARDS, "../02-x/postmortem.md#why"),
        ("artifacts/graph%201.png", CARDS, "artifacts/graph%201.png"),
        ("../../../patterns/cards.md#a", CARDS, "../../../../patterns/cards.md#a"),
        ("../incidents/2026/01-cards/postmortem.md", "patterns/cards.md", f"../{CARDS}"),
        ("/incidents/2026/02-x/postmortem.md?a=1#b", CARDS, "/postmortems/payments/2026/02-x/postmortem.md?a=1#b"),
        ("../../../runbook.md#a", CARDS, "https://git.example/p/runbook.md#a"),
        ("../../../run%20book%20(1).md", CARDS, "https://git.example/p/run%20book%20%281%29.md"),
        ("../../runbook.md", "postmortems/search/2026/01-x.md", ""),
        ("../../../../outside.md", CARDS, "../../../../outside.md"),
        ("#anchor", CARDS, "#anchor"),
        ("../../index.md", CARDS, "../../index.md"),
        ("../index.md", CARDS, "../../../2026/index.md"),
        ("https://example.com/x", CARDS, "https://example.com/x"),
        ("../02-x/postmortem.md", "postmortems/2026/01-own/postmortem.md", "../02-x/postmortem.md"),
    ],
)
def test_its_target_is_translated(target: str, path: str, here: str) -> None:
    assert SOURCES.target_here(target, path, FILES) == here


@pytest.mark.parametrize(
    ("sources", "option", "message"),
    [
        ("sources/a", "sources", "is not a list, such as [{folder: sources/payments/docs, name: payments}]"),
        (["a"], "sources.0", "is not a mapping of options"),
        ([{"name": "a"}], "sources.0.folder", "is missing"),
        ([{"foldr": "a", "folder": "a", "name": "a"}], "sources.0.foldr", 'unknown option; did you mean "folder"?'),
        *[
            (
                [{"folder": folder, "name": "a"}],
                "sources.0.folder",
                "is not a folder below that of mkdocs.yml, such as sources/payments/docs",
            )
            for folder in ("../a", "/etc", "a//b", "a/../b", ".git", "a\\b", "", ".", "a\nb")
        ],
        *[
            (
                [{"folder": "a", "name": name}],
                "sources.0.name",
                "is not a name of a source: small letters, digits and hyphens, with a letter, such as payments",
            )
            for name in ("2026", "A", "a/b", "..", "", "a b", "-a", "x" * 61)
        ],
        ([{"folder": "a", "name": "b"}, {"folder": "c", "name": "b"}], "sources", 'have two sources with the name "b"'),
        (
            [{"folder": "a/docs", "name": "b"}, {"folder": "a", "name": "c"}],
            "sources",
            '"a/docs" and "a": the folder of one source holds that of another',
        ),
        (
            [{"folder": "a", "name": "b"}, {"folder": "a/", "name": "c"}],
            "sources",
            '"a" and "a": the folder of one source holds that of another',
        ),
        (
            [{"folder": "a", "name": "b", "url": "javascript:alert(1)"}],
            "sources.0.url",
            "is not an address that starts with https:// or http://",
        ),
        (
            [{"folder": "a", "name": "b", "postmortems": "../x"}],
            "sources.0.postmortems",
            "is not a folder below the docs folder, such as incidents or sre/incidents",
        ),
    ],
)
def test_a_wrong_setting_is_one_line(sources: object, option: str, message: str) -> None:
    _, problems = parse_settings({"sources": sources})
    assert [(problem.option, problem.message) for problem in problems] == [(option, message)]


def test_folders_that_begin_alike_are_two() -> None:
    sources = [{"folder": "a", "name": "b"}, {"folder": "a-b", "name": "c"}, {"folder": "a b", "name": "d"}]
    assert parse_settings({"sources": sources})[1] == ()
