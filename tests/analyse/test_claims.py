"""Findings that title charts: from fixed questions the first that holds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.builders import BEGIN, incident, page_context

from postmortems.analyse.claims import detection_claim, length_claim
from postmortems.analyse.measures import Measure
from postmortems.analyse.metrics import metrics_of
from postmortems.analyse.overview import overview_of
from postmortems.model.postmortem import Postmortem
from postmortems.render.words.metrics import length_title


def of(severity: str, *minutes: float, year: int = 2024) -> list[Postmortem]:
    """Incidents of a severity that were detected after so many minutes, and resolved a day later than that."""
    return [
        incident(
            f"{severity}{year}{n}",
            datetime(year, 2, 1, tzinfo=UTC) + timedelta(days=n),
            severity=severity,
            detected=after,
            resolved=after * 60,
        )
        for n, after in enumerate(minutes)
    ]


def title(*members: Postmortem, clock: Measure = Measure.DETECT) -> str:
    analysis = page_context(*members).analysis
    metrics, overview = analysis.once(metrics_of), analysis.once(overview_of)
    if clock is Measure.DETECT:
        return length_title(detection_claim(metrics, overview), clock)
    return length_title(length_claim(clock, metrics, overview.recover if overview else None), clock)


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        pytest.param(of("SEV1", 9, 9, 1, 1, 1, 1), "SEV1 is detected late: 2 of 6 over target", id="a third"),
        pytest.param(
            [*of("SEV1", 9, 9, 1, 1, 1, 1), *of("SEV3", *[1] * 20)],
            "SEV1 is detected late: 2 of 6 over target. SEV3 rarely: 0 of 20",
            id="and one that rarely is",
        ),
        pytest.param(
            of("SEV1", 9, 9, 1, 1, 1), "Half of the incidents are detected within 1 min", id="five are too few"
        ),
        pytest.param(
            [*of("SEV3", *range(1, 7)), *of("SEV4", *range(20, 26))],
            "SEV4 takes longer to detect than SEV3: 22 min against 3 min 30 s",
            id="severities apart",
        ),
        pytest.param(
            [*of("SEV3", *range(1, 7)), *of("SEV4", *range(2, 8))],
            "Half of the incidents are detected within 4 min, with no clear difference between severities",
            id="severities alike",
        ),
        pytest.param(
            [*of("SEV4", *range(1, 7)), *of("SEV4", *range(20, 26), year=2025)],
            "Incidents take longer to detect than the year before: 22 min, was 3 min 30 s",
            id="a change",
        ),
        pytest.param(of("SEV1", 1, 2), "Time to detect is known for 2 of 2 incidents", id="no median"),
    ],
)
def test_the_chart_of_detection_is_titled_with_the_first_that_holds(members: list[Postmortem], expected: str) -> None:
    assert title(*members) == expected


def test_severities_that_differ_title_the_chart_of_resolution() -> None:
    members = [*of("SEV3", *range(20, 26)), *of("SEV1", *range(1, 7))]
    assert (
        title(*members, clock=Measure.RECOVER)
        == "SEV3 takes longer to resolve than SEV1: 22 h 30 min against 3 h 30 min"
    )


def test_an_unknown_severity_is_in_no_finding() -> None:
    members = [incident(f"{n}", BEGIN + timedelta(days=n), severity=None, detected=n) for n in range(12)]
    assert title(*members) == "Half of the incidents are detected within 5 min 30 s"
