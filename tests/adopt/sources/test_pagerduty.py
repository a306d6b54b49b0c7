"""PagerDuty's incidents, log entries, notes and analytics. All of them are made up."""

from __future__ import annotations

import json

from postmortems.adopt.record import Record
from postmortems.adopt.sources import pagerduty
from tests.adopt.exported import known, left_out, read, record, rows, section

INCIDENT = {
    "id": "PX412",
    "type": "incident",
    "incident_number": 412,
    "title": "Checkout: 5xx above 5 %",
    "created_at": "2026-03-02T15:21:07+01:00",
    "resolved_at": "2026-03-02T16:10:27+01:00",
    "status": "resolved",
    "urgency": "high",
    "priority": {"summary": "P1"},
    "service": {"summary": "checkout-api"},
    "teams": [{"summary": "Payments"}],
    "html_url": "https://acme.pagerduty.com/incidents/PX412",
}
# Newest first, as the pager gives them.
LOG = {
    "log_entries": [
        {
            "id": "R4",
            "type": "resolve_log_entry",
            "created_at": "2026-03-02T15:10:27Z",
            "summary": "Resolved by Ann Gray.",
            "agent": {"type": "user_reference", "summary": "Ann Gray"},
        },
        {
            "id": "R3",
            "type": "annotate_log_entry",
            "created_at": "2026-03-02T14:39:02Z",
            "agent": {"type": "user_reference", "summary": "Ann Gray"},
            "channel": {"type": "note", "summary": "Pool raised to 80"},
        },
        {"id": "R9", "type": "notify_log_entry", "created_at": "2026-03-02T14:22:00Z", "summary": "Notified Ann Gray"},
        {
            "id": "R2",
            "type": "acknowledge_log_entry",
            "created_at": "2026-03-02T14:24:40Z",
            "summary": "Acknowledged by Ann Gray",
            "agent": {"type": "user_reference", "summary": "Ann Gray"},
        },
        {
            "id": "R1",
            "type": "trigger_log_entry",
            "created_at": "2026-03-02T14:21:07Z",
            "summary": "Triggered through the API",
            "agent": {"type": "service_reference", "summary": "checkout-api"},
            "event_details": {"description": "5xx above 5 % | <b>pool</b>"},
        },
    ]
}
NOTES = {
    "notes": [
        {
            "id": "N1",
            "user": {"summary": "Ann Gray"},
            "content": "Pool raised to 80",
            "created_at": "2026-03-02T15:39:02+01:00",
        }
    ]
}


def test_an_incident_with_its_log_and_its_notes() -> None:
    one = record(pagerduty, {"a.json": {"incident": INCIDENT}, "a-log.json": LOG, "a-notes.json": NOTES})
    assert known(one) == {
        "title": "Checkout: 5xx above 5 %",
        "status": "draft?",
        "severity": "SEV1?",
        "services": "checkout-api",
        "owner": "Payments",
        "detected_at": "2026-03-02T14:21:07Z?",  # the page is not the beginning
        "resolved_at": "2026-03-02T15:10:27Z",
        "date": "2026-03-02?",
        "detected_by": "alert?",
        "sources": "https://acme.pagerduty.com/incidents/PX412",
    }
    assert section(one, "Timeline").split("\n") == [
        "| Time (UTC) | Event | Actor |",
        "| --- | --- | --- |",
        "| 2026-03-02 14:21:07 | Alert: 5xx above 5 % \\| &lt;b>pool&lt;/b> | checkout-api |",
        "| 2026-03-02 14:24:40 | Acknowledged | AG |",
        "| 2026-03-02 14:39:02 | Pool raised to 80 | AG |",
        "| 2026-03-02 15:10:27 | Resolved | AG |",
    ]
    assert (one.origin, one.incident, one.said_severity, one.problems) == ("pagerduty:PX412", "412", "P1", ())
    assert one.body is not None
    assert "Gray" not in one.body


def test_names_stay_where_they_are_asked_for() -> None:
    one = record(pagerduty, {"a.json": {"incident": INCIDENT}, "b.json": LOG}, names=True)
    assert "| 2026-03-02 14:24:40 | Acknowledged | Ann Gray |" in section(one, "Timeline")
    assert "| 2026-03-02 14:39:02 | Pool raised to 80 | Ann Gray |" in section(one, "Timeline")


def test_a_table_of_severities_makes_the_priority_certain() -> None:
    one = record(pagerduty, {"a.json": {"incident": INCIDENT}}, severities={"P1": "SEV2"})
    assert known(one)["severity"] == "SEV2"


def test_notes_are_joined_by_the_name_of_their_file_where_there_are_several_incidents() -> None:
    other = {**INCIDENT, "id": "PX413", "incident_number": 413, "title": "Search is slow"}
    files = {"all.json": {"incidents": [INCIDENT, other]}, "notes/PX413-notes.json": NOTES, "more.json": NOTES}
    found = read(pagerduty, files)
    records = {one.incident: one for one in found if isinstance(one, Record)}
    assert {number: one.events.count for number, one in records.items()} == {"412": 1, "413": 2}  # each with its end
    assert left_out(found) == {
        "more.json": "it does not name its incident: put the incident's id in the file's name",
    }


def test_pages_of_one_list_that_overlap_give_each_incident_once() -> None:
    older = {**INCIDENT, "title": "Checkout"}
    pages = {"1.json": {"incidents": [older], "more": True}, "2.json": {"incidents": [INCIDENT], "more": False}}
    one = record(pagerduty, pages)
    assert (one.source, one.text("title")) == ("2.json", "Checkout: 5xx above 5 %")
    assert one.problems[0] == "it is in the export twice, with different contents; the later one, in 2.json, counts"


def test_a_page_behind_which_the_list_goes_on_is_named() -> None:
    found = read(pagerduty, {"1.json": {"incidents": [INCIDENT], "more": True}})
    assert left_out(found) == {"1.json": "the export has more pages: fetch them as well"}


def test_a_log_and_notes_without_their_incident_tell_what_they_can() -> None:
    entries = [{**entry, "incident": {"id": "PX412", "summary": "[#412] 5xx"}} for entry in LOG["log_entries"]]
    one = record(pagerduty, {"log.json": {"log_entries": entries}, "notes.json": NOTES})
    assert (one.text("title"), one.origin, one.events.count) == ("[#412] 5xx", "pagerduty:PX412", 4)
    assert known(one)["detected_at"] == "2026-03-02T14:21:07Z?"
    # Log and notes as the values of one file, without the incident's name.
    one = record(pagerduty, {"log.json": json.dumps(LOG) + json.dumps(NOTES)})
    assert (one.text("title"), one.events.count) == ("5xx above 5 % | <b>pool</b>", 4)


def test_analytics_fill_the_register_and_their_incidents() -> None:
    row = {
        "id": "PX412",
        "incident_number": 412,
        "description": "Checkout: 5xx",
        "created_at": "2026-03-02T14:21:07",
        "resolved_at": "2026-03-02T15:10:27",
        "seconds_to_first_ack": 213,
        "seconds_to_resolve": 2960,
        "priority_name": "P1",
        "service_name": "checkout-api",
    }
    other = {**row, "id": "PX500", "incident_number": 500, "priority_name": "P3", "resolved_at": None}
    found = read(
        pagerduty, {"rows.json": {"data": [row, other]}, "a.json": {"incident": {**INCIDENT, "priority": None}}}
    )
    assert [(one.id, one.severity, one.resolved_at, one.title) for one in rows(found)] == [
        ("500", "P3", "", "Checkout: 5xx")
    ]
    (incident,) = [one for one in found if isinstance(one, Record)]
    assert known(incident)["severity"] == "SEV1?"


def test_an_incident_that_is_not_over_says_so() -> None:
    one = record(pagerduty, {"a.json": {"incident": {**INCIDENT, "status": "triggered", "resolved_at": None}}})
    assert one.problems == ("its log entries are not in the export", "it is not resolved: its status is triggered")
    assert "resolved_at" not in known(one)
