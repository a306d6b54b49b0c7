"""Opsgenie's postmortems, incidents and timelines. All of them are made up."""

from __future__ import annotations

from postmortems.adopt.sources import opsgenie
from tests.adopt.adf_nodes import doc, heading, item, node, p, text
from tests.adopt.exported import known, record, section

CONTENT = doc(
    heading(1, "Root Cause"),
    p("The pool was ", text("full", "strong"), "."),
    heading(1, "Action Items"),
    node("bulletList", item(p("Alert at 80 % of pool use"))),
    heading(1, "Graph"),
    node("mediaSingle", node("media", type="file", id="7")),
)
POSTMORTEM = {
    "data": {
        "postmortemId": "4e4b",
        "title": "Checkout - postmortem report",
        "severity": "P1",
        "status": "draft",
        "startTime": "2026-03-02T14:18:21.075Z",
        "respondTime": "2026-03-02T14:24:40.000Z",
        "resolveTime": "2026-03-02T15:10:27.757Z",
        "executiveSummary": doc(p("For 52 minutes nobody could pay.")),
        "rootIncident": {
            "id": "I1",
            "tinyId": "412",
            "priority": "P1",
            "message": "Checkout times out",
            "status": "closed",
        },
    }
}
INCIDENT = {
    "id": "I1",
    "tinyId": "412",
    "message": "Checkout times out",
    "description": "It <b>hangs</b>",
    "priority": "P2",
    "tags": ["database"],
    "impactedServices": ["checkout-api", "0b0b0b0b-1c1c-2d2d-3e3e-4f4f4f4f4f4f"],
    "createdAt": "2026-03-02T14:20:00Z",
    "impactStartDate": "2026-03-02T14:18:00Z",
}
ENTRIES = {
    "data": {
        "entries": [
            {"eventTime": "2026-03-02T14:39:02Z", "title": {"content": "Pool raised"}, "actor": {"name": "Ann Gray"}},
            {"eventTime": "2026-03-02T14:30:00Z", "title": "A secret", "hidden": True},
        ]
    }
}


def test_a_postmortem_with_its_timeline() -> None:
    one = record(opsgenie, {"p.json": POSTMORTEM, "timeline.json": ENTRIES})
    assert known(one) == {
        "title": "Checkout",
        "status": "draft",
        "severity": "SEV1?",
        "started_at": "2026-03-02T14:18:21Z",
        "resolved_at": "2026-03-02T15:10:27Z",
        "date": "2026-03-02",
    }
    assert section(one, "Executive Summary") == "For 52 minutes nobody could pay."
    assert section(one, "Timeline").split("\n")[2:] == [
        "| 2026-03-02 14:18:21 | Incident begins (Opsgenie: startTime) | |",
        "| 2026-03-02 14:24:40 | First response | |",
        "| 2026-03-02 14:39:02 | Pool raised | AG |",
        "| 2026-03-02 15:10:27 | Incident is resolved (Opsgenie: resolveTime) | |",
    ]
    assert (one.origin, one.incident) == ("opsgenie:4e4b", "412")


def test_its_content_is_the_body() -> None:
    one = record(
        opsgenie, {"p.json": {"data": {**POSTMORTEM["data"], "content": CONTENT}}, "i.json": {"data": INCIDENT}}
    )
    assert one.body is not None
    assert one.body.startswith(
        "## Executive Summary\n\nFor 52 minutes nobody could pay.\n\n## Root Cause\n\nThe pool was **full**.\n\n## Action Items\n"
    )
    assert known(one)["services"] == "checkout-api"
    assert one.actions.count == 1
    assert one.problems == ("lost: a picture or a file, which the export names but does not hold",)


def test_an_incident_without_a_postmortem() -> None:
    one = record(opsgenie, {"i.json": {"data": [INCIDENT]}})
    assert known(one) == {
        "title": "Checkout times out",
        "status": "draft?",
        "severity": "SEV2?",
        "services": "checkout-api",
        "started_at": "2026-03-02T14:18Z",
        "detected_at": "2026-03-02T14:20Z?",
        "date": "2026-03-02",
        "tags": "database",
    }
    assert section(one, "Executive Summary") == "It &lt;b>hangs&lt;/b>"
