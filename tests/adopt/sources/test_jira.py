"""Jira's issues, in the third version of its API and in the second. All of them are made up."""

from __future__ import annotations

from postmortems.adopt.record import Record
from postmortems.adopt.sources import jira
from tests.adopt.adf_nodes import doc, heading, p
from tests.adopt.exported import known, left_out, read, record, section

LINKED = {
    "summary": "Split the pool",
    "status": {"name": "To Do", "statusCategory": {"key": "new"}},
    "duedate": "2026-04-01",
}
ISSUE = {
    "key": "INC-412",
    "self": "https://acme.atlassian.net/rest/api/3/issue/10412",
    "fields": {
        "summary": "INC-412: Checkout times out",
        "issuetype": {"name": "Incident"},
        "priority": {"name": "Highest"},
        "components": [{"name": "checkout-api"}],
        "labels": ["database"],
        "created": "2026-03-02T15:30:00.000+0100",
        "resolutiondate": "2026-03-04T10:02:00.000+0100",
        "description": doc(heading(1, "Root Cause"), p("The pool was full, says Ann Gray.")),
        "customfield_10010": "2026-03-02T15:18:00.000+0100",
        "customfield_10011": {"value": "connection pool exhaustion"},
        "customfield_10012": doc(p("We had a runbook.")),
        "customfield_10013": None,
        "customfield_10099": "0|i000",
        "comment": {
            "total": 3,
            "comments": [
                {
                    "created": "2026-03-02T15:39:00.000+0100",
                    "author": {"displayName": "Ann Gray"},
                    "body": doc(p("Pool raised")),
                }
            ],
        },
        "subtasks": [
            {
                "key": "INC-413",
                "fields": {
                    "summary": "Alert at 80 %",
                    "status": {"name": "Done", "statusCategory": {"key": "done"}},
                    "assignee": {"displayName": "Ben Ode"},
                },
            }
        ],
        "issuelinks": [
            {"type": {"name": "Relates"}, "outwardIssue": {"key": "OPS-7", "fields": LINKED}},
            {
                "type": {"name": "Relates"},
                "inwardIssue": {"key": "INC-1", "fields": {**LINKED, "issuetype": {"name": "Incident"}}},
            },
            {"type": {"name": "Duplicate"}, "inwardIssue": {"key": "INC-2", "fields": LINKED}},
        ],
    },
    "changelog": {
        "histories": [
            {
                "created": "2026-03-02T15:45:00.000+0100",
                "author": {"displayName": "Ann Gray"},
                "items": [
                    {"field": "status", "fromString": "Open", "toString": "Fixing"},
                    {"field": "Rank", "fromString": "", "toString": "Ranked higher"},
                ],
            }
        ]
    },
}
NAMES = {
    "customfield_10010": "Impact start",
    "customfield_10011": "Root cause category",
    "customfield_10012": "What went well",
    "customfield_10099": "Rank",
}


def test_an_issue_with_its_fields_by_name() -> None:
    one = record(jira, {"search.json": {"issues": [ISSUE], "names": NAMES, "isLast": True}})
    assert known(one) == {
        "title": "Checkout times out",
        "status": "draft?",
        "severity": "SEV1?",
        "services": "checkout-api",
        "started_at": "2026-03-02T14:18Z",
        "resolved_at": "2026-03-04T09:02Z?",
        "date": "2026-03-02",
        "root_cause": "connection pool exhaustion",
        "sources": "https://acme.atlassian.net/browse/INC-412",
        "tags": "database",
    }
    assert section(one, "Root Cause") == "The pool was full, says AG."
    assert section(one, "What went well") == "We had a runbook."
    assert section(one, "Timeline").split("\n")[2:] == [
        "| 2026-03-02 14:18 | Incident begins (Jira: Impact start) | |",
        "| 2026-03-02 14:39 | Pool raised | AG |",
        "| 2026-03-02 14:45 | Status: Open → Fixing | AG |",
    ]
    assert section(one, "Action Items").split("\n") == [
        "- [x] [BO] Alert at 80 % (ticket: INC-413)",
        "- [ ] Split the pool (due: 2026-04-01, ticket: OPS-7)",
    ]
    assert (one.origin, one.problems) == ("jira:INC-412", ("3 comments, of which the export holds 1",))


def test_without_the_names_of_fields_the_day_is_that_of_the_issue() -> None:
    one = record(jira, {"INC-412.json": ISSUE})
    assert {key: value for key, value in known(one).items() if key in ("started_at", "date")} == {"date": "2026-03-02?"}


def test_wiki_markup_of_the_older_api() -> None:
    fields = {
        "summary": "Slow",
        "description": "h2. Summary\nIt was *slow*.\n",
        "created": "2026-03-02T15:30:00.000+0000",
    }
    one = record(jira, {"a.json": {"key": "A-1", "fields": fields}})
    assert one.body == "## Summary\n\nIt was \\*slow\\*.\n"


def test_a_text_without_markup_is_the_summary() -> None:
    one = record(
        jira, {"a.json": {"key": "A-1", "fields": {"summary": "Slow", "description": "It was\nslow. # {{ 7 }}"}}}
    )
    assert one.body == "## Executive Summary\n\nIt was\nslow. # \\{\\{ 7 \\}\\}\n"


def test_pages_and_what_follows_them() -> None:
    other = {**ISSUE, "key": "INC-500"}
    found = read(
        jira, {"1.json": {"issues": [ISSUE], "nextPageToken": "x"}, "2.json": {"issues": [other], "isLast": True}}
    )
    assert [one.incident for one in found if isinstance(one, Record)] == ["INC-412", "INC-500"]
    found = read(jira, {"1.json": {"issues": [ISSUE], "isLast": False}})
    assert left_out(found) == {"1.json": "the export has more pages: fetch them as well"}


def test_a_link_that_will_not_be_done() -> None:
    fields = {"summary": "x", "status": {"name": "Won't Do", "statusCategory": {"key": "done"}}}
    one = record(
        jira, {"a.json": {"key": "A-1", "fields": {"summary": "Slow", "subtasks": [{"key": "A-2", "fields": fields}]}}}
    )
    assert section(one, "Action Items") == "- [ ] x (ticket: A-2, wont-do: Won't Do)"
