"""What an editor shows while files are opened, typed into, closed, changed on disk, and while settings change."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.altered import with_keys
from tests.conftest import BODY, FRONT_MATTER, MKDOCS_YML, PATTERN
from tests.desk.editor import Editor

from postmortems.desk.language_server.knowledge_base import KnowledgeBase, load
from postmortems.desk.language_server.positions import Text

Start = Callable[..., Editor]

PATH = "docs/postmortems/2026/01-checkout/postmortem.md"
TIMELINE = "docs/postmortems/2026/01-checkout/timeline.json"
PATTERN_PATH = "docs/patterns/database-issues.md"
SOUND = f"{FRONT_MATTER}{BODY}"
SEV9 = SOUND.replace("SEV2", "SEV9")


def write(folder: Path, **texts: str) -> Path:
    files = {"mkdocs.yml": MKDOCS_YML, PATTERN_PATH: PATTERN, PATH: SOUND} | texts
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    return folder


def test_what_is_typed_counts_and_what_is_closed_does_not(start: Start, tmp_path: Path) -> None:
    editor = start(write(tmp_path))
    editor.open(PATH)
    assert editor.rules(PATH, set()) == set()
    editor.type(PATH, SEV9)
    assert editor.rules(PATH, {"invalid-value"}) == {"invalid-value"}
    # Another document sees what is typed here, saved or not.
    new = "docs/postmortems/2026/02-again/postmortem.md"
    editor.open(new, with_keys(SOUND, "repeat_of: 2026/01-checkout\n"))
    assert editor.rules(new, set()) == set()
    editor.type(new, with_keys(SOUND, "patterns: [dns]\nowner: Search\n"))
    assert editor.rules(new, {"unknown-pattern"}) == {"unknown-pattern"}
    editor.open("docs/patterns/dns.md", PATTERN)
    assert editor.rules(new, set()) == set()
    editor.close("docs/patterns/dns.md")
    assert editor.rules(new, {"unknown-pattern"}) == {"unknown-pattern"}
    editor.close(PATH)
    assert editor.rules(PATH, set()) == set()
    editor.open(PATH)
    assert editor.rules(PATH, set()) == set()
    assert editor.ended() == (0, "")


def test_a_file_that_is_open_under_two_names(start: Start, tmp_path: Path) -> None:
    editor = start(write(tmp_path))
    (tmp_path / "alias").symlink_to("docs")
    other = PATH.replace("docs/", "alias/")
    for path in (PATH, other):
        editor.open(path, SEV9)
        assert editor.rules(path, {"invalid-value"}) == {"invalid-value"}
    editor.close(PATH)
    row = SEV9.split("\n").index("severity: SEV9")
    asked = {"textDocument": {"uri": editor.uri(other)}, "position": {"line": row, "character": 12}}
    assert "PM007" in editor.ask("textDocument/hover", **asked)["contents"]["value"]
    editor.type(other, SOUND)
    assert editor.rules(other, set()) == set()


def test_a_timeline_in_a_file_of_its_own(start: Start, tmp_path: Path) -> None:
    editor = start(write(tmp_path, **{TIMELINE: "[]\n"}))
    editor.open(PATH)
    editor.open(TIMELINE)
    assert editor.rules(TIMELINE, set()) == set()
    editor.type(TIMELINE, '[{"at": 7}]\n')
    assert editor.rules(TIMELINE, {"invalid-timeline-json"}) == {"invalid-timeline-json"}
    assert editor.ended() == (0, "")


def test_files_that_change_on_disk(start: Start, tmp_path: Path) -> None:
    editor = start(write(tmp_path), watch=True)
    editor.open(PATH)
    assert editor.rules(PATH, set()) == set()

    def asked() -> list[dict[str, Any]]:
        return [message for message in editor.messages if message.get("method") == "client/registerCapability"]

    editor.wait(lambda: bool(asked()))
    watchers = asked()[0]["params"]["registrations"][0]["registerOptions"]["watchers"]
    assert {each["globPattern"]["baseUri"] for each in watchers} == {tmp_path.as_uri(), (tmp_path / "docs").as_uri()}
    (tmp_path / PATTERN_PATH).rename(tmp_path / "docs/patterns/databases.md")
    editor.changed(PATTERN_PATH, "docs/patterns/databases.md")
    assert editor.rules(PATH, {"unknown-pattern"}) == {"unknown-pattern"}
    (tmp_path / "docs/patterns/databases.md").rename(tmp_path / PATTERN_PATH)
    editor.tell("textDocument/didSave", textDocument={"uri": editor.uri(PATH)})
    assert editor.rules(PATH, set()) == set()


def test_settings_that_change(start: Start, tmp_path: Path) -> None:
    editor = start(write(tmp_path))
    editor.open(PATH)
    assert editor.rules(PATH, set()) == set()
    (tmp_path / "mkdocs.yml").write_text(
        MKDOCS_YML.replace("  - postmortems", "  - postmortems: {severities: {P1: x}}")
    )
    editor.changed("mkdocs.yml")
    assert editor.rules(PATH, {"invalid-value"}) == {"invalid-value"}
    (tmp_path / "mkdocs.yml").write_text(MKDOCS_YML.replace("  - postmortems", "  - postmortems: {severites: 7}"))
    editor.changed("mkdocs.yml")
    assert editor.rules("mkdocs.yml", {"settings"}) == {"settings"}
    assert editor.latest[editor.uri(PATH)] == []
    (tmp_path / "mkdocs.yml").write_text(MKDOCS_YML)
    editor.changed("mkdocs.yml")
    assert editor.rules("mkdocs.yml", set()) == set()
    editor.type(PATH, SEV9)
    assert editor.rules(PATH, {"invalid-value"}) == {"invalid-value"}


def test_settings_that_hold_a_secret_are_not_quoted(start: Start, tmp_path: Path) -> None:
    token = "ghp_" + "aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1dE3fG5"  # made up
    settings = MKDOCS_YML.replace("  - postmortems", "  - postmortems: {services: services.yml}")
    editor = start(write(tmp_path, **{"mkdocs.yml": settings, "services.yml": f"- {token}\n- {token}\n"}))
    editor.open(PATH)
    assert editor.rules("mkdocs.yml", {"settings"}) == {"settings"}
    assert (
        '"ghp_… (40 characters)" is the name of two services' in editor.latest[editor.uri("mkdocs.yml")][0]["message"]
    )
    assert token not in repr(editor.messages)


def test_several_knowledge_bases_and_a_folder_that_is_none(start: Start, tmp_path: Path) -> None:
    write(tmp_path / "a")
    write(
        tmp_path / "b",
        **{"mkdocs.yml": MKDOCS_YML.replace("  - postmortems", "  - postmortems: {severities: {SEV9: x}}")},
    )
    editor = start(tmp_path)
    for none in ("README.md", "notes/x.md", f"a/{PATH}", f"b/{PATH}", "a/README.md"):
        editor.open(none, SEV9)
    assert editor.rules(f"a/{PATH}", {"invalid-value"}) == {"invalid-value"}
    assert editor.rules(f"b/{PATH}", set()) == set()
    said = [each["params"]["message"] for each in editor.messages if each.get("method") == "window/showMessage"]
    assert len(said) == 1
    assert said[0].startswith(f"postmortems: no mkdocs.yml in {tmp_path} or above it: ")
    editor.tell(
        "workspace/didChangeWorkspaceFolders", event={"added": [], "removed": [{"uri": "file:///x", "name": "x"}]}
    )
    assert editor.ended() == (0, "")


@pytest.mark.large
def test_a_document_of_ten_megabytes_is_one_finding(start: Start, tmp_path: Path) -> None:
    editor = start(write(tmp_path))
    editor.open(PATH, SOUND + "x" * 10_000_000)
    assert editor.rules(PATH, {"unreadable-file"}) == {"unreadable-file"}
    for number in range(5):
        editor.type(PATH, SOUND + "x" * (10_000_001 + number))
    assert "only 2,097,152 are read" in editor.latest[editor.uri(PATH)][0]["message"]
    editor.type(PATH, SEV9)
    assert editor.rules(PATH, {"invalid-value"}) == {"invalid-value"}
    assert editor.ended() == (0, "")


def test_a_finding_of_the_corpus_moves_with_its_line_until_everything_is_read_again(tmp_path: Path) -> None:
    text = SOUND.replace("[database-issues]", "[dns]")
    base = KnowledgeBase(load(write(tmp_path, **{PATH: text}) / "mkdocs.yml"))
    path = PATH.removeprefix("docs/")
    base.texts[path] = Text(text)
    row = text.split("\n").index("patterns: [dns]")
    assert [(each.rule, each.place.line) for each in base.read()[path]] == [("unknown-pattern", row + 1)]
    base.texts[path] = Text(text.replace("status:", "# one\n# two\nstatus:"))
    assert [(each.rule, each.place.line) for each in base.findings(path)] == [("unknown-pattern", row + 3)]
    base.texts[path] = Text(text.replace("Checkout answered", "Checkout\nanswered"))
    assert [(each.rule, each.place.line) for each in base.findings(path)] == [("unknown-pattern", row + 1)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
@pytest.mark.parametrize("text", ["a🔥b\r\nçc\rd\n", "\ufeffa🔥b\n", "", "\ud800x\n", "a\u2028b\x0cc"])
def test_positions_lead_there_and_back(text: str, encoding: str) -> None:
    document = Text(text, encoding)
    for row, line in enumerate(document.lines):
        for column in range(len(line) + 1):
            assert document.column_of(document.position_of(row, column)) == column
    beyond = document.position_of(99, 99)
    assert (beyond.line, document.column_of(beyond)) == (len(document.lines) - 1, len(document.lines[-1]))
