"""incident.io's incidents, timeline items, updates, follow-ups and documents. All of them are made up."""

from __future__ import annotations

import pytest

from postmortems.adopt.record import Record
from postmortems.adopt.sources import incident_io
from tests.adopt.exported import given, known, left_out, read, record, section

INCIDENT = {
    "id": "01H",
    "reference": "INC-412",
    "name": "Checkout times out",
    "summary": "For 52 minutes {{ nobody }} could pay. Ann Gray # led.",
    "mode": "standard",
    "created_at": "2026-03-02T14:24:00Z",
    "severity": {"name": "Major", "rank": 3},
    "incident_status": {"category": "closed", "name": "Closed"},
    "incident_type": {"name": "Default"},
    "incident_timestamp_values": [
        {"incident_timestamp": {"name": "Impact started"}, "value": {"value": "2026-03-02T14:18:00Z"}},
        {"incident_timestamp": {"name": "Declared at"}, "value": {"value": "2026-03-02T14:24:00Z"}},
        {"incident_timestamp": {"name": "Fixed at"}},
        {"incident_timestamp": {"name": "Resolved at"}, "value": {"value": "2026-03-02T15:10:00Z"}},
        {"incident_timestamp": {"name": "Customers told"}, "value": {"value": "2026-03-02T14:40:00Z"}},
    ],
    "incident_role_assignments": [{"role": {"name": "Incident Lead"}, "assignee": {"name": "Ann Gray"}}],
    "custom_field_entries": [
        {
            "custom_field": {"name": "Affected service"},
            "values": [{"value_catalog_entry": {"name": "checkout-api"}}, {"value_option": {"value": "cart"}}],
        },
        {"custom_field": {"name": "Budget"}, "values": [{"value_numeric": "7"}]},
    ],
    "permalink": "https://app.incident.io/incidents/412",
}
ITEMS = {
    "incident_timeline_items": [
        {
            "incident_id": "01H",
            "timestamp": "2026-03-02T14:39:00Z",
            "created_at": "2026-03-02T17:00:00Z",
            "title": "Pool raised to **80**",
            "description": "as `db.pool` says | see\n\nmore",
            "creator": {"user": {"name": "Ben Ode"}},
        }
    ]
}
UPDATES = {
    "incident_updates": [
        {
            "incident_id": "01H",
            "created_at": "2026-03-02T14:30:00Z",
            "message": "We are looking",
            "new_incident_status": {"name": "Investigating"},
            "updater": {"user": {"name": "Ann Gray"}},
        }
    ]
}
FOLLOW_UPS = {
    "follow_ups": [
        {
            "incident_id": "01H",
            "title": "Alert at 80 % of pool use",
            "status": "completed",
            "completed_at": "2026-03-09T10:00:00Z",
            "assignee": {"name": "Ben Ode"},
            "external_issue_reference": {"issue_name": "OPS-12", "issue_permalink": "https://t.example/OPS-12"},
        },
        {
            "incident_id": "01H",
            "title": "Split the pool (due: never)",
            "status": "outstanding",
            "assignee_team": {"name": "Core"},
        },
        {"incident_id": "01H", "title": "Buy a bigger one", "status": "not_doing"},
        {"incident_id": "01H", "title": "A mistake", "status": "deleted"},
        {"incident_id": "01H", "title": "Odd", "status": "on_ice"},
    ]
}
DOCUMENT = """\
# Checkout times out

## Timeline

### 2026-03-02 (UTC)

* [14:21] **Alert fired**

* [14:39] **Pool raised to 80**

## Follow-ups

* **Alert at 80 % of pool use** - Assignee: Ben Ode
"""


def test_an_incident_with_all_its_parts() -> None:
    one = record(
        incident_io, {"i.json": {"incidents": [INCIDENT]}, "t.json": ITEMS, "u.json": UPDATES, "f.json": FOLLOW_UPS}
    )
    assert known(one) == {
        "title": "Checkout times out",
        "status": "draft?",
        "severity": "SEV2?",
        "services": "checkout-api, cart",
        "started_at": "2026-03-02T14:18Z",
        "detected_at": "2026-03-02T14:24Z?",  # the declaration is later than the detection
        "resolved_at": "2026-03-02T15:10Z",
        "date": "2026-03-02",
        "sources": "https://app.incident.io/incidents/412",
    }
    assert section(one, "Executive Summary") == "For 52 minutes \\{\\{ nobody \\}\\} could pay. Incident Lead # led."
    assert section(one, "Timeline").split("\n")[2:] == [
        "| 2026-03-02 14:18 | Impact started | |",
        "| 2026-03-02 14:24 | Declared at | |",
        "| 2026-03-02 14:30 | Status: Investigating. We are looking | Incident Lead |",
        "| 2026-03-02 14:39 | Pool raised to **80**: as `db.pool` says \\| see more | BO |",
        "| 2026-03-02 14:40 | Customers told | |",
        "| 2026-03-02 15:10 | Resolved at | |",
    ]
    assert section(one, "Action Items").split("\n") == [
        "- [x] [BO] Alert at 80 % of pool use (done: 2026-03-09, ticket: OPS-12)",
        "- [ ] [Core] Split the pool (due: never) (state: open)",
        "- [ ] Buy a bigger one (wont-do: no reason was given)",
        "- [ ] Odd (state: unknown)",
    ]
    assert (one.actions.count, one.actions.done, one.actions.owned, one.actions.ticketed) == (4, 1, 2, 1)
    assert one.problems == (
        'the timestamp "Customers told" (2026-03-02T14:40:00Z) is an event: it means none of the moments',
    )


@pytest.mark.parametrize("files", [{"01H.json": {"markdown": DOCUMENT}}, {"INC-412 postmortem.md": DOCUMENT}])
def test_its_document_is_the_body_and_follow_ups_give_its_actions_their_state(files: dict[str, object]) -> None:
    one = record(
        incident_io, {"i.json": {"incident": INCIDENT}, "f.json": {"follow_ups": FOLLOW_UPS["follow_ups"][:2]}, **files}
    )
    assert one.body is not None
    assert one.body.startswith("# Checkout times out\n\n## Timeline\n")
    assert "[14:21] **Alert fired**" in one.body
    assert "- [x] [BO] Alert at 80 % of pool use (done: 2026-03-09, ticket: OPS-12)\n" in one.body
    assert "Assignee: Ben Ode" not in one.body
    assert "- [ ] [Core] Split the pool (due: never) (state: open)" in one.body
    assert (one.events.count, one.actions.count) == (2, 2)


def test_a_follow_up_of_the_document_alone_has_its_owner() -> None:
    one = record(incident_io, {"i.json": {"incident": INCIDENT}, "01H.md": DOCUMENT})
    assert "* [BO] **Alert at 80 % of pool use**\n" in str(one.body)
    assert (one.actions.count, one.actions.owned) == (1, 1)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"mode": "test"}, "its mode is test"),
        ({"mode": "tutorial"}, "its mode is tutorial"),
        ({"incident_status": {"category": "declined"}}, "its status is declined"),
    ],
)
def test_what_is_no_incident_is_left_out(changed: dict[str, object], reason: str) -> None:
    found = read(incident_io, {"i.json": {"incidents": [{**INCIDENT, **changed}]}})
    assert left_out(found) == {"i.json (INC-412)": reason}


def test_a_retrospective_incident_and_a_drill_stay() -> None:
    drill = {**INCIDENT, "mode": "retrospective", "incident_type": {"name": "Game Day"}}
    assert known(record(incident_io, {"i.json": {"incidents": [drill]}}))["kind"] == "drill"


def test_without_any_timestamp_only_the_day_is_proposed() -> None:
    one = record(incident_io, {"i.json": {"incidents": [{**INCIDENT, "incident_timestamp_values": []}]}})
    assert {key: value for key, value in known(one).items() if key.endswith(("_at", "date"))} == {"date": "2026-03-02?"}


def test_each_incident_gets_its_own_parts() -> None:
    other = {**INCIDENT, "id": "02H", "reference": "INC-413"}
    found = read(incident_io, {"i.json": {"incidents": [INCIDENT, other]}, "t.json": ITEMS})
    events = {one.incident: one.events.count for one in found if isinstance(one, Record)}
    assert events["INC-412"] == events["INC-413"] + 1


def test_the_export_of_another_product_says_what_it_holds() -> None:
    found = list(incident_io.read(given({"x.json": {"log_entries": [], "more": 1}})))
    assert left_out(found) == {
        "x.json": "no incident, timeline item, update or follow-up of incident.io in it; its keys are log_entries, more"
    }
