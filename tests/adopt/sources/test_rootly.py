"""Rootly's incidents, events, action items and retrospectives. All of them are made up."""

from __future__ import annotations

import pytest

from postmortems.adopt.sources import rootly
from tests.adopt.exported import known, left_out, read, record, section


def named(name: str) -> dict[str, object]:
    return {"data": {"id": name, "attributes": {"name": name}}}


ATTRIBUTES = {
    "sequential_id": 412,
    "title": "Checkout times out",
    "slug": "checkout-times-out",
    "summary": "For 52 minutes nobody could pay.",
    "kind": "normal",
    "severity": named("SEV1"),
    "services": {"data": [{"attributes": {"name": "checkout-api"}}]},
    "groups": [named("Payments")],
    "started_at": "2026-03-02T06:18:00.000-08:00",
    "detected_at": "2026-03-02T06:21:00.000-08:00",
    "acknowledged_at": "2026-03-02T06:24:00.000-08:00",
    "mitigated_at": None,
    "resolved_at": "2026-03-02T07:10:00.000-08:00",
    "url": "https://rootly.com/account/incidents/412",
}
INCIDENT = {"data": {"id": "a-1", "type": "incidents", "attributes": ATTRIBUTES}}
EVENTS = {
    "data": [
        {
            "id": "e2",
            "type": "incident_events",
            "attributes": {
                "incident_id": "a-1",
                "event": "<p>Pool raised to <strong>80</strong></p>",
                "occurred_at": "2026-03-02T06:39:00-08:00",
                "user": {"data": {"attributes": {"full_name": "Ann Gray"}}},
            },
        }
    ],
    "links": {"next": None},
}


def action(**attributes: object) -> dict[str, object]:
    return {
        "id": "x",
        "type": "incident_action_items",
        "attributes": {"incident_id": "a-1", "kind": "follow_up", **attributes},
    }


ACTIONS = {
    "data": [
        action(
            summary="Alert at 80 %",
            status="done",
            due_date="2026-03-20",
            assigned_to=named("Ann Gray"),
            jira_issue_key="OPS-12",
        ),
        action(summary="Page somebody", status="done", kind="task"),
        action(summary="Buy more", status="cancelled"),
        action(summary="Split", status="in_progress"),
    ]
}
RETROSPECTIVE = "<h1>Root Cause</h1><p>The pool.</p><h1>Action Items</h1><ul><li>Split</li></ul>"


def test_an_incident_with_its_parts() -> None:
    one = record(rootly, {"i.json": INCIDENT, "e.json": EVENTS, "a.json": ACTIONS})
    assert known(one) == {
        "title": "Checkout times out",
        "status": "draft?",
        "severity": "SEV1",
        "services": "checkout-api",
        "owner": "Payments",
        "started_at": "2026-03-02T14:18Z",
        "detected_at": "2026-03-02T14:21Z",
        "resolved_at": "2026-03-02T15:10Z",
        "date": "2026-03-02",
        "sources": "https://rootly.com/account/incidents/412",
    }
    assert section(one, "Timeline").split("\n")[2:] == [
        "| 2026-03-02 14:18 | Incident begins (Rootly: started_at) | |",
        "| 2026-03-02 14:21 | Incident is detected (Rootly: detected_at) | |",
        "| 2026-03-02 14:24 | Acknowledged | |",
        "| 2026-03-02 14:39 | Pool raised to **80** | AG |",
        "| 2026-03-02 15:10 | Incident is resolved (Rootly: resolved_at) | |",
    ]
    assert section(one, "Action Items").split("\n") == [
        "- [x] [AG] Alert at 80 % (due: 2026-03-20, ticket: OPS-12)",
        "- [ ] Buy more (wont-do: cancelled in Rootly)",
        "- [ ] Split",
    ]
    assert one.problems == ("response tasks, which are not action items: 1",)


@pytest.mark.parametrize("content", [RETROSPECTIVE, "# Root Cause\n\nThe pool.\n\n# Action Items\n\n- Split\n"])
def test_its_retrospective_is_html_or_markdown(content: str) -> None:
    document = {
        "data": {"id": "p", "type": "incident_post_mortems", "attributes": {"incident_id": "a-1", "content": content}}
    }
    one = record(rootly, {"i.json": INCIDENT, "p.json": document, "a.json": {"data": [ACTIONS["data"][3]]}})
    assert section(one, "Root Cause") == "The pool."
    assert section(one, "Action Items") == "- [ ] Split"
    assert one.actions.count == 1


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"kind": "test"}, "its kind is test"),
        ({"kind": "example_sub"}, "its kind is example"),
        ({"cancelled_at": "2026-03-02T06:39:00-08:00"}, "it was cancelled"),
    ],
)
def test_what_is_no_incident(changed: dict[str, object], reason: str) -> None:
    one = {"data": [{"id": "a-1", "type": "incidents", "attributes": {**ATTRIBUTES, **changed}}]}
    assert left_out(read(rootly, {"i.json": one})) == {"i.json (412)": reason}


def test_a_beginning_that_is_the_detection_is_made_up() -> None:
    same = {**ATTRIBUTES, "started_at": ATTRIBUTES["detected_at"], "incident_types": [named("Game Day")]}
    one = record(rootly, {"i.json": {"data": {"id": "a-1", "type": "incidents", "attributes": same}}})
    assert "started_at" not in known(one)
    assert known(one)["kind"] == "drill"
    assert one.problems == ("Rootly has one moment as beginning and as detection: started_at stays unknown",)
