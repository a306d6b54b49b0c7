"""The four clocks over years, quarters and severities, and what is said about a change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.builders import BEGIN, incident, metrics

from postmortems.analyse.clocks import SPLIT_FROM, ClockFigures
from postmortems.analyse.measures import Measure
from postmortems.model.postmortem import Postmortem


def year(number: int, minutes: list[float], **matter: str) -> list[Postmortem]:
    """Incidents of one year, noticed so many minutes after they began."""
    begin = datetime(number, 1, 5, 12, tzinfo=UTC)
    return [
        incident(f"{number}-{place}", begin + timedelta(days=place), detected=value, **matter)
        for place, value in enumerate(minutes)
    ]


def names(figures: ClockFigures) -> list[str]:
    return [str(one.period.quarter or one.period.year) for one in figures.finest]


def test_each_clock_runs_between_its_own_moments() -> None:
    found = metrics(*(incident(f"{n}", detected=4, mitigated=30, resolved=90) for n in range(3)))
    medians = {one.clock: one.all.summary.median for one in found.clocks}
    assert medians == {
        Measure.DETECT: timedelta(minutes=4),
        Measure.MITIGATE: timedelta(minutes=30),
        Measure.RECOVER: timedelta(minutes=90),
        Measure.RESPONSE: timedelta(minutes=86),
    }


def test_unknown_is_missing_in_its_own_clock_alone() -> None:
    found = metrics(incident("a", detected=None), incident("b", resolved=None), incident("c", None, date="2024-05-01"))
    known = {one.clock: (one.all.n, one.all.missing) for one in found.clocks}
    assert known == {
        Measure.DETECT: (1, 2),
        Measure.MITIGATE: (0, 3),
        Measure.RECOVER: (1, 2),
        Measure.RESPONSE: (0, 3),
    }


def test_the_longest_incidents_whose_end_is_unknown_lift_the_median() -> None:
    ended = [incident(f"{n}", mitigated=5, resolved=60 + n) for n in range(7)]
    open_ended = [incident(f"x{n}", mitigated=600, resolved=None) for n in range(3)]
    without, found = (metrics(*some).clock(Measure.RECOVER).all for some in (ended, [*ended, *open_ended]))
    assert (found.n, found.missing, found.summary.censored) == (7, 3, 3)
    assert without.summary.median == timedelta(minutes=63)
    assert found.summary.median == timedelta(minutes=64, seconds=30)
    assert (found.summary.low, found.summary.high) == (timedelta(minutes=61), None)
    assert found.upper is None
    assert found.mean == without.mean == timedelta(minutes=63)


def test_drills_and_near_misses_are_left_out() -> None:
    found = metrics(incident("a"), incident("b", kind="drill"), incident("c", kind="near-miss"))
    assert found.incidents == found.clock(Measure.DETECT).all.n == 1


def test_years_come_oldest_first_and_those_without_an_incident_not_at_all() -> None:
    found = metrics(*year(2021, [3]), *year(2019, [4, 5]), incident("x", None)).clock(Measure.DETECT)
    counted = [(one.period.year, one.distribution.n, one.distribution.missing) for one in found.years]
    assert counted == [(2019, 2, 0), (2021, 1, 0), (2024, 0, 1)]


def test_a_year_with_enough_incidents_is_split_into_its_quarters() -> None:
    many = [
        incident(f"{place}", datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=15 * place))
        for place in range(SPLIT_FROM)
    ]
    figures = metrics(*many, *year(2023, [3] * (SPLIT_FROM - 1))).clock(Measure.DETECT)
    assert [one.period.year for one in figures.years] == [2023, 2024]
    assert names(figures) == ["2023", *(f"2024-q{number}" for number in (1, 2, 3, 4))]
    assert sum(one.distribution.n for one in figures.quarters) == SPLIT_FROM


def test_only_the_latest_years_are_split() -> None:
    figures = metrics(*(one for number in (2020, 2021, 2022, 2023) for one in year(number, [3] * SPLIT_FROM))).clocks[0]
    assert {one.period.year for one in figures.quarters} == {2021, 2022, 2023}


def test_a_quarter_that_has_not_begun_is_no_row() -> None:
    figures = metrics(*year(2025, [3] * SPLIT_FROM), today=datetime(2025, 5, 1, tzinfo=UTC).date()).clocks[0]
    assert [one.period.quarter.number for one in figures.quarters if one.period.quarter] == [1, 2]


def test_severities_come_worst_first_and_strange_ones_last() -> None:
    members = [incident(name, severity=name) for name in ("SEV3", "P1", "SEV1")]
    found = metrics(*members, incident("none", severity=None)).clock(Measure.DETECT)
    assert [(one.severity, one.distribution.n) for one in found.severities] == [
        ("SEV1", 1),
        ("SEV3", 1),
        ("P1", 1),
        (None, 1),
    ]


@pytest.mark.parametrize(
    ("earlier", "later", "expected"),
    [
        pytest.param([5] * 5, [60] * 6, None, id="too few in one year"),
        pytest.param([1, 2, 3, 4, 5, 6], [5, 6, 7, 8, 9, 10], True, id="the intervals overlap"),
        pytest.param([1, 2, 3, 4, 5, 6], [6, 7, 8, 9, 10, 11], True, id="they touch"),
        pytest.param([1, 2, 3, 4, 5, 6], [20, 21, 22, 23, 24, 25], False, id="they are apart"),
    ],
)
def test_a_change_is_told_where_intervals_are_apart(
    earlier: list[float], later: list[float], expected: bool | None
) -> None:
    change = metrics(*year(2022, earlier), *year(2023, later)).clock(Measure.DETECT).change
    assert (change.is_noise if change else None) is expected


def test_a_change_is_between_the_latest_years_that_have_an_interval() -> None:
    found = metrics(*year(2020, [5] * 6), *year(2021, [5] * 6), *year(2022, [5] * 6), *year(2023, [5]))
    change = found.clock(Measure.DETECT).change
    assert change is not None
    assert (change.earlier.period.year, change.later.period.year) == (2021, 2022)


def test_all_in_one_day_are_one_year() -> None:
    found = metrics(*(incident(f"{n}", BEGIN + timedelta(minutes=n)) for n in range(9))).clock(Measure.RECOVER)
    assert [one.distribution.n for one in found.years] == [9]
    assert found.change is None
