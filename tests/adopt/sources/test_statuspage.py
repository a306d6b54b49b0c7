"""Incidents of status pages. All of them are made up."""

from __future__ import annotations

from html import unescape

from postmortems.adopt.record import Record
from postmortems.adopt.sources import statuspage
from tests.adopt.exported import known, left_out, read, record, section

INCIDENT = {
    "id": "s1",
    "name": "Checkout times out",
    "status": "resolved",
    "impact": "major",
    "created_at": "2026-03-02T06:30:00.000-08:00",
    "started_at": "2026-03-02T06:30:00.000-08:00",
    "monitoring_at": "2026-03-02T07:00:00.000-08:00",
    "resolved_at": "2026-03-02T07:10:00.000-08:00",
    "shortlink": "https://stspg.io/s1",
    "components": [{"name": "API"}],
    # Newest first; what was shown and when it was typed differ.
    "incident_updates": [
        {"status": "resolved", "body": "All well.", "display_at": "2026-03-02T07:10:00-08:00", "created_at": "2026-03-03T10:00:00-08:00"},
        {
            "status": "investigating",
            "body": "We look into <b>errors</b>.<br>{{ x }}",
            "created_at": "2026-03-02T06:30:00-08:00",
            "affected_components": [{"name": "Shop - Checkout", "new_status": "partial_outage"}],
        },
        {"status": "postmortem", "body": "x", "created_at": "2026-03-05T06:30:00-08:00"},
    ],
}  # fmt: skip


def test_what_the_public_was_told() -> None:
    one = record(statuspage, {"incidents.json": {"page": {"id": "p"}, "incidents": [INCIDENT]}})
    assert known(one) == {
        "title": "Checkout times out",
        "status": "draft?",
        "severity": "SEV2?",
        "services": "API, Checkout",
        "started_at": "2026-03-02T14:30Z?",
        "mitigated_at": "2026-03-02T15:00Z?",
        "resolved_at": "2026-03-02T15:10Z",
        "date": "2026-03-02?",
        "sources": "https://stspg.io/s1",
    }
    assert section(one, "Timeline").split("\n")[2:] == [
        "| 2026-03-02 14:30 | Investigating: We look into **errors**. \\{\\{ x \\}\\} |",
        "| 2026-03-02 15:10 | Resolved: All well. |",
    ]


def test_its_postmortem_is_the_body_and_published_where_the_page_says_so() -> None:
    body = "<h2>Root cause</h2><p>The pool.</p>"
    one = record(statuspage, {"i.json": {**INCIDENT, "postmortem_body": body}})
    assert section(one, "Root cause") == "The pool."
    assert (known(one)["status"], known(one)["published_on"]) == ("published", "2026-03-05")
    at = "2026-03-04T06:30:00-08:00"
    one = record(statuspage, {"i.json": {**INCIDENT, "postmortem_body": body, "postmortem_published_at": at}})
    assert (known(one)["status"], known(one)["published_on"]) == ("published", "2026-03-04")
    assert one.values["status"].origin == "Statuspage: postmortem_published_at"


def test_a_draft_says_why_it_is_one() -> None:
    silent = {**INCIDENT, "incident_updates": []}
    reasons = {
        'Statuspage does not say that it was published; status: "resolved"': silent,
        'Statuspage: the update "postmortem", but its text is not in the export': INCIDENT,
    }
    for reason, incident in reasons.items():
        one = record(statuspage, {"i.json": incident})
        assert (known(one)["status"], one.values["status"].origin) == ("draft?", reason)


def test_entities_are_shown_as_what_they_mean() -> None:
    name = "Search &amp; &amp;quot;basket&amp;quot;"
    bodies = [
        "We&#39;re slow &amp;amp; it&amp;#39;s &lt;known&gt;",
        "&lt;p&gt;We&amp;#39;re slow &amp;amp; it&#39;s &amp;lt;known&amp;gt;&lt;/p&gt;",
    ]
    for body in bodies:
        update = {**INCIDENT["incident_updates"][1], "body": body}
        component = {"name": "Shop &amp; basket"}
        incident = {**INCIDENT, "name": name, "components": [component], "incident_updates": [update]}
        one = record(statuspage, {"i.json": incident})
        assert (known(one)["title"], known(one)["services"]) == ('Search & "basket"', "Shop & basket, Checkout")
        [cell] = [line for line in section(one, "Timeline").split("\n") if "Investigating" in line]
        assert "Investigating: We're slow & it's <known> |" in unescape(cell)


def test_maintenances_are_left_out_and_a_full_page_is_named() -> None:
    maintenance = {**INCIDENT, "id": "m", "name": "Move", "scheduled_for": "2026-03-02T06:30:00Z"}
    many = [{**INCIDENT, "id": f"s{number}"} for number in range(50)]
    assert left_out(read(statuspage, {"i.json": {"incidents": [INCIDENT, maintenance]}})) == {
        "i.json (Move)": "a maintenance"
    }
    found = read(statuspage, {"i.json": {"incidents": many}})
    assert len([one for one in found if isinstance(one, Record)]) == 50
    assert left_out(found) == {
        "i.json": "it holds 50 incidents, the most a public page lists: older ones may be missing"
    }
