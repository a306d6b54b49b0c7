"""How many incidents the quarters had, and what of it is more than chance."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from scipy import stats
from tests.builders import incident, metrics

from postmortems.analyse.frequency import Frequency
from postmortems.model.postmortem import Postmortem
from postmortems.model.quarter import Quarter, quarter_at, quarter_of, quarters_between

TODAY = date(2025, 5, 20)


def months(*named: str) -> list[Postmortem]:
    """An incident in the middle of each month named."""
    return [
        incident(f"{place}", datetime.fromisoformat(f"{month}-15T10:00:00").replace(tzinfo=UTC))
        for place, month in enumerate(named)
    ]


def counted(*named: str, today: date = TODAY) -> Frequency:
    found = metrics(*months(*named), today=today).frequency
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param(date(2024, 1, 1), (2024, 1), id="the first day"),
        pytest.param(date(2024, 3, 31), (2024, 1), id="the last day of the first"),
        pytest.param(date(2024, 4, 1), (2024, 2), id="the first day of the second"),
        pytest.param(date(2024, 12, 31), (2024, 4), id="the last day"),
    ],
)
def test_the_quarter_of_a_day(day: date, expected: tuple[int, int]) -> None:
    quarter = quarter_of(day)
    assert (quarter.year, quarter.number) == expected
    assert quarter_at(quarter.ordinal) == quarter
    assert quarter.first <= day
    assert quarter_of(quarter.first) == quarter


def test_quarters_follow_each_other_over_the_new_year() -> None:
    between = quarters_between(Quarter(2023, 3), Quarter(2024, 2))
    assert [(one.year, one.number) for one in between] == [(2023, 3), (2023, 4), (2024, 1), (2024, 2)]


def test_the_rate_counts_empty_quarters_and_leaves_the_running_one_out() -> None:
    found = counted("2024-02", "2024-03", "2025-01", "2025-04")
    assert (found.whole, found.count, found.rate) == (5, 3, 3 / 5)
    assert [(one.quarter.year, one.quarter.number, one.count, one.is_over) for one in found.quarters] == [
        (2024, 1, 2, True),
        (2025, 1, 1, True),
        (2025, 2, 1, False),
    ]


def test_the_interval_of_the_rate_is_that_of_the_count() -> None:
    found = counted("2024-02", "2024-03", "2025-01")
    assert found.rate_interval is not None
    assert found.rate_interval.low == pytest.approx(stats.chi2.ppf(0.025, 6) / 2 / 5)
    assert found.rate_interval.high == pytest.approx(stats.chi2.ppf(0.975, 8) / 2 / 5)


def test_each_severity_has_its_own_count_and_interval() -> None:
    members = [
        incident("a", datetime(2024, 2, 1, tzinfo=UTC), severity="SEV2"),
        incident("b", datetime(2024, 2, 1, tzinfo=UTC)),
    ]
    found = metrics(*members, today=TODAY).frequency
    assert found is not None
    assert [(one.severity, one.count) for one in found.quarters[0].by_severity] == [("SEV1", 1), ("SEV2", 1)]
    assert found.quarters[0].by_severity[0].interval.high == pytest.approx(stats.chi2.ppf(0.975, 4) / 2)


def test_a_quarter_stands_out_above_what_chance_gives_to_any() -> None:
    quiet = ["2020-02", "2020-11", "2021-05", "2022-08", "2023-02", "2024-02"]
    assert [one.quarter for one in counted(*quiet).quarters if one.stands_out] == []
    stormy = counted(*quiet, *["2024-08"] * 9)
    assert [one.quarter for one in stormy.quarters if one.stands_out] == [Quarter(2024, 3)]


def test_two_years_are_compared_by_their_intervals() -> None:
    steady = counted("2023-05", "2023-08", "2024-05", "2024-08", "2024-11", "2023-01")
    assert steady.latest is not None
    assert steady.before is not None
    assert (steady.latest.last, steady.latest.count) == (Quarter(2025, 1), 3)
    assert (steady.before.last, steady.before.count) == (Quarter(2024, 1), 2)
    assert steady.is_noise
    assert not counted("2023-05", *["2024-08"] * 30).is_noise


def test_without_eight_quarters_no_years_are_compared() -> None:
    found = counted("2023-08")
    assert (found.whole, found.latest, found.before) == (7, None, None)


def test_an_incident_without_a_day_is_said_so() -> None:
    found = metrics(incident("a", None), *months("2024-02"), today=TODAY).frequency
    assert found is not None
    assert found.undated == 1
    assert sum(one.count for one in found.quarters) == 1


def test_nothing_and_only_today_give_no_rate() -> None:
    nothing = metrics(today=TODAY).frequency
    assert nothing == Frequency()
    running = counted("2025-05")
    assert (running.whole, running.rate, running.expected_most) == (0, None, None)


def test_a_history_of_millennia_is_counted_at_once() -> None:
    found = counted("0001-02", "2024-02")
    assert found.whole == 4 * 2024 + 1
    assert len(found.quarters) == 3


def test_a_sample_has_no_frequency() -> None:
    assert metrics(*months("2024-02"), corpus="sample").frequency is None
