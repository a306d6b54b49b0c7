"""Help at the cursor, which is written as `|`: completion, explanations, definitions, links and fixes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lsprotocol.types import CompletionItem, MarkupContent, Position, Range
from tests.altered import with_keys
from tests.conftest import BODY, FRONT_MATTER, MKDOCS_YML, PATTERN

from postmortems.desk.language_server.completion import MOST, complete
from postmortems.desk.language_server.knowledge_base import KnowledgeBase, load
from postmortems.desk.language_server.lookup import definition, explain, links
from postmortems.desk.language_server.positions import Text
from postmortems.desk.language_server.quick_fixes import quick_fixes
from postmortems.fix.rewrite import rewritten
from postmortems.model.edit import Edit
from postmortems.model.place import Place

SOUND = f"{FRONT_MATTER}{BODY}"
TOKEN = "ghp_" + "aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1dE3fG5"  # made up
PATH = "postmortems/2026/02-checkout/postmortem.md"
EARLIER = "postmortems/2024/01-storage/postmortem.md"
ODD = "postmortems/2023/01-odd/postmortem.md"
RIGHT_NOW = PATTERN.replace(
    "## What it looks like", "## Right now\n\n- **Do** Stop the writes.\n\n## What it looks like"
)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    folder = tmp_path_factory.mktemp("knowledge-base")
    files = {
        "mkdocs.yml": MKDOCS_YML.replace("  - postmortems", "  - postmortems: {services: services.yml}"),
        "services.yml": "- {name: checkout, description: Takes orders}\n- api\n",
        "docs/patterns/database-issues.md": RIGHT_NOW,
        f"docs/{PATH}": SOUND,
        f"docs/{EARLIER}": with_keys(SOUND, "title: Storage is full\nroot_cause: disk full\nservices: [storage]\n"),
        "docs/postmortems/2026/02-checkout/artifacts/graph.png": "",
        "docs/postmortems/register.yml": "- {id: A}\n",
        f"docs/{ODD}": with_keys(
            SOUND,
            "title: Odd names\nowner: '@Team: \"Odd\"'\nroot_cause: 'lock: full # 1'\nservices: ['a, b', 'yes', \"c's\"]\n",
        ),
    }
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    made = KnowledgeBase(load(folder / "mkdocs.yml"))
    made.read()
    return made


def opened(base: KnowledgeBase, marked: str, path: str = PATH, encoding: str = "utf-16") -> Position:
    """Open a text without its mark, and return where that was."""
    before, mark, after = marked.partition("|")
    assert mark
    text = Text(before + after, encoding)
    base.texts[path] = text
    return text.position_of(before.count("\n"), len(before.rpartition("\n")[2]))


def front(*lines: str) -> str:
    """A sound postmortem that begins with these lines in place of all keys."""
    return "\n".join(("---", *lines, "---", BODY))


def applied(base: KnowledgeBase, item: CompletionItem, path: str = PATH) -> str:
    """The line on which an item was inserted."""
    edit = item.text_edit
    assert edit is not None
    assert not hasattr(edit, "insert")
    text, start, end = base.texts[path], edit.range.start, edit.range.end
    line = text.line(start.line)
    return line[: text.column_of(start)] + edit.new_text + line[text.column_of(end) :]


@pytest.mark.parametrize(
    ("lines", "label", "line"),
    [
        pytest.param(["ti|"], "title", "title: ", id="a key"),
        pytest.param(["title: x", "|"], "status", "status: ", id="a key on an empty line"),
        pytest.param(["status: |"], "published", "status: published", id="an enumeration"),
        pytest.param(["status: pub|"], "published", "status: published", id="one that is begun"),
        pytest.param(['status: "pub|'], "published", 'status: "published', id="one in quotes"),
        pytest.param(["severity: |"], "SEV2", "severity: SEV2", id="the settings' severities"),
        pytest.param(["detected_by: |"], "third-party", "detected_by: third-party", id="detected by"),
        pytest.param(["started_at: |"], "unknown", "started_at: unknown", id="a moment"),
        pytest.param(["services: [checkout, ap|]"], "api", "services: [checkout, api]", id="a list in brackets"),
        pytest.param(["services:", "  - |"], "storage", "  - storage", id="a list in lines"),
        pytest.param(["services:", "- st|"], "storage", "- storage", id="a list that is not indented"),
        pytest.param(["services: [🔥, a|]"], "api", "services: [🔥, api]", id="behind an astral character"),
        pytest.param(["owner: |"], "Payments", "owner: Payments", id="an owner"),
        pytest.param(["root_cause: |"], "disk full", "root_cause: disk full", id="a root cause that is in use"),
        pytest.param(["patterns: [|]"], "database-issues", "patterns: [database-issues]", id="a pattern"),
        pytest.param(
            ["patterns: [{pattern: da|}]"], "database-issues", "patterns: [{pattern: database-issues}]", id="in braces"
        ),
        pytest.param(
            ["patterns:", "  - pattern: |"],
            "database-issues",
            "  - pattern: database-issues",
            id="a pattern by its key",
        ),
        pytest.param(["patterns:", "  - pattern: x", "    ro|"], "role", "    role: ", id="a key of an entry"),
        pytest.param(
            ["patterns: [{pattern: x, role: |}]"], "trigger", "patterns: [{pattern: x, role: trigger}]", id="a role"
        ),
        pytest.param(["repeat_of: |"], "2024/01-storage", "repeat_of: 2024/01-storage", id="an id"),
        pytest.param(
            ["repeat_of: 2024/0|"], "2024/01-storage", "repeat_of: 2024/01-storage", id="an id with its slash"
        ),
        pytest.param(
            ["not_repeat_of:", "  - id: |"], "2024/01-storage", "  - id: 2024/01-storage", id="an id by its key"
        ),
        pytest.param(
            ["# postmortems: allow unknown-p|"],
            "unknown-pattern",
            "# postmortems: allow unknown-pattern",
            id="a waiver",
        ),
        pytest.param(["title: a: b", "status: |"], "draft", "status: draft", id="beside YAML that cannot be read"),
    ],
)
def test_completion_in_front_matter(lines: list[str], label: str, line: str, base: KnowledgeBase) -> None:
    position = opened(base, front(*lines))
    items = {item.label: item for item in complete(base, PATH, position)}
    assert label in items
    assert applied(base, items[label]) == line


@pytest.mark.parametrize("lines", [["# ti|"], ["title: wh|"], ["status:|"], ["title: x", "- |"], ["date: 20|"]])
def test_nothing_is_completed_where_nothing_is_known(lines: list[str], base: KnowledgeBase) -> None:
    assert complete(base, PATH, opened(base, front(*lines))) == []


@pytest.mark.parametrize(
    ("path", "text", "label", "line"),
    [
        ("postmortems/register.yml", "- |", "severity", "- severity: "),
        ("postmortems/register.yml", "- id: A\n  sev|", "severity", "  severity: "),
        ("postmortems/register.yml", "- {id: A, severity: |}", "SEV2", "- {id: A, severity: SEV2}"),
        (
            "postmortems/register.yml",
            "- id: A\n  postmortem: 2024|",
            "2024/01-storage",
            "  postmortem: 2024/01-storage",
        ),
        ("reviews/2026-q3.yml", "- team: Pay|", "Payments", "- team: Payments"),
        ("reviews/2026-q3.yml", "- team: Payments\n  |", "improvements_happen", "  improvements_happen: "),
    ],
)
def test_completion_in_files_that_are_lists(path: str, text: str, label: str, line: str, base: KnowledgeBase) -> None:
    items = {item.label: item for item in complete(base, path, opened(base, text, path))}
    assert label in items
    assert applied(base, items[label], path) == line
    assert complete(base, path, opened(base, "|", path)) == []  # a key at the margin would be in no entry


@pytest.mark.parametrize("catalogue", [True, False])
def test_of_many_services_those_are_offered_that_are_typed(catalogue: bool, tmp_path: Path) -> None:
    names = [f"service-{number:04}" for number in range(500)]
    files = {
        "mkdocs.yml": MKDOCS_YML.replace("  - postmortems", "  - postmortems: {services: services.yml}")
        if catalogue
        else MKDOCS_YML,
        "services.yml": "".join(f"- {name}\n" for name in (*names, "checkout")),
        f"docs/{PATH}": SOUND,
        f"docs/{EARLIER}": with_keys(SOUND, f"services: [{', '.join(names)}]\n"),
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    base = KnowledgeBase(load(tmp_path / "mkdocs.yml"))
    base.read()
    first = complete(base, PATH, opened(base, front("services: [|]")))
    assert len(first) == MOST
    typed = complete(base, PATH, opened(base, front("services: [e-049|]")))
    assert [item.label for item in typed] == [f"service-049{number}" for number in range(10)]


def test_an_earlier_incident_is_found_by_its_title(base: KnowledgeBase) -> None:
    (item,) = complete(base, PATH, opened(base, front("repeat_of: is full|")))
    assert (item.label, item.filter_text) == ("2024/01-storage", "2024/01-storage Storage is full")


HARMFUL = {
    "missing-field",
    "invalid-yaml",
    "invalid-value",
    "comment-in-value",
    "unknown-field",
    "unknown-pattern",
    "duplicate-key",
}


@pytest.mark.parametrize(
    ("key", "marked"),
    [
        (key, f"{key}: {written}")
        for key, several in {
            "owner": ("|", "'|'", '"|"'),
            "root_cause": ("|", "'|'", '"|"', "| # why"),
            "severity": ("|", "'|'"),
            "services": ("|", "[|]", "[checkout, |]", "['|', checkout]", '["|"]', "\n  - |", "\n- |", "\n  - '|'"),
            "patterns": (
                "|", "[|]", "[{pattern: |}]", "[{pattern: database-issues, role: |}]", "\n  - |", "\n  - pattern: |",
                "\n  - pattern: database-issues\n    role: |", "\n  - {pattern: |}",
                "\n  - {pattern: database-issues, role: |}", "\n  - {role: trigger, pattern: '|'}",
            ),
            "repeat_of": ("|", "[|]", "\n  - |", "'|'"),
            "not_repeat_of": ("\n  - {id: |, reason: none}", "\n  - id: |\n    reason: none", "[{reason: none, id: |}]"),
        }.items()
        for written in several
    ],
)  # fmt: skip
def test_whatever_is_chosen_can_be_read(key: str, marked: str, base: KnowledgeBase) -> None:
    lines = FRONT_MATTER.split("---\n")[1].splitlines()
    others = [line for line in lines if not line.startswith((f"{key}:", " ", "-"))]
    position = opened(base, front(*others, *marked.split("\n")))
    before = base.texts[PATH]
    items = [item for item in complete(base, PATH, position) if not item.label.endswith(("pattern", "role"))]
    assert items
    for item in items:
        written = list(before.lines)
        written[position.line] = applied(base, item)
        assert written[position.line].startswith(before.line(position.line)[: before.column_of(position)])
        base.texts[PATH] = Text("\n".join(written))
        found = [each for each in base.findings(PATH) if each.rule in HARMFUL]
        assert found == [], (item.label, written[position.line])
        base.texts[PATH] = before


def test_a_key_comes_once_and_an_incident_does_not_repeat_itself(base: KnowledgeBase) -> None:
    labels = {item.label for item in complete(base, PATH, opened(base, front("title: x", "|")))}
    assert "title" not in labels
    assert {"status", "severity", "repeat_of"} <= labels
    found = {item.label for item in complete(base, PATH, opened(base, front("repeat_of: |")))}
    assert found == {"2023/01-odd", "2024/01-storage"}


@pytest.mark.parametrize(
    ("body", "label", "line"),
    [
        pytest.param("## Le|", "## Lessons Learned", "## Lessons Learned", id="a heading that is missing"),
        pytest.param("|", "## Timeline", "## Timeline", id="on an empty line"),
        pytest.param("- [ ] [Pay|] Alert", "Payments", "- [ ] [Payments] Alert", id="an owner of an item"),
        pytest.param("- [ ] [Payments] Alert (|)", "due", "- [ ] [Payments] Alert (due: )", id="a note of an item"),
        pytest.param(
            "- [ ] [Payments] Alert (due: 2026-01-01, kind: pre|)", "prevent",
            "- [ ] [Payments] Alert (due: 2026-01-01, kind: prevent)", id="a kind",
        ),
        pytest.param(
            "<!-- postmortems: allow single-cause, blam| -->", "blaming-language",
            "<!-- postmortems: allow single-cause, blaming-language -->", id="a rule to be waived",
        ),
    ],
)  # fmt: skip
def test_completion_in_the_body(body: str, label: str, line: str, base: KnowledgeBase) -> None:
    items = {item.label: item for item in complete(base, PATH, opened(base, f"{FRONT_MATTER}\n{body}\n"))}
    assert label in items
    assert applied(base, items[label]) == line


def test_prose_is_not_completed(base: KnowledgeBase) -> None:
    assert complete(base, PATH, opened(base, f"{FRONT_MATTER}\nNobody |knew.\n")) == []
    assert complete(base, "index.md", opened(base, "status: |", "index.md")) == []


@pytest.mark.parametrize(
    ("marked", "words"),
    [
        pytest.param(SOUND.replace("severity: SEV2", "severity: SE|V9"), "# PM007 invalid-value", id="a finding"),
        pytest.param(SOUND.replace("detected_at:", "det|ected_at:"), "When it was first detected", id="a key"),
        pytest.param(SOUND.replace("[database", "[data|base"), "- **Do** Stop the writes.", id="a pattern"),
        pytest.param(
            with_keys(SOUND, "repeat_of: 2024/01-storage\n").replace("01-storage", "01-st|orage"),
            "Storage is full", id="a postmortem",
        ),
        pytest.param(
            SOUND.replace("## Timeline", "<!-- postmortems: allow single-|cause: x -->\n\n## Timeline", 1),
            "# PM903 unused-waiver", id="a waiver that is not needed",
        ),
    ],
)  # fmt: skip
def test_explanations(marked: str, words: str, base: KnowledgeBase) -> None:
    hover = explain(base, PATH, opened(base, marked))
    assert hover is not None
    assert isinstance(hover.contents, MarkupContent)
    assert words in hover.contents.value


def test_no_secret_of_another_file_is_shown(tmp_path: Path) -> None:
    files = {
        "mkdocs.yml": MKDOCS_YML,
        "docs/patterns/database-issues.md": RIGHT_NOW.replace("Stop the writes.", f"Stop them with {TOKEN}"),
        f"docs/{PATH}": SOUND,
        f"docs/{EARLIER}": with_keys(SOUND, f"title: Storage {TOKEN}\n").replace("slowly", f"slowly to {TOKEN}"),
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    base = KnowledgeBase(load(tmp_path / "mkdocs.yml"))
    base.read()
    shown: list[list[Any]] = [
        complete(base, PATH, opened(base, front(line))) for line in ("patterns: [|]", "repeat_of: |")
    ]
    shown.append([explain(base, PATH, opened(base, SOUND.replace("[database", "[data|base")))])
    assert all(shown)
    assert "ghp_*" in repr(shown)
    assert TOKEN not in repr(shown)


def test_nothing_to_explain(base: KnowledgeBase) -> None:
    assert explain(base, PATH, opened(base, SOUND.replace("Checkout answered", "Check|out answered"))) is None


@pytest.mark.parametrize(
    ("marked", "file"),
    [
        (SOUND.replace("[database", "[data|base"), "patterns/database-issues.md"),
        (with_keys(SOUND, "repeat_of: 2024/01-storage\n").replace("01-storage", "01-st|orage"), EARLIER),
        (with_keys(SOUND, "repeat_of: 2024/77-none\n").replace("77-none", "77-no|ne"), None),
        (SOUND.replace("title:", "ti|tle:"), None),
    ],
)
def test_definitions(marked: str, file: str | None, base: KnowledgeBase) -> None:
    found = definition(base, PATH, opened(base, marked))
    assert (found.uri if found else None) == (file and (base.project.docs / file).as_uri())


def test_links_lead_to_files_of_the_docs_folder_only(base: KnowledgeBase) -> None:
    text = "[a](artifacts/graph.png) [b](../../../../../etc/passwd) [c](https://example.com) [d](no.png)|"
    opened(base, f"{SOUND}\n{text}\n")
    assert [link.target for link in links(base, PATH)] == [
        (base.project.docs / "postmortems/2026/02-checkout/artifacts/graph.png").as_uri()
    ]


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("before", "after", "title"),
    [
        (("severity: SEV2", "severity: SVE2|"), ("severity: SEV2",), 'Change "SVE2" to "SEV2"'),
        (("status: published", "stauts: published|"), ("status: published",), 'Change "stauts" to "status"'),
        (
            ("[database-issues]", "[database-isues]|"),
            ("[database-issues]",),
            'Change "database-isues" to "database-issues"',
        ),
    ],
)
def test_fixes_are_those_of_the_command(
    before: tuple[str, str], after: tuple[str], title: str, line_end: str, base: KnowledgeBase
) -> None:
    marked = f"{SOUND.replace(*before)}\n🔥 [🔥]\n".replace("\n", line_end)
    position = opened(base, marked)
    base.read()  # what a pattern is called, other files decide
    actions = quick_fixes(base, PATH, Range(position, position), "file:///x.md", 7)
    assert [action.title for action in actions] == [title]
    assert actions[0].edit is not None
    assert actions[0].edit.document_changes
    change = actions[0].edit.document_changes[0]
    assert change.text_document.version == 7
    text = base.texts[PATH]
    edits = [
        Edit(
            Place(
                PATH, each.range.start.line + 1, text.column_of(each.range.start) + 1,
                each.range.end.line + 1, text.column_of(each.range.end) + 1,
            ),
            each.new_text,
        )
        for each in change.edits
    ]  # fmt: skip
    fixed = rewritten(text.data, edits).decode()
    assert fixed == f"{SOUND}\n🔥 [🔥]\n".replace("\n", line_end)
    assert after[0] in fixed


def test_a_section_is_added_with_the_line_ends_of_the_file(base: KnowledgeBase) -> None:
    lacking = SOUND.split("## Lessons Learned")[0].rpartition("## Action Items")[0]
    opened(base, f"{lacking}|".replace("\n", "\r\n"))
    whole = Range(Position(0, 0), Position(999, 0))
    added = [action for action in quick_fixes(base, PATH, whole, "file:///x.md", 1) if "Action Items" in action.title]
    assert [action.title for action in added] == ["Add section Action Items"]
    edit = added[0].edit
    assert edit is not None
    assert edit.document_changes
    assert "\r\n## Action Items" in edit.document_changes[0].edits[0].new_text


@pytest.mark.parametrize("end", [0, 1, 4, 40, 200, 420, 600, 9999])
def test_no_position_in_half_a_text_is_too_odd(end: int, base: KnowledgeBase) -> None:
    position = opened(base, f"{SOUND[:end]}[🔥 {{: |")
    for row in range(position.line + 3):
        for column in (0, 1, 5, 20, 999):
            where = Position(row, column)
            complete(base, PATH, where)
            explain(base, PATH, where)
            definition(base, PATH, where)
            quick_fixes(base, PATH, Range(where, where), "file:///x.md", 1)
    links(base, PATH)
