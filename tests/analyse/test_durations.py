"""How long an incident took, and against which target."""

from __future__ import annotations

from datetime import timedelta

import pytest

from postmortems.analyse.durations import durations
from postmortems.model.durations import TargetSource
from postmortems.model.front_matter import FrontMatter
from postmortems.model.postmortem import Postmortem
from postmortems.model.section import Body
from postmortems.settings import Settings

SETTINGS = Settings()


def minutes(count: int | None) -> timedelta | None:
    return None if count is None else timedelta(minutes=count)


def postmortem(moments: str, **matter: object) -> Postmortem:
    keys = ("started_at", "detected_at", "mitigated_at", "resolved_at")
    for key, value in zip(keys, moments.split(), strict=True):
        matter[key] = "unknown" if value == "-" else f"2024-02-06T{value}Z"
    return Postmortem("a", "x.md", FrontMatter.model_validate(matter), Body(1, ()))


@pytest.mark.parametrize(
    ("moments", "detect", "mitigate", "recover", "response"),
    [
        pytest.param("14:00 14:10 15:00 16:00", 10, 60, 120, 110, id="all known"),
        pytest.param("14:00 14:00 14:30 14:30", 0, 30, 30, 30, id="at once"),
        pytest.param("- 14:10 15:00 16:00", None, None, None, 110, id="start unknown"),
        pytest.param("14:00 - 15:00 -", None, 60, None, None, id="detection and end unknown"),
        pytest.param("14:00 13:50 15:00 16:00", None, 60, 120, 130, id="detected before it began: unknown"),
        pytest.param("14:00 15:30 15:00 16:00", 90, 60, 120, 30, id="noticed after it had healed"),
        pytest.param("- - - -", None, None, None, None, id="nothing known"),
    ],
)
def test_lengths_are_counted_from_the_start(
    moments: str, detect: int | None, mitigate: int | None, recover: int | None, response: int | None
) -> None:
    found = durations(postmortem(moments), SETTINGS)
    assert (found.to_detect, found.to_mitigate, found.to_recover, found.response) == (
        minutes(detect), minutes(mitigate), minutes(recover), minutes(response),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("moments", "recover", "response"),
    [
        pytest.param("14:00 14:10 15:00 -", 60, 50, id="not over before it was mitigated"),
        pytest.param("14:00 14:10 15:00 16:00", None, None, id="known"),
        pytest.param("14:00 14:10 - -", None, None, id="nothing says how long at least"),
        pytest.param("- 14:10 15:00 -", None, 50, id="start unknown"),
        pytest.param("14:00 15:30 15:00 -", 60, None, id="noticed after it was mitigated"),
    ],
)
def test_an_unknown_end_is_not_before_the_mitigation(moments: str, recover: int | None, response: int | None) -> None:
    found = durations(postmortem(moments), SETTINGS)
    assert (found.to_recover_at_least, found.response_at_least) == (minutes(recover), minutes(response))


@pytest.mark.parametrize(
    ("matter", "target", "source", "over"),
    [
        pytest.param({"severity": "SEV1"}, 5, TargetSource.SETTINGS, 5, id="of the severity"),
        pytest.param({"severity": "SEV2"}, 15, TargetSource.SETTINGS, None, id="met"),
        pytest.param({"severity": "SEV1", "detection_target": "10m"}, 10, TargetSource.POSTMORTEM, None, id="just met"),
        pytest.param({"severity": "SEV4"}, None, None, None, id="a severity without one"),
        pytest.param({}, None, None, None, id="no severity"),
    ],
)
def test_the_target_is_the_postmortems_own_or_the_severitys(
    matter: dict[str, object], target: int | None, source: TargetSource | None, over: int | None
) -> None:
    found = durations(postmortem("14:00 14:10 15:00 16:00", **matter), SETTINGS)
    assert (found.target, found.target_source, found.over_target) == (minutes(target), source, minutes(over))
