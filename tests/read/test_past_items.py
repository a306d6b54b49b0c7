"""Action items of old versions, read by their lines, are those of a whole reading."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortems.model.history import PastAction
from postmortems.model.language import Language
from postmortems.model.source import Source
from postmortems.read import past_items
from postmortems.read.action_items import read_action_items
from postmortems.read.body import read_body
from postmortems.read.front_matter import split_front_matter
from postmortems.read.languages import reading_in
from postmortems.read.past_items import PastItems
from postmortems.settings import Settings

HERE = Path(__file__).parent
DOCUMENTS = [*(HERE.parents[1] / "docs").glob("postmortems/**/*.md"), *(HERE / "languages").glob("*.md")]
EVERY = Settings.model_validate({"languages": [language.value for language in Language]})

_LINES = (
    "## Action Items",
    "### Immediate",
    "### Done",
    "## Timeline",
    "## Remediation",
    "**Completed:**",
    "**Done:**",
    "- [ ] Renew it",
    "- [x] [web] Renew it (due: 2026-02-01, ticket: OPS-1)",
    "* [ ] [web] Watch it (done)",
    "- [ ] None: nothing to do",
    "- [ ] x <!-- a comment",
    "- [ ] \ue000",
    "- [x]",
    "- [ ] - [ ] twice",
    "- Renew it",
    "  - [ ] below another",
    "  more of its text",
    "more of its text",
    "  - Status: Done",
    "\u00a0",
    "---",
    "| Action | Status |",
    "|---|---|",
    "| Renew it | Done |",
    "```",
    "> - [ ] quoted",
    "1. [x] first",
    "",
    "",
    "",
)


def whole(body: str, settings: Settings) -> tuple[PastAction, ...]:
    items, _ = read_action_items(read_body(Source("x.md", body), settings.synonyms), settings)
    return tuple(PastAction.of(item) for item in items.items)


def by_lines(settings: Settings, *bodies: str) -> list[tuple[PastAction, ...]]:
    reader = PastItems(settings)
    return [reader.of(Source("x.md", body)) for body in bodies]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: "/".join(path.parts[-2:]))
def test_documents_have_the_same_items(path: Path) -> None:
    body = split_front_matter(Source("x.md", path.read_text("utf-8"))).body.text
    with reading_in(EVERY.languages):
        assert by_lines(EVERY, body) == [whole(body, EVERY)]


@given(st.lists(st.lists(st.sampled_from(_LINES), max_size=14).map("\n".join), max_size=5))
def test_whatever_is_written_has_the_same_items(bodies: list[str]) -> None:
    sections = [f"## Action Items\n\n{body}" for body in bodies]
    assert by_lines(Settings(), *sections) == [whole(body, Settings()) for body in sections]


def test_versions_that_differ_in_plain_items_are_parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[Source] = []

    def counted(source: Source, synonyms: dict[str, str]) -> object:
        parsed.append(source)
        return read_body(source, synonyms)

    monkeypatch.setattr(past_items, "read_body", counted)
    versions = [f"## Action Items\n\n### Done\n\n- [ ] One {number}\n- [x] Two\n" for number in range(9)]
    found = by_lines(Settings(), *versions, *versions)
    assert found == [whole(body, Settings()) for body in (*versions, *versions)]
    assert len(parsed) == 1
