"""GitLab's issues, comments and timeline events. All of them are made up."""

from __future__ import annotations

from postmortems.adopt.sources import gitlab
from tests.adopt.exported import known, record, section

URL = "https://gitlab.example/acme/shop/-/issues/12"
ISSUE = {
    "id": 900,
    "iid": 12,
    "title": "Incident: checkout times out",
    "description": "## Summary\n\nIt hangs. ![graph](/uploads/ab12/graph.png)\n",
    "state": "closed",
    "created_at": "2026-03-02T14:30:11.000Z",
    "closed_at": "2026-03-04T09:02:00.000Z",
    "labels": ["incident", "severity::2", "service::checkout", "database"],
    "issue_type": "incident",
    "severity": "UNKNOWN",
    "web_url": URL,
}
NOTES = [
    {"id": 5, "body": "changed the title", "system": True, "created_at": "2026-03-02T14:35:00Z", "noteable_iid": 12},
    {
        "id": 6,
        "body": "pool raised",
        "system": False,
        "author": {"username": "agray", "name": "Ann Gray"},
        "created_at": "2026-03-02T15:40:00.000+01:00",
        "noteable_iid": 12,
    },
]


def event(at: str, note: str, *tags: str) -> dict[str, object]:
    return {"occurredAt": at, "note": note, "timelineEventTags": {"nodes": [{"name": tag} for tag in tags]}}


EVENTS = {
    "data": {
        "project": {
            "incidentManagementTimelineEvents": {
                "nodes": [
                    event("2026-03-02T15:10:00Z", "All well", "End time"),
                    event("2026-03-02T14:18:00Z", "Pool `full`", "Start time"),
                    event("2026-03-02T14:21:00Z", "Alert", "Impact detected", "Response initiated"),
                ]
            }
        }
    }
}


def test_an_incident_with_comments_and_timeline_events() -> None:
    one = record(gitlab, {"12.json": ISSUE, "12-notes.json": NOTES, "12-timeline.json": EVENTS})
    assert known(one) == {
        "title": "checkout times out",
        "status": "draft?",
        "severity": "SEV2",
        "services": "checkout",
        "started_at": "2026-03-02T14:18Z",
        "detected_at": "2026-03-02T14:21Z",
        "resolved_at": "2026-03-02T15:10Z",
        "date": "2026-03-02",
        "sources": URL,
        "tags": "database",
    }
    assert section(one, "Summary") == "It hangs. ![graph](https://gitlab.example/acme/shop/uploads/ab12/graph.png)"
    assert section(one, "Timeline").split("\n")[2:] == [
        "| 2026-03-02 14:18 | Pool `full` | | |",
        "| 2026-03-02 14:21 | Alert | | |",
        f"| 2026-03-02 14:40 | pool raised | agray | [source]({URL}#note_6) |",
        "| 2026-03-02 15:10 | All well | | |",
    ]
    assert (one.origin, one.incident) == ("gitlab:acme/shop#12", "#12")
    assert one.problems == ("pictures and files that stay on GitLab: 1",)


def test_without_timeline_events_the_issue_gives_a_day_alone() -> None:
    one = record(gitlab, {"issues.json": [{**ISSUE, "severity": "CRITICAL"}]})
    assert {
        key: value for key, value in known(one).items() if key in ("started_at", "resolved_at", "date", "severity")
    } == {
        "severity": "SEV1?",
        "date": "2026-03-02?",
    }


def test_the_graphql_interface_with_everything_in_one_answer() -> None:
    issue = {
        "iid": "12",
        "title": "Slow",
        "description": "It hangs.",
        "createdAt": "2026-03-02T14:30:11Z",
        "webUrl": URL,
        "labels": {"nodes": [{"title": "p1"}]},
        "notes": {
            "nodes": [
                {"id": "gid://gitlab/Note/6", "body": "raised", "system": False, "createdAt": "2026-03-02T14:40:00Z"}
            ]
        },
    }
    one = record(gitlab, {"a.json": {"data": {"project": {"issues": {"nodes": [issue]}}}}})
    assert known(one)["severity"] == "SEV1?"
    assert one.events.count == 1
