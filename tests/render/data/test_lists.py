"""Postmortems and action items as JSON and CSV: each value once known and once unknown, and nothing lost on the way."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from tests.builders import BEGIN, action_item, dated_incident, incident, pattern
from tests.builders import data_context as made

from postmortems.model.action_item import ActionItem, ActionKind, ActionList, ActionState, Horizon
from postmortems.model.place import Place
from postmortems.model.postmortem import Postmortem
from postmortems.render.data.action_record import ActionRecord
from postmortems.render.data.csv_text import csv_text, guarded
from postmortems.render.data.data_context import DataContext
from postmortems.render.data.lists import (
    Actions,
    Postmortems,
    actions_csv,
    actions_json,
    postmortems_csv,
    postmortems_json,
)
from postmortems.render.data.postmortem_record import PostmortemRecord
from postmortems.render.data.schema import schema_of


def sound(data: Any, declaration: type) -> Any:
    """What was read, once it has been held against its schema."""
    schema = schema_of(declaration, "x")
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema, format_checker=FormatChecker()).validate(data)
    return data


def postmortems(data_context: DataContext) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = sound(
        json.loads(postmortems_json(data_context, data_context.postmortems)), Postmortems
    )["postmortems"]
    return found


def actions(data_context: DataContext) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = sound(json.loads(actions_json(data_context, data_context.actions)), Actions)[
        "actions"
    ]
    return found


def rows(text: str) -> list[dict[str, str]]:
    """CSV as another program reads it, as the guide says."""
    assert text.count("\n") >= text.count("\r\n") > 0
    found = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    return [{name: cell.removeprefix("'") for name, cell in row.items()} for row in found]


KNOWN = incident(
    "a", detected=12, mitigated=20, resolved=60.5, open_actions=1, owner="Payments", authors=["Kim"], kind="near-miss",
    services=["API", "api", "api"], patterns=[{"pattern": "database-issues", "role": "trigger"}, "unwritten", "unwritten"],
    root_cause="pool exhaustion", trigger="a deploy", detected_by="customer", repeat_of=["2023/x"],
    not_repeat_of=[{"id": "2022/y", "reason": "another pool"}], published_on="2024-02-20", sources=["https://example.org/a"],
    body="## Executive Summary\n\nThe **pool** ran dry. More.\n",
)  # fmt: skip


def with_items(*items: ActionItem) -> Postmortem:
    from dataclasses import replace

    return replace(incident("a", published_on="2024-02-06"), actions=ActionList(items))


def item(text: str, state: ActionState = ActionState.OPEN, **values: Any) -> ActionItem:
    return ActionItem(Place.at("x.md"), text, state, 1, 1, **values)


def test_what_is_known_of_a_postmortem() -> None:
    data_context = made(KNOWN, patterns=(pattern(),), site_url="https://example.org/pm")
    (found,) = postmortems(data_context)
    assert found == {
        "id": "2024/a", "url": "https://example.org/pm/postmortems/2024/a/", "path": "postmortems/2024/a/postmortem.md",
        "title": "Outage a", "summary": "The pool ran dry.", "status": "published", "severity": "SEV1", "kind": "near-miss",
        "services": ["api"], "owner": "Payments", "authors": ["Kim"], "day": "2024-02-06",
        "started_at": "2024-02-06T14:23:00Z", "detected_at": "2024-02-06T14:35:00Z",
        "mitigated_at": "2024-02-06T14:43:00Z", "resolved_at": "2024-02-06T15:23:30Z",
        "to_detect_seconds": 720, "to_mitigate_seconds": 1200, "to_recover_seconds": 3630, "response_seconds": 2910,
        "target_seconds": 300, "target_source": "settings", "over_target_seconds": 420, "detected_by": "customer",
        "root_cause": "pool exhaustion", "trigger": "a deploy",
        "patterns": [
            {"id": "database-issues", "title": "Database issues", "family": "database", "role": "trigger"},
            {"id": "unwritten", "title": "unwritten", "family": None, "role": None},
        ],
        "repeat_of": ["2023/x"], "not_repeat_of": [{"id": "2022/y", "reason": "another pool"}],
        "published_on": "2024-02-20", "sources": ["https://example.org/a"],
        "actions": 1, "open_actions": 1, "overdue_actions": 0, "done_actions": 0, "dropped_actions": 0, "unknown_actions": 0,
        "record": "https://example.org/pm/data/postmortems/2024/a.json",
        "published_in_git": None,
        "review_seconds": None,
    }  # fmt: skip


def test_the_same_as_csv() -> None:
    (found,) = rows(postmortems_csv(made(KNOWN, patterns=(pattern(),)).postmortems))
    assert tuple(found) == tuple(PostmortemRecord.__annotations__)
    assert {name: found[name] for name in ("url", "services", "patterns", "not_repeat_of", "to_recover_seconds", "started_at")} == {
        "url": "postmortems/2024/a/",
        "services": "api",
        "patterns": "database-issues:trigger; unwritten",
        "not_repeat_of": "2022/y",
        "to_recover_seconds": "3630",
        "started_at": "2024-02-06T14:23:00Z",
    }  # fmt: skip


def test_what_is_unknown_is_null_in_json_and_empty_in_csv() -> None:
    dark = incident("dark", None, severity=None, status=None, root_cause="unknown")
    data_context = made(dark)
    (found,), (cells,) = postmortems(data_context), rows(postmortems_csv(data_context.postmortems))
    unknown = {name for name, value in found.items() if value is None}
    assert {"day", "started_at", "to_detect_seconds", "target_seconds", "root_cause", "summary", "severity"} <= unknown
    assert {name for name in found if cells[name] == ""} == unknown | {
        name for name, value in found.items() if value == []
    }


def test_detection_at_once_is_a_known_zero() -> None:
    data_context = made(incident("a", detected=0))
    assert postmortems(data_context)[0]["to_detect_seconds"] == 0
    assert rows(postmortems_csv(data_context.postmortems))[0]["to_detect_seconds"] == "0"


def test_action_items_in_all_their_states() -> None:
    one = with_items(
        item("Fix the **pool**", owner="Kim", due=date(2024, 3, 1), kind=ActionKind.PREVENT, ticket="OPS-1"),
        item("Alert", ActionState.DONE, done=date(2024, 2, 7), horizon=Horizon.IMMEDIATE),
        item("Rewrite", ActionState.DROPPED, dropped_because="too dear"),
        item("Tell", ActionState.UNKNOWN, horizon=Horizon.LONG_TERM),
    )
    found = actions(made(one))
    assert found[0] == {
        "id": found[0]["id"], "postmortem": "2024/a", "severity": "SEV1",
        "url": "postmortems/2024/a/#a-" + found[0]["id"],
        "text": "Fix the pool", "state": "open", "owner": "Kim", "kind": "prevent", "horizon": None, "due": "2024-03-01",
        "due_is_derived": False, "is_overdue": True, "done": None, "ticket": "OPS-1", "dropped_because": None,
        "line": 1,
        "due_moved": None,
        "first_due": None,
        "reopened": None,
    }  # fmt: skip
    assert [(one["state"], one["due"], one["due_is_derived"], one["is_overdue"]) for one in found[1:]] == [
        ("done", "2024-02-13", True, False),
        ("dropped", None, False, False),
        ("unknown", None, False, False),
    ]
    assert found[2]["dropped_because"] == "too dear"
    cells = rows(actions_csv(made(one).actions))
    assert [(row["is_overdue"], row["text"]) for row in cells][:2] == [("true", "Fix the pool"), ("false", "Alert")]
    assert tuple(cells[0]) == tuple(ActionRecord.__annotations__)


def test_a_sample_of_the_template_is_in_no_list_and_moves_no_id() -> None:
    sample, real = action_item("Fix X", is_sample=True), action_item("Raise the limit")
    (alone,) = made(dated_incident("a", real)).actions
    (record,) = made(dated_incident("a", sample, real)).actions
    assert record == alone
    assert list(made(dated_incident("a", sample)).actions) == []


def test_an_items_id_follows_its_words_and_not_its_place() -> None:
    first, again, second = (one["id"] for one in actions(made(with_items(item("A"), item("A"), item("B")))))
    turned = [one["id"] for one in actions(made(with_items(item("B"), item("`A`", owner="Kim"), item("A"))))]
    assert turned == [second, first, again]
    assert len({first, again, second}) == 3


def test_newest_come_first() -> None:
    later = incident("b", BEGIN.replace(year=2025), open_actions=1)
    data_context = made(incident("a", open_actions=1), later)
    assert [one["id"] for one in postmortems(data_context)] == ["2025/b", "2024/a"]
    assert [one["postmortem"] for one in actions(data_context)] == ["2025/b", "2024/a"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "'=1"])
def test_no_cell_begins_a_formula(text: str) -> None:
    assert guarded(text).startswith("'")


TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cf", "Cn", "Zl", "Zp"]) | st.sampled_from("=+-@'\t\r\n\",;"),
    max_size=20,
)


@given(st.lists(TEXT, min_size=1, max_size=4))
def test_csv_gives_back_what_was_written(texts: list[str]) -> None:
    names = [f"n{place}" for place in range(len(texts))]
    text = csv_text(names, [dict(zip(names, texts, strict=True))])
    (row,) = rows(text)
    assert list(row.values()) == texts


def test_csv_shows_controls_as_signs_and_json_keeps_them() -> None:
    title = "\x00=a\x07b\x1b[31m \u202etxt.exe\u2069 نظام"
    data_context = made(incident("a", title=title))
    (row,) = rows(postmortems_csv(data_context.postmortems))
    assert row["title"] == r"\x00=a\x07b\x1b[31m \u202etxt.exe\u2069 نظام"
    assert postmortems(data_context)[0]["title"] == title


def test_no_incident_at_all() -> None:
    data_context = made()
    assert (postmortems(data_context), actions(data_context)) == ([], [])
    assert rows(postmortems_csv(data_context.postmortems)) == rows(actions_csv(data_context.actions)) == []
