"""Some incidents in figures, beside all others."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests.builders import BEGIN, TODAY, action_item, corpus, dated_incident, incident

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.incident_group import IncidentGroup
from postmortems.model.action_item import ActionState
from postmortems.model.postmortem import Postmortem
from postmortems.settings import Settings


def group(*members: Postmortem, others: tuple[Postmortem, ...] = ()) -> IncidentGroup:
    return IncidentGroup(members, Analysis(corpus(*members, *others), Settings(), TODAY))


def test_near_misses_and_drills_are_in_no_figure() -> None:
    found = group(incident("a"), incident("b", BEGIN + timedelta(days=1), kind="drill", severity="SEV2"))
    assert [one.id for one in found.incidents] == ["2024/a"]
    assert [one.id for one in found.apart] == ["2024/b"]
    assert found.last_day == BEGIN.date()
    assert (found.by_severity["SEV1"], found.by_severity["SEV2"]) == (1, 0)


def test_the_last_day_is_that_of_the_latest_incident_that_has_one() -> None:
    assert group(incident("a"), incident("b", None)).last_day == BEGIN.date()
    assert group(incident("b", None)).last_day is None


@pytest.mark.parametrize(
    ("members", "met", "judged", "missing"),
    [
        pytest.param([{"detected": 5}, {"detected": 6}], 1, 2, 0, id="on the target is in time"),
        pytest.param([{"detected": None}, {"detected": 1}], 1, 1, 1, id="detection unknown"),
        pytest.param([{"severity": "SEV4", "detected": 1}], 0, 0, 1, id="without a target"),
        pytest.param([], 0, 0, 0, id="none"),
    ],
)
def test_targets_count_what_can_be_judged(members: list[dict[str, Any]], met: int, judged: int, missing: int) -> None:
    found = group(*(incident(f"{number}", **values) for number, values in enumerate(members))).targets
    assert (found.met, found.judged, found.missing) == (met, judged, missing)
    assert found.to_detect.n == judged


def test_open_actions_begin_with_those_of_the_newest_incident() -> None:
    found = group(
        dated_incident("a", action_item("Old"), action_item("Done", ActionState.DONE), day="2025-01-01"),
        dated_incident("b", action_item("New"), action_item("Newer"), day="2025-02-01"),
        dated_incident("c", day="2025-03-01"),
    )
    assert [action.item.text for action in found.open_actions] == ["New", "Newer", "Old"]
    assert (found.action_counts.open, found.action_counts.done, found.with_open_actions) == (3, 1, 2)


def test_times_to_detect_are_held_against_those_of_all_others() -> None:
    others = (incident("x", detected=0.5), incident("y", detected=2), incident("z", detected=None))
    found = group(incident("a", detected=1), incident("b", detected=90), incident("c", kind="drill"), others=others)
    here, elsewhere = found.detection, found.detection_of_others
    assert (here.within_a_minute, here.summary.n, here.summary.missing) == (1, 2, 0)
    assert (elsewhere.within_a_minute, elsewhere.summary.n, elsewhere.summary.missing) == (1, 2, 1)
