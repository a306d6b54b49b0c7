"""FireHydrant's incidents, events, tickets and retrospectives. All of them are made up."""

from __future__ import annotations

from postmortems.adopt.sources import firehydrant
from tests.adopt.exported import known, left_out, read, record, section


def stone(slug: str, at: str) -> dict[str, str]:
    return {"slug": slug, "occurred_at": f"2026-03-02T{at}:00Z"}


INCIDENT = {
    "id": "f-1",
    "number": 412,
    "name": "Checkout times out",
    "summary": "Nobody could pay, says Ann Gray.",
    "severity": "SEV2",
    "services": [{"name": "checkout-api"}],
    "teams": [{"name": "Payments"}],
    "tag_list": ["database"],
    "customers_impacted": 1200,
    "monetary_impact_cents": 250000,
    "lifecycle_phases": [
        {"milestones": [stone("started", "14:18"), stone("detected", "14:21")]},
        {
            "milestones": [
                stone("mitigated", "15:00"),
                stone("resolved", "15:10"),
                {"slug": "closed", "occurred_at": None},
            ]
        },
    ],
    "milestones": [stone("started", "09:00")],
    "role_assignments": [{"user": {"name": "Ann Gray"}, "incident_role": {"name": "Commander"}}],
    "incident_url": "https://app.firehydrant.io/incidents/f-1",
}


def event(kind: str, at: str, **data: object) -> dict[str, object]:
    return {
        "incident_id": "f-1",
        "type": kind,
        "occurred_at": f"2026-03-02T{at}:00Z",
        "author": {"name": "Ann Gray"},
        "data": data,
    }


EVENTS = {
    "data": [
        event("note", "14:39", body="Pool raised to 80 | {{ x }}"),
        event("chat_message", "14:40", text="lunch?"),
        event("chat_message", "14:41", text="errors unchanged", starred=True),
        event("run_update", "14:42", body="a runbook ran"),
    ]
}
TICKETS = {
    "data": [
        {
            "incident_id": "f-1",
            "summary": "Alert at 80 %",
            "state": "done",
            "type": "follow_up",
            "assignees": [{"name": "Ben Ode"}],
            "due_at": "2026-03-20T00:00:00Z",
            "link": {"href_url": "https://t.example/OPS-12"},
        },
        {"incident_id": "f-1", "summary": "Page somebody", "state": "done", "type": "task"},
        {"incident_id": "f-1", "summary": "Odd", "state": "frozen", "type": "follow_up"},
    ]
}


def test_an_incident_with_its_parts() -> None:
    one = record(firehydrant, {"i.json": INCIDENT, "e.json": EVENTS, "t.json": TICKETS})
    assert known(one) == {
        "title": "Checkout times out",
        "status": "draft?",
        "severity": "SEV2",
        "services": "checkout-api",
        "owner": "Payments",
        "started_at": "2026-03-02T14:18Z",  # the older list of milestones beside the phases does not count
        "detected_at": "2026-03-02T14:21Z",
        "mitigated_at": "2026-03-02T15:00Z",
        "resolved_at": "2026-03-02T15:10Z",
        "date": "2026-03-02",
        "sources": "https://app.firehydrant.io/incidents/f-1",
        "tags": "database",
    }
    assert section(one, "Executive Summary") == "Nobody could pay, says Commander."
    assert "### Business Impact\n\nCustomers affected: 1200. Cost: 2,500.00 of an unknown currency." in str(one.body)
    rows = section(one, "Timeline").split("\n")
    assert "| 2026-03-02 14:39 | Pool raised to 80 \\| \\{\\{ x \\}\\} | Commander |" in rows
    assert [row for row in rows if "lunch" in row or "runbook" in row] == []
    assert section(one, "Action Items").split("\n") == [
        "- [x] [BO] Alert at 80 % (due: 2026-03-20, ticket: https://t.example/OPS-12)",
        "- [ ] Odd (state: unknown)",
    ]
    assert one.problems == (
        "chat messages without a star are not imported: 1",
        "response tasks, which are not action items: 1",
    )


def test_an_incident_that_an_alert_opened_has_no_beginning() -> None:
    opened = {**INCIDENT, "lifecycle_phases": [{"milestones": [stone("started", "14:21"), stone("detected", "14:21")]}]}
    one = record(firehydrant, {"i.json": {"data": [opened]}})
    assert "started_at" not in known(one)
    assert known(one)["date"] == "2026-03-02?"


def test_its_retrospective_is_the_body() -> None:
    document = {"markdown": "# Checkout\n\n## What went well\n\nThe runbook.\n"}
    one = record(firehydrant, {"i.json": INCIDENT, "f-1-retrospective.json": document})
    assert one.body is not None
    assert one.body.startswith("# Checkout\n\n## What went well\n\nThe runbook.\n\n## Timeline\n")


def test_what_was_discarded_is_left_out() -> None:
    found = read(firehydrant, {"i.json": {**INCIDENT, "discarded_at": "2026-03-03T00:00:00Z"}})
    assert left_out(found) == {"i.json (412)": "it was discarded"}
