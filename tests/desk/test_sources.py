"""A document of a source beside its author, and for an assistant: as the check of the site finds it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import Write
from tests.source_repositories import CARDS, SOURCES

from postmortems.desk.language_server.knowledge_base import KnowledgeBase, load
from postmortems.desk.language_server.positions import Text
from postmortems.desk.mcp_server.files_read import FilesRead
from postmortems.desk.mcp_server.findings import checked

HOME = "postmortems/payments/2026/01-cards/postmortem.md"


@pytest.fixture
def site(write: Write) -> Path:
    return write(SOURCES)


def test_an_editor_sees_what_the_site_would(site: Path) -> None:
    base = KnowledgeBase(load(site / "mkdocs.yml"))
    assert base.path_of(site / CARDS) == HOME
    base.texts[HOME] = Text((site / CARDS).read_text("utf-8").replace("](../02-refunds/postmortem.md", "](../x.csv"))
    base.texts[HOME] = Text(base.texts[HOME].data.decode().replace("SEV2", "P7"))
    assert [found.message for found in base.read()[HOME]] == [
        '"severity" is "P7", which is not on the scale',
        '"../x.csv" points to a missing file: docs/postmortems/2026/x.csv of payments',
    ]


@pytest.mark.parametrize("path", [CARDS, HOME])
def test_an_assistant_may_name_it_either_way(site: Path, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(site)
    loaded = FilesRead(site / "mkdocs.yml").now()
    wrong = (site / CARDS).read_text("utf-8").replace("severity: SEV2", "severity: P7")
    assert checked(loaded, path, "", 0)["counts"]["error"] == 0
    assert [(each["path"], each["rule"]) for each in checked(loaded, path, wrong, 0)["from_files"]] == [
        (CARDS, "invalid-value")
    ]
