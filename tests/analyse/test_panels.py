"""Lengths by severity, over the shortest periods that have enough values."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.builders import BEGIN, incident, page_context

from postmortems.analyse.measures import Measure
from postmortems.analyse.panels import Grain, Panel, panels_of
from postmortems.model.postmortem import Postmortem
from postmortems.model.quarter import Quarter


def panels(*members: Postmortem, **options: object) -> tuple[Panel, ...]:
    return panels_of(Measure.DETECT, page_context(*members, **options).analysis).panels  # type: ignore[arg-type]


def spread_over(quarters: dict[tuple[int, int], int], known: bool = True) -> list[Postmortem]:
    """So many incidents in each of some quarters."""
    return [
        incident(
            f"{year}{quarter}{n}",
            datetime(year, 3 * quarter - 2, 1 + n, tzinfo=UTC),
            detected=n + 1 if known else None,
        )
        for (year, quarter), count in quarters.items()
        for n in range(count)
    ]


@pytest.mark.parametrize(
    ("quarters", "expected"),
    [  # Today is 31 Dec 2025.
        pytest.param({(2025, q): 6 for q in (1, 2, 3, 4)}, Grain.QUARTER, id="six in each"),
        pytest.param({(2025, 1): 6, (2025, 2): 6, (2025, 3): 6, (2025, 4): 1}, Grain.QUARTER, id="in three of four"),
        pytest.param({(2025, 1): 3, (2025, 2): 3, (2025, 3): 3, (2025, 4): 3}, Grain.HALF, id="six in a half-year"),
        pytest.param({(2024, 2): 6, (2025, 2): 6}, Grain.YEAR, id="six in a year"),
        pytest.param({(2025, 1): 2, (2025, 4): 3}, Grain.ALL, id="too few everywhere"),
        pytest.param({(2015, 1): 6, (2025, 4): 6}, Grain.ALL, id="enough in two of eleven years"),
    ],
)
def test_medians_are_of_the_shortest_periods_of_which_six_in_ten_have_six(
    quarters: dict[tuple[int, int], int], expected: Grain
) -> None:
    (panel,) = panels(*spread_over(quarters))
    assert panel.grain is expected
    assert all(span.summary.low is not None for span in panel.spans) or expected is Grain.ALL


def test_what_is_unknown_makes_no_period_longer_than_its_values() -> None:
    (panel,) = panels(*spread_over({(2025, q): 6 for q in (1, 2, 3, 4)}, known=False))
    assert (panel.grain, panel.spans) == (Grain.ALL, ())
    assert (panel.summary.n, panel.summary.missing) == (0, 24)


def test_a_period_is_drawn_within_the_time_that_has_incidents() -> None:
    (panel,) = panels(*spread_over({(2025, 2): 3, (2025, 3): 3, (2025, 4): 3}))
    begins = [(span.begin, span.end) for span in panel.spans]
    assert begins == [(Quarter(2025, 2).ordinal, Quarter(2025, 4).ordinal + 1)]


def test_a_panel_has_a_target_where_one_holds_for_all() -> None:
    one, other = incident("a"), incident("b", detection_target="10m")
    assert panels(one)[0].target == timedelta(minutes=5)
    assert panels(one, other)[0].target is None
    assert panels(incident("a", severity="SEV4"))[0].target is None


def test_severities_come_worst_first_and_the_unknown_one_last() -> None:
    of = panels(incident("a", severity=None), incident("b", severity="SEV3"), incident("c", BEGIN, severity="SEV1"))
    assert [panel.severity for panel in of] == ["SEV1", "SEV3", None]


def test_at_most_eight_severities_have_a_panel() -> None:
    members = [incident(f"{n}", severity=f"P{n}") for n in range(20)]
    found = panels_of(Measure.DETECT, page_context(*members).analysis)
    assert (len(found.panels), found.more) == (8, 12)
