"""PM702 and PM703: files beside postmortems are used, and not too large."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from postmortems.model.diagnostic import Diagnostic, Level

Check = Callable[..., tuple[Diagnostic, ...]]

FOLDER = "postmortems/2024/01-database-connection-pool"
LESSON = "A pool is a queue, and a queue wants an alert on its length."
GRAPH = f"{FOLDER}/artifacts/pool use.png"


def unused(found: tuple[Diagnostic, ...]) -> list[str]:
    assert {(one.rule, one.level) for one in found} <= {("unused-artifact", Level.INFO)}
    return [one.place.path.removeprefix(f"{FOLDER}/") for one in found]


@pytest.mark.parametrize(
    "text",
    [
        "![Pool](<artifacts/pool use.png>)",
        "![Pool](artifacts/pool%20use.png)",
        "[Pool](./artifacts/pool%20use.png#x)",
        "![Pool](/postmortems/2024/01-database-connection-pool/artifacts/pool%20use.png)",
        "![Pool][p]\n\n[p]: <artifacts/pool use.png>",
        '<img src="artifacts/pool use.png">',
        '<a href="artifacts/pool%20use.png">Pool</a>',
        '<video poster="artifacts/pool%20use.png"></video>',
        "[All of them](artifacts/)",
    ],
)
def test_what_leads_to_an_artifact(text: str, check: Check) -> None:
    assert unused(check((LESSON, text), files={GRAPH: b""}, levels={"PM701": "off"})) == []


@pytest.mark.parametrize(
    "text",
    [
        LESSON,
        "See artifacts/pool use.png.",
        "`![Pool](<artifacts/pool use.png>)`",
        "<!-- ![Pool](<artifacts/pool use.png>) -->",
        "```\n<img src='artifacts/pool use.png'>\n```",
        "![Pool](<https://example.com/artifacts/pool use.png>)",
    ],
)
def test_what_does_not(text: str, check: Check) -> None:
    (found,) = check((LESSON, text), files={GRAPH: b""}, only="unused-artifact")
    assert unused((found,)) == ["artifacts/pool use.png"]
    assert found.message == 'nothing links to "artifacts/pool use.png"'


@pytest.mark.parametrize(
    ("path", "asked_for"),
    [
        ("artifacts/a.log", True),
        ("a.log", True),
        ("artifacts/deep/er/a.log", True),
        ("artifacts/timeline.json", True),
        ("timeline.json", False),
        (".DS_Store", False),
        ("artifacts/.cache/a.log", False),
        ("README.md", False),
        ("artifacts/readme.txt", False),
        ("index.md", False),
        ("notes.md", True),
        ("../a.log", False),
        ("../../../shared/a.log", False),
    ],
)
def test_which_files_are_asked_for(path: str, asked_for: bool, check: Check) -> None:
    found = check(files={f"{FOLDER}/{path}": "[]"}, only="unused-artifact")
    assert unused(found) == ([path] if asked_for else [])


def test_another_page_may_use_the_rest(check: Check) -> None:
    files = {GRAPH: b"", f"{FOLDER}/artifacts/report.html": "<img src='pool use.png'>"}
    allowed = {"active_html": True}
    assert unused(check(files=files, **allowed)) == ["artifacts/report.html"]
    assert unused(check((LESSON, "[Report](artifacts/report.html)"), files=files, **allowed)) == []


def test_other_documents_and_the_timeline_lead_there_too(check: Check, filled_template: str) -> None:
    logs = {f"{FOLDER}/artifacts/{name}.log": b"" for name in ("a", "b", "c", "d")}
    page = "---\ntitle: x\nfamily: database\n---\n\n[x](../" + FOLDER + "/artifacts/a.log)\n"
    other = filled_template.replace(LESSON, "[x](../01-database-connection-pool/artifacts/b.log)")
    events = (
        '[{"at": "2024-02-06T14:23:00Z", "event": "[x](artifacts/c.log)"},'
        ' {"at": "2024-02-06T14:24:00Z", "event": "y", "link": "artifacts/d.log"}]'
    )
    files = {
        "patterns/database-issues.md": page,
        "postmortems/2024/02-x/postmortem.md": other,
        f"{FOLDER}/timeline.json": events,
    }
    assert unused(check(files=logs | files, only="unused-artifact")) == []
    names = unused(check(files=logs | files | {f"{FOLDER}/timeline.json": "[]"}, only="unused-artifact"))
    assert names == ["artifacts/c.log", "artifacts/d.log"]


def test_a_link_in_the_text_of_an_event_is_followed(check: Check) -> None:
    events = '[\n  {"at": "2024-02-06T14:23:00Z", "event": "[x](artifacts/none.log) and [y](../../../../z)"}\n]'
    found = check(files={f"{FOLDER}/timeline.json": events}, levels={"moment-missing-from-timeline": "off"})
    assert [(one.rule, one.place.path, one.place.line) for one in found] == [
        ("broken-artifact-link", f"{FOLDER}/timeline.json", 2),
        ("path-leaves-the-folder", f"{FOLDER}/timeline.json", 2),
    ]


MIB = 1024 * 1024


@pytest.mark.parametrize(
    ("size", "most", "expected"),
    [
        (MIB, None, None),
        (MIB + 1, None, '"heap.bin" is 1,048,577 bytes, over the limit of 1,048,576'),
        (2001, "2kB", '"heap.bin" is 2,001 bytes, over the limit of 2,000'),
        (2000, "2kB", None),
    ],
)
def test_sizes(size: int, most: str | None, expected: str | None, check: Check) -> None:
    options = {"largest_artifact": most} if most else {}
    found = check((LESSON, "[Heap](heap.bin)"), files={f"{FOLDER}/heap.bin": b"\0" * size}, **options)
    assert [(one.rule, one.level, one.message) for one in found] == (
        [("large-artifact", Level.WARNING, expected)] if expected else []
    )


def test_a_large_file_is_reported_where_it_is_used_else_at_itself(check: Check) -> None:
    files = {f"{FOLDER}/a.bin": b"\0" * 11, f"{FOLDER}/b.bin": b"\0" * 11, "postmortems/2024/c.bin": b"\0" * 11}
    found = check((LESSON, "See [A](a.bin), [A](a.bin)."), files=files, largest_artifact="10B", only="large-artifact")
    assert [(one.place.path, one.place.line, one.place.column) for one in found] == [
        (f"{FOLDER}/b.bin", 1, 1),
        (f"{FOLDER}/postmortem.md", 84, 9),
        ("postmortems/2024/c.bin", 1, 1),
    ]


@pytest.mark.parametrize("path", ["shared/a.bin", "patterns/a.bin", f"{FOLDER}/notes.md"])
def test_files_elsewhere_and_pages_may_have_any_size(path: str, check: Check) -> None:
    assert check(files={path: "x" * 11}, largest_artifact="10B", only="large-artifact") == ()
