"""The compact index: what a row says once its places are looked up, and that all of it keeps to the schema."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.builders import BEGIN, action_item, dated_incident, incident, pattern
from tests.builders import data_context as made

from postmortems.model.action_item import ActionState
from postmortems.render.data.data_context import DataContext
from postmortems.render.data.files import data_files
from postmortems.render.data.index import FILE, SCHEMA, Index, Row, index_json
from postmortems.render.data.index_years import YEARS, YEARS_SCHEMA, Years, year_file, year_json, years_json
from postmortems.render.data.schema import schema_of

SUMMARY = "## Executive Summary\n\nThe **pool** ran dry. More words.\n"


def read(data_context: DataContext) -> dict[str, Any]:
    """The file as another program reads it, once it has been held against its schema."""
    found: dict[str, Any] = json.loads(index_json(data_context))
    schema = schema_of(Index, "x")
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(found)
    return found


def looked_up(index: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows with names in place of places, as the guide says how."""
    lists = {
        "severity": "severities",
        "status": "statuses",
        "kind": "kinds",
        "owner": "owners",
        "root_cause": "root_causes",
    }
    rows = [dict(zip(index["fields"], row, strict=True)) for row in index["postmortems"]]
    for row in rows:
        for field, names in lists.items():
            row[field] = None if row[field] is None else index[names][row[field]]
        row["services"] = [index["services"][place][1] for place in row["services"]]
        row["patterns"] = [index["patterns"][place][0] for place in row["patterns"]]
    return rows


def test_a_row_says_what_the_postmortem_says() -> None:
    one = incident(
        "a", detected=2, mitigated=10.5, resolved=60, open_actions=2, body=SUMMARY, owner="Payments",
        services=["api", "API"], patterns=["database-issues", "unwritten"], root_cause="pool exhaustion", trigger="a deploy",
    )  # fmt: skip
    index = read(made(one, patterns=(pattern(),)))
    assert looked_up(index) == [
        {
            "id": "2024/a", "title": "Outage a", "day": "2024-02-06", "severity": "SEV1", "status": "published",
            "kind": "incident", "services": ["api"], "owner": "Payments", "patterns": ["database-issues", "unwritten"],
            "root_cause": "pool exhaustion", "trigger": "a deploy", "to_detect_seconds": 120, "to_mitigate_seconds": 630,
            "to_recover_seconds": 3600, "target_seconds": 300, "open_actions": 2, "overdue_actions": 0, "summary": "The pool ran dry.",
            "actions": 2, "unknown_actions": 0,
        }
    ]  # fmt: skip
    assert index["patterns"] == [["database-issues", "Database issues", 0], ["unwritten", "unwritten", None]]
    assert index["families"][0] == "database"
    assert index["services"] == [["api", "api"]]


def test_what_is_unknown_is_null_and_what_was_at_once_is_zero() -> None:
    dark = incident("dark", None, severity=None, status=None, root_cause="unknown")
    at_once = incident("sudden", detected=0, resolved=None, severity="SEV4")
    first, last = looked_up(read(made(dark, at_once)))
    assert (first["to_detect_seconds"], first["to_recover_seconds"], first["target_seconds"]) == (0, None, None)
    empty = {
        "day",
        "severity",
        "status",
        "owner",
        "root_cause",
        "trigger",
        "to_detect_seconds",
        "to_mitigate_seconds",
        "to_recover_seconds",
        "target_seconds",
        "summary",
    }
    assert {name for name, value in last.items() if value is None} == empty
    assert last["id"] == "2024/dark"


def test_newest_come_first_and_drills_are_told() -> None:
    later = incident("b", BEGIN + timedelta(days=1), kind="drill")
    rows = looked_up(read(made(incident("a"), later)))
    assert [(row["id"], row["kind"]) for row in rows] == [("2024/b", "drill"), ("2024/a", "incident")]


def test_a_severity_outside_the_scale_comes_after_it() -> None:
    index = read(made(incident("a", severity="SEV9")))
    assert index["severities"] == ["SEV1", "SEV2", "SEV3", "SEV4", "SEV9"]
    assert looked_up(index)[0]["severity"] == "SEV9"


def test_no_incident_at_all_is_an_index_too() -> None:
    index = read(made(corpus="sample"))
    assert (index["postmortems"], index["corpus"], index["version"], index["today"]) == ([], "sample", 1, "2025-12-31")


@pytest.mark.parametrize(
    ("directory_urls", "address"), [(True, "postmortems/{id}/"), (False, "postmortems/{id}/index.html")]
)
def test_it_says_where_pages_stand(directory_urls: bool, address: str) -> None:
    assert read(made(incident("a"), directory_urls=directory_urls))["address"] == address


def test_the_header_names_the_values_and_the_schema_stands_beside() -> None:
    index = read(made())
    assert tuple(index["fields"]) == Row._fields
    assert (index["$schema"], FILE, SCHEMA) == (
        "../schema/index.schema.json",
        "data/index.json",
        "schema/index.schema.json",
    )


def test_any_letters_survive() -> None:
    title = '結帳 "\u202e</script>\U0001f525 \\ \x7f'
    assert looked_up(read(made(incident("a", title=title))))[0]["title"] == title


def test_it_stays_small() -> None:
    texts = [f"Outage of system {number * 7919 % 1000} after change {number * 104729 % 9973}" for number in range(500)]
    members = [
        incident(f"{number:03d}-{text.lower().replace(' ', '-')}", BEGIN + timedelta(hours=number), title=text,
                 services=[f"service-{number % 40}"], patterns=["database-issues"], body=SUMMARY.replace("pool", text))
        for number, text in enumerate(texts)
    ]  # fmt: skip
    text = index_json(made(*members)).encode()
    assert len(text) / 500 <= 250
    assert len(gzip.compress(text)) / 500 <= 60


def test_open_action_items_are_listed_with_their_place_on_the_page() -> None:
    late = action_item("Cap the **pool**", due=date(2024, 1, 1), owner="Kim")
    done = action_item("Else", ActionState.DONE)
    index = read(made(dated_incident("b", action_item("Watch it")), dated_incident("a", done, late, day="2025-11-01")))
    places = [row[0] for row in index["postmortems"]]
    assert [(places[row[0]], row[2], row[3]) for row in index["open_actions"]] == [
        ("a", "Cap the pool", "Kim"),
        ("b", "Watch it", None),
    ]
    assert all(re.fullmatch(r"[0-9a-f]{12}", row[1]) for row in index["open_actions"])


def test_the_files_of_the_years_have_together_what_the_index_has() -> None:
    late, next_one = action_item("Cap it", due=date(2024, 1, 1)), action_item("Watch it")
    members = [
        incident("a", services=["api", "mail"], patterns=["database-issues"], owner="Shop", root_cause="x"),
        incident("b", BEGIN + timedelta(days=400), services=["API", "queue"], patterns=["unwritten"], root_cause="y"),
        dated_incident("2025/c", late, next_one, day="2025-11-01", services=["mail"], owner="Zoo"),
        dated_incident("2024/d", next_one, day="2024-11-01"),
        replace(incident("e", None, services=["wiki"]), id="archive/e", path="postmortems/archive/e/postmortem.md"),
    ]
    context = made(*members, patterns=(pattern(),))
    years = json.loads(years_json(context))
    schema = schema_of(Years, "x")
    Draft202012Validator(schema).validate(years)
    assert years["$schema"] == f"../../{YEARS_SCHEMA}"
    assert years["years"] == [
        {"year": 2025, "file": "data/index/2025.json", "postmortems": 2},
        {"year": 2024, "file": "data/index/2024.json", "postmortems": 2},
        {"year": None, "file": "data/index/unknown.json", "postmortems": 1},
    ]
    whole = read(context)
    assert {key: years[key] for key in ("address", "patterns", "services")} == {
        key: whole[key] for key in ("address", "patterns", "services")
    }
    rows, actions = [], []
    for each in years["years"]:
        found = json.loads(year_json(context, each["year"]))
        Draft202012Validator(schema_of(Index, "x")).validate(found)
        assert found["$schema"] == f"../../{SCHEMA}"
        assert len(found["postmortems"]) == each["postmortems"]
        rows += looked_up(found)
        actions += [(found["postmortems"][place][0], text) for place, _, text, _ in found["open_actions"]]
    assert rows == looked_up(whole)
    assert sorted(actions) == sorted(
        (whole["postmortems"][place][0], text) for place, _, text, _ in whole["open_actions"]
    )
    mail_only = json.loads(year_json(context, None))
    assert (mail_only["services"], mail_only["patterns"], mail_only["owners"]) == ([["wiki", "wiki"]], [], [])


def test_every_year_has_a_file() -> None:
    files = data_files(made(incident("a"), incident("b", BEGIN + timedelta(days=400))))
    assert {YEARS, YEARS_SCHEMA, year_file(2024), year_file(2025)} <= files.keys()
    assert json.loads(files[year_file(2025)]())["postmortems"][0][0] == "2025/b"
