"""An incident of an export becomes a record: moments that events tell, and a document that stays the body."""

from __future__ import annotations

from datetime import UTC, datetime

from postmortems.adopt.exports.incident import ExportAction, ExportedIncident, ExportEvent, Values
from postmortems.adopt.exports.incident_record import incident_record
from postmortems.adopt.exports.json_object import read_moment
from postmortems.adopt.record import Record
from postmortems.adopt.sources.given import Given
from postmortems.settings import Settings
from tests.adopt.exported import assert_reads_back, known

GIVEN = Given({}, Settings())


def at(clock: str) -> datetime:
    return datetime.fromisoformat(f"2026-03-02T{clock}").replace(tzinfo=UTC)


def made(resolved: str = "", **further: object) -> Record:
    values = Values(GIVEN, "X")
    values.title("Slow", "title")
    values.moment("resolved_at", read_moment(resolved), "resolved")
    one = incident_record(ExportedIncident("a.json", "x:1", values.complete(), **further), GIVEN)  # type: ignore[arg-type]
    assert_reads_back(one)
    return one


def moments(one: Record) -> dict[str, str]:
    return {key: value for key, value in known(one).items() if key.endswith("_at")}


def test_events_that_say_so_are_moments_to_check() -> None:
    events = [
        ExportEvent(at("15:10"), "All clear"),
        ExportEvent(at("14:18"), "Impact started"),
        ExportEvent(at("14:21"), "Alert fired"),
    ]
    one = made(events=events)
    assert moments(one) == {
        "started_at": "2026-03-02T14:18Z?",
        "detected_at": "2026-03-02T14:21Z?",
        "resolved_at": "2026-03-02T15:10Z?",
    }
    assert one.values["detected_at"].origin == 'the event "Alert fired"'
    assert known(one)["date"] == "2026-03-02?"


def test_what_a_field_states_is_not_contradicted() -> None:
    events = [ExportEvent(at("14:18"), "Impact started"), ExportEvent(at("15:30"), "Traffic restored")]
    assert moments(made("2026-03-02T15:10:00Z", events=events)) == {
        "started_at": "2026-03-02T14:18Z?",
        "resolved_at": "2026-03-02T15:10Z",
    }


def test_a_document_that_states_its_status_is_believed() -> None:
    document = "# Slow\n\n**Status:** Final\n\n## Root cause\n\nThe pool.\n"
    one = made(document=document)
    assert (known(one)["status"], one.values["status"].origin) == ("published", "its document, line 3")
    one = made(document=document.replace("Final", "Resolved"))
    assert (known(one)["status"], one.values["status"].origin) == ("draft?", "X does not say that it was published")


def test_a_document_without_sections_is_a_summary() -> None:
    one = made(document="# What?\n\nIt was slow.\n", events=[ExportEvent(at("14:18"), "Slow")])
    assert one.body == (
        "## Executive Summary\n\n### What?\n\nIt was slow.\n\n## Timeline\n\n"
        "| Time (UTC) | Event |\n| --- | --- |\n| 2026-03-02 14:18 | Slow |\n"
    )


def test_a_document_with_a_timeline_keeps_it_and_gets_what_it_lacks() -> None:
    document = (
        "## Timeline (UTC)\n\n- 2026-03-02 14:18 - Slow\n\n## Action items\n\n- Alert sooner\n\n## Lessons\n\nMany.\n"
    )
    events = [ExportEvent(at("14:18"), "Slow"), ExportEvent(at("14:30"), "Pool raised")]
    one = made(
        document=document, events=events, actions=[ExportAction("Alert sooner", owner="Core"), ExportAction("Split")]
    )
    assert one.body == (
        "## Timeline (UTC)\n\n- 2026-03-02 14:18 - Slow\n\n"
        "## Action items\n\n- [ ] [Core] Alert sooner\n- [ ] Split\n\n## Lessons\n\nMany.\n\n"
        "## Further Events\n\n| Time (UTC) | Event |\n| --- | --- |\n| 2026-03-02 14:30 | Pool raised |\n"
    )
    assert (one.events.count, one.actions.count, one.actions.owned) == (1, 2, 1)


def test_a_long_event_is_whole_in_a_file() -> None:
    text = "word " * 200
    one = made(events=[ExportEvent(at("14:18"), text, "AG")])
    assert one.files == {"artifacts/events.txt": f"2026-03-02 14:18 AG\n{text.strip()}\n".encode()}
    assert one.body is not None
    assert "word … | AG |\n\nThe events in full: [events.txt](artifacts/events.txt)" in one.body
