"""Action items of an export, written as authors write them: they are read back as the export says them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortems.adopt.exports.incident import ExportAction
from postmortems.adopt.exports.written_lists import action_line
from postmortems.model.action_item import ActionItem, ActionState
from postmortems.model.diagnostic import Problem
from postmortems.model.source import Source
from postmortems.read.action_items import read_action_items
from postmortems.read.body import read_body
from postmortems.settings import Settings


def read_back(action: ExportAction) -> tuple[ActionItem, list[Problem]]:
    body = read_body(Source("x.md", f"## Action Items\n\n{action_line(action)}\n", 1), {})
    (items, problems) = read_action_items(body, Settings())
    (item,) = items.items
    return item, problems


@pytest.mark.parametrize(
    ("action", "written"),
    [
        (ExportAction("Split the pool (due: never)"), "- [ ] Split the pool (due: never) (state: open)"),
        (ExportAction("Split (due: 2026-03-02)"), "- [ ] Split `(due: 2026-03-02)`"),
        (ExportAction("Split (by 2026-03-02)"), "- [ ] Split (by 2026-03-02) (state: open)"),
        (
            ExportAction("Split (ticket: OPS-1) it", due=date(2026, 3, 3)),
            "- [ ] Split `(ticket: OPS-1)` it (due: 2026-03-03)",
        ),
    ],
)
def test_notes_in_the_text_of_an_export_stay_text(action: ExportAction, written: str) -> None:
    assert action_line(action) == written
    item, problems = read_back(action)
    assert (item.due, item.ticket, item.state, problems) == (action.due, action.ticket, action.state, [])


PIECES = [
    "Split",
    " ",
    "(",
    ")",
    "due",
    ": ",
    "2026-03-02",
    ",",
    "kind",
    "prevent",
    "ticket",
    "OPS-1",
    "by",
    "[a]",
    "`",
]


@given(
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
    st.sampled_from([ActionState.OPEN, ActionState.DONE]),
    st.none() | st.just(date(2026, 3, 3)),
)
def test_no_text_of_an_export_becomes_a_note_or_a_finding(text: str, state: ActionState, due: date | None) -> None:
    item, problems = read_back(ExportAction(f"Do {text}", state=state, due=due))
    assert (item.due, item.state, item.kind, item.ticket, problems) == (due, state, None, "", [])
