"""Action items: the notation of the template, plain lists, tables, and everything that is mere text."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortems.model.action_item import ActionItem, ActionKind, ActionList, ActionState, Horizon
from postmortems.model.diagnostic import Problem
from postmortems.model.source import Source
from postmortems.read.action_items import read_action_items
from postmortems.read.body import read_body
from postmortems.settings import Settings


def read_list(text: str, settings: Settings | None = None, first: int = 1) -> tuple[ActionList, list[Problem]]:
    return read_action_items(read_body(Source("x.md", text, first), {}), settings or Settings())


def read(text: str, settings: Settings | None = None) -> tuple[tuple[ActionItem, ...], list[Problem]]:
    actions, problems = read_list(text, settings)
    return actions.items, problems


def one(line: str) -> ActionItem:
    (item,), _ = read(f"## Action Items\n\n{line}\n")
    return item


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("- [ ] Fix it", {"text": "Fix it", "state": "open"}),
        ("- [x] Fix it", {"text": "Fix it", "state": "done"}),
        ("- [X] Fix it", {"state": "done"}),
        ("- Fix it", {"text": "Fix it", "state": "open"}),
        ("3. Fix it", {"text": "Fix it", "state": "open"}),
        ("- ✅ Fix it", {"text": "Fix it", "state": "done"}),
        ("- [ ] [db-team] Fix it", {"text": "Fix it", "owner": "db-team"}),
        ("- [ ] [Owner] Fix it", {"text": "Fix it", "owner": "Owner"}),
        ("- [ ] [the docs](https://x.example) need it", {"text": "[the docs](https://x.example) need it", "owner": ""}),
        ("- [ ] Fix it (due: 2024-02-20)", {"text": "Fix it", "due": date(2024, 2, 20)}),
        (
            "- [ ] [db] Fix it (due: 2024-02-20, kind: prevent, ticket: OPS-12)",
            {"text": "Fix it", "kind": ActionKind.PREVENT, "ticket": "OPS-12", "due": date(2024, 2, 20)},
        ),
        ("- [x] Fix it (done: 2024-02-18)", {"text": "Fix it", "state": "done", "done": date(2024, 2, 18)}),
        ("- [ ] Fix it (done: 2024-02-18)", {"state": "done", "done": date(2024, 2, 18)}),
        ("- [ ] Fix it (state: unknown)", {"text": "Fix it", "state": "unknown"}),
        ("- [ ] Fix it (Kind: Detect).", {"text": "Fix it", "kind": ActionKind.DETECT}),
        ("- [ ] Fix it (wont-do: too dear, and rare)", {"state": "dropped", "dropped_because": "too dear, and rare"}),
        (
            "- [ ] Fix it (kind: docs, wont-do: done (elsewhere), due: never)",
            {"text": "Fix it", "kind": ActionKind.DOCS, "dropped_because": "done (elsewhere), due: never"},
        ),
        ("- [ ] Fix it (wont-do:)", {"state": "dropped", "dropped_because": ""}),
        ("- [ ] Fix it (soon)", {"text": "Fix it (soon)"}),
        ("- [ ] Fix it (due: 2024-02-20, soon)", {"text": "Fix it", "due": date(2024, 2, 20)}),
        ("- [ ] Fix it (due 2024-02-20)", {"text": "Fix it", "due": date(2024, 2, 20)}),
        ("- [ ] Fix it (Due by 2024-02-20, kind prevent)", {"due": date(2024, 2, 20), "kind": ActionKind.PREVENT}),
        ("- [ ] Fix it (due date: 2024-02-20, ticket OPS-12)", {"due": date(2024, 2, 20), "ticket": "OPS-12"}),
        ("- [x] Fix it (ticket: OPS-12, done 2024-02-18)", {"done": date(2024, 2, 18), "ticket": "OPS-12"}),
        ("- [ ] Fix it (by 2024-02-20)", {"text": "Fix it", "due": date(2024, 2, 20)}),
        ("- [ ] Fix it (deadline 2024-02-20)", {"text": "Fix it", "due": date(2024, 2, 20)}),
        ("- [ ] Fix it (by 2024 at the latest)", {"text": "Fix it (by 2024 at the latest)", "due": None}),
        ("- [ ] Fix it (due to load, it fails)", {"text": "Fix it (due to load, it fails)", "due": None}),
        ("- [ ] Fix it (due diligence)", {"text": "Fix it (due diligence)", "due": None}),
        ("- [ ] Fix it (state of 2024, kind of slow)", {"text": "Fix it (state of 2024, kind of slow)"}),
        ("- [ ] Fix it (see: RFC 3)", {"text": "Fix it (see: RFC 3)"}),
        ("- [ ] Fix it (due: 2024-02-20) today", {"text": "Fix it (due: 2024-02-20) today", "due": None}),
        ("- [ ] Read [it](kind: prevent)", {"text": "Read [it](kind: prevent)", "kind": None}),
        ("- [ ] Fix it\n  soon (kind: docs)", {"text": "Fix it soon", "kind": ActionKind.DOCS}),
        ("- [ ] Fix it:\n  - first\n  - then", {"text": "Fix it:\n- first\n- then", "first": 3, "last": 5}),
    ],
)
def test_one_item(line: str, expected: dict[str, object]) -> None:
    item = one(line)
    assert {name: getattr(item, name) for name in expected} == expected


@pytest.mark.parametrize(
    ("line", "place", "message", "help_text"),
    [
        ("- [ ] Fix it (due: 20.2.2024)", (3, 20, 29), 'due: "20.2.2024"', "2026-11-20"),
        ("- [ ] Fix it (due: 2024-02-30)", (3, 20, 30), 'due: "2024-02-30"', "2026-11-20"),
        ("- [x] Fix it (done: yes)", (3, 21, 24), 'done: "yes"', "2026-11-20"),
        ("- [ ] Fix it (kind: prevnt)", (3, 21, 27), 'kind: "prevnt"', 'did you mean "prevent"?'),
        ("- [ ] Fix it (state: opne)", (3, 22, 26), 'state: "opne"', 'did you mean "open"?'),
        ("- [ ] Fix it (due: 2024-02-20, soon)", (3, 32, 36), '"soon"', "the keys are due, kind"),
        ("- [ ] Fix it (owner: ops, kind: prevent)", (3, 15, 25), '"owner: ops"', "before the text: [ops]"),
        ("- [ ] Fix it (ticket: OPS-1, OPS-2)", (3, 30, 35), '"OPS-2"', "one ticket"),
        ("- [ ] Fix it (later, wont-do: too dear)", (3, 15, 20), '"later"', "the keys are"),
        ("- [ ] Fix it (@dana, due: 2024-02-20)", (3, 15, 20), '"@dana"', "before the text: [@dana]"),
        ("- [ ] Fix it (prevent, due: 2024-02-20)", (3, 15, 22), '"prevent"', "write kind: prevent"),
        ("- [ ] Fix it (OPS-12, due: 2024-02-20)", (3, 15, 21), '"OPS-12"', "write ticket: OPS-12"),
        ("- [ ] Fix it (due: 2024-02-20; kind: docs)", (3, 20, 42), "due: ", "separate notes by commas"),
        ("- [ ] Fix it (due: end of March)", (3, 20, 32), 'due: "end of March"', "2026-11-20"),
        ("- [ ] Fix it (due end of Q2)", (3, 19, 28), 'due: "end of Q2"', "2026-11-20"),
        ("- [ ] Fix it (deu: 2024-02-20)", (3, 15, 30), '"deu: 2024-02-20"', 'did you mean "due"?'),
        ("- [ ] Fix a thing (a, due: 2024-02-20, kind: learn)", (3, 20, 21), '"a"', "the keys are"),
        ("- [ ] Fix it (prio, due: 2024-02-20) <!-- prio -->", (3, 15, 19), '"prio"', "the keys are"),
        ("- [ ] Fix it (due: 2024-02-20, not\n  understood)", (3, 14, 35), '"not understood"', "the keys are"),
        ("- [ ] Fix it (prio: 1, kind: docs)", (3, 15, 22), '"prio: 1"', "the keys are"),
        ("- [ ] Fix it (knid: prevent)", (3, 15, 28), '"knid: prevent"', 'did you mean "kind"?'),
        ("- [ ] Fix it (deadline: 20.2.2024)", (3, 25, 34), 'due: "20.2.2024"', "2026-11-20"),
        ("- [ ] Fix it (due next Friday 13)", (3, 19, 33), 'due: "next Friday 13"', "2026-11-20"),
        ("- [ ] Fix it (due 20.2.2024)", (3, 19, 28), 'due: "20.2.2024"', "2026-11-20"),
        ("- [ ] Fix it (due: 2024-02-20, due: 2024-02-21)", (3, 32, 47), '"due: 2024-02-21"', "once"),
        ("- [ ] Fix it\n  (state: opne)", (4, 11, 15), 'state: "opne"', 'did you mean "open"?'),
    ],
)
def test_a_value_that_cannot_be_read_is_reported_where_it_stands(
    line: str, place: tuple[int, int, int], message: str, help_text: str
) -> None:
    items, (problem,) = read(f"## Action Items\n\n{line}\n")
    assert problem.rule == "invalid-value"
    assert (problem.place.line, problem.place.column, problem.place.end_column) == place
    assert message in problem.message
    assert help_text in problem.help
    assert items[0].text in ("Fix it", "Fix a thing")


@pytest.mark.parametrize(
    "prose",
    [
        "deadline exceeded after 30 s", "deadline: 5 s", "deadline 5s, retries 3", "due in part to 3 shards",
        "due mostly to 2 shards", "due largely to the 5 s timeout", "due every 90 days", "due 30 days after the order",
        "due within 30 days", "due date missing for 3 orders", "due date: day and month swapped", "due at 02:00",
        "due 5 minutes after", "due 3 consumers", "due day and night", "due diligence", "kind: Deployment, apiVersion: v1",
        "state of the art, ticket 7", "state open", "by 2024 at the latest", "until 2024-02-20",
        "see above, kind of", "ticket 7", "abc:" + 1_900 * " " + "x",
    ],
)  # fmt: skip
def test_prose_in_the_last_parenthesis_stays_text(prose: str) -> None:
    (item,), problems = read(f"## Action Items\n\n- [ ] Fix it ({prose})\n")
    assert (item.text, item.state, item.due, item.ticket, problems) == (f"Fix it ({prose})", "open", None, "", [])


@pytest.mark.parametrize(
    ("notes", "state"),
    [
        ("done, due 2024-02-20", "done"),
        ("cancelled, ticket: OPS-3", "dropped"),
        ("status: done, due: 2024-02-20", "done"),
        ("Fixed, ticket OPS-3", "done"),
        ("done by ops, ticket: OPS-3", "done"),
        ("in progress, due: 2024-02-20", "open"),
        ("blocked, done, due: 2024-02-20", "unknown"),
    ],
)
def test_a_state_beside_notes_is_read(notes: str, state: str) -> None:
    (item,), problems = read(f"## Action Items\n\n- Fix it ({notes})\n")
    assert (item.state, [problem.rule for problem in problems if problem.rule == "invalid-value"]) == (state, [])


@pytest.mark.parametrize(("due", "expected"), [("2024-02-20", []), ("", []), ("2024-02-21", ["invalid-value"])])
def test_a_table_and_notes_that_name_two_days_are_reported(due: str, expected: list[str]) -> None:
    table = f"| Action | Due |\n|---|---|\n| Fix it (due: 2024-02-20) | {due} |"
    (item,), problems = read(f"## Action Items\n\n{table}\n")
    assert ([problem.rule for problem in problems], str(item.due)) == (expected, due or "2024-02-20")


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("- [ ] Fix it (due: 2024-02-20) today", "(due: 2024-02-20)"),
        ("- [ ] Fix it (due: 2024-02-20) (kind: prevent)", "(due: 2024-02-20)"),
        ("- [ ] Fix it (kind: docs) (due: 2024-02-20)", "(kind: docs)"),
        ("- [ ] Fix it (ticket: OPS-1): all of it", "(ticket: OPS-1)"),
        ("| Action | Owner |\n|---|---|\n| Fix it (due: 2024-02-20) today | ops |", "(due: 2024-02-20)"),
        ("- [ ] Alert on a pool (state: red) that stays", ""),
        ("- [ ] Show (state: open) beside the name (due: 2024-02-20)", ""),
        ("- [ ] Show (done: 5 of 10) in the bar", ""),
        ("- [ ] Explain (due: 3 days) on the form", ""),
        ("- [ ] Drop (wont-do: later) from the template", ""),
        ("- [ ] Describe `(due: 2024-02-20)` in the guide", ""),
        ("- [ ] Read [it](ticket:1) again", ""),
        ("- [ ] Fix it (due to load) today", ""),
    ],
)
def test_notes_that_do_not_end_an_item_are_reported(line: str, found: str) -> None:
    (item,), problems = read(f"## Action Items\n\n{line}\n")
    assert [(problem.rule, found in problem.message, "end" in problem.help) for problem in problems] == [
        ("invalid-value", True, True) for _ in range(bool(found))
    ]
    assert found in item.text


def test_the_horizon_comes_from_the_heading_above() -> None:
    items, _ = read(
        "## Action Items\n\n- now or never\n\n### Immediate (Complete within 1 week)\n\n- a\n\n#### Database\n\n- b\n\n"
        "### Short-term\n\n- c\n\n### Long-term:\n\n- d\n\n## Lessons Learned\n\n- no item\n"
    )
    assert [(item.text, item.horizon) for item in items] == [
        ("now or never", None),
        ("a", Horizon.IMMEDIATE),
        ("b", Horizon.IMMEDIATE),
        ("c", Horizon.SHORT_TERM),
        ("d", Horizon.LONG_TERM),
    ]


def test_a_horizon_counts_wherever_it_stands() -> None:
    items, _ = read("## Response\n\n### Immediate\n\n- [ ] a\n")
    assert [(item.text, item.horizon) for item in items] == [("a", Horizon.IMMEDIATE)]


def test_immediate_work_told_above_the_action_items_is_none_of_them() -> None:
    done = "## Resolution\n\n### Immediate actions\n\n- Rolled back\n\n"
    items = "## Action Items\n\n- [ ] Add a check\n\n### Long-term actions\n\n- Rewrite it\n"
    assert [item.text for item in read(done + items)[0]] == ["Add a check", "Rewrite it"]
    assert [item.text for item in read(done)[0]] == ["Rolled back"]
    boxes = done.replace("- Rolled", "- [x] Rolled")
    assert [item.text for item in read(boxes + items)[0]] == ["Rolled back", "Add a check", "Rewrite it"]


def test_headings_that_sort_action_items_open_no_other_section() -> None:
    kinds = "".join(
        f"### {kind}\n\n| Action | Owner |\n|---|---|\n| {kind} it | Ada |\n\n"
        for kind in ("Prevention", "Detection", "Response")
    )
    assert [item.text for item in read(f"## Action Items\n\n{kinds}")[0]] == [
        "Prevention it",
        "Detection it",
        "Response it",
    ]
    body = read_body(Source("x.md", f"## Action Items\n\n{kinds}## Detection\n\nLate.\n"), {})
    assert [(section.title, section.name) for section in body.walk() if section.name == "Detection Gaps"] == [
        ("Detection", "Detection Gaps")
    ]


def test_changes_to_runbooks_below_action_items_are_items() -> None:
    items, _ = read("## Action Items\n\n- [ ] Alert\n\n### Runbook Changes\n\n- [x] Say how to move the archive\n")
    assert [item.text for item in items] == ["Alert", "Say how to move the archive"]
    items, _ = read("## Action Items\n\n- [ ] Alert\n\n## Runbook Changes\n\n- Say how to move the archive\n")
    assert [item.text for item in items] == ["Alert"]


def test_nested_checkboxes_are_items_and_nested_bullets_are_text() -> None:
    items, _ = read("## Action Items\n\n- [ ] a\n  - why\n  - [x] b\n    - how\n- [ ] c\n")
    assert [(item.text, item.state, item.first, item.last) for item in items] == [
        ("a\n- why", ActionState.OPEN, 3, 4),
        ("b\n- how", ActionState.DONE, 5, 6),
        ("c", ActionState.OPEN, 7, 7),
    ]


@pytest.mark.parametrize(
    "line", ["- None: nothing to learn", "- **None**: x", "- [ ] None: x", "- N/A", "- [ ] ", "None: x"]
)
def test_what_is_no_item(line: str) -> None:
    assert read(f"## Action Items\n\n{line}\n") == ((), [])


def test_items_elsewhere_are_none() -> None:
    assert read("## Timeline\n\n- [ ] Fix it\n")[0] == ()


def test_a_table_with_recognisable_columns() -> None:
    items, problems = read(
        "## Action Items\n\n"
        "| Task | Owner | Deadline | Status | Ticket | Type | Priority |\n"
        "|---|---|---|---|---|---|---|\n"
        "| Add a limit | db | 2024-02-20 | Done | OPS-1 | prevent | P1 |\n"
        "| Write it down | - | 6 Feb 2024 | in progress | | | |\n"
        "| Talk | - | Q3 | nearly | | chat | |\n"
        "| | | | | | | |\n"
    )
    assert [(one.text, one.owner, one.due, one.state, one.ticket, one.kind, one.first) for one in items] == [
        ("Add a limit (Priority: P1)", "db", date(2024, 2, 20), "done", "OPS-1", ActionKind.PREVENT, 5),
        ("Write it down", "", date(2024, 2, 6), "open", "", None, 6),
        ("Talk (Status: nearly) (Type: chat)", "", None, "unknown", "", None, 7),
    ]
    assert [(one.rule, one.place.line, one.place.column) for one in problems] == [
        ("invalid-value", 7, 14),
        ("unknown-action-state", 7, 19),
    ]


@pytest.mark.parametrize(
    ("line", "state", "text", "owner"),
    [
        ("- [ x ] Fix it", "done", "Fix it", ""),
        ("- [✓] [db] Fix it", "done", "Fix it", "db"),
        ("- [] Fix it", "open", "Fix it", ""),
        ("- [x]Fix it", "done", "Fix it", ""),
        ("- **[x]** **[db]** Fix it", "done", "Fix it", "db"),
        ("1) [x] Fix it", "done", "Fix it", ""),
        ("- [x][1] is the report", "open", "[x][1] is the report", ""),
        ("- [/] [db] Fix it", "open", "Fix it", "db"),
        ("- [-] [db] Fix it", "dropped", "Fix it", "db"),
        ("- [done] [db] Fix it", "done", "Fix it", "db"),
        ("- [db] [done] Fix it", "done", "Fix it", "db"),
        ("- [WIP] Fix it", "open", "Fix it", ""),
        ("- [ ] [A] Fix it", "open", "Fix it", "A"),
        ("- [review] Fix it", "open", "Fix it", "review"),
        (
            "- \\[x\\] \\[data\\_team\\] Fix `a\\_b` \\(kind: docs, done: 2026\\-05\\-13\\)",
            "done",
            "Fix `a\\_b`",
            "data_team",
        ),
        ("- :white_check_mark: Fix it", "done", "Fix it", ""),
        ("- 🚧 [db] Fix it", "open", "Fix it", "db"),
        ("- 🔥 Fix it", "open", "🔥 Fix it", ""),
        ("- DONE: Fix it", "done", "DONE: Fix it", ""),
        ("- **Fixed** the storm", "done", "**Fixed** the storm", ""),
        ("- **Done:** fix it", "done", "**Done:** fix it", ""),
        ("- Fixed the storm", "open", "Fixed the storm", ""),
        ("- Done - fix it", "done", "Done - fix it", ""),
        ("- Complete the rollout: both regions", "open", "Complete the rollout: both regions", ""),
        ("- Fix it (done)", "done", "Fix it (done)", ""),
        ("- Fix it (DONE in PR 12).", "done", "Fix it (DONE in PR 12).", ""),
        ("- Fix it - DONE in [#12](https://x.example/12)", "done", "Fix it - DONE in [#12](https://x.example/12)", ""),
        ("- Fix it — won't do", "dropped", "Fix it — won't do", ""),
        ("- Fix it ✅", "done", "Fix it ✅", ""),
        ("- Alert if the import is not done", "open", "Alert if the import is not done", ""),
        ("- Close the port (see [done](a.md))", "open", "Close the port (see [done](a.md))", ""),
        ("- [x] Delete the queue (blocked)", "done", "Delete the queue (blocked)", ""),
        ("- [x] ~~Fix it~~", "done", "~~Fix it~~", ""),
        ("- [?] Fix it", "unknown", "Fix it", ""),
        ("- [x] Fix it (state: unknown)", "unknown", "Fix it", ""),
        ("- [~] Fix it (state: done)", "done", "Fix it", ""),
        ("- [x] Fix it (wont-do: too dear)", "dropped", "Fix it", ""),
        ("- [dana] [x] Fix it", "done", "Fix it", "dana"),
        ("- DONE [dana] Fix it", "done", "Fix it", "dana"),
        (
            "- OPEN [the door](https://x.example) before noon",
            "open",
            "OPEN [the door](https://x.example) before noon",
            "",
        ),
        ("- Complete [dana] the rollout", "open", "Complete [dana] the rollout", ""),
        ("- (done) [dana] Fix it", "done", "Fix it", "dana"),
        ("- (optional) Fix it", "open", "(optional) Fix it", ""),
        ("- [dana] Fix it (status: Done)", "done", "Fix it (status: Done)", "dana"),
        ("- [dana] Fix it - Status: Won't do", "dropped", "Fix it - Status: Won't do", "dana"),
        ("- [ ] [4711] Fix it", "open", "Fix it", "4711"),
    ],
)
def test_a_state_in_a_list(line: str, state: str, text: str, owner: str) -> None:
    (item,), problems = read(f"## Action Items\n\n{line}\n")
    assert (item.state, item.text, item.owner, problems) == (state, text, owner, [])


@pytest.mark.parametrize(
    ("line", "message", "place"),
    [
        ("- [~] [db] Fix it", 'the state "[~]" of an action item is unknown', (3, 6)),
        ("- [>] Fix it", 'the state "[>]" of an action item is unknown', (3, 6)),
        ("- [1/3] [db] Fix it", 'the state "[1/3]" of an action item is unknown', (3, 8)),
        ("- [2 of 4] [db] Fix it", 'the state "[2 of 4]" of an action item is unknown', (3, 11)),
        ("- [Erledigt] [db] Fix it", 'the state "[Erledigt]" of an action item is unknown', (3, 13)),
        ("- [db] Fix it (status: Terminé)", 'the state "Terminé" of an action item is unknown', (24, 31)),
        ("- [i] Fix it", 'the state "[i]" of an action item is unknown', (3, 6)),
        ("- [???] Fix it (due: 2024-02-20)", 'the state "[???]" of an action item is unknown', (3, 8)),
        (
            "- ~~Fix it~~",
            'the state of an action item is struck out ("~~Fix it~~"), which means neither done nor dropped',
            (3, 13),
        ),
        ("- [x] Fix it (state: open)", 'an action item is both done ("[x]") and open ("state: open")', (15, 26)),
        ("- [ ] Fix it - DONE", 'an action item is both open ("[ ]") and done ("DONE")', (16, 20)),
        (
            "- [-] Fix it (done: 2024-02-20)",
            'an action item is both dropped ("[-]") and done ("done: 2024-02-20")',
            (15, 31),
        ),
        ("- [ ] [x] Fix it", 'an action item is both open ("[ ]") and done ("[x]")', (7, 10)),
    ],
)
def test_a_state_that_cannot_be_told(line: str, message: str, place: tuple[int, int]) -> None:
    (item,), problems = read(f"## Action Items\n\n{line}\n")
    assert (item.state, item.owner) == ("unknown", "db" if "db" in line else "")
    assert [(one.rule, one.message, (one.place.column, one.place.end_column)) for one in problems] == [
        ("unknown-action-state", message, place)
    ]


def test_a_state_that_is_misspelt_in_the_notes_is_unknown_and_reported_once() -> None:
    (item,), problems = read("## Action Items\n\n- [ ] Fix it (state: opne)\n")
    assert (item.state, [one.rule for one in problems]) == ("unknown", ["invalid-value"])


def test_a_label_or_heading_tells_the_state_of_its_list() -> None:
    items, problems = read(
        "## Action Items\n\n- a\n\n**Done:**\n\n- b\n- [ ] c\n\nFurther ones.\n\n- d\n\n### Immediate Actions (completed)\n\n- e\n"
        "- [x] f\n\n### Immediate (Complete within 1 week)\n\n- g\n\n### In progress\n\n- h\n\n### Rejected\n\n- i\n"
    )
    assert [(item.text, str(item.state)) for item in items] == [
        ("a", "open"),
        ("b", "done"),
        ("c", "unknown"),
        ("d", "open"),
        ("e", "done"),
        ("f", "done"),
        ("g", "open"),
        ("h", "open"),
        ("i", "dropped"),
    ]
    assert [one.message for one in problems] == ['an action item is both open ("[ ]") and done ("Done")']


def table(*rows: str, header: str = "Action | Status") -> str:
    columns = header.count("|") + 1
    return "## Action Items\n\n" + "".join(f"| {row} |\n" for row in (header, " | ".join(["---"] * columns), *rows))


@pytest.mark.parametrize(
    ("text", "state", "words"),
    [
        (table("Fix it | ✅ Done"), "done", "Fix it"),
        (table("Fix it | Completed 2026-03-04"), "done", "Fix it"),
        (table("Fix it | [Done](https://x.example/1)"), "done", "Fix it (Status: [Done](https://x.example/1))"),
        (table("Fix it | Done (PR 12)"), "done", "Fix it (Status: Done (PR 12))"),
        (table("Fix it | Won't do: too dear"), "dropped", "Fix it"),
        (table("Fix it | unknown"), "unknown", "Fix it"),
        (table("[x] Fix it | "), "done", "Fix it"),
        (table("Fix it (state: open) | "), "open", "Fix it"),
        (table("Fix it | 2026-03-04 | ", header="Action | Closed on | Status"), "done", "Fix it"),
        (table("Fix it | ", header="Action | Done?"), "open", "Fix it"),
        (table("Fix it | 2026-03-04", header="Action | Completed"), "done", "Fix it"),
        (table("Fix it | ", header="Action | Owner"), "open", "Fix it"),
        (table("[db] Fix it | ", header="Action | Owner"), "open", "Fix it"),
    ],
)
def test_a_state_in_a_table(text: str, state: str, words: str) -> None:
    (item,), problems = read(text)
    assert (item.state, item.text, problems) == (state, words, [])


def test_what_stands_behind_a_state_in_a_table_is_its_day_or_its_reason() -> None:
    items, _ = read(table("a | Completed 2026-03-04", "b | Cancelled (too dear)"))
    assert [(item.done, item.dropped_because) for item in items] == [(date(2026, 3, 4), ""), (None, "too dear")]


@pytest.mark.parametrize(
    ("text", "message", "help_text"),
    [
        (table("Fix it | Superseded"), 'the state "Superseded" of an action item is unknown', "Superseded: …"),
        (table("Fix it | Doen"), 'the state "Doen" of an action item is unknown', 'did you mean "done"?'),
        (table("Fix it | N/A"), 'the state "N/A" of an action item is unknown', '"N/A": …'),
        (table("Fix it | "), 'the state of an action item is empty in the column "Status"', "write one"),
        (table("[ ] Fix it | Done"), 'an action item is both open ("[ ]") and done ("Done")', "keep the one"),
        (
            table("Fix it | Open | 2026-03-04", header="Action | Status | Done on"),
            'an action item is both open ("Open") and done ("done: 2026-03-04")',
            "keep the one",
        ),
        (
            table("Fix it | In progress (done: 2026-03-04) | Done", header="Action | Status | Done"),
            'the state "In progress (done: 2026-03-04)" of an action item is unknown',
            "known are",
        ),
    ],
)
def test_a_state_in_a_table_that_cannot_be_told(text: str, message: str, help_text: str) -> None:
    (item,), (problem,) = read(text)
    assert (item.state, problem.rule, problem.message) == ("unknown", "unknown-action-state", message)
    assert help_text in problem.help
    assert problem.place.line == 5


@pytest.mark.parametrize(
    ("below", "expected"),
    [
        (
            "  - **Owner**: platform\n  - **Status:** Done (PR 12)\n  - Due date: 2026-03-04\n  - Ticket: OPS-3\n  - Type: detect",
            {
                "owner": "platform",
                "state": "done",
                "due": date(2026, 3, 4),
                "ticket": "OPS-3",
                "kind": ActionKind.DETECT,
            },
        ),
        ("  **Owner:** data\\_team\\\n  **Status:** In progress", {"owner": "data_team", "state": "open"}),
        ("  - Completed on: 4 March 2026", {"state": "done", "done": date(2026, 3, 4)}),
        (
            "  - When: the pool is full\n  - Issue: it leaks\n  - Note: done",
            {"due": None, "ticket": "", "state": "open"},
        ),
        ("  - Owner: a\n  - Owner: b", {"owner": "a"}),
    ],
)
def test_fields_on_lines_of_their_own(below: str, expected: dict[str, object]) -> None:
    (item,), problems = read(f"## Action Items\n\n- Alert earlier\n{below}\n")
    assert {name: getattr(item, name) for name in expected} == expected
    assert item.text.startswith("Alert earlier")
    assert problems == []


def test_a_state_on_a_line_of_its_own_that_is_not_known() -> None:
    (item,), (problem,) = read("## Action Items\n\n- [db] Alert earlier\n  - Status: Parked\n")
    assert (item.state, problem.message) == ("unknown", 'the state "Parked" of an action item is unknown')
    assert (problem.place.line, problem.place.column) == (4, 13)


def test_an_ambiguous_day_follows_the_setting() -> None:
    text = table("a | 04-03-2026", header="Action | Due")
    assert [one.rule for one in read(text)[1]] == ["invalid-value"]
    (item,), _ = read(text, Settings.model_validate({"date_order": "day-first"}))
    assert item.due == date(2026, 3, 4)
    (item,), _ = read(text, Settings.model_validate({"date_order": "month-first"}))
    assert item.due == date(2026, 4, 3)


@pytest.mark.large
@pytest.mark.parametrize(
    "piece", ["[ ] ", "[", "\\[", "✅", "✅ ", ":x: ", "**a", "~~", "- done ", "(done) ", "<del>", "a: ", "_", "\\("]
)
def test_a_long_item_costs_no_more_than_its_length(piece: str) -> None:
    items, _ = read(f"## Action Items\n\n- {piece * 100_000}\n")
    assert len(items) <= 1


def test_a_teams_own_states() -> None:
    settings = Settings.model_validate({"states": {"Superseded": "dropped", "[~]": "dropped", "erledigt": "done"}})
    text = table("a | superseded by OPS-3", "b | Erledigt") + "\n- [~] [db] c\n- [erledigt] d\n"
    items, problems = read(text, settings)
    assert [(item.text, str(item.state)) for item in items] == [
        ("a", "dropped"),
        ("b", "done"),
        ("c", "dropped"),
        ("d", "done"),
    ]
    assert problems == []


def test_a_table_without_a_known_column_for_the_action() -> None:
    actions, problems = read_list(
        table("Grenze | db", header="Maßnahme | Owner") + "\n\n" + "| A | B |\n|---|---|\n| c | d |\n"
    )
    assert (actions.items, problems) == ((), [])
    assert [(one.line, one.columns, one.is_half_known) for one in actions.unread] == [
        (3, ("Maßnahme", "Owner"), True),
        (8, ("A", "B"), False),
    ]


def test_a_teams_own_words_for_columns() -> None:
    settings = Settings.model_validate({"columns": {"Maßnahme": "action", "wer?": "Owner", "Erledigt am": "done"}})
    items, problems = read(
        "## Action Items\n\n| MASSNAHME | Wer | erledigt am |\n|---|---|---|\n| Grenze | db | 2024-02-20 |\n", settings
    )
    assert [(one.text, one.owner, one.done) for one in items] == [("Grenze", "db", date(2024, 2, 20))]
    assert problems == []


def test_a_table_without_a_column_for_the_action_is_no_list() -> None:
    assert read("## Action Items\n\n| Metric | Value |\n|---|---|\n| a | b |\n")[0] == ()


@pytest.mark.parametrize("written", ["TBD", "tba", "n/a", "unassigned", "Everyone", "nobody", "??"])
def test_a_word_that_names_no_one_is_no_owner(written: str) -> None:
    for text in (
        f"- [ ] [{written}] Fix it\n",
        f"- [ ] Fix it\n  - Owner: {written}\n",
        f"| Action | Owner |\n|---|---|\n| Fix it | {written} |\n",
    ):
        (item,) = read_list(f"## Action Items\n\n{text}")[0].items
        assert (item.owner, item.text.split("\n")[0]) == ("", "Fix it")


def test_spans_are_the_lists_and_tables() -> None:
    text = "## Action Items\n\nProse.\n\n- a\n  - b\n- c\n\nProse.\n\n| Action |\n|---|\n| d |\n\n- None: x\n"
    actions, _ = read_list(text)
    assert actions.spans == ((5, 7), (11, 13))


def test_lines_count_from_the_files_first() -> None:
    actions, _ = read_list("## Action Items\n- [ ] [a] b\n", first=21)
    (item,) = actions.items
    assert (item.first, item.place.line, item.place.column) == (22, 22, 7)


MARKS = st.sampled_from(
    [
        "- ",
        "- [ ] ",
        "- [x] ",
        "  ",
        "[a] ",
        "(due: ",
        "kind: x",
        ")",
        "(",
        "\n",
        "| a | b |\n|-|-|\n",
        "# Action Items\n",
        "x",
        ", ",
    ]
)


@given(st.lists(MARKS, max_size=40).map("".join))
def test_nothing_raises_and_items_lie_inside_the_text(text: str) -> None:
    whole = "# Action Items\n" + text
    actions, _ = read_list(whole)
    for item in actions.items:
        assert 1 <= item.first <= item.last <= whole.count("\n") + 1
        assert any(first <= item.first and item.last <= last for first, last in actions.spans)
