"""The part of a document that holds its action items gives the same items as the whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from postmortems.model.history import PastAction
from postmortems.model.language import Language
from postmortems.model.source import Source
from postmortems.read.action_items import holds_actions, read_action_items
from postmortems.read.action_text import action_text
from postmortems.read.body import read_body
from postmortems.read.front_matter import split_front_matter
from postmortems.read.headings import canonical_name
from postmortems.read.languages import reading_in
from postmortems.settings import Settings

HERE = Path(__file__).parent
DOCUMENTS = [*(HERE.parents[1] / "docs").glob("postmortems/**/*.md"), *(HERE / "languages").glob("*.md")]
EVERY = Settings.model_validate({"languages": [language.value for language in Language]})


def part(text: str) -> str:
    source = Source("x.md", text)
    return action_text(source, lambda words: holds_actions(canonical_name(words, {}))).text


def items(text: str, settings: Settings) -> list[PastAction]:
    with reading_in(settings.languages):
        found, _ = read_action_items(read_body(Source("x.md", text), {}), settings)
    return [PastAction.of(item) for item in found.items]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: "/".join(path.parts[-2:]))
def test_documents_have_the_same_items(path: Path) -> None:
    body = split_front_matter(Source("x.md", path.read_text("utf-8"))).body.text
    with reading_in(EVERY.languages):
        less = part(body)
    assert items(less, EVERY) == items(body, EVERY)


def test_most_of_a_document_is_left_out() -> None:
    text = "# T\n\n## Timeline\n\n- 14:00 x\n\n## Action Items\n\n- [ ] a\n\n### Immediate\n\n- [ ] b\n\n## End\n\n- [ ] c\n"
    assert part(text) == "# T\n## Timeline\n## Action Items\n\n- [ ] a\n\n### Immediate\n\n- [ ] b\n\n## End"


@pytest.mark.parametrize(
    "text",
    [
        "## Action Items\n\n```\n## Timeline\n```\n\n- [ ] a\n",
        "## Timeline\n\n```\n## Action Items\n- [ ] no\n```\n\n- [ ] no\n\n## Action Items\n\n- [ ] a\n",
        "## Timeline\n\n~~~~ x\n~~~\n## Action Items\n- [ ] no\n~~~~~\n",
        "## Timeline\n\n```inline```\n\n## Action Items\n\n- [ ] a\n",
        "## Timeline\n\n```\n## Action Items\n- [ ] never closed\n",
        "Timeline\n--------\n\nx\n\nAction Items\n------------\n\n- [ ] a\n",
        "## Timeline\n\n<!--\n## Action Items\n- [ ] no\n-->\n\nx\n",
        "## Timeline\n\n<!-- one line -->\n\n## Action Items\n\n- [ ] a\n",
        "## Timeline\n\n<pre>\n## Action Items\n\n- [ ] no\n</pre>\n",
        "## Timeline\n\n- x\n\n  ## Action Items\n\n  - [ ] no\n",
        "  ## Action Items\n\n- [ ] a\n",
        "# Outage\n\n**Action items:**\n\n- [ ] a\n\n**Lessons learned:**\n\n- [ ] no\n",
        "## Remediation\n\n- [ ] a\n\n## Action Items\n\n- [ ] b\n",
        "## Remediation\n\ntext\n\n## Action Items\n\n- [ ] b\n\n#\tTimeline\n\n- [ ] no\n",
        "## Action Items\n\n### Done\n\n- a\n\n### Timeline\n\n- [ ] no\n\n#### Immediate\n\n- [ ] c\n",
        "# Action Items\n\n## Immediate\n\n| Action | Owner |\n|---|---|\n| a | b |\n",
        "## Action Items ##\n\n- [ ] a\n",
        "",
        "- [ ] no heading at all\n",
    ],
)
def test_unusual_documents_have_the_same_items(text: str) -> None:
    assert items(part(text), Settings()) == items(text, Settings())
