"""Patterns of file names, with what they cover and what not."""

from __future__ import annotations

import pytest

from postmortems.text.globs import Globs


@pytest.mark.parametrize(
    ("pattern", "path", "covered"),
    [
        ("pir-template.md", "postmortems/pir-template.md", True),
        ("pir-template.md", "postmortems/2026/01-a/pir-template.md", True),
        ("pir-template.md", "postmortems/my-pir-template.md", False),
        ("*-template.md", "postmortems/my-pir-template.md", True),
        ("archive/", "postmortems/archive/2019/01-a/postmortem.md", True),
        ("archive", "postmortems/2019/archive.md", False),
        ("postmortems/archive", "postmortems/archive/a.md", True),
        ("archive/a.md", "postmortems/archive/a.md", False),
        ("**/archive/a.md", "postmortems/archive/a.md", True),
        ("/postmortems/*.md", "postmortems/a.md", True),
        ("/postmortems/*.md", "postmortems/2026/a.md", False),
        ("postmortems/**/draft-*.md", "postmortems/draft-a.md", True),
        ("postmortems/**/draft-*.md", "postmortems/2026/01/draft-a.md", True),
        ("postmortems/2019/**", "postmortems/2019/a.md", True),
        ("postmortems/2019/**", "postmortems/2020/a.md", False),
        ("postmortems/2019/**", "postmortems/2019", False),
        ("postmortems/20[01]?/", "postmortems/2019/a.md", True),
        ("[", "postmortems/[", True),
    ],
)
def test_what_a_pattern_covers(pattern: str, path: str, covered: bool) -> None:
    assert Globs([pattern]).cover(path) is covered


def test_no_pattern_covers_nothing() -> None:
    assert not Globs(())
    assert not Globs(()).cover("a")


def test_a_pattern_is_settled_at_once_however_it_is_made() -> None:
    assert not Globs(["*a" * 200 + "b"]).cover("a" * 255)
    assert not Globs(["**/" * 150 + "b"]).cover("a/" * 2000 + "a")
