"""PM401, PM406, PM701 and PM704: what a postmortem refers to is there, and inside the docs folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from postmortems.model.diagnostic import Diagnostic, Level
from postmortems.model.link_targets import file_of, scheme

Check = Callable[..., tuple[Diagnostic, ...]]

FOLDER = "postmortems/2024/01-database-connection-pool"
LESSON = "A pool is a queue, and a queue wants an alert on its length."


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param("[database-issues]", [], id="known"),
        pytest.param("[{pattern: database-issues, role: trigger}]", [], id="known, with a role"),
        pytest.param("[]", [], id="none"),
        pytest.param("[database-isues]", [(14, 12, 'did you mean "database-issues"?')], id="misspelt"),
        pytest.param("[Database Issues]", [(14, 12, 'did you mean "database-issues"?')], id="by its title"),
        pytest.param("[Postgres]", [(14, 12, 'did you mean "database-issues"?')], id="by an alias"),
        pytest.param(
            "[{pattern: dns, role: trigger}]",
            [(14, 22, "use the id of a page in docs/patterns/, or add docs/patterns/dns.md")],
            id="unknown, with a role",
        ),
        pytest.param(
            "[database-issues, ../x]",
            [(14, 29, "use the id of a page in docs/patterns/, or add docs/patterns/x.md")],
            id="the second of two",
        ),
    ],
)
def test_patterns(written: str, expected: list[tuple[int, int, str]], check: Check) -> None:
    found = check(("patterns: [database-issues]", f"patterns: {written}"), only="unknown-pattern")
    assert [(one.place.line, one.place.column, one.help) for one in found] == expected


@pytest.mark.parametrize(
    ("written", "status", "expected"),
    [
        ('["[pattern-id]"]', "draft", [("leftover-template-text", Level.WARNING)]),
        ('["[pattern-id]"]', "published", [("leftover-template-text", Level.ERROR)]),
        ('[{pattern: "[pattern-id]", role: trigger}]', "draft", [("leftover-template-text", Level.WARNING)]),
        ('["[my-pattern]"]', "draft", [("unknown-pattern", Level.ERROR)]),
    ],
)
def test_a_placeholder_of_the_template_is_no_unknown_pattern(
    written: str, status: str, expected: list[tuple[str, Level]], check: Check
) -> None:
    found = check(("patterns: [database-issues]", f"patterns: {written}"), ("status: published", f"status: {status}"))
    rules = ("leftover-template-text", "unknown-pattern")
    assert [(one.rule, one.level) for one in found if one.rule in rules] == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param("repeat_of: 2023/04-pool", [], id="an earlier one"),
        pytest.param("repeat_of: [2023/04-pool]", [], id="in a list"),
        pytest.param("not_repeat_of: {id: 2023/04-pool, reason: another pool}", [], id="not a repeat"),
        pytest.param(
            "repeat_of: [2023/04-pool, 2023/04-pol]", [('no postmortem has the id "2023/04-pol"', 27)], id="misspelt"
        ),
        pytest.param(
            "repeat_of: 2024/01-database-connection-pool",
            [('"2024/01-database-connection-pool" is this postmortem', 12)],
            id="itself",
        ),
        pytest.param(
            "repeat_of: 2025/01-later", [('"2025/01-later" is later than this incident', 12)], id="a later one"
        ),
        pytest.param(
            "not_repeat_of: [{id: 2025/01-later, reason: another pool}]",
            [('"2025/01-later" is later than this incident', 22)],
            id="not a repeat of a later one, in a list",
        ),
        pytest.param(
            "not_repeat_of: {id: 2020/1, reason: another pool}",
            [('no postmortem has the id "2020/1"', 21)],
            id="not a repeat of nothing",
        ),
    ],
)
def test_repeats(written: str, expected: list[tuple[str, int]], check: Check, filled_template: str) -> None:
    found = check(
        ("owner: storage-team", written),
        files={
            "postmortems/2023/04-pool/postmortem.md": filled_template.replace("2024-", "2023-"),
            "postmortems/2025/01-later/postmortem.md": filled_template.replace("2024-", "2025-"),
        },
        levels={"time-in-the-future": "off", "overdue-action": "off"},
    )
    assert [(one.message, one.place.column) for one in found] == expected
    assert {(one.rule, one.place.line) for one in found} <= {("dangling-repeat", 6)}


def test_of_two_incidents_on_one_day_without_times_nobody_knows_the_order(check: Check, filled_template: str) -> None:
    started = ("started_at: 2024-02-06T14:20:00Z", "started_at: unknown\ndate: 2024-02-06")
    other = filled_template.replace(*started)
    repeats = ("owner: storage-team", "repeat_of: 2024/02-other")
    assert check(repeats, started, files={"postmortems/2024/02-other/postmortem.md": other}) == ()


def test_a_misspelt_id_gets_a_hint(check: Check) -> None:
    (found,) = check(("owner: storage-team", "repeat_of: 2024/01-database-conection-pool"))
    assert found.help == 'did you mean "2024/01-database-connection-pool"?'


ARTIFACTS = {f"{FOLDER}/artifacts/graph.png": b"", f"{FOLDER}/artifacts/a b.txt": b"", "shared/legend.png": b""}
UNUSED = {"unused-artifact": "off"}


@pytest.mark.parametrize(
    "target",
    [
        "artifacts/graph.png",
        "./artifacts/graph.png",
        "artifacts/a%20b.txt",
        "artifacts/graph.png#part",
        "artifacts/graph.png?raw=1",
        "../../../shared/legend.png",
        "/shared/legend.png",
        "#timeline",
        "https://example.com/none.png",
        "//example.com/none.png",
        "mailto:oncall@example.com",
        "tel:112",
        "../02-none/postmortem.md",
        "../02-none/postmortem.md#timeline",
        "../01-database-connection-pool/",
        "../../../services/api/",
        "/metrics/",
        "../../../patterns/database-issues/",
        "../../../patterns/database-issues.html",
    ],
)
def test_targets_that_are_there_or_not_looked_at(target: str, check: Check) -> None:
    assert check((LESSON, f"See [it]({target})."), files=ARTIFACTS, levels=UNUSED) == ()


@pytest.mark.parametrize(
    ("target", "rule", "words"),
    [
        ("artifacts/grph.png", "broken-artifact-link", f'did you mean "docs/{FOLDER}/artifacts/graph.png"?'),
        ("artifacts/none.log", "broken-artifact-link", "add and commit the file, or correct the path"),
        ("artifacts/", "broken-artifact-link", "add and commit the file, or correct the path"),
        ("/none.png", "broken-artifact-link", "add and commit the file, or correct the path"),
        ("../../../../secret.txt", "path-leaves-the-folder", "move the file to artifacts/"),
        ("../../../../README.md", "path-leaves-the-folder", "move the file to artifacts/"),
        ("%2e%2e/../../../secret.txt", "path-leaves-the-folder", "move the file to artifacts/"),
        ("/../secret.txt", "path-leaves-the-folder", "move the file to artifacts/"),
        ("file:///etc/passwd", "path-leaves-the-folder", "move the file to artifacts/"),
        ("FILE:/etc/passwd", "path-leaves-the-folder", "move the file to artifacts/"),
        ("C:/temp/x.log", "path-leaves-the-folder", "move the file to artifacts/"),
    ],
)
@pytest.mark.parametrize("mark", ["", "!"], ids=["link", "image"])
def test_targets_that_are_not(target: str, rule: str, words: str, mark: str, check: Check) -> None:
    found = check((LESSON, f"See {mark}[it]({target})."), files=ARTIFACTS, levels=UNUSED)
    assert [(one.rule, one.place.line, one.place.column) for one in found] == [(rule, 84, 10 + len(mark))]
    assert words in found[0].help


@pytest.mark.parametrize("text", ["`[it](none.png)`", "```\n[it](none.png)\n```", "<!-- [it](none.png) -->"])
def test_targets_in_code_and_comments_are_none(text: str, check: Check) -> None:
    assert check((LESSON, f"{LESSON}\n\n{text}")) == ()


def test_patterns_are_looked_at_too(check: Check) -> None:
    text = "---\ntitle: Database issues\nfamily: database\n---\n\n[it](none.png) [out](../../x.png)\n"
    found = check(files={"patterns/database-issues.md": text}, levels={"pattern-without-guidance": "off"})
    assert [(one.rule, one.place.path) for one in found] == [
        ("broken-artifact-link", "patterns/database-issues.md"),
        ("path-leaves-the-folder", "patterns/database-issues.md"),
    ]


def test_links_of_a_timeline_json_are_looked_at_too(check: Check) -> None:
    beside = f"{FOLDER}/timeline.json"
    events = '[\n  {"at": "2024-02-06T14:23:00Z", "event": "Alert", "link": "artifacts/none.png"}\n]'
    found = check(files={beside: events}, only="broken-artifact-link")
    assert [(one.place.path, one.place.line) for one in found] == [(beside, 2)]


def test_a_symbolic_link_that_leads_out(check: Check, tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "hosts").symlink_to("/etc/hosts")
    (found,) = check()
    assert (found.rule, found.place.path) == ("path-leaves-the-folder", "shared/hosts")


@pytest.mark.parametrize(
    ("target", "file"),
    [
        ("a.png", "postmortems/x/a.png"),
        ("../a.png", "postmortems/a.png"),
        ("/a.png", "a.png"),
        ("a%2Fb.png", "postmortems/x/a/b.png"),
        ("a\\b.png", "postmortems/x/a/b.png"),
        ("./", "postmortems/x"),
        ("../../../a", "../a"),
        ("C:\\a", "../C:/a"),
        ("", None),
        ("#a", None),
        ("https://example.com", None),
    ],
)
def test_the_file_of_a_target(target: str, file: str | None) -> None:
    assert file_of(target, "postmortems/x/postmortem.md") == file


@pytest.mark.parametrize(
    ("target", "expected"),
    [("HTTPS://x", "https"), ("mailto:a@b", "mailto"), ("a/b:c", ""), ("c:/x", ""), ("12:30", ""), ("", "")],
)
def test_the_scheme_of_a_target(target: str, expected: str) -> None:
    assert scheme(target) == expected
