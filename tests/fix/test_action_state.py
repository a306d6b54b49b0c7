"""A new state of an action item, written where the item has its state: in a list, in a table, in a team's own words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import POSTMORTEM
from tests.fix.one_fix import PATH

from postmortems.fix.action_state import StateChange, with_states
from postmortems.fix.document import Document
from postmortems.fix.table_cells import cell_spans
from postmortems.model.action_item import ActionState
from postmortems.read.languages import reading_in
from postmortems.settings.parsing import parse_settings

DAY = date(2026, 3, 4)
DONE = StateChange(0, ActionState.DONE, DAY)
DONE_SOME_DAY = StateChange(0, ActionState.DONE)
DROPPED = StateChange(0, ActionState.DROPPED, reason='closed as "Won\'t Do"')
BEFORE, _, _REST = POSTMORTEM.partition("### Immediate\n")
AFTER = f"\n## Lessons{_REST.partition('## Lessons')[2]}"


def document(items: str, **options: object) -> Document:
    settings, wrong = parse_settings(options)
    assert not wrong
    return Document(PATH, f"{BEFORE}### Immediate\n\n{items}\n{AFTER}".encode(), settings)


def written(items: str, *changes: StateChange, **options: object) -> str:
    """The items with these changes; what is around them has stayed."""
    after, left = with_states(document(items, **options), changes)
    assert left == []
    text = after.decode()
    begin, end = f"{BEFORE}### Immediate\n\n", f"\n{AFTER}"
    assert text.startswith(begin)
    assert text.endswith(end)
    return text[len(begin) : -len(end)]


@pytest.mark.parametrize(
    ("line", "change", "expected"),
    [
        ("- [ ] [Kim] Cap it", DONE, "- [x] [Kim] Cap it (done: 2026-03-04)"),
        ("- [ ] [Kim] Cap it", DONE_SOME_DAY, "- [x] [Kim] Cap it"),
        ("- [ ] [Kim] Cap it (due: 2026-02-20, ticket: OPS-12)", DONE,
         "- [x] [Kim] Cap it (due: 2026-02-20, ticket: OPS-12, done: 2026-03-04)"),
        ("- [ ] [Kim] Cap it (ticket: OPS-12)", DROPPED, "- [ ] [Kim] Cap it (ticket: OPS-12, wont-do: closed as \"Won't Do\")"),
        ("- [ ] [Kim] Cap it (state: unknown)", DONE, "- [x] [Kim] Cap it (done: 2026-03-04)"),
        ("- [ ] [Kim] Cap it (state: unknown, ticket: X-1)", DROPPED,
         "- [ ] [Kim] Cap it (ticket: X-1, wont-do: closed as \"Won't Do\")"),
        ("- [x] [Kim] Cap it", DONE, "- [x] [Kim] Cap it (done: 2026-03-04)"),
        ("- [X] [Kim] Cap it (kind: prevent).", DONE, "- [X] [Kim] Cap it (kind: prevent, done: 2026-03-04)."),
        ("- [Kim] Cap it", DONE, "- [x] [Kim] Cap it (done: 2026-03-04)"),
        ("* Cap it", DONE_SOME_DAY, "* [x] Cap it"),
        ("2. Cap it (see above)", DONE, "2. [x] Cap it (see above) (done: 2026-03-04)"),
        ("- [/] Cap it  ", DONE, "- [x] Cap it (done: 2026-03-04)  "),
        ("- [ ] Cap\n  the pool\n  of it", DONE, "- [x] Cap\n  the pool\n  of it (done: 2026-03-04)"),
        ("- [ ] Cap it (due: 2026-02-20,\n  ticket: OPS-12)\n- [ ] Next", DONE,
         "- [x] Cap it (due: 2026-02-20,\n  ticket: OPS-12, done: 2026-03-04)\n- [ ] Next"),
        ("- [ ] Cap it\n  - and **why**", DONE, "- [x] Cap it (done: 2026-03-04)\n  - and **why**"),
        ("- [ ] Cap it <!-- postmortems: allow action-without-owner: nobody yet -->", DONE,
         "- [x] Cap it (done: 2026-03-04) <!-- postmortems: allow action-without-owner: nobody yet -->"),
        (r"- \[ \] \[Kim\] Cap it \(ticket: OPS-12\)", DONE, r"- [x] \[Kim\] Cap it \(ticket: OPS-12, done: 2026-03-04\)"),
        ("- [ ] 詰まりを直す", DONE, "- [x] 詰まりを直す (done: 2026-03-04)"),
    ],
)  # fmt: skip
def test_an_item_of_a_list(line: str, change: StateChange, expected: str) -> None:
    assert written(line, change) == expected


HEAD = "| Action | Owner | Status | Ticket |\n|---|---|---|---|\n"
WITH_DAY = "| Action | Status | Completed on |\n|---|---|---|\n"
TICKS = "| Done? | Task |\n|:-:|---|\n"


@pytest.mark.parametrize(
    ("table", "change", "options", "expected"),
    [
        pytest.param(f"{HEAD}| Cap it | Kim | Open | OPS-1 |", DONE, {},
                     f"{HEAD}| Cap it | Kim | Done (2026-03-04) | OPS-1 |", id="the language's word"),
        pytest.param(f"{HEAD}| Cap it | Kim | In progress | OPS-1 |", DROPPED, {},
                     f"{HEAD}| Cap it | Kim | Won't do: closed as \"Won't Do\" | OPS-1 |", id="dropped"),
        pytest.param(f"{HEAD}| Cap it | Kim | Open | OPS-1 |\n| Ask | Kim | ✅ Finished | |", DONE, {},
                     f"{HEAD}| Cap it | Kim | ✅ Finished (2026-03-04) | OPS-1 |\n| Ask | Kim | ✅ Finished | |", id="the table's word"),
        pytest.param(f"{HEAD}| Cap it | Kim | Parked | OPS-1 |", DONE, {"states": {"Parked": "open", "Over and out": "done"}},
                     f"{HEAD}| Cap it | Kim | Over and out (2026-03-04) | OPS-1 |", id="the team's word"),
        pytest.param(f"{HEAD}| Cap it | Kim | 🅿️ | OPS-1 |", DONE, {"states": {"🅿️": "open", "🏁": "done"}},
                     f"{HEAD}| Cap it (done: 2026-03-04) | Kim | 🏁 | OPS-1 |", id="the team's mark"),
        pytest.param(f"{HEAD}| Cap it | Kim | Parked | OPS-1 |", DROPPED, {"states": {"Parked": "open", "Binned": "dropped"}},
                     f"{HEAD}| Cap it | Kim | Binned: closed as \"Won't Do\" | OPS-1 |", id="the team's word for dropped"),
        pytest.param(f"{HEAD}| Cap it | Kim | Offen | OPS-1 |", DONE, {"languages": ["de"]},
                     f"{HEAD}| Cap it | Kim | Erledigt (2026-03-04) | OPS-1 |", id="German"),
        pytest.param(f"{HEAD}| Cap it | Kim |  | OPS-1 |", DONE, {},
                     f"{HEAD}| Cap it | Kim | Done (2026-03-04) | OPS-1 |", id="an empty cell"),
        pytest.param(f"{HEAD}| Cap it | Kim | Open | OPS-1 |", DONE_SOME_DAY, {},
                     f"{HEAD}| Cap it | Kim | Done | OPS-1 |", id="no day"),
        pytest.param(f"{WITH_DAY}| Cap it | Open | |", DONE, {}, f"{WITH_DAY}| Cap it | Done | 2026-03-04 |", id="a column of days"),
        pytest.param(f"{WITH_DAY}| Cap it | Done | |", DONE, {}, f"{WITH_DAY}| Cap it | Done | 2026-03-04 |", id="the day alone"),
        pytest.param(f"{HEAD}| Cap it | Kim | Done | OPS-1 |", DONE, {},
                     f"{HEAD}| Cap it (done: 2026-03-04) | Kim | Done | OPS-1 |", id="the day alone, in a note"),
        pytest.param(f"{TICKS}| [ ] | Cap it |", DONE, {}, f"{TICKS}| [x] | Cap it (done: 2026-03-04) |", id="a box"),
        pytest.param(f"{TICKS}| ☐ | Cap it |", DONE_SOME_DAY, {}, f"{TICKS}| ☑ | Cap it |", id="a mark"),
        pytest.param(f"{TICKS}| | Cap it |\n| ✓ | Ask |", DONE_SOME_DAY, {}, f"{TICKS}| ✓ | Cap it |\n| ✓ | Ask |", id="the table's mark"),
        pytest.param(f"{TICKS}| no | Cap it |", DROPPED, {}, f"{TICKS}| no | Cap it (wont-do: closed as \"Won't Do\") |", id="ticks, dropped"),
        pytest.param("Action | Owner\n--- | ---\nCap `a\\|b` it | Kim", DONE, {},
                     "Action | Owner\n--- | ---\nCap `a\\|b` it (done: 2026-03-04) | Kim", id="no column of states, no outer bars"),
        pytest.param(f"{HEAD}|Cap it|Kim|Open|OPS-1|", DONE, {}, f"{HEAD}|Cap it|Kim|Done (2026-03-04)|OPS-1|", id="no blanks"),
    ],
)  # fmt: skip
def test_an_item_of_a_table(table: str, change: StateChange, options: dict[str, object], expected: str) -> None:
    languages = options.get("languages", [])
    assert isinstance(languages, list)
    with reading_in(languages):
        assert written(table, change, **options) == expected


@pytest.mark.parametrize(
    "items",
    [
        pytest.param("- [ ] Cap it (in progress)", id="words that say otherwise"),
        pytest.param("- IN PROGRESS: Cap it", id="a label that says otherwise"),
        pytest.param("- [ ] Cap it\n  - **Status:** Open", id="a field that says otherwise"),
        pytest.param(f"{HEAD}| Cap it | Kim | Superseded by OPS-9 | OPS-1 |", id="a state with more in it than a word"),
        pytest.param(f"{HEAD}| Cap it | Kim | In progress, see [PR 3](https://x.example/3) | OPS-1 |", id="a state with a link"),
    ],
)  # fmt: skip
def test_what_would_lose_or_contradict_words_is_left_to_its_author(items: str) -> None:
    given_document = document(items)
    assert with_states(given_document, [DONE]) == (given_document.data, [DONE])


def test_several_items_at_once_and_line_ends_stay() -> None:
    items = "- [ ] One (ticket: A-1)\n- [ ] Two (in progress)\n- [ ] Three\n\n" + f"{HEAD}| Four | Kim | Open | A-4 |"
    text = document(items)
    crlf = Document(PATH, b"\xef\xbb\xbf" + text.data.replace(b"\n", b"\r\n"), text.settings)
    changes = [StateChange(index, ActionState.DONE, DAY) for index in range(4)]
    after, left = with_states(crlf, changes)
    assert [change.index for change in left] == [1]
    expected = text.data.decode()
    for old, new in (
        ("- [ ] One (ticket: A-1)", "- [x] One (ticket: A-1, done: 2026-03-04)"),
        ("- [ ] Three", "- [x] Three (done: 2026-03-04)"),
        ("| Four | Kim | Open |", "| Four | Kim | Done (2026-03-04) |"),
    ):
        assert old in expected
        expected = expected.replace(old, new)
    assert after.decode() == "\ufeff" + expected.replace("\n", "\r\n")


def test_a_reason_cannot_end_its_parenthesis_its_cell_or_its_line() -> None:
    wild = StateChange(0, ActionState.DROPPED, reason="a) | b\n- [x] <!-- `c` *d* (e\\")
    assert written("- [ ] Cap it", wild) == "- [ ] Cap it (wont-do: a b - x !-- c d e)"
    assert written("- [ ] Cap it", StateChange(0, ActionState.DROPPED, reason="))")).endswith(
        "(wont-do: closed in the tracker)"
    )


TEXTS = st.text("ab |`*[]()<>!-:#\\.é日🅰x,", min_size=1, max_size=30).filter(str.strip)
LINES = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["- [ ] ", "- ", "* [x] ", "1. [/] ", "- [ ] [Kim] ", "- [-] ", "- [?] "]), TEXTS,
    st.sampled_from(["", " (due: 2026-02-20)", " (ticket: #7, kind: docs)", " (state: unknown)", " (wont-do: no)", " (done)", "."]),
    st.sampled_from(["", "\n  more of it", "\n  - below", " <!-- x -->", "  "]),
)  # fmt: skip
ROWS = st.builds(
    "| {} | {} | {} |".format, TEXTS.map(lambda text: text.replace("|", "")),
    st.sampled_from(["Open", "Done", "", "[ ]", "✅", "Blocked by x", "Won't do: y"]), st.sampled_from(["", "Kim", "-"]),
)  # fmt: skip
CHANGE = st.builds(
    StateChange, st.integers(0, 3), st.sampled_from([ActionState.DONE, ActionState.DROPPED]), st.sampled_from([DAY, None]), TEXTS
)  # fmt: skip


@given(
    lines=st.lists(LINES, min_size=1, max_size=4), rows=st.lists(ROWS, max_size=3),
    changes=st.lists(CHANGE, min_size=1, max_size=3, unique_by=lambda change: change.index),
)  # fmt: skip
def test_what_is_written_is_read_as_meant_and_all_else_stays(
    lines: list[str], rows: list[str], changes: list[StateChange]
) -> None:
    table = "\n\n| Action | Status | Owner |\n|---|---|---|\n" + "\n".join(rows) if rows else ""
    before = document("\n".join(lines) + table)
    items = before.postmortem.actions.items
    asked = [change for change in changes if change.index < len(items)]
    after, left = with_states(before, asked)
    now = Document(PATH, after, before.settings)
    made = {change.index: change for change in asked if change not in left}
    for index, (old, new) in enumerate(zip(items, now.postmortem.actions.items, strict=True)):
        assert (old.text, old.owner, old.due, old.kind, old.ticket) == (
            new.text,
            new.owner,
            new.due,
            new.kind,
            new.ticket,
        )
        if change := made.get(index):
            assert new.state is change.state
            assert change.state is ActionState.DROPPED or new.done == (change.day or old.done)
        else:
            assert (old.state, old.done, old.dropped_because) == (new.state, new.done, new.dropped_because)
    touched = {line for index in made for line in range(items[index].first, items[index].last + 1)}
    pairs = enumerate(zip(before.lines, now.lines, strict=True), 1)
    assert all(old == new for number, (old, new) in pairs if number not in touched)
    assert now.postmortem.front_matter == before.postmortem.front_matter


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("| a | b |", ["a", "b"]),
        ("a | b", ["a", "b"]),
        ("  |a||  |", ["a", "", ""]),
        (r"| a\|b | c ", [r"a\|b", "c"]),
        ("|", []),
    ],
)
def test_cells_are_where_they_are_written(line: str, cells: list[str]) -> None:
    assert [line[begin:end] for begin, end in cell_spans(line)] == cells
