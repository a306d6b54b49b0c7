"""The last four whole quarters against the four before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.builders import TODAY, incident, page_context

from postmortems.analyse.overview import MOST_QUARTERS, Overview, overview_of
from postmortems.analyse.statistics import Share, summarise
from postmortems.analyse.year_change import Verdict, length_change, share_change, two_years
from postmortems.model.postmortem import Postmortem
from postmortems.model.quarter import Quarter, quarter_of


def minutes(*values: float) -> list[timedelta]:
    return [timedelta(minutes=value) for value in values]


@pytest.mark.parametrize(
    ("latest", "before", "expected"),
    [
        pytest.param(range(20, 26), range(1, 7), Verdict.MORE, id="apart"),
        pytest.param(range(1, 7), range(20, 26), Verdict.LESS, id="apart the other way"),
        pytest.param(range(1, 7), range(6, 12), Verdict.NO_CHANGE, id="they touch"),
        pytest.param(range(20, 25), range(1, 7), Verdict.TOO_FEW, id="five now"),
        pytest.param(range(20, 26), range(1, 6), Verdict.TOO_FEW, id="five before"),
        pytest.param((), (), Verdict.TOO_FEW, id="none"),
    ],
)
def test_a_median_has_changed_where_the_intervals_do_not_overlap(
    latest: range, before: range, expected: Verdict
) -> None:
    change = length_change(summarise(minutes(*latest), 0), summarise(minutes(*before), 0))
    assert change.verdict is expected
    assert change.is_change == (expected in (Verdict.MORE, Verdict.LESS))


@pytest.mark.parametrize(
    ("latest", "before", "expected"),
    [
        (Share(180, 391), Share(41, 420), Verdict.MORE),
        (Share(1, 100), Share(30, 100), Verdict.LESS),
        (Share(33, 65), Share(20, 64), Verdict.NO_CHANGE),
        (Share(5, 5), Share(0, 100), Verdict.TOO_FEW),
        (Share(0, 0), Share(0, 0), Verdict.TOO_FEW),
    ],
)
def test_a_share_has_changed_where_the_intervals_do_not_overlap(
    latest: Share, before: Share, expected: Verdict
) -> None:
    assert share_change(latest, before).verdict is expected


def test_the_two_years_end_with_the_last_quarter_that_is_over() -> None:
    latest, before = two_years(Quarter(2025, 4))
    assert [*before, *latest] == [*range(Quarter(2023, 4).ordinal, Quarter(2025, 4).ordinal)]


def overview(*members: Postmortem, **options: object) -> Overview | None:
    return overview_of(page_context(*members, **options).analysis)  # type: ignore[arg-type]


def test_a_quarter_counts_its_incidents_and_repeats_and_the_running_one_is_not_over() -> None:
    members = [incident(f"{n}", datetime(2025, 5, 1 + n, tzinfo=UTC)) for n in range(3)]
    again = incident("r", datetime(2025, 8, 1, tzinfo=UTC), repeat_of="2025/0", severity="SEV2")
    found = overview(*members, again)
    assert found is not None
    told = [(quarter.quarter.number, quarter.incidents, quarter.repeats, quarter.is_over) for quarter in found.quarters]
    assert told == [(2, 3, 0, True), (3, 1, 1, True), (4, 0, 0, False)]
    assert dict(found.quarters[1].severities) == {"SEV2": 1}
    assert found.incidents is None


def test_at_most_sixteen_quarters_are_drawn_and_none_after_today() -> None:
    found = overview(*(incident(str(year), datetime(year, 1, 1, tzinfo=UTC)) for year in (1, 2024, 9999)))
    assert found is not None
    assert len(found.quarters) == MOST_QUARTERS
    assert found.quarters[-1].quarter == quarter_of(TODAY)


def test_a_sample_has_no_overview() -> None:
    assert overview(incident("a"), corpus="sample") is None
