"""Languages of documents, as their headings and labels tell."""

from __future__ import annotations

from pathlib import Path

import pytest

from postmortems.adopt.languages import language_of, languages_of
from postmortems.model.language import Language

DOCUMENTS = Path(__file__).parents[1] / "read" / "languages"


@pytest.mark.parametrize("language", [code for code in Language if code is not Language.ENGLISH])
def test_the_language_of_a_document_is_noticed(language: Language) -> None:
    assert language_of((DOCUMENTS / f"{language}.md").read_text("utf-8")) is language


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# Notes\n\nNothing at all.",
        "## Summary\n\n## Timeline\n\n## Root Cause\n\n## Action Items\n",
        "## Summary\n\n## Impact\n\n## Detection\n\n- Start: 14:00\n- Status: done\n",
        "# Tiltak\n\nOne word of a language is not enough.",
    ],
)
def test_english_and_what_tells_too_little_have_none(text: str) -> None:
    assert language_of(text) is None


def test_front_matter_is_in_no_language() -> None:
    keys = "---\ntitle: x\ndate: 2023-05-06\nstatus: done\nseverity: SEV2\nauthors: [ada]\ntags: [x]\n---\n"
    assert language_of(keys + "## 概要\n\n## タイムライン\n") is Language.JAPANESE


def test_languages_are_counted_the_most_frequent_first() -> None:
    german, norwegian = "## Ursachenanalyse\n\n## Maßnahmen\n", "## Tidslinje\n\n## Rotårsak\n\n## Tiltak\n"
    assert languages_of([german, norwegian, norwegian, ""]) == {Language.NORWEGIAN: 2, Language.GERMAN: 1}
