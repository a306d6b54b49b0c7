"""The review of a month."""

from __future__ import annotations

from datetime import date

import pytest
from tests.builders import TODAY, action_item, dated_incident

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.reviews import is_round
from postmortems.model.action_item import ActionState, Horizon
from postmortems.model.corpus import Corpus
from postmortems.model.postmortem import Postmortem
from postmortems.settings import Settings


def analysis(*members: Postmortem) -> Analysis:
    ordered = tuple(sorted(members, key=lambda one: one.chronology))
    return Analysis(Corpus(ordered), Settings(), TODAY)


def test_only_months_with_an_incident_have_a_review() -> None:
    found = analysis(
        dated_incident("a", day="2024-03-01"),
        dated_incident("b", day="2024-03-31"),
        dated_incident("c", day="2024-05-01", kind="drill"),
        dated_incident("d", day="2025-01-01", kind="near-miss"),
    )
    assert found.reviews.months == ((2024, 3),)


def test_a_drill_is_listed_beside_an_incident_and_not_counted() -> None:
    found = analysis(dated_incident("a", day="2024-03-01"), dated_incident("b", day="2024-03-02", kind="drill"))
    review = found.reviews.review((2024, 3))
    assert [one.id for one in review.postmortems] == ["a", "b"]
    assert [one.id for one in review.incidents] == ["a"]


def test_a_pattern_is_seen_again_only_if_it_was_there_before_the_month() -> None:
    found = analysis(
        dated_incident("old", day="2023-01-01", patterns=["x"]),
        dated_incident("older drill", day="2022-01-01", patterns=["y"], kind="drill"),
        dated_incident("a", day="2024-03-01", patterns=["x", "y"]),
        dated_incident("b", day="2024-03-09", patterns=["y", "x"]),
    )
    (again,) = found.reviews.review((2024, 3)).again
    assert (again.pattern, again.before, again.last.id) == ("x", 1, "old")
    assert [one.id for one in again.members] == ["a", "b"]
    assert found.reviews.review((2023, 1)).again == ()


def test_what_fell_due_in_a_month_whatever_became_of_it() -> None:
    found = analysis(
        dated_incident(
            "old",
            action_item("late", due=date(2024, 3, 9)),
            action_item("next month", due=date(2024, 4, 1)),
            day="2023-01-01",
        ),
        dated_incident(
            "a", action_item("done", ActionState.DONE, due=date(2024, 3, 1)), action_item("no date"), day="2024-03-01"
        ),
    )
    assert [one.item.text for one in found.reviews.review((2024, 3)).fell_due] == ["done", "late"]


def test_anniversaries_are_of_the_same_month_and_round() -> None:
    years = (2013, 2014, 2018, 2020, 2021, 2022, 2023)
    found = analysis(
        dated_incident("now", day="2023-07-20"),
        *(dated_incident(f"{year}", day=f"{year}-07-01") for year in years[:-1]),
        dated_incident("drill", day="2022-07-02", kind="drill"),
        dated_incident("other month", day="2022-08-01"),
    )
    anniversaries = found.reviews.review((2023, 7)).anniversaries
    assert [(one.years, [other.id for other in one.incidents]) for one in anniversaries] == [
        (1, ["2022"]), (2, ["2021"]), (5, ["2018"]), (10, ["2013"])
    ]  # fmt: skip


@pytest.mark.parametrize(("years", "expected"), [(1, True), (2, True), (3, False), (4, False), (5, True), (15, True)])
def test_round_anniversaries(years: int, expected: bool) -> None:
    assert is_round(years) is expected


def test_declared_repeats_lead_to_the_earlier_incident() -> None:
    found = analysis(
        dated_incident("2023/x", day="2023-01-01"),
        dated_incident("2024/y", day="2024-03-01", repeat_of=["2023/x", "2020/nowhere"]),
    )
    (repeat,) = found.reviews.review((2024, 3)).repeats
    assert (repeat.postmortem.id, [one.id for one in repeat.earlier]) == ("2024/y", ["2023/x"])


def test_a_suspected_repeat_is_told_apart_from_a_declared_one() -> None:
    found = analysis(
        dated_incident("2024/x", day="2024-02-01", root_cause="full disk", owner="t", status="published"),
        dated_incident("2024/y", day="2024-03-01", root_cause="full disk", owner="t", status="published"),
    )
    review = found.reviews.review((2024, 3))
    assert review.repeats == ()
    (suspected,) = review.suspected
    assert suspected.suspicion.earlier.id == "2024/x"


def test_an_item_of_unknown_state_stays_in_the_month_in_which_its_horizon_ends() -> None:
    moments = {"started_at": "2024-03-05T10:00:00Z", "resolved_at": "2024-03-05T12:00:00Z"}
    published = {"status": "published", "published_on": "2024-03-06"}
    items = [
        action_item("Cap it", state, horizon=Horizon.SHORT_TERM) for state in (ActionState.UNKNOWN, ActionState.DONE)
    ]
    told = dated_incident("a", *items, **moments, **published)
    later = dated_incident("b", day="2024-04-09")
    fell_due = analysis(told, later).reviews.review((2024, 4)).fell_due
    assert [(one.item.state, one.due is None) for one in fell_due] == [
        (ActionState.UNKNOWN, True),
        (ActionState.DONE, False),
    ]
