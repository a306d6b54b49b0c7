"""The phase of an event: given, or derived from the moments."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from postmortems.analyse.phases import phases
from postmortems.model.front_matter import FrontMatter
from postmortems.model.place import Place
from postmortems.model.postmortem import Postmortem
from postmortems.model.section import Body
from postmortems.model.timeline import Event, Phase, Timeline


def clock(text: str | None) -> datetime | None:
    return datetime.strptime(f"2024-02-06 {text}", "%Y-%m-%d %H:%M").replace(tzinfo=UTC) if text else None


def postmortem(moments: str, *events: Event) -> Postmortem:
    """Moments as `started detected mitigated resolved`, each `HH:MM` or `-`."""
    keys = ("started_at", "detected_at", "mitigated_at", "resolved_at")
    known = {
        key: f"2024-02-06T{value}Z" if value != "-" else "unknown"
        for key, value in zip(keys, moments.split(), strict=True)
    }
    return Postmortem("2024/01-x", "x.md", FrontMatter.model_validate(known), Body(1, ()), Timeline(events))


def event(at: str | None, phase: Phase | None = None) -> Event:
    return Event(Place.at("x.md"), "text", clock(at), phase=phase)


@pytest.mark.parametrize(
    ("moments", "at", "expected"),
    [
        ("14:00 14:10 15:00 16:00", "13:50", Phase.DETECTION),
        ("14:00 14:10 15:00 16:00", "14:10", Phase.DETECTION),
        ("14:00 14:10 15:00 16:00", "14:11", Phase.INVESTIGATION),
        ("14:00 14:10 15:00 16:00", "15:00", Phase.MITIGATION),
        ("14:00 14:10 15:00 16:00", "15:30", Phase.RESOLUTION),
        ("14:00 14:10 15:00 16:00", "16:00", Phase.RESOLUTION),
        ("14:00 14:10 15:00 16:00", "16:01", Phase.FOLLOW_UP),
        pytest.param("14:00 - 15:00 16:00", "14:30", Phase.INVESTIGATION, id="unknown detection is not unseen"),
        pytest.param("14:00 15:30 15:00 16:00", "15:10", Phase.RESOLUTION, id="healed before it was noticed"),
        pytest.param("14:00 15:30 15:00 16:00", "15:30", Phase.DETECTION, id="noticed after it had healed"),
        pytest.param("14:00 14:10:40 15:00 16:00", "14:10", Phase.DETECTION, id="seconds in the front matter"),
        pytest.param("14:00 14:10 15:00:30 16:00", "15:00", Phase.MITIGATION, id="seconds of mitigation"),
        pytest.param("- - - -", "15:00", Phase.INVESTIGATION, id="no moment known"),
        pytest.param("14:00 14:10 - -", "18:00", Phase.INVESTIGATION, id="end unknown"),
    ],
)
def test_a_phase_follows_from_the_moments(moments: str, at: str, expected: Phase) -> None:
    assert phases(postmortem(moments, event(at))) == (expected,)


def test_the_author_knows_better() -> None:
    told = postmortem("14:00 14:10 15:00 16:00", event("14:05", Phase.COMMUNICATION))
    assert phases(told) == (Phase.COMMUNICATION,)


def test_an_event_without_a_time_takes_the_phase_before_it() -> None:
    told = postmortem("14:00 14:10 15:00 16:00", event(None), event("15:20"), event(None), event("16:20"))
    assert phases(told) == (Phase.INVESTIGATION, Phase.RESOLUTION, Phase.RESOLUTION, Phase.FOLLOW_UP)
