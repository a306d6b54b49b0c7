"""`timeline.json`: its events, and everything that can be wrong with it, with the line."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortems.model.diagnostic import Problem
from postmortems.model.source import Source
from postmortems.model.timeline import Phase, Shape, Timeline
from postmortems.read.body import read_body
from postmortems.read.text import LARGEST
from postmortems.read.timeline import read_timeline
from postmortems.read.timeline.incident_times import IncidentTimes
from postmortems.settings import Settings


def read(data: str | bytes, section: str = "Prose.") -> tuple[Timeline, list[Problem]]:
    return read_timeline(
        read_body(Source("x.md", f"## Timeline (UTC)\n\n{section}\n"), {}),
        IncidentTimes(date(2024, 2, 6)),
        Settings(),
        json_path="a/timeline.json",
        json_bytes=data.encode() if isinstance(data, str) else data,
    )


def test_the_events_of_the_file() -> None:
    timeline, problems = read(
        '[\n  {"at": "2024-02-06T15:23:00+01:00", "event": "Alert", "action": "Paged", "phase": "detection",\n'
        '   "actor": "ann", "link": "https://x.example"},\n'
        '  {"at": null, "event": "Something"},\n  {"at": "2024-02-07", "event": "Quiet"}\n]'
    )
    first, second, third = timeline.events
    assert (first.at, first.text, first.action, first.phase, first.actor, first.link, first.written) == (
        datetime(2024, 2, 6, 14, 23, tzinfo=UTC),
        "Alert",
        "Paged",
        Phase.DETECTION,
        "ann",
        "https://x.example",
        "2024-02-06T15:23:00+01:00",
    )
    assert (first.place.path, first.place.line, first.place.column) == ("a/timeline.json", 2, 3)
    assert (second.at, second.place.line) == (None, 4)
    assert (third.day_only, third.place.line) == (True, 5)
    assert (timeline.shape, timeline.spans, timeline.zone_stated, problems) == (Shape.JSON, (), True, [])


@pytest.mark.parametrize("data", ["[]", '\ufeff[{"at": null, "event": "a"}]', '[{"at": "unknown", "event": "a"}]\r\n'])
def test_sound_files(data: str) -> None:
    assert read(data)[1] == []


@pytest.mark.parametrize(
    ("data", "place", "message", "help_text"),
    [
        pytest.param("", (1, 1), "not JSON: it ends unexpectedly", '[{"at"', id="empty"),
        pytest.param(
            '[\n{"at": null "event": "a"}]', (2, 13), "a comma or a closing bracket is missing", "", id="no comma"
        ),
        pytest.param('[\n{"at": null, "event": "a"},\n]', (2, 27), "trailing comma", "", id="last comma"),
        pytest.param("[{'at': null}]", (1, 3), "a key in double quotes is missing", "", id="single quotes"),
        pytest.param('[{"at" null}]', (1, 8), "a colon is missing after a key", "", id="no colon"),
        pytest.param('["a\nb"]', (1, 4), "invalid control character", "", id="a line end in a text"),
        pytest.param('["\\ud800x', (1, 2), "unterminated string", "", id="no closing quote"),
        pytest.param("[] []", (1, 4), "there is text after its end", "", id="two values"),
        pytest.param('[{"at": null, "event": "a",}]', (1, 27), "trailing comma", "", id="last comma of an event"),
        pytest.param('[{"at": NaN}]', (1, 2), '"N" is unexpected', "", id="no number in an event"),
        pytest.param("[" + "9" * 5_000 + "]", (1, 2), "an event is a number", "", id="a long number"),
        pytest.param("[NaN]", (1, 2), '"N" is unexpected', "", id="no number"),
        pytest.param("[" * 100_000, (1, 2), "nested too deeply", "", id="deep"),
        pytest.param('{"events": []}', (1, 1), "is an object, not a list", '[{"at"', id="an object"),
        pytest.param("[\n3]", (2, 1), "an event is a number", '[{"at"', id="a number for an event"),
        pytest.param('[{"event": "a"}]', (1, 2), 'no "at"', "null", id="no time"),
        pytest.param('[{"at": null, "action": "a"}]', (1, 2), 'no "event"', "", id="no event"),
        pytest.param('[{"at": null, "event": " "}]', (1, 2), '"event" is empty', "", id="empty event"),
        pytest.param('[{"at": null, "event": 3}]', (1, 2), '"event" is a number', "", id="a number for a text"),
        pytest.param('[{"at": 1423, "event": "a"}]', (1, 2), '"at" is a number', "", id="a number for a time"),
        pytest.param(
            '[{"at": "14:23", "event": "a"}]', (1, 2), '"14:23" cannot be read', "", id="a time without a day"
        ),
        pytest.param(
            '[{"at": "2024-02-06T14:23:00", "event": "a"}]', (1, 2), "no time zone", '14:23:00Z"', id="no zone"
        ),
        pytest.param(
            '[{"at": "0001-01-01T00:00+10:00", "event": "a"}]', (1, 2), "outside the calendar", "", id="too early"
        ),
        pytest.param(
            '[{"at": null, "event": "a",\n "acton": "b"}]',
            (1, 2),
            '"acton" is unknown',
            '"action"?',
            id="unknown key",
        ),
        pytest.param('[{"at": null, "event": "a", "event": "b"}]', (1, 2), "twice", "", id="a key twice"),
        pytest.param(
            '[{"at": null, "event": "a", "phase": "detektion"}]', (1, 2), '"detektion"', '"detection"?', id="phase"
        ),
    ],
)
def test_what_is_wrong(data: str, place: tuple[int, int], message: str, help_text: str) -> None:
    _, problems = read(data)
    (problem,) = problems
    assert (problem.rule, problem.place.path) == ("invalid-timeline-json", "a/timeline.json")
    assert (problem.place.line, problem.place.column) == place
    assert message in problem.message
    assert help_text in problem.help


def test_bytes_that_are_no_text() -> None:
    (problem,) = read(b'[\n"\xff"]')[1]
    assert (problem.place.line, "0xff" in problem.message) == (2, True)


def test_a_huge_file_is_not_read() -> None:
    (problem,) = read(b" " * (LARGEST + 1))[1]
    assert "2,097,153 bytes" in problem.message


def test_everything_is_reported_at_once_and_the_rest_is_read() -> None:
    timeline, problems = read('[{"at": 1, "evnt": 2}, {"at": null, "event": "a"}, 3, {"at": null, "event": "b"}]')
    assert [event.text for event in timeline.events] == ["a", "b"]
    assert len(problems) == 4


@pytest.mark.parametrize(
    ("written", "at", "disagrees"),
    [
        pytest.param("- 14:23 Alert fired", "2024-02-06T14:23:30Z", False, id="the same minute"),
        pytest.param("- 14:23 Alert fired", "2024-02-06T14:24:00Z", True, id="another minute"),
        pytest.param("- 14:23 **Alert** fired.", "2024-02-06T14:24:00Z", True, id="marks do not count"),
        pytest.param("- 14:23 Alert fires", "2024-02-06T14:24:00Z", False, id="other words"),
        pytest.param("- ~14:23 Alert fired", "2024-02-06T14:40:00Z", False, id="about then"),
        pytest.param("- 14:00 - 14:30 Alert fired", "2024-02-06T14:24:00Z", False, id="within the range"),
        pytest.param("- 14:00 - 14:30 Alert fired", "2024-02-06T14:34:00Z", True, id="outside the range"),
        pytest.param("- 6 Feb: Alert fired", "2024-02-06T14:24:00Z", False, id="that day"),
        pytest.param("- 8 Feb: Alert fired", "2024-02-06T10:24:00Z", True, id="another day"),
        pytest.param("- unknown: Alert fired", "2024-02-06T14:24:00Z", False, id="unknown"),
        pytest.param("- 14:23 Alert fired\n- 14:24 Alert fired", "2024-02-06T14:24:00Z", False, id="twice there"),
    ],
)
def test_times_that_disagree(written: str, at: str, disagrees: bool) -> None:
    _, problems = read(json.dumps([{"at": at, "event": "Alert fired"}]), written)
    assert [(one.rule, one.place.path, one.place.line) for one in problems] == (
        [("invalid-timeline-json", "a/timeline.json", 1)] if disagrees else []
    )


def test_a_step_back_is_reported_in_the_file() -> None:
    _, problems = read(
        '[{"at": "2024-02-06T14:24:00Z", "event": "a"},\n {"at": null, "event": "b"},\n'
        ' {"at": "2024-02-06T14:23:00Z", "event": "c"},\n {"at": "2024-02-06T14:23:30Z", "event": "d"}]'
    )
    assert [(one.rule, one.place.path, one.place.line) for one in problems] == [
        ("timeline-goes-back", "a/timeline.json", 3)
    ]


def test_a_disagreement_names_both_times_and_the_line() -> None:
    _, (problem,) = read('[{"at": "2024-02-06T14:24:00Z", "event": "Alert"}]', "- 14:23 Alert")
    assert "at 2024-02-06 14:24 UTC here, but at 2024-02-06 14:23 UTC on line 3 of the postmortem" in problem.message


VALUES = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.text(max_size=5), st.floats(allow_nan=False, allow_infinity=False)
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["at", "event", "action", "phase", "x"]), inner, max_size=4),
    ),
    max_leaves=12,
)


@given(VALUES)
def test_every_json_is_read_as_the_standard_library_reads_it(value: object) -> None:
    _, problems = read(json.dumps(value, indent=1))
    assert not any("not JSON" in problem.message for problem in problems)


@given(st.text(st.sampled_from('[]{}",:\\ \nu0123e-+.truefalsn'), max_size=40))
def test_json_is_refused_exactly_where_the_standard_library_refuses_it(text: str) -> None:
    try:
        json.loads(text, parse_constant=lambda _: 1 / 0)
        sound = True
    except (ValueError, ZeroDivisionError):
        sound = False
    _, problems = read(text)
    assert any("not JSON" in problem.message for problem in problems) is not sound


@pytest.mark.parametrize(
    ("section", "messages"),
    [
        ("- 16:23 Alert\n- 16:30 Call\n- 16:40 Fix", ["all 3 events in both are 2h earlier here than in the text"]),
        ("- 14:23 Alert\n- 16:30 Call\n- 16:40 Fix", ['"Call" is at 2024-02-06 14:30 UTC here, but at 2024-02-06 16:30 UTC on line 4 of the postmortem', '"Fix" is at 2024-02-06 14:40 UTC here, but at 2024-02-06 16:40 UTC on line 5 of the postmortem']),
        ("- 14:23 Alert\n- 14:30 Call\n- 14:40 Fix", []),
        ("- 16:23 XKT – Alert\n- 16:30 XKT – Call", ['"XKT" is not a known time zone']),
    ],
)  # fmt: skip
def test_one_shift_of_all_events_is_one_finding(section: str, messages: list[str]) -> None:
    events = [("14:23", "Alert"), ("14:30", "Call"), ("14:40", "Fix")]
    data = json.dumps([{"at": f"2024-02-06T{at}:00Z", "event": text} for at, text in events])
    assert [one.message for one in read(data, section)[1]] == messages
