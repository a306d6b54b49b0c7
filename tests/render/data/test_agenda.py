"""An agenda as Markdown, JSON and a calendar, read back by other programs."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt
from tests.builders import BEGIN, TODAY, action_item, data_context, dated_incident, incident, pattern

from postmortems.analyse.agenda.incident import incident_agenda
from postmortems.analyse.agenda.meeting import Topic
from postmortems.analyse.agenda.month import month_agenda
from postmortems.model.action_item import ActionList
from postmortems.model.place import Place
from postmortems.model.postmortem import Postmortem
from postmortems.model.timeline import Event, Phase, Timeline
from postmortems.render.data.agenda_calendar import agenda_ics, proposed_day
from postmortems.render.data.agenda_record import SCHEMA, AgendaRecord, agenda_json, agenda_record
from postmortems.render.data.agenda_text import agenda_markdown
from postmortems.render.data.data_context import DataContext
from postmortems.render.data.files import schema_files
from postmortems.render.words.agenda_incident import INCIDENT_WORDS
from postmortems.render.words.agenda_month import MONTH_WORDS

START = datetime(2026, 12, 2, 9, 0, tzinfo=UTC)
HOSTILE = "<img src=x onerror=alert(1)>, \\; `x` | ## [a](javascript:x) @team\r\nEND:VEVENT\r\n\x07 نظام 決済 " * 5


def record(reviewed: Postmortem, made: DataContext, start: datetime | None = START) -> AgendaRecord:
    return agenda_record(incident_agenda(reviewed, made.pages.analysis), made, start)


def of(reviewed: Postmortem, *others: Postmortem, **options: Any) -> tuple[AgendaRecord, DataContext]:
    made = data_context(reviewed, *others, **options)
    return record(reviewed, made), made


def event_of(text: str) -> Any:
    """The one event of a calendar as vobject reads it; icalendar reads the same, and finds nothing wrong."""
    calendar = vobject.readOne(text)
    calendar.validate(raiseException=True)
    (event,) = calendar.contents["vevent"]
    other = icalendar.Calendar.from_ical(text)
    assert other.errors == []
    (same,) = other.walk("VEVENT")
    assert same.errors == []
    assert (str(same["SUMMARY"]), str(same["DESCRIPTION"])) == (event.summary.value, event.description.value)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    return event


@pytest.mark.parametrize("topic", Topic)
def test_every_topic_has_words_in_one_place(topic: Topic) -> None:
    assert (topic in INCIDENT_WORDS) != (topic in MONTH_WORDS)


def test_a_silence_begins_where_the_entry_before_it_ends() -> None:
    long = Event(Place.at("x.md"), "Restore", BEGIN, until=BEGIN + timedelta(minutes=20))
    after = Event(Place.at("x.md"), "Back", BEGIN + timedelta(minutes=50))
    found, _ = of(replace(incident("a", resolved=60), timeline=Timeline((long, after))))
    facts = [point["fact"] for part in found["parts"] for point in part["points"]]
    assert "No entries for 30 min, from 14:43 UTC to 15:13 UTC." in facts
    assert "2 entries in the timeline, from 14:23 UTC to 15:13 UTC." in facts


def test_a_month_is_opened_with_the_words_that_set_the_tone_and_with_all_that_happened() -> None:
    kinds = ("incident", "drill", "near-miss", "incident")
    members = [dated_incident(f"2024/{n}", day=f"2024-03-0{n + 1}", kind=kind) for n, kind in enumerate(kinds)]
    made = data_context(*members)
    opening, incidents, *_ = agenda_record(month_agenda((2024, 3), made.pages.analysis), made)["parts"]
    assert "what made these incidents possible" in opening["points"][0]["quotes"][0]
    happened = incidents["points"][0]
    assert happened["fact"] == "2 incidents, 1 near miss, 1 drill."
    assert happened["question"].startswith("What did each show")
    assert len(happened["evidence"]) == 4


def test_a_meeting_begins_at_its_start_and_its_description_is_the_agenda() -> None:
    found, made = of(incident("a", title="Pool, dry; again"), site_url="https://example.org/")
    event = event_of(agenda_ics(found, made))
    assert event.summary.value == "Review: Pool, dry; again"
    assert event.dtstart.value == START
    assert event.duration.value == timedelta(minutes=80)
    assert event.url.value == "https://example.org/postmortems/2024/a/"
    lines = event.description.value.split("\n")
    assert [line for line in lines if "min): " in line] == [
        "09:00 Opening (5 min): Set the tone and agree on the agenda.",
        "09:05 Timeline (20 min): Go through what happened in order, as it looked at the time.",
        "09:25 Causes (25 min): Follow each cause to a condition that can be changed.",
        "09:50 Action items (20 min): Decide what to change, who owns it, and by when.",
        "10:10 Closing (10 min): Sum up what was learned and who should hear it.",
    ]
    assert "- Unknown: mitigated_at. Do logs, chat or the pager still show it?" in lines


OPEN = ActionList((action_item("Raise the limit"),))
EVERYTHING = """
## Timeline

## Root Cause Analysis

### Primary Cause

A pool.

### Contributing Factors

- No alert.

### Detection Gaps

- No signal.

## Impact Assessment

### Business Impact

- Orders were lost.

## What Surprised Us

- It came back.

## Lessons Learned

- A pool is a queue.

## Action Items
"""


def test_each_fact_of_a_full_postmortem_has_its_evidence() -> None:
    entries = [
        Event(Place.at("x.md", 30), "An alert fires", BEGIN, actor="On-call", phase=Phase.COMMUNICATION),
        Event(Place.at("x.md", 31), "A look", None),
        *(Event(Place.at("x.md", 32 + n), f"step {n}", BEGIN + timedelta(minutes=60 + 20 * n)) for n in range(5)),
    ]
    same: dict[str, Any] = {"root_cause": "small pool", "patterns": ["database-issues"], "services": ["checkout"]}
    others = [
        replace(incident(f"{n}", BEGIN - timedelta(days=n), owner=f"team {n}", mitigated=9, **same), actions=OPEN)
        for n in range(1, 10)
    ]
    told = incident(
        "a", body=EVERYTHING, mitigated=400, resolved=500, detected=60, detected_by="customer", detection_target="5m",
        status="in-review", owner="Payments", trigger="a deploy", repeat_of=[others[0].id], **same,
    )  # fmt: skip
    reviewed = replace(told, actions=OPEN, timeline=Timeline(tuple(entries)))
    found, _ = of(reviewed, *others, patterns=(pattern(),))
    points = [point for part in found["parts"] for point in part["points"]]
    fixed = {Topic.TONE.value, Topic.FIVE_WHYS.value}
    assert {point["topic"] for point in points if point["fact"] and not point["evidence"]} == fixed
    words = {point["topic"]: [each["words"] for each in point["evidence"]] for point in points}
    assert words["stakeholders"] == ["detected_by, line 1", "Business Impact, line 22", "x.md, line 30"]
    assert words["long-phase"] == ["mitigated_at, line 1", "resolved_at, line 1"]
    assert words["exercise"] == ["Payments, 6 Feb 2024, 15:23"]
    assert len(words["share"]) >= 2


def test_without_a_start_it_is_a_whole_day_that_says_so() -> None:
    reviewed = incident("a", datetime(2025, 12, 30, tzinfo=UTC), status="draft")
    made = data_context(reviewed, publish_within="7d")
    agenda = incident_agenda(reviewed, made.pages.analysis)
    event = event_of(agenda_ics(agenda_record(agenda, made), made, proposed_day(reviewed, made.pages.analysis)))
    assert event.dtstart.value == date(2026, 1, 6)
    assert event.status.value == "TENTATIVE"
    assert event.description.value.startswith("No time is set: move this event to one, for 80 minutes.\n")
    assert "\n0:05 Timeline (20 min)" in event.description.value


@pytest.mark.parametrize(
    ("matter", "expected"),
    [
        ({"status": "draft"}, TODAY),
        ({"status": "in-review", "resolved_at": "unknown"}, None),
        ({"status": "published"}, None),
    ],
)
def test_a_day_is_proposed_only_where_something_tells_and_never_in_the_past(
    matter: dict[str, str], expected: date | None
) -> None:
    reviewed = incident("a", datetime(2024, 1, 1, tzinfo=UTC), **matter)
    made = data_context(reviewed, publish_within="7d").pages.analysis
    assert proposed_day(reviewed, made) == expected


@pytest.mark.parametrize(
    ("day", "expected"), [("2025-12-31", date(2026, 1, 1)), ("2025-10-02", None), ("9999-12-02", None)]
)
def test_a_month_is_reviewed_on_the_first_weekday_after_it(day: str, expected: date | None) -> None:
    made = data_context(dated_incident("a", day=day)).pages.analysis
    assert proposed_day(made.reviews.months[-1], made) == expected


def test_two_files_about_one_review_are_one_event() -> None:
    one, made = of(incident("a"))
    again = record(incident("a", title="Renamed"), data_context(incident("a", title="Renamed")), None)
    other, _ = of(incident("b"))
    uids = [event_of(agenda_ics(each, made, TODAY)).uid.value for each in (one, again, other)]
    assert uids[0] == uids[1] != uids[2]


@given(st.text(max_size=400))
def test_whatever_an_author_writes_is_text_in_the_calendar(words: str) -> None:
    hostile = replace(incident("a"), timeline=Timeline((Event(Place.at("x.md"), words, BEGIN, actor=words),)))
    hostile = replace(hostile, front_matter=hostile.front_matter.model_copy(update={"title": words, "trigger": words}))
    found, made = of(hostile)
    event_of(agenda_ics(found, made))


def test_hostile_words_stay_words_in_markdown_and_in_the_calendar() -> None:
    body = f"## Lessons Learned\n\n- {HOSTILE.replace(chr(13), '').replace(chr(10), ' ')}\n"
    reviewed = incident("a", title=HOSTILE[:900], owner=HOSTILE[:900], services=[HOSTILE[:90]], body=body)
    reviewed = replace(
        reviewed,
        actions=ActionList((action_item(HOSTILE),)),
        timeline=Timeline(tuple(Event(Place.at("x.md"), HOSTILE, BEGIN + timedelta(minutes=n * 20)) for n in range(3))),
    )
    found, made = of(reviewed, incident("b", owner=HOSTILE[:900]))
    event = event_of(agenda_ics(found, made))
    assert "END:VEVENT" in event.description.value
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(agenda_markdown(found))
    assert [token.content for token in tokens if token.type == "html_block"] == []
    inline = {child.type for token in tokens for child in token.children or ()}
    assert not inline & {"html_inline", "link_open", "image"}
    assert "\x07" not in agenda_markdown(found)


def test_the_json_keeps_to_its_schema_and_each_fact_has_its_evidence() -> None:
    first = incident("first", patterns=["database-issues"])
    body = "## Root Cause Analysis\n\n### Contributing Factors\n\n- No alert\n"
    reviewed = incident("a", BEGIN + timedelta(days=3), patterns=["database-issues"], repeat_of=[first.id], body=body)
    found, made = of(reviewed, first, patterns=(pattern(),))
    data = json.loads(agenda_json(found))
    schema = json.loads(schema_files(made)[SCHEMA]())
    Draft202012Validator.check_schema(schema)
    assert [error.message for error in Draft202012Validator(schema).iter_errors(data)] == []
    by_topic = {point["topic"]: point for part in data["parts"] for point in part["points"]}
    assert by_topic["factor"]["quotes"] == ["No alert"]
    assert by_topic["factor"]["evidence"] == [
        {
            "words": "Contributing Factors, line 5",
            "url": "postmortems/2024/a/#contributing-factors",
            "path": "postmortems/2024/a/postmortem.md",
            "line": 5,
        }
    ]
    assert [each["url"] for each in by_topic["pattern"]["evidence"]] == [
        "patterns/database-issues/",
        "postmortems/2024/first/",
    ]
    assert by_topic["repeats"]["fact"] == 'It repeats "2024/first".'


def test_markdown_has_a_heading_for_each_part_and_a_box_for_each_point() -> None:
    found, _ = of(incident("a"), site_url="https://example.org/")
    text = agenda_markdown(found)
    assert text.startswith(
        "# Review: Outage a\n\n2 Dec 2026, 09:00 UTC, 80 minutes: [`2024/a`](https://example.org/postmortems/2024/a/)\n"
    )
    assert [line for line in text.split("\n") if line.startswith("## ")] == [
        "## 09:00–09:05 Opening",
        "## 09:05–09:25 Timeline",
        "## 09:25–09:50 Causes",
        "## 09:50–10:10 Action items",
        "## 10:10–10:20 Closing",
    ]
    assert text.count("- [ ] ") == sum(len(part["points"]) for part in found["parts"])


def test_the_agenda_of_a_month() -> None:
    made = data_context(incident("a", status="draft"), incident("b", detected=None))
    agenda = month_agenda((2024, 2), made.pages.analysis, 75)
    found = agenda_record(agenda, made)
    assert (found["month"], found["postmortem"], found["title"]) == ("2024-02", None, "Review of February 2024")
    assert sum(part["minutes"] for part in found["parts"]) == 75
    text = agenda_markdown(found)
    assert "- [ ] **1 incident with detection time unknown.** Can logs, chat or tickets still show it?\n" in text
    assert "  - Outage b · 6 Feb 2024\n" in text
