"""One made-up export of each program, small and in the documented shape, as JSON by the path of its file."""

from __future__ import annotations

from typing import Any

from tests.adopt.adf_nodes import doc, heading, item, node, p, text

AT = "2026-03-02T14:21:07Z"
LATER = "2026-03-02T15:10:27Z"
PERSON = {
    "name": "Ann Gray",
    "type": "user_reference",
    "summary": "Ann Gray",
    "displayName": "Ann Gray",
    "login": "agray",
}
RICH = doc(
    heading(2, "Root Cause"),
    p("The pool ", text("was", "strong", {"type": "link", "attrs": {"href": "https://a.example"}}), node("mention", text="@Ann Gray")),
    node("bulletList", item(p("one"), node("bulletList", item(p("two"))))),
    node("taskList", node("taskItem", text("three"), state="DONE")),
    node("table", node("tableRow", node("tableHeader", p("a")), node("tableCell", p("b"), colspan=2))),
    node("codeBlock", text("# x"), language="sh"),
    p(node("date", timestamp="1772461267000"), node("inlineCard", url="https://a.example"), node("emoji", text="x")),
    node("mediaSingle", node("media", type="external", url="https://a.example/b.png", alt="c")),
)  # fmt: skip

SHAPES: dict[str, dict[str, Any]] = {
    "pagerduty": {
        "incidents.json": {
            "incidents": [
                {"id": "P1", "type": "incident", "incident_number": 1, "title": "Slow", "created_at": AT, "resolved_at": LATER,
                 "status": "resolved", "urgency": "high", "priority": {"summary": "P1"}, "service": {"summary": "api"},
                 "teams": [{"summary": "Core"}], "html_url": "https://a.example/P1", "assignments": [{"assignee": PERSON}]},
            ],
            "more": False,
        },
        "P1-log.json": {"log_entries": [
            {"id": "R1", "type": "trigger_log_entry", "created_at": AT, "summary": "Triggered", "agent": {"type": "service_reference", "summary": "api"}, "event_details": {"description": "5xx"}, "incident": {"id": "P1"}},
            {"id": "R2", "type": "annotate_log_entry", "created_at": LATER, "agent": PERSON, "channel": {"type": "note", "summary": "raised"}},
        ]},
        "P1-notes.json": {"notes": [{"id": "N1", "user": PERSON, "content": "raised | more\n\n# x", "created_at": AT}]},
        "rows.json": {"data": [{"id": "P9", "incident_number": 9, "description": "x", "created_at": AT, "resolved_at": LATER, "seconds_to_resolve": 9, "priority_name": "P2"}]},
    },
    "incident-io": {
        "i.json": {"incidents": [
            {"id": "01H", "reference": "INC-1", "name": "Slow", "summary": "It was.", "mode": "standard", "created_at": AT, "severity": {"name": "Major"},
             "incident_status": {"category": "closed"}, "incident_type": {"name": "Default"}, "permalink": "https://a.example/1",
             "incident_timestamp_values": [{"incident_timestamp": {"name": "Impact started"}, "value": {"value": AT}}],
             "custom_field_entries": [{"custom_field": {"name": "Service"}, "values": [{"value_option": {"value": "api"}}]}],
             "incident_role_assignments": [{"role": {"name": "Lead"}, "assignee": PERSON}]},
        ], "pagination_meta": {"after": None}},
        "t.json": {"incident_timeline_items": [{"incident_id": "01H", "timestamp": AT, "title": "raised", "description": "**b**\n\n- c"}]},
        "u.json": {"incident_updates": [{"incident_id": "01H", "created_at": AT, "message": "looking", "new_incident_status": {"name": "Fixing"}, "updater": {"user": PERSON}}]},
        "f.json": {"follow_ups": [{"incident_id": "01H", "title": "Alert", "status": "completed", "completed_at": LATER, "assignee": PERSON}]},
        "01H-document.json": {"markdown": "# Slow\n\n## Timeline (UTC)\n\n- 2026-03-02 14:21 - x\n\n## Follow-ups\n\n- **Alert**\n"},
    },
    "slack": {
        "inc-1-slow/2026-03-02.json": [
            {"type": "message", "user": "U1", "ts": "1772461267.000200", "text": "timeline: <@U1> &lt;b&gt; <https://a.example|x>", "thread_ts": "1772461267.000200"},
            {"type": "message", "user": "U1", "ts": "1772461268.000200", "text": "raised", "reactions": [{"name": "pushpin", "users": ["U1"]}], "files": [{"name": "x.png"}]},
            {"type": "message", "subtype": "channel_join", "user": "U1", "ts": "1772461269.000200", "text": "joined"},
        ],
        "users.json": [{"id": "U1", "name": "ann", "profile": {"real_name": "Ann Gray"}}],
        "channels.json": [{"id": "C1", "name": "inc-1-slow", "members": ["U1"], "purpose": {"value": "slow"}}],
    },
    "opsgenie": {
        "p.json": {"data": {"postmortemId": "4e", "title": "Slow", "severity": "P1", "startTime": AT, "respondTime": AT, "resolveTime": LATER,
                            "executiveSummary": doc(p("It was.")), "content": RICH, "rootIncident": {"id": "I1", "tinyId": "1", "priority": "P1", "message": "Slow"}}},
        "i.json": {"data": {"id": "I1", "tinyId": "1", "message": "Slow", "priority": "P2", "impactedServices": ["api"], "tags": ["db"], "createdAt": AT}},
        "t.json": {"data": {"entries": [{"incidentId": "I1", "eventTime": AT, "title": {"content": "raised"}, "actor": PERSON}]}},
    },
    "github": {
        "87.json": {"number": 87, "title": "Slow", "createdAt": AT, "closedAt": LATER, "state": "CLOSED", "stateReason": "COMPLETED", "labels": [{"name": "sev2"}, {"name": "svc/api"}],
                    "body": "# Summary\n\nIt <b>was</b>.\n\n## Action items\n\n- [ ] x\n", "url": "https://github.com/o/r/issues/87",
                    "comments": [{"author": PERSON, "createdAt": AT, "body": "raised | `x`", "url": "https://github.com/o/r/issues/87#1"}], "subIssues": [{"number": 9, "title": "y", "state": "OPEN"}]},
        "c.json": [{"issue_url": "https://api.github.com/repos/o/r/issues/87", "created_at": AT, "body": "more", "user": PERSON}, {"issue_url": "https://github.com/o/r/issues/87", "created_at": AT, "body": "z"}],
    },
    "gitlab": {
        "12.json": {"id": 900, "iid": 12, "title": "Slow", "description": "It was. ![x](/uploads/a/b.png)", "state": "closed", "created_at": AT, "labels": ["severity::2"], "web_url": "https://gitlab.example/a/b/-/issues/12", "severity": "HIGH"},
        "12-notes.json": [{"id": 6, "body": "raised", "system": False, "author": {"username": "agray"}, "created_at": AT, "noteable_iid": 12}],
        "12-timeline.json": {"data": {"project": {"x": {"nodes": [{"occurredAt": AT, "note": "began", "timelineEventTags": {"nodes": [{"name": "Start time"}]}}]}}}},
    },
    "rootly": {
        "i.json": {"data": {"id": "a-1", "type": "incidents", "attributes": {"sequential_id": 1, "title": "Slow", "summary": "It was.", "kind": "normal", "severity": {"data": {"attributes": {"name": "SEV1"}}},
                            "services": [{"name": "api"}], "started_at": AT, "detected_at": LATER, "resolved_at": LATER, "url": "https://rootly.com/1"}}},
        "e.json": {"data": [{"id": "e", "type": "incident_events", "attributes": {"incident_id": "a-1", "event": "<p>raised</p>", "occurred_at": AT, "user": PERSON}}]},
        "a.json": {"data": [{"id": "x", "type": "incident_action_items", "attributes": {"incident_id": "a-1", "summary": "Alert", "kind": "follow_up", "status": "open", "due_date": "2026-04-01", "assigned_to": PERSON}}]},
        "p.json": {"data": {"id": "p", "type": "incident_post_mortems", "attributes": {"incident_id": "a-1", "content": "<h1>Root Cause</h1><ul><li>The <b>pool</b></li></ul>"}}},
    },
    "firehydrant": {
        "i.json": {"id": "f-1", "number": 1, "name": "Slow", "summary": "It was.", "severity": "SEV2", "services": [{"name": "api"}], "customers_impacted": 7, "monetary_impact_cents": 100,
                   "lifecycle_phases": [{"milestones": [{"slug": "started", "occurred_at": AT}, {"slug": "resolved", "occurred_at": LATER}]}], "role_assignments": [{"user": PERSON, "incident_role": {"name": "Lead"}}]},
        "e.json": {"data": [{"incident_id": "f-1", "type": "note", "occurred_at": AT, "author": PERSON, "data": {"body": "raised"}}]},
        "t.json": {"data": [{"incident_id": "f-1", "summary": "Alert", "state": "open", "type": "follow_up", "due_at": AT, "assignees": [PERSON], "link": {"href_url": "https://a.example/x"}}]},
    },
    "statuspage": {
        "incidents.json": {"page": {"id": "p"}, "incidents": [{"id": "s1", "name": "Slow", "impact": "major", "created_at": AT, "started_at": AT, "monitoring_at": LATER, "resolved_at": LATER,
                           "shortlink": "https://stspg.io/s1", "components": [{"name": "API"}], "postmortem_body": "# Root cause\n\nThe pool.",
                           "incident_updates": [{"status": "resolved", "body": "All <b>well</b>", "display_at": LATER, "affected_components": [{"name": "Shop - API"}]}]}]},
    },
    "jira": {
        "search.json": {"names": {"customfield_1": "Impact start", "customfield_2": "What went well"}, "isLast": True, "issues": [
            {"key": "INC-1", "self": "https://a.atlassian.net/rest/api/3/issue/1", "fields": {"summary": "Slow", "issuetype": {"name": "Incident"}, "priority": {"name": "High"}, "components": [{"name": "api"}],
             "labels": ["db"], "created": "2026-03-02T15:30:00.000+0100", "resolutiondate": LATER, "description": RICH, "customfield_1": AT, "customfield_2": doc(p("Much.")),
             "comment": {"total": 1, "comments": [{"created": AT, "author": PERSON, "body": "h2. x\n||a||b||\n|c|d|\n{code}y{code}"}]},
             "subtasks": [{"key": "INC-2", "fields": {"summary": "Alert", "status": {"name": "Done", "statusCategory": {"key": "done"}}, "assignee": PERSON}}],
             "issuelinks": [{"type": {"name": "Relates"}, "outwardIssue": {"key": "A-1", "fields": {"summary": "Split", "duedate": "2026-04-01"}}}]},
             "changelog": {"histories": [{"created": AT, "author": PERSON, "items": [{"field": "status", "fromString": "a", "toString": "b"}]}]}},
        ]},
    },
}  # fmt: skip
