"""What to read and what to practise first of a group, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.builders import BEGIN, TODAY, corpus, incident

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.reading_list import Why, exercises, practise_first, read_first
from postmortems.model.place import Place
from postmortems.model.postmortem import Postmortem
from postmortems.model.timeline import Event, Timeline
from postmortems.settings import Settings

LONG_ACCOUNT = "## Contributing Factors\n\n- one\n- two\n\n## Lessons Learned\n\n- three\n"


def at(name: str, months: int, severity: str = "SEV2", **values: object) -> Postmortem:
    return incident(name, BEGIN + timedelta(days=31 * months), severity=severity, **values)  # type: ignore[arg-type]


def analysed(*members: Postmortem) -> Analysis:
    return Analysis(corpus(*members), Settings(), TODAY)


def chosen(*members: Postmortem) -> list[tuple[str, list[str]]]:
    analysis = analysed(*members)
    found = read_first(analysis.postmortems, analysis)
    return [(reading.postmortem.id.rpartition("/")[2], [why.value for why in reading.reasons]) for reading in found]


def test_the_worst_the_newest_and_the_fullest_are_read_first() -> None:
    members = (
        at("short", 0, "SEV1", resolved=10),
        at("long", 1, "SEV1", resolved=90),
        at("full", 2, body=LONG_ACCOUNT),
        at("plain", 3),
        at("open", 3, "SEV1", resolved=None),
        at("last", 4),
    )
    assert chosen(*members) == [("long", ["worst"]), ("last", ["newest"]), ("full", ["fullest"])]
    worst = read_first(analysed(*members).postmortems, analysed(*members))[0]
    assert worst.longest_of == 2
    alone = (*members[1:], at("later", 5, "SEV1", resolved=None))
    assert read_first(analysed(*alone).postmortems, analysed(*alone))[0].longest_of == 1


def test_one_postmortem_may_have_several_reasons() -> None:
    members = (at("a", 0), at("b", 1), at("c", 2), at("d", 3, "SEV1", body=LONG_ACCOUNT))
    assert chosen(*members) == [("d", ["worst", "newest", "fullest"])]


def test_drafts_drills_and_near_misses_are_not_chosen_and_few_need_no_choice() -> None:
    few = (at("a", 0), at("b", 1), at("c", 2))
    apart = (at("d", 3, status="draft"), at("e", 4, kind="drill"), at("f", 5, kind="near-miss"))
    assert chosen(*few, *apart) == []
    assert [name for name, _ in chosen(*few, at("g", 6), *apart)] == ["g"]


def test_nothing_is_made_up_without_severity_day_or_text() -> None:
    assert chosen(*(incident(name, None, severity=None) for name in "abcd")) == []


def with_steps(name: str, months: int, steps: int) -> Postmortem:
    made = at(name, months)
    detected = made.front_matter.detected_at
    assert detected
    events = tuple(Event(Place.at("x.md"), "step", detected + timedelta(minutes=number)) for number in range(steps))
    return replace(made, timeline=Timeline(events))


def test_one_exercise_of_each_length_is_practised_first() -> None:
    analysis = analysed(with_steps("a", 0, 6), with_steps("b", 1, 20), with_steps("c", 2, 7), with_steps("d", 3, 2))
    found = practise_first(analysis.postmortems, analysis)
    assert [exercise.postmortem.id.rpartition("/")[2] for exercise in found] == ["c", "b"]
    assert dict(analysis.once(exercises).without) == {"too-few": 1}
    assert Why("worst") is Why.WORST
