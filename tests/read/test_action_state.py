"""States of action items as authors write them: understood whole, or not at all."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortems.model.action_item import ActionState
from postmortems.read.action_state import read_state, read_tick

DONE = """
Done | DONE | done. | Done! | **Done** | _Done_ | `done` | Done\\. | Complete | Completed | Closed | Fixed | Resolved
✅ | ✅ Done | ☑️ | ✔️ merged | ✓ | :white_check_mark: | :heavy_check_mark: done | :material-check:{ .green } | 🟢 Done
Done ✅ | Done :tada: | 🚀 Shipped | Shipped 🚀 | [x] | [X] done | \\[x\\] | [✓]
100% | 100 % | 100 % complete | Deployed | Deployed to production | Verified | Rolled-out | In production | Already done
Done (PR 12) | Fixed in #123 | Resolved in v1.2 | Done by Dana | done in https://x.example/pull/1 | Done: see the runbook
[Done](https://x.example/1) | ![Done](https://x.example/done.svg) | Done (https://x.example/not-open) | Done [OPS-1](https://x.example/1)
~~Open~~ Done | <del>Open</del> Done | <s>In progress</s> Fixed | Open → Done | To do -> Done | Done / Verified | Done and deployed
✅ 2026-03-04 | 2026-03-04 ✅ | [x] 4 March 2026 | (done) | (Done in PR 12) | Done - 100 % | Done by team 3
"""
OPEN = """
Open | TODO | To do | To-do | ToDo | In progress | in_progress | IN-PROGRESS | WIP | Not started | Not done | Backlog
Blocked | On hold | Ongoing | Pending | Pending approval | Waiting for the vendor | Scheduled for Q3 | In Review (existing)
🚧 | 🚧 In progress | ⏳ | ❌ | 🟡 In progress | ⛔ Blocked | [ ] | [/] | 0 % | 80% | 80% done | In progress – 50 %
Partially done | Almost done | Open since May | New | To do, in progress
"""
DROPPED = """
Won't do | won’t fix | Wontfix | WONT-DO | Cancelled | Canceled | Rejected (too risky) | Won't do: too dear | ❌ Cancelled
Closed (won't fix) | Closed as not planned | Obsolete | [-] | No longer needed
"""
UNKNOWN = "unknown | Unknown | ? | Unknown (vendor) | ❓ | [?]"
NOT_UNDERSTOOD = """
Superseded | N/A | TBD | Terminé | erledigt | Doen | Done-ish | Done? | Deferred | Accepted | 🟢 | 🚫 | [~] | [>] | [!] | 110 %
Done, except the dashboards | Done (not verified) | Done with caveats | Done in staging | Closed – duplicate | Complete the thing
Open / Done | To do, in progress, done | Done (in progress) | ✅ In progress | ~~Done~~ | Started and finished | [x] To do
Done 80% | Done (3 of 4, 75 %) | Done, needs verification | Done by 2027-04-01 | Fixed, untested | ⏳ 2026-03-04 | (nearly)
"""


def cells(table: str) -> list[str]:
    return [cell.strip() for line in table.strip().splitlines() for cell in line.split(" | ")]


@pytest.mark.parametrize(
    ("cell", "state"),
    [
        *((cell, ActionState.DONE) for cell in cells(DONE)),
        *((cell, ActionState.OPEN) for cell in cells(OPEN)),
        *((cell, ActionState.DROPPED) for cell in cells(DROPPED)),
        *((cell, ActionState.UNKNOWN) for cell in cells(UNKNOWN)),
        *((cell, None) for cell in cells(NOT_UNDERSTOOD)),
    ],
)
def test_a_cell_of_a_column_of_states(cell: str, state: ActionState | None) -> None:
    read = read_state(cell, {}, column=True)
    assert read is not None
    assert (read.state, read.written) == (state, cell)


@pytest.mark.parametrize("cell", ["", "  ", "-", "–", "—", "**-**"])
def test_nothing_is_written(cell: str) -> None:
    assert read_state(cell, {}, column=True) is None


@pytest.mark.parametrize("word", ["new", "testing", "review", "live"])
def test_some_words_are_states_in_a_column_only(word: str) -> None:
    inside, elsewhere = read_state(word, {}, column=True), read_state(word, {})
    assert inside is not None
    assert inside.state is not None
    assert elsewhere is not None
    assert elsewhere.state is None


@pytest.mark.parametrize(
    ("cell", "day", "detail"),
    [
        ("Completed 2026-03-04", date(2026, 3, 4), ""),
        ("Done on 4 March 2026 (dana)", date(2026, 3, 4), "dana"),
        ("✅ Done (March 4, 2026)", date(2026, 3, 4), ""),
        ("Done<br>2026-03-04", date(2026, 3, 4), ""),
        ("Done (due 2026-03-04)", None, "due 2026-03-04"),
        ("Done on 04-03-2026", None, "on 04-03-2026"),
        ("Won't do: too dear, and rare", None, "too dear, and rare"),
        ("Cancelled - replaced by OPS-3", None, "replaced by OPS-3"),
    ],
)
def test_what_stands_behind_a_state(cell: str, day: date | None, detail: str) -> None:
    read = read_state(cell, {}, column=True)
    assert read is not None
    assert (read.day, read.detail) == (day, detail)


@pytest.mark.parametrize(
    ("cell", "state"),
    [
        ("Superseded", ActionState.DROPPED),
        ("superseded by OPS-3", ActionState.DROPPED),
        ("[~]", ActionState.OPEN),
        ("🟢", ActionState.DONE),
        ("erledigt", ActionState.DONE),
        ("Done", ActionState.OPEN),
    ],
)
def test_a_teams_own_words_come_first(cell: str, state: ActionState) -> None:
    own = {
        "Superseded": ActionState.DROPPED,
        "[~]": ActionState.OPEN,
        "🟢": ActionState.DONE,
        "Erledigt": ActionState.DONE,
        "done": ActionState.OPEN,
    }
    read = read_state(cell, own, column=True)
    assert read is not None
    assert read.state is state


@pytest.mark.parametrize(
    ("cell", "state", "day"),
    [
        ("", ActionState.OPEN, None),
        ("-", ActionState.OPEN, None),
        ("no", ActionState.OPEN, None),
        ("❌", ActionState.OPEN, None),
        ("Yes", ActionState.DONE, None),
        ("x", ActionState.DONE, None),
        ("✅", ActionState.DONE, None),
        ("2026-03-04", ActionState.DONE, date(2026, 3, 4)),
        ("In progress", ActionState.OPEN, None),
        ("Q2", None, None),
        ("tbd", None, None),
    ],
)
def test_a_cell_of_a_column_to_tick(cell: str, state: ActionState | None, day: date | None) -> None:
    read = read_tick(cell, {})
    assert (read.state, read.day) == (state, day)


@given(st.text(max_size=600), st.booleans())
def test_no_text_raises(text: str, column: bool) -> None:
    read_state(text, {}, column=column)
    read_tick(text, {})


@pytest.mark.parametrize("piece", ["[", "~~", "<del>", ":", "✅", "done ", "(", "![", "{ .", "\\", "a-", "→"])
def test_a_long_cell_costs_no_more_than_its_length(piece: str) -> None:
    read = read_state(piece * 200_000, {}, column=True)
    assert read is not None
    assert read.state is None
