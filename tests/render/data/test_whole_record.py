"""Whole records: each part of a postmortem as it is read, nothing that its page does not show, and any input at all."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from tests.builders import BEGIN, incident
from tests.builders import data_context as made
from tests.conftest import BODY, FRONT_MATTER

from postmortems.model.postmortem import Postmortem
from postmortems.read.postmortem import read_postmortem
from postmortems.render.base.addresses import record_file
from postmortems.render.data.files import data_files
from postmortems.render.data.schema import schema_of
from postmortems.render.data.whole_record import WholeRecord, whole_record_json
from postmortems.settings import Settings

SCHEMA = schema_of(WholeRecord, "x")
PATH = "postmortems/2026/01-checkout/postmortem.md"


def document(body: str = BODY, matter: str = FRONT_MATTER, timeline: bytes | None = None) -> Postmortem:
    return read_postmortem(PATH, (matter + body).encode(), Settings(), timeline)


def record(postmortem: Postmortem, *others: Postmortem, **options: Any) -> dict[str, Any]:
    """The record as another program reads it, once it has been held against its schema."""
    found: dict[str, Any] = json.loads(whole_record_json(made(postmortem, *others, **options), postmortem))
    Draft202012Validator(SCHEMA, format_checker=FormatChecker()).validate(found)
    return found


def test_the_facts_and_action_items_are_those_of_the_lists() -> None:
    one = document()
    data_context, found = made(one), record(one)
    assert found["postmortem"] == data_context.record(one)
    assert found["actions"] == list(data_context.actions)
    assert [action["line"] for action in found["actions"]] == [65, 66]
    assert (found["version"], found["today"], found["corpus"]) == (1, "2025-12-31", "complete")


def test_an_event_has_its_time_its_words_and_its_line() -> None:
    first, second, *_ = record(document())["events"]
    assert first == {
        "at": "2026-03-02T14:20:00Z", "until": None, "written": "2026-03-02 14:20", "approximate": False, "qualifier": None,
        "day_only": False, "after_start_seconds": 0, "text": "Requests queue for a connection", "markdown": None,
        "action": None, "action_markdown": None, "actor": None, "phase": "detection", "phase_is_derived": True,
        "link": None, "anchor": "t-1420", "line": 25,
    }  # fmt: skip
    assert (second["action"], second["after_start_seconds"], second["line"]) == ("On-call paged", 180, 26)


def test_markdown_is_told_where_it_says_more_than_plain_words() -> None:
    body = BODY.replace("Leak fixed", "**Leak** [fixed](https://example.org/1) <!-- who? -->")
    last = record(document(body))["events"][-1]
    assert (last["text"], last["markdown"]) == (
        "Leak fixed and released",
        "**Leak** [fixed](https://example.org/1)  and released",
    )


def test_events_of_a_json_file_name_that_file() -> None:
    events = [{"at": "2026-03-02T14:19:00Z", "event": "Deploy", "actor": "CD", "phase": "investigation",
               "link": "https://example.org/d"}]  # fmt: skip
    found = record(document(timeline=json.dumps(events).encode()))
    assert found["events_path"] == "postmortems/2026/01-checkout/timeline.json"
    (event,) = found["events"]
    assert (event["after_start_seconds"], event["actor"], event["link"]) == (-60, "CD", "https://example.org/d")
    assert (event["phase"], event["phase_is_derived"], event["line"]) == ("investigation", False, 1)


def test_times_that_are_less_than_a_moment_are_called_so() -> None:
    rows = (
        BODY.replace("| 14:23 |", "| ~14:23 |").replace("| 14:45 |", "| 2026-03-01 |").replace("| 16:00 |", "| later |")
    )
    _, about, day, unknown = record(document(rows))["events"]
    assert (about["approximate"], about["at"]) == (True, "2026-03-02T14:23:00Z")
    assert (day["day_only"], day["at"], day["after_start_seconds"]) == (True, "2026-03-01T00:00:00Z", None)
    assert (unknown["at"], unknown["written"], unknown["after_start_seconds"]) == (None, "later", None)


def test_sections_hold_the_whole_text_once() -> None:
    sections = record(document())["sections"]
    assert [(one["level"], one["name"]) for one in sections[:5]] == [
        (2, "Executive Summary"),
        (2, "Timeline"),
        (2, "Root Cause Analysis"),
        (3, "Primary Cause"),
        (3, "Contributing Factors"),
    ]
    assert sections[2]["markdown"] == ""
    assert sections[4]["markdown"] == "- The pool had no alert on its use.\n- The error path had no test."
    assert (sections[2]["line"], sections[2]["last_line"]) == (30, 40)
    assert "\n".join(one["markdown"] for one in sections).count("leaked") == 1


def test_text_without_a_heading_and_odd_headings_are_sections_too() -> None:
    body = "\nFirst *words*.\n\n# Title\n\n## Was noch fehlt\n\nText\n\n## Lessons Learned\n\nNone: nothing new.\n"
    lead, title, other, lessons = record(document(body))["sections"]
    assert (lead["title"], lead["level"], lead["markdown"]) == (None, 0, "First *words*.")
    assert (title["title"], title["markdown"]) == ("Title", "")
    assert (other["name"], other["title"]) == (None, "Was noch fehlt")
    assert (lessons["says_none"], other["says_none"]) == (True, False)


def test_the_addresses_of_links_by_reference_are_with_their_text() -> None:
    body = (
        "\n[first]: a.md\n\nSee [first].\n\n## Timeline\n\n[above]: b.md\n\nSee [above], [below].\n\n[below]: c.md\n"
        "\n#setext\n-------\n\n[alone]: d.md\n\n## Lessons Learned\n\n-\n- Text\n-\n"
    )
    lead, timeline, setext, lessons = (one["markdown"] for one in record(document(body))["sections"])
    assert lead == "[first]: a.md\n\nSee [first]."
    assert timeline == "[above]: b.md\n\nSee [above], [below].\n\n[below]: c.md"
    assert setext == "[alone]: d.md"
    assert lessons == "-\n- Text\n-"
    only = record(document("\n[first]: a.md\n\n## Timeline\n"))["sections"]
    assert [(one["title"], one["markdown"], one["line"]) for one in only] == [
        (None, "[first]: a.md", 17),
        ("Timeline", "", 19),
    ]


def test_of_a_bold_label_only_the_text_behind_it_is_the_section() -> None:
    labels = "\n**Summary:** Checkout was slow\nfor an hour.\n\n**Root Cause:** A leak.\n"
    found = {one["name"]: one for one in record(document(labels))["sections"]}
    assert found["Executive Summary"]["is_label"] is True
    assert found["Executive Summary"]["markdown"] == "Checkout was slow\nfor an hour."


COMMENTED = """
## Executive Summary

Slow <!-- token=hidden-1 --> checkout, `<!-- shown-1 -->`.

<!-- hidden-2

hidden-3 -->

```html
<!-- shown-2 -->
```

- item ` <!-- hidden-4 -->
- item ` end
"""


def test_what_no_page_shows_is_in_no_record() -> None:
    text = whole_record_json(made(one := document(COMMENTED, f"{FRONT_MATTER[:-4]}x-secret: hidden-5\n---\n")), one)
    assert [f"hidden-{n}" for n in range(1, 6) if f"hidden-{n}" in text] == []
    assert [n for n in (1, 2) if f"shown-{n}" in text] == [1, 2]
    assert "x-secret" not in text


def test_links_and_lines_say_where_they_are() -> None:
    body = "\n## Executive Summary\n\nSee [it](a.md) and\n![graph](artifacts/g.png).\n"
    found = record(document(body))
    assert found["links"] == [
        {"target": "a.md", "is_image": False, "line": 19},
        {"target": "artifacts/g.png", "is_image": True, "line": 20},
    ]
    assert {key: found["lines"][key] for key in ("title", "severity", "services.0", "patterns")} == {
        "title": 2, "severity": 4, "services.0": 5, "patterns": 13,
    }  # fmt: skip


def test_related_ones_have_their_reasons_and_repeats_are_apart() -> None:
    same = {"root_cause": "pool exhaustion", "services": ["checkout"], "owner": "Payments"}
    first, like = incident("a", **same), incident("b", BEGIN.replace(month=4), **same)
    again = incident("c", BEGIN.replace(month=6), repeat_of=["2024/a"], **same)
    found = record(like, first, again)
    assert {one["id"] for one in found["related"]} == {"2024/a", "2024/c"}
    assert {"kind": "root cause", "values": ["pool exhaustion"]} in found["related"][1]["reasons"]
    (suspected,) = found["suspected_repeats"]
    assert (suspected["id"], suspected["days_apart"]) == ("2024/a", 60)
    assert record(first, like, again)["repeated_by"] == ["2024/c"]
    assert [one["id"] for one in record(first, like, again)["related"]] == ["2024/b"]


def test_the_questions_about_the_response_name_where_their_answers_are() -> None:
    body = BODY.replace("Pool enlarged", "Pool enlarged, status page updated")
    found = record(document(body))["response"]
    assert [len(found), [each["question"] for each in found if each["answer"]]] == [
        15, ["public-status", "actions-owned", "monitoring-alerted"],
    ]  # fmt: skip
    (status,) = (each for each in found if each["question"] == "public-status")
    assert status == {
        "question": "public-status", "area": "process", "text": "Was there an entry on the public status page?",
        "answer": "yes", "basis": "from the timeline",
        "evidence": [{"quote": "Pool enlarged, status page updated", "path": PATH, "line": 27, "anchor": "t-1445",
                      "postmortem": None, "url": None}],
    }  # fmt: skip
    assert record(document(matter=FRONT_MATTER.replace("owner: Payments", "kind: near-miss")))["response"] == []


@pytest.mark.parametrize(
    "one",
    [
        incident("nothing", None, severity=None, status=None, root_cause="unknown"),
        document("", "---\ntitle: [broken\n"),
        document("\n## Timeline\n\nNone: nobody wrote it down.\n"),
        document("\n## Timeline\n\n" + "".join(f"- 14:{n % 60:02} UTC - step {n}\n" for n in range(400))),
        document(
            f"\n## Executive Summary\n\n{'決済 ' * 100}<script>alert(1)</script>\u202e\x07\n\n[x]: javascript:1\n"
        ),
        document(BODY.replace("Requests queue", "<img src=x onerror=alert(1)> {{ 7*7 }} \"quoted\" 'too'")),
        document(BODY, FRONT_MATTER.replace("published", "draft").replace("owner: Payments", "kind: near-miss")),
        document("\n" + "#" * 6 + " x\n" * 50 + "\n" + "> " * 50 + "deep\n"),
    ],
    ids=["empty", "broken front matter", "no events", "many events", "foreign", "markup", "draft", "headings"],
)
def test_any_postmortem_has_a_record_that_keeps_to_the_schema(one: Postmortem) -> None:
    found = record(one)
    assert found["postmortem"]["id"] == one.id
    assert len(found["events"]) == len(one.timeline.events)


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("2018/01-github-mysql-split", "data/postmortems/2018/01-github-mysql-split.json"),
        ("2024/a #1?", "data/postmortems/2024/a #1?.json"),
        ("決済/障害", "data/postmortems/決済/障害.json"),
        ("flat", "data/postmortems/flat.json"),
        (f"2024/{'x' * 250}", f"data/postmortems/2024/{'x' * 250}.json"),
    ],
)
def test_a_record_has_the_name_of_its_postmortem(name: str, file: str) -> None:
    assert record_file(name) == file


@pytest.mark.parametrize("name", [f"2024/{'x' * 251}", f"2024/{'障' * 84}", "2024/a.json/b"])
def test_an_id_that_can_be_no_file_has_a_checksum_for_its_name(name: str) -> None:
    found = record_file(name)
    assert found.startswith("data/postmortems/")
    assert found.count("/") == 2
    assert found != record_file(f"{name}x")


def test_the_address_of_a_record_is_a_url_and_its_schema_is_found_from_there() -> None:
    one = incident("a #1?")
    data_context = made(one, site_url="https://example.org/pm/")
    assert data_context.record(one)["record"] == "https://example.org/pm/data/postmortems/2024/a%20%231%3F.json"
    assert json.loads(whole_record_json(data_context, one))["$schema"] == "../../../schema/record.schema.json"
    assert {"data/postmortems/2024/a #1?.json", "schema/record.schema.json"} <= data_files(data_context).keys()
