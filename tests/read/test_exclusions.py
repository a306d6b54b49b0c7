"""What is left out of the site: by the same patterns as in MkDocs, and with the same result."""

from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import InclusionLevel, get_files

from postmortems.model.left_out import LeftOut
from postmortems.read.exclusions import ExclusionError, Exclusions

PATHS = (
    "index.md",
    "patterns/database-issues.md",
    "patterns/_draft.md",
    "postmortems/2026/01-checkout/postmortem.md",
    "postmortems/2026/01-checkout/artifacts/api.log",
    "postmortems/2026/02-payroll/postmortem.md",
    "postmortems/2026/.03-later/postmortem.md",
    "postmortems/.trash/2026/04-old/postmortem.md",
    "postmortems/2026/05-späť/postmortem.md",
    "postmortems/a b [c]/postmortem.md",
)


@pytest.mark.parametrize("draft", ["", "_*", "2026/"])
@pytest.mark.parametrize(
    "exclude",
    [
        "",
        "postmortems/2026/02-payroll/",
        "/postmortems/2026/02-payroll/postmortem.md",
        "*payroll*",
        "postmortems/**/postmortem.md",
        "postmortems/2026/*\n!postmortems/2026/01-checkout\n",
        "# a comment\n\n*.log\n",
        "!.trash\n!.03-later\n",
        "*.md\n!index.md",
        "a b \\[c\\]/",
        "[^i]*.md",
        "2026",
    ],
)
def test_it_is_as_in_mkdocs(exclude: str, draft: str, tmp_path: Path) -> None:
    for path in PATHS:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()
    config = MkDocsConfig()
    config.load_dict({"site_name": "x", "docs_dir": str(tmp_path), "exclude_docs": exclude, "draft_docs": draft})
    errors, _ = config.validate()
    assert not errors
    expected = {file.src_uri: file.inclusion for file in get_files(config) if file.inclusion.is_excluded()}
    found = Exclusions.of_texts(exclude, draft).of(PATHS)
    assert found.keys() == expected.keys()
    drafts = {path for path, left_out in found.items() if left_out is LeftOut.DRAFT_DOCS}
    assert drafts == {path for path, level in expected.items() if level is InclusionLevel.DRAFT}


def test_each_knows_what_leaves_it_out() -> None:
    assert Exclusions.of_texts("*payroll*", "patterns/_*").of(PATHS) == {
        "patterns/_draft.md": LeftOut.DRAFT_DOCS,
        "postmortems/2026/02-payroll/postmortem.md": LeftOut.EXCLUDE_DOCS,
        "postmortems/2026/.03-later/postmortem.md": LeftOut.DOT,
        "postmortems/.trash/2026/04-old/postmortem.md": LeftOut.DOT,
    }


def test_a_pattern_that_is_none_is_said() -> None:
    with pytest.raises(ExclusionError, match="!"):
        Exclusions.of_texts("!", None).of(PATHS)


@pytest.mark.parametrize("wrong", [None, 7, ["*.md"], {"a": 1}])
def test_what_is_no_text_is_left_to_mkdocs(wrong: object) -> None:
    assert Exclusions.of_texts(wrong, wrong).of(["a.md"]) == {}
