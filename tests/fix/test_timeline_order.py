"""Timelines that are sorted, and those that are not, because a time may be wrong instead."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.fix.one_fix import after, proposed

from postmortems.fix.fixes.timeline_order import FIX

FRONT = "---\nstarted_at: 2026-03-02T14:20:00Z\nresolved_at: 2026-03-02T16:00:00Z\n---\n\n## Timeline\n\n"


def table(*rows: str, header: str = "Time (UTC)") -> str:
    return (
        f"{FRONT}| {header} | Event |\n|---|---|\n" + "".join(f"{row}\n" for row in rows) + "\nAnd then it was over.\n"
    )


def bullets(text: str) -> str:
    return f"{FRONT}All times are in UTC.\n\n{text}\n\n## Lessons Learned\n\n- 09:00 none\n- 08:00 none\n"


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        pytest.param(
            table("| 14:20 | a |", "| 14:45 | c |", "|14:23|  b  |", "| 16:00 | d |"),
            table("| 14:20 | a |", "|14:23|  b  |", "| 14:45 | c |", "| 16:00 | d |"),
            id="a row one place too low",
        ),
        pytest.param(
            table("| 14:45 | c |", "| 14:20 | a |", "| 14:23 | b |"),
            table("| 14:20 | a |", "| 14:23 | b |", "| 14:45 | c |"),
            id="a row two places too high",
        ),
        pytest.param(
            table("| 14:45 | c |", "| 14:20 | a1 |", "| 14:20 | a2 |"),
            table("| 14:20 | a1 |", "| 14:20 | a2 |", "| 14:45 | c |"),
            id="what is at one time keeps its order",
        ),
        pytest.param(
            table("| 2026-03-03 10:00 | d |", "| 2026-03-02 15:00 | c |", "| 2026-03-01 15:00 | b |", "| 2026-03-01 15:00 | a |"),
            table("| 2026-03-01 15:00 | a |", "| 2026-03-01 15:00 | b |", "| 2026-03-02 15:00 | c |", "| 2026-03-03 10:00 | d |"),
            id="the newest first",
        ),
        pytest.param(
            table("| 15:00 PST | b |", "| 22:00 UTC | a |", "| 15:01 PST | c |"),
            table("| 22:00 UTC | a |", "| 15:00 PST | b |", "| 15:01 PST | c |"),
            id="times of two zones",
        ),
        pytest.param(
            table("| 2026-03-02 14:20 | a |", "| 14:45 | c |", "| 14:23 | b |", "| 2026-03-03 09:30 | d |", "| 10:00 | e |"),
            table("| 2026-03-02 14:20 | a |", "| 14:23 | b |", "| 14:45 | c |", "| 2026-03-03 09:30 | d |", "| 10:00 | e |"),
            id="within one day of several",
        ),
        pytest.param(
            table("| 14:23 | b |", "| 2026-03-02 14:20 | a |", "| 14:45 | c |"),
            table("| 2026-03-02 14:20 | a |", "| 14:23 | b |", "| 14:45 | c |"),
            id="the row that names the only day",
        ),
        pytest.param(
            table("| 14:20 | a |", "| 14:45 | d |", "| ~14:30 | c |", "| 14:23 | b |"),
            table("| 14:20 | a |", "| 14:23 | b |", "| 14:45 | d |", "| ~14:30 | c |"),
            id="around an approximate time that stands where its author wants it",
        ),
        pytest.param(
            table("| 14:20 | a |", "| ~14:30 | c |", "| 14:45 | d |", "| 14:23 | b |"),
            table("| 14:20 | a |", "| 14:23 | b |", "| ~14:30 | c |", "| 14:45 | d |"),
            id="above an approximate time: a row too low",
        ),
        pytest.param(
            table("| 14:20 | a |", "| 14:45 | d |", "| ~14:23 | b |", "| 14:30 | c |"),
            table("| 14:20 | a |", "| ~14:23 | b |", "| 14:30 | c |", "| 14:45 | d |"),
            id="below an approximate time: a row too high",
        ),
        pytest.param(
            table("| 14:00 | a |", "| by 13:50 | x |", "| 14:10 | c |", "| 14:05 | b |"),
            table("| 14:00 | a |", "| by 13:50 | x |", "| 14:05 | b |", "| 14:10 | c |"),
            id="an approximate time out of order stays there",
        ),
        pytest.param(
            table("| T+0 | a |", "| T+25m | c |", "| T+3m | b |"),
            table("| T+0 | a |", "| T+3m | b |", "| T+25m | c |"),
            id="times told by the start",
        ),
        pytest.param(
            bullets("- **14:20** a\n- **14:45** c\n  - with more\n\n    and a paragraph\n- **14:23** b\n  lazily\n- **16:00** d"),
            bullets("- **14:20** a\n- **14:23** b\n  lazily\n- **14:45** c\n  - with more\n\n    and a paragraph\n- **16:00** d"),
            id="bullets with all their lines",
        ),
        pytest.param(
            bullets("* 14:20 a\n\n* 14:45 c\n\n\n* 14:23 b"),
            bullets("* 14:20 a\n\n* 14:23 b\n\n\n* 14:45 c"),
            id="empty lines stay where they are",
        ),
    ],
)  # fmt: skip
def test_what_is_sorted(before: str, expected: str) -> None:
    assert after(FIX, before) == expected
    assert proposed(FIX, expected) == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(table("| ~14:45 | a |", "| ~14:20 | b |"), id="approximate times alone"),
        pytest.param(table("| 14:20 | a |", "| 14:45 | c |", "| 14:30 (next day) | b |", "| 14:23 | x |"), id="a day told by the row above"),
        pytest.param(
            table("| 2026-10-25 00:20 | a |", "| 02:40 | c |", "| 02:10 | b |", "| 04:20 | e |", "| 04:10 | d |", header="Time (Europe/Berlin)"),
            id="local times that were twice, and the rows around them",
        ),
        pytest.param(table("| 14:20 | a |", "| 14:45 - 15:00 | c |", "| 14:50 | x |", "| 14:23 | b |"), id="a range"),
        pytest.param(table("| 14:20 | a |", "| 14:45 | c |", "| unknown | x |", "| 14:23 | b |"), id="an unknown time"),
        pytest.param(table("| 14:20 | a |", "| 14:72 | x |", "| 14:45 | c |", "| 14:23 | b |"), id="a time that cannot be read"),
        pytest.param(table("| 2026-03-03 | a |", "| 2026-03-03 14:45 | c |", "| 2026-03-02 14:23 | b |"), id="a mere day"),
        pytest.param(table("| 14:20 | a |", "| 19:45 | c |", "| 14:23 | b |"), id="more than three hours back: another day?"),
        pytest.param(table("| 00:10 | c |", "| 23:50 | b |", "| 23:30 | a |"), id="the newest first, around midnight"),
        pytest.param(
            table("| 2026-03-02 22:40 | x |", *(f"| 2026-03-02 22:0{minute} | {minute} |" for minute in range(6)), "| 2026-03-02 22:41 | y |"),
            id="one time far from its place: a wrong time?",
        ),
        pytest.param(table("| 2026-03-03 09:00 | b |", "| 2026-03-02 10:00 | a |"), id="a day back: a wrong day?"),
        pytest.param(table("| 14:20 | a |", "| 14:45 UTC | c |", "| 14:23 | b |", header="Time"), id="the zone not stated by all"),
        pytest.param(table("| Tuesday 14:45 | c |", "| Tuesday 14:23 | b |"), id="weekdays"),
        pytest.param(table("| 2026-03-03 14:45 | c |", "| 14:23 | b |", "| 14:50 | d |"), id="a time that would lose its day"),
        pytest.param(bullets("1. 14:45 c\n2. 14:23 b"), id="a numbered list"),
        pytest.param(bullets("- 14:45 c\n* 14:23 b"), id="two lists"),
        pytest.param(bullets("- 14:45 c\n\nThen it went on.\n\n- 14:23 b"), id="text between the bullets"),
        pytest.param(bullets("- 14:45 c\n- no time\n- 14:23 b"), id="a bullet without a time"),
        pytest.param(bullets("- 14:45 c\n<!-- about the next -->\n- 14:23 b\n- 14:46 d"), id="a comment between them"),
        pytest.param(bullets("<!-- about the first -->\n- 14:45 c\n- 14:23 b"), id="a comment above them"),
        pytest.param(bullets("14:45 - c\n14:23 - b"), id="plain lines"),
        pytest.param(bullets("### 14:45 - c\n\nText\n\n### 14:23 - b\n\nText"), id="headings"),
        pytest.param(table("| 14:20 | a |", "| 14:23 | b |"), id="in order"),
        pytest.param(
            table("| 14:45 | c |", "| 14:23 | b |").replace("| Time", "<!-- postmortems: allow PM203: as the log has it -->\n\n| Time"),
            id="an order that is meant so",
        ),
    ],
)  # fmt: skip
def test_what_is_not_sure_stays(text: str) -> None:
    assert after(FIX, text) == text


def test_line_ends_and_a_missing_last_one_stay() -> None:
    text = f"{FRONT}| Time (UTC) | Event |\n|---|---|\n| 14:45 | b |\n| 14:23 | a |".replace("\n", "\r\n")
    assert after(FIX, text).endswith("|---|---|\r\n| 14:23 | a |\r\n| 14:45 | b |")


def test_it_answers_each_finding_in_the_table_and_no_other() -> None:
    text = table("| 14:40 | c |", "| 14:30 | b |", "| 14:20 | a |", "| 14:50 | d |")
    (only,) = proposed(FIX, text)
    assert [(answer.rule, answer.place.line) for answer in only.answers] == [
        ("timeline-goes-back", 11),
        ("timeline-goes-back", 12),
    ]
    assert only.is_form
    assert (only.edit.place.line, only.edit.place.end_line) == (10, 12)


CELLS = st.one_of(
    st.times().map(lambda at: f"{at:%H:%M}"),
    st.integers(20, 59).map(lambda minute: f"14:{minute}"),
    st.integers(20, 59).map(lambda minute: f"~14:{minute}"),
    st.integers(20, 59).map(lambda minute: f"2026-03-02 14:{minute} UTC"),
    st.integers(0, 59).map(lambda minute: f"T+{minute}m"),
    st.sampled_from(
        ["14:30 (next day)", "by 14:40", "unknown", "2026-10-25 02:40 Europe/Berlin", "2026-10-25 02:10 Europe/Berlin", "14:72", "noon",
         "14:30 - 14:50", "2026-03-01", "14:33 XKT", "15:35 CET"]
    ),
)  # fmt: skip


@given(st.lists(CELLS, min_size=2, max_size=8))
def test_a_sort_loses_no_row_and_moves_none_that_is_in_doubt(cells: list[str]) -> None:
    before = table(*(f"| {cell} | {index} |" for index, cell in enumerate(cells)))
    sorted_text = after(FIX, before)
    assert sorted(sorted_text.split("\n")) == sorted(before.split("\n"))
    if sorted_text != before:
        assert not any(word in cell for cell in cells for word in ("Berlin", "XKT", "72", "next", "unknown"))
        approximate = [line for line in before.split("\n") if "~" in line or "by " in line]
        assert [line for line in sorted_text.split("\n") if line in approximate] == approximate
