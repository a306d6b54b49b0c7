"""What was noticed later than its target."""

from __future__ import annotations

import pytest
from tests.builders import incident, metrics

from postmortems.model.front_matter import DetectedBy


@pytest.mark.parametrize(
    ("detected", "matter", "expected"),
    [
        pytest.param(5, {}, (1, 0, 0, 0), id="at the target is in time"),
        pytest.param(6, {}, (0, 1, 0, 0), id="later than the severity's"),
        pytest.param(6, {"detection_target": "10m"}, (1, 0, 0, 0), id="its own target wins"),
        pytest.param(None, {}, (0, 0, 1, 0), id="unknown time"),
        pytest.param(6, {"severity": "SEV4"}, (0, 0, 0, 1), id="no target"),
        pytest.param(None, {"severity": "SEV4"}, (0, 0, 0, 1), id="neither"),
    ],
)
def test_each_incident_is_in_one_group(
    detected: float | None, matter: dict[str, str], expected: tuple[int, int, int, int]
) -> None:
    found = metrics(incident("a", detected=detected, **matter)).detection.all
    assert (len(found.in_time), len(found.late), found.unknown, found.without_target) == expected


def test_targets_of_the_settings_are_told_apart_and_severities_too() -> None:
    found = metrics(
        incident("a", detected=9),
        incident("b", detected=9, detection_target="1h"),
        incident("c", detected=9, severity="SEV2"),
    ).detection
    assert (found.all.n, found.from_settings) == (3, 2)
    assert [(one.severity, len(one.against_target.late), one.against_target.n) for one in found.severities] == [
        ("SEV1", 1, 2),
        ("SEV2", 0, 1),
    ]
    assert found.all.interval is None


def test_who_noticed_is_counted_and_nobody_is_not_zero() -> None:
    found = metrics(incident("a", detected_by="alert"), incident("b", detected_by="alert"), incident("c"))
    assert found.detection.detected_by == {DetectedBy.ALERT: 2, None: 1}
