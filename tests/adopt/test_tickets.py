"""Exports of trackers: the tickets that are in them, what an export may lack, and files that are none."""

from __future__ import annotations

import csv
import io
import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortems.adopt.tickets.export import TicketExport, TicketExportError, read_tickets
from postmortems.settings import Settings

URL = "https://github.com/example/shop/issues/{}"
OWN = Settings.model_validate({"states": {"Verified in production": "done", "Binned": "dropped"}})


def read(content: object, repository: str = "", settings: Settings = OWN) -> TicketExport:
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    return read_tickets("export", data, settings, repository)


def told(export: TicketExport) -> list[tuple[str, str, str, str]]:
    return [
        (str(ticket.reference), ticket.state.value, str(ticket.closed or ""), ticket.reason)
        for ticket in export.tickets
    ]


def gh(number: int, state: str = "CLOSED", reason: str | None = "COMPLETED", closed: str | None = "2026-03-04T23:30:00Z",
       **more: Any) -> dict[str, Any]:  # fmt: skip
    """An issue as `gh issue list --json` prints it."""
    return {
        "number": number, "state": state, "stateReason": reason, "closedAt": closed, "url": URL.format(number), "title": "T",
    } | more  # fmt: skip


@pytest.mark.parametrize(
    ("issue", "expected"),
    [
        (gh(1), ("example/shop#1", "done", "2026-03-04", "")),
        (gh(1, reason=""), ("example/shop#1", "done", "2026-03-04", "")),
        (gh(1, reason=None), ("example/shop#1", "done", "2026-03-04", "")),
        (gh(1, reason="NOT_PLANNED"), ("example/shop#1", "dropped", "2026-03-04", "closed as not planned")),
        (gh(1, reason="DUPLICATE"), ("example/shop#1", "dropped", "2026-03-04", "closed as a duplicate")),
        (gh(1, reason="MELTED"), ("example/shop#1", "unknown", "2026-03-04", "")),
        (gh(1, "OPEN", "REOPENED"), ("example/shop#1", "open", "", "")),
        (gh(1, "OPEN", "", None), ("example/shop#1", "open", "", "")),
        (gh(1, closed="yesterday"), ("example/shop#1", "done", "", "")),
        (gh(1, "MERGED", None, url="https://github.com/example/shop/pull/1"), ("example/shop#1", "done", "2026-03-04", "")),
        (gh(1, url="https://github.com/example/shop/pull/1"),
         ("example/shop#1", "dropped", "2026-03-04", "pull request closed without merging")),
        ({"number": 1, "state": "closed", "state_reason": "not_planned", "closed_at": "2026-03-04T00:00:00Z",
          "html_url": URL.format(1), "url": "https://api.github.com/repos/example/shop/issues/1"},
         ("example/shop#1", "dropped", "2026-03-04", "closed as not planned")),
        ({"number": 1, "state": "closed", "state_reason": None, "closed_at": "2026-03-04T00:00:00Z",
          "html_url": "https://github.com/example/shop/pull/1", "pull_request": {"merged_at": "2026-03-04T00:00:00Z"}},
         ("example/shop#1", "done", "2026-03-04", "")),
        ({"number": 1, "state": "open", "repository": {"name": "shop", "nameWithOwner": "Example/Shop"}},
         ("example/shop#1", "open", "", "")),
    ],
)  # fmt: skip
def test_an_issue_of_github(issue: dict[str, Any], expected: tuple[str, str, str, str]) -> None:
    assert told(read([issue])) == [expected]


GITLAB = "https://gitlab.example/a/b/-/issues/3"


@pytest.mark.parametrize(
    ("issue", "expected"),
    [
        ({"state": "opened"}, ("a/b#3", "open", "", "")),
        ({"state": "closed", "closed_at": "2026-03-04T08:00:00.000+11:00"}, ("a/b#3", "done", "2026-03-03", "")),
        ({"state": "closed", "_links": {"closed_as_duplicate_of": "https://x"}}, ("a/b#3", "dropped", "", "closed as a duplicate")),
        ({"state": "closed", "moved_to_id": 9}, ("a/b#3", "unknown", "", "")),
        ({"state": "frozen"}, ("a/b#3", "unknown", "", "")),
        ({"state": "merged", "merged_at": "2026-03-04T08:00:00Z", "web_url": "https://gitlab.example/a/b/-/merge_requests/3"},
         ("a/b!3", "done", "2026-03-04", "")),
        ({"state": "closed", "source_branch": "x", "web_url": "https://gitlab.example/a/b/-/merge_requests/3"},
         ("a/b!3", "dropped", "", "merge request closed without merging")),
    ],
)  # fmt: skip
def test_an_issue_of_gitlab(issue: dict[str, Any], expected: tuple[str, str, str, str]) -> None:
    assert told(read([{"iid": 3, "id": 1003, "web_url": GITLAB, "title": "T"} | issue])) == [expected]


@pytest.mark.parametrize(
    ("status", "category", "resolution", "expected"),
    [
        ("Done", "done", "Done", ("done", "")),
        ("Done", "done", None, ("done", "")),
        ("Rejected", "done", None, ("dropped", 'closed as "Rejected"')),
        ("Closed", "done", "Won't Do", ("dropped", 'closed as "Won\'t Do"')),
        ("Closed", "done", "Duplicate", ("dropped", 'closed as "Duplicate"')),
        ("Closed", "done", "Fixed", ("done", "")),
        ("Closed", "done", "Known Error", ("unknown", "")),
        ("Closed", "done", "Binned", ("dropped", 'closed as "Binned"')),
        ("Verified in production", None, None, ("done", "")),
        ("In QA with the moon", None, None, ("unknown", "")),
        ("In QA with the moon", "indeterminate", None, ("open", "")),
        ("To Do", "new", "Unresolved", ("open", "")),
    ],
)
def test_an_issue_of_jira(status: str, category: str | None, resolution: str | None, expected: tuple[str, str]) -> None:
    fields = {
        "summary": "T",
        "status": {"name": status, "statusCategory": {"key": category}},
        "resolution": resolution and {"name": resolution},
        "resolutiondate": "2026-03-04T09:00:00.000+0000",
    }
    issue = {"key": "OPS-12", "self": "https://x.atlassian.net/rest/api/3/issue/1", "fields": fields}
    state, reason = expected
    day = "" if state == "open" else "2026-03-04"
    for content in ({"issues": [issue], "total": 1}, [issue], issue):
        assert told(read(content)) == [("OPS-12", state, day, reason)]


HEAD = ["Summary", "Issue key", "Issue id", "Status", "Labels", "Labels", "Resolution", "Resolved"]


def table(*rows: list[str], delimiter: str = ",") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows([HEAD, *rows])
    return text.getvalue().encode()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_csv_of_jira(delimiter: str, encoding: str) -> None:
    data = table(
        ['A, "b"; c\nd', "ops-12", "1", "Done", "x", "y", "Done", "20/May/24 04:53 PM"],
        ["Ä", "OPS-13", "2", "In Progress", "", "", "Unresolved", ""],
        ["E", "OPS-14", "3", "Closed", "", "", "Won't Do", "2024-05-21 10:00"],
        ["F", "OPS-15", "4", "Done", "", "", "", "5/6/2024 10:00"],
        [],
        delimiter=delimiter,
    ).decode().encode(encoding)  # fmt: skip
    export = read(data)
    assert told(export) == [
        ("OPS-12", "done", "2024-05-20", ""),
        ("OPS-13", "open", "", ""),
        ("OPS-14", "dropped", "2024-05-21", 'closed as "Won\'t Do"'),
        ("OPS-15", "done", "", ""),
    ]
    assert export.remarks == ("the day of closing of 1 closed issues is missing or cannot be read",)
    day_first = Settings.model_validate({"date_order": "day-first"})
    assert told(read(data, settings=day_first))[3][2] == "2024-06-05"


def test_the_csv_of_gitlab() -> None:
    data = (
        "Title,Description,Issue ID,URL,State,Closed At (UTC)\n"
        f"A,\"x\ny\",3,{GITLAB},Closed,2026-03-04 08:00:00\n"
        "B,,4,https://gitlab.example/a/b/-/issues/4,Open,\n"
        "C,,5,nowhere,Open,\n"
    )  # fmt: skip
    export = read(data.encode())
    assert told(export) == [("a/b#3", "done", "2026-03-04", ""), ("a/b#4", "open", "", "")]
    assert export.remarks == ("the URL of 1 row is no issue's",)


@pytest.mark.parametrize(
    ("content", "remark"),
    [
        ([gh(number) for number in range(1, 31)], "it holds 30 issues, where lists are cut by default"),
        ([gh(1, "OPEN", None, None)], "--state all"),
        ([{key: value for key, value in gh(1).items() if key != "stateReason"}], '"stateReason", which tells done from not planned'),
        ([{key: value for key, value in gh(1).items() if key != "closedAt"}], 'it has no "closedAt"'),
        ([gh(1), {"x": 1}], "1 entry of it are no issues"),
        ({"issues": [{"key": "A-1", "fields": {"status": {"name": "Done"}, "resolutiondate": "2026-03-04T09:00:00Z"}}], "total": 312},
         "it holds 1 of 312 issues"),
        ({"issues": [{"key": "A-1", "fields": {"status": {"name": "To Do"}}}], "nextPageToken": "x", "isLast": False}, "first page of a search"),
        ([], "it holds no issues"),
        ({"issues": [], "total": 0}, "it holds no issues"),
    ],
)  # fmt: skip
def test_what_an_export_may_lack_is_said(content: object, remark: str) -> None:
    assert any(remark in said for said in read(content).remarks), read(content).remarks


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the file is empty"),
        (b"  \n", "the file is empty"),
        (b'[{"number": 1, "state"', "line 1: the file is not JSON: "),
        (b'{"a": 1}', "no issue of GitHub, GitLab or Jira is in it; its objects have a"),
        (b"[1, 2]", "no issue of GitHub, GitLab or Jira is in it; its objects have no keys"),
        (b'[{"number": 1, "title": "x"}]', '1 issue without "state": export with gh issue list --state all'),
        (
            b'[{"number": 1, "state": "OPEN", "title": "x"}]',
            "its issues have no URL, so that their repository is unknown",
        ),
        (b'{"issues": [{"key": "A-1", "fields": {"summary": "x"}}]}', '1 issue without "status" among its fields'),
        (b"PK\x03\x04", "a zip archive"),
        (b"\xff\xfe\xff", "the file is not UTF-8 text"),
        ("Schlüssel;Status\nA-1;Fertig\n".encode("cp1252"), "the file is not UTF-8 text: byte 0xfc cannot be read"),
        ("Schlüssel;Zustand\nA-1;Fertig\n".encode(), 'its first line has "schlüssel", "zustand"'),
        (b"just words", 'its first line has "just words"'),
        (b"<html>", 'its first line has "<html>"'),
    ],
)
def test_a_file_that_is_no_export_is_one_exact_line(data: bytes, reason: str) -> None:
    with pytest.raises(TicketExportError) as error:
        read(data)
    assert reason in str(error.value)
    assert "\n" not in str(error.value)


def test_a_repository_can_be_named() -> None:
    assert told(read([{"number": 1, "state": "OPEN"}], "Example/Shop")) == [("example/shop#1", "open", "", "")]


@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
def test_any_bytes_give_tickets_or_a_reason(data: bytes) -> None:
    with suppress(TicketExportError):
        read(data)


VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20), st.just("CLOSED"), st.just(URL.format(3))),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(
        ["number", "state", "stateReason", "url", "iid", "web_url", "key", "fields", "status", "name", "issues", "closedAt", "total",
         "resolution", "resolutiondate", "pull_request"]), inner, max_size=6)),
    max_leaves=30,
)  # fmt: skip


@given(VALUES)
def test_any_json_gives_tickets_or_a_reason(value: object) -> None:
    with suppress(TicketExportError):
        read(value)


def test_ten_megabytes_are_read() -> None:
    issues = [gh(number, body="x" * 2_000) for number in range(5_000)]
    assert len(read(issues).tickets) == 5_000
