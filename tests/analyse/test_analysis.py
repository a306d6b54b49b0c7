"""What one build knows: incidents, years, patterns, services, neighbours."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.measures import Measure
from postmortems.analyse.occurrences import co_occurring
from postmortems.model.corpus import Corpus
from postmortems.model.front_matter import FrontMatter
from postmortems.model.pattern import Pattern, Role
from postmortems.model.postmortem import Postmortem
from postmortems.model.section import Body
from postmortems.settings import Settings

TODAY = date(2025, 12, 31)


def postmortem(name: str, day: str = "2024-02-06", **matter: Any) -> Postmortem:
    return Postmortem(name, f"postmortems/{name}.md", FrontMatter.model_validate({"date": day} | matter), Body(1, ()))


def recovered(name: str, end: int | None, least: int) -> Postmortem:
    """An incident that was mitigated after `least` minutes and resolved so many later, if that is known."""
    start = datetime(2024, 2, 6, tzinfo=UTC)
    mitigated = start + timedelta(minutes=least)
    resolved = "unknown" if end is None else (mitigated + timedelta(minutes=end)).isoformat()
    return postmortem(name, started_at=start.isoformat(), mitigated_at=mitigated.isoformat(), resolved_at=resolved)


def lasting(name: str, to_detect: int | None, day: str = "2024-02-06") -> Postmortem:
    """An incident that began at midnight and was noticed so many minutes later."""
    found = "unknown" if to_detect is None else f"{day}T{to_detect // 60:02}:{to_detect % 60:02}:00Z"
    return postmortem(name, day, started_at=f"{day}T00:00:00Z", detected_at=found)


def analysis(*members: Postmortem, patterns: tuple[str, ...] = ()) -> Analysis:
    pages = tuple(Pattern(name, f"patterns/{name}.md", name, "other", Body(1, ())) for name in patterns)
    return Analysis(Corpus(members, pages), Settings(), TODAY)


@pytest.mark.parametrize("kind", ["drill", "near-miss"])
def test_drills_and_near_misses_count_nowhere_and_are_listed_everywhere(kind: str) -> None:
    apart = postmortem("b", kind=kind, services=["api"], patterns=["x"])
    incident = postmortem("a", services=["api"], patterns=["x"])
    found = analysis(incident, apart)
    assert found.incidents == (incident,)
    assert found.postmortems == found.years[2024] == found.services["api"].postmortems == (incident, apart)
    assert found.services["api"].incidents == (incident,)
    assert [one.postmortem for one in found.occurrences["x"].counted] == [incident]
    assert [one.postmortem for one in found.occurrences["x"].apart] == [apart]
    assert found.days == (date(2024, 2, 6),)


@pytest.mark.parametrize(
    ("written", "role", "leads"),
    [
        pytest.param(["x", "y"], None, True, id="first without a role"),
        pytest.param(["y", "x"], None, False, id="second without a role"),
        pytest.param([{"pattern": "x", "role": "detection"}], Role.DETECTION, False, id="first with another role"),
        pytest.param(["y", {"pattern": "x", "role": "trigger"}], Role.TRIGGER, True, id="the trigger wherever it is"),
        pytest.param([{"pattern": "x", "role": "mitigation"}, "x"], Role.MITIGATION, False, id="named twice"),
    ],
)
def test_a_pattern_leads_as_trigger_or_first(written: list[Any], role: Role | None, leads: bool) -> None:
    found = analysis(postmortem("a", patterns=written)).occurrences["x"]
    assert [(one.role, one.leads) for one in found.counted] == [(role, leads)]
    assert found.by_role == {role: 1}


def test_a_pattern_without_an_incident_is_there_too() -> None:
    found = analysis(postmortem("a"), patterns=("lonely",)).occurrences["lonely"]
    assert (found.counted, found.apart, found.last) == ((), (), None)


def test_patterns_that_come_along_are_counted_once_an_incident() -> None:
    found = analysis(
        postmortem("a", patterns=["x", "y", "y", "z"]),
        postmortem("b", patterns=["z", "x"]),
        postmortem("c", patterns=["z"]),
        postmortem("d", patterns=["x", "y"], kind="drill"),
    )
    assert co_occurring(found.occurrences["x"]) == (("z", 2), ("y", 1))


def test_two_spellings_are_one_service_by_its_most_frequent_name() -> None:
    found = analysis(
        postmortem("a", services=["Checkout API"]),
        postmortem("b", services=["checkout-api", "Mail"]),
        postmortem("c", services=["checkout-api", "CHECKOUT_API"]),
    ).services
    assert [*found] == ["checkout-api", "mail"]
    service = found["checkout-api"]
    assert service.name == "checkout-api"
    assert service.spellings == ("CHECKOUT_API", "Checkout API", "checkout-api")
    assert [one.id for one in service.postmortems] == ["a", "b", "c"]


def test_neighbours_in_time() -> None:
    a, b, c = postmortem("a"), postmortem("b"), postmortem("c")
    found = analysis(a, b, c).neighbours
    assert (found[b.path].previous, found[b.path].next) == (a, c)
    assert (found[a.path].previous, found[c.path].next) == (None, None)


def test_two_postmortems_with_one_id_keep_their_own_figures() -> None:
    one, other = lasting("a", 3), Postmortem("a", "postmortems/other.md", lasting("a", 9).front_matter, Body(1, ()))
    found = analysis(one, other)
    assert found.durations_of(one).to_detect == timedelta(minutes=3)
    assert found.durations_of(other).to_detect == timedelta(minutes=9)


known = st.one_of(st.none(), st.integers(0, 24 * 60 - 1))


@given(st.lists(st.tuples(known, st.booleans()), max_size=30))
def test_members_and_rest_are_all_incidents(drawn: list[tuple[int | None, bool]]) -> None:
    everything = [lasting(f"{number:03}", value) for number, (value, _) in enumerate(drawn)]
    members = [one for one, (_, inside) in zip(everything, drawn, strict=True) if inside]
    found = analysis(*everything)
    rest, of_rest = found.detection.without(members)
    own, missing = found.summary(members, Measure.DETECT), of_rest.missing
    assert [*rest] == sorted(timedelta(minutes=value) for value, inside in drawn if value is not None and not inside)
    assert missing == sum(value is None and not inside for value, inside in drawn)
    assert own.n + own.missing == len(members)
    assert own.n + len(rest) + own.missing + missing == len(everything)


@given(st.lists(st.tuples(known, st.integers(0, 500), st.booleans()), max_size=30))
def test_the_rest_is_summed_up_as_if_there_were_nothing_else(drawn: list[tuple[int | None, int, bool]]) -> None:
    """Incidents without a known end lasted at least until they were mitigated, on either side."""
    everything = [recovered(f"{number:03}", end, least) for number, (end, least, _) in enumerate(drawn)]
    members = [one for one, (*_, inside) in zip(everything, drawn, strict=True) if inside]
    others = [one for one in everything if one not in members]
    found = analysis(*everything)
    assert found.recovery.without(members)[1] == found.summary(others, Measure.RECOVER)


def test_an_unknown_end_is_missing_and_no_zero() -> None:
    found = analysis(lasting("a", 1))
    summary = found.summary(found.incidents, Measure.RECOVER)
    assert (summary.n, summary.missing, summary.median) == (0, 1, None)
    assert found.recovery.missing == 1
