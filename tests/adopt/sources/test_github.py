"""GitHub's issues, as `gh` and as the REST interface give them. All of them are made up."""

from __future__ import annotations

import json

import pytest

from postmortems.adopt.record import Record
from postmortems.adopt.sources import github
from tests.adopt.exported import known, left_out, read, record, section

URL = "https://github.com/o/r/issues/87"
BODY = """\
# Summary

For 52 minutes nobody could pay. <script>alert(1)</script>
<!-- tell what happened -->

# Root cause

The pool.

# Action items

- [ ] Alert at 80 % of pool use
"""
ISSUE = {
    "number": 87,
    "title": "INC: checkout times out",
    "createdAt": "2026-03-02T14:30:11Z",
    "closedAt": "2026-03-04T09:02:00Z",
    "state": "CLOSED",
    "stateReason": "COMPLETED",
    "labels": [{"name": name} for name in ("incident", "sev2", "svc/checkout", "team: payments", "database", "root-cause/full pool")],
    "body": BODY,
    "url": URL,
    "comments": [
        {"author": {"login": "agray"}, "createdAt": "2026-03-02T14:40:02Z", "body": "14:39 pool raised to **80** | ok", "url": f"{URL}#1"},
        {"author": {"login": "app/bot", "is_bot": True}, "createdAt": "2026-03-02T14:41:02Z", "body": "deployed"},
        {"author": {"login": "ben"}, "createdAt": "2026-03-02T15:00:00Z", "body": "# See\n\n```\nlog\n```"},
    ],
    "subIssues": {"totalCount": 2, "nodes": [
        {"number": 91, "title": "Split the pool", "state": "OPEN", "url": "https://github.com/o/r/issues/91"},
        {"number": 92, "title": "Buy more", "state": "CLOSED", "stateReason": "NOT_PLANNED"},
    ]},
    "closedByPullRequestsReferences": [{"number": 93, "url": "https://github.com/o/r/pull/93"}],
}  # fmt: skip


def test_an_issue_with_its_comments() -> None:
    one = record(github, {"87.json": ISSUE})
    assert known(one) == {
        "title": "checkout times out",
        "status": "draft?",
        "severity": "SEV2",
        "services": "checkout",
        "owner": "payments",
        "root_cause": "full pool",
        "date": "2026-03-02?",  # neither when it was written nor when it was closed is a moment
        "sources": URL,
        "tags": "database",
    }
    assert section(one, "Summary") == "For 52 minutes nobody could pay. &lt;script>alert(1)&lt;/script>"
    assert section(one, "Timeline").split("\n")[2:] == [
        f"| 2026-03-02 14:40:02 | 14:39 pool raised to **80** \\| ok | agray | [source]({URL}#1) |",
        "| 2026-03-02 15:00 | See log | ben | |",
        "| 2026-03-04 09:02 | Issue closed (completed) by #93 | | [source](https://github.com/o/r/pull/93) |",
        "",
        "The events in full: [events.txt](artifacts/events.txt)",
    ]
    assert section(one, "Action items").split("\n") == [
        "- [ ] Alert at 80 % of pool use",
        "- [ ] Split the pool (ticket: https://github.com/o/r/issues/91)",
        "- [ ] Buy more (ticket: #92, wont-do: closed as not planned)",
    ]
    assert (one.origin, one.incident, one.problems) == (
        "github:o/r#87",
        "#87",
        ("comments of bots that are left out: 1",),
    )


def test_the_rest_interface_with_comments_apart() -> None:
    issue = {
        "number": 87,
        "title": "Checkout times out",
        "created_at": "2026-03-02T14:30:11Z",
        "closed_at": None,
        "state": "open",
        "labels": [{"name": "severity: critical"}],
        "body": "It hangs.",
        "url": "https://api.github.com/repos/o/r/issues/87",
        "html_url": URL,
        "comments": 2,
    }
    comment = {
        "body": "Pool raised",
        "created_at": "2026-03-02T14:40:02Z",
        "user": {"login": "agray", "type": "User"},
        "issue_url": "https://api.github.com/repos/o/r/issues/87",
        "html_url": f"{URL}#1",
    }
    # `gh api --paginate` writes one page behind the other.
    one = record(github, {"issues.json": f"[{json.dumps(issue)}][]", "comments.json": [comment]})
    assert known(one)["severity"] == "SEV1?"
    assert section(one, "Executive Summary") == "It hangs."
    assert one.events.count == 1
    assert one.problems == ("the issue is still open", "2 comments, of which the export holds 1")


def test_pull_requests_are_left_out() -> None:
    found = read(github, {"all.json": [ISSUE, {**ISSUE, "number": 88, "url": "https://github.com/o/r/pull/88"}]})
    assert [one.incident for one in found if isinstance(one, Record)] == ["#87"]
    assert left_out(found) == {"all.json (#88)": "a pull request"}


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("drill", "drill"),
        ("game day", "drill"),
        ("Gameday", "drill"),
        ("Near miss", "near-miss"),
        ("near-miss", "near-miss"),
    ],
)
def test_a_drill_and_a_near_miss(label: str, kind: str) -> None:
    assert known(record(github, {"87.json": {**ISSUE, "labels": [{"name": label}]}}))["kind"] == kind


def test_an_issue_with_a_timeline_of_its_own() -> None:
    body = "## Timeline (UTC)\n\n- 2026-03-02 14:18 - Impact started\n- 2026-03-02 15:10 - Incident resolved\n"
    one = record(github, {"87.json": {**ISSUE, "body": body, "comments": [], "closedAt": None}})
    assert known(one)["started_at"] == "2026-03-02T14:18Z?"
    assert one.values["started_at"].origin.startswith("its document, line ")
    assert one.events.count == 2
