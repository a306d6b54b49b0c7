"""Agendas of review meetings: which facts of a file and of the knowledge base become a point, and which do not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import BEGIN, TODAY, action_item, corpus, dated_incident, incident, pattern

from postmortems.analyse.agenda.incident import PLAN, incident_agenda
from postmortems.analyse.agenda.meeting import Agenda, Point, Stage, Topic, divided
from postmortems.analyse.agenda.month import month_agenda
from postmortems.analyse.agenda.roles import roles_of, roles_told
from postmortems.analyse.analysis import Analysis
from postmortems.analyse.reviews import Month
from postmortems.model.action_item import ActionKind, ActionList, ActionState, Horizon
from postmortems.model.catalogue import Catalogue, CataloguedService
from postmortems.model.pattern import Pattern
from postmortems.model.place import Place
from postmortems.model.postmortem import Postmortem
from postmortems.model.timeline import Event, Phase, Timeline
from postmortems.settings import Settings

CAUSES = """\
## Root Cause Analysis

### Primary Cause

The pool was *smaller* than the number of workers.

### Contributing Factors

- No alert on the pool.
- Retries without a limit.

### Detection Gaps

None: the alert fired in time.

## Lessons Learned

- A pool is a queue.
"""


def analysis(*members: Postmortem, patterns: tuple[Pattern, ...] = (), **options: Any) -> Analysis:
    return Analysis(corpus(*members, patterns=patterns), Settings.model_validate(options), TODAY)


def agenda(reviewed: Postmortem, *others: Postmortem, patterns: tuple[Pattern, ...] = (), **options: Any) -> Agenda:
    return incident_agenda(reviewed, analysis(reviewed, *others, patterns=patterns, **options))


def of(topic: Topic, found: Agenda) -> list[Point]:
    return [point for point in found.points if point.topic is topic]


def event(minute: float | None, text: str = "x", **values: Any) -> Event:
    """An entry so many minutes after the start."""
    at = None if minute is None else BEGIN + timedelta(minutes=minute)
    return Event(Place.at("x.md", 10), text, at, **values)


def with_events(*events: Event, **values: Any) -> Postmortem:
    return replace(incident("a", **values), timeline=Timeline(events))


def with_actions(name: str, *items: Any, start: datetime = BEGIN, **matter: Any) -> Postmortem:
    return replace(incident(name, start, **matter), actions=ActionList(items))


@pytest.mark.parametrize(
    ("minutes", "parts"),
    [
        (60, (5, 15, 20, 15, 5)),
        (70, (5, 20, 20, 15, 10)),
        (80, (5, 20, 25, 20, 10)),
        (90, (5, 25, 30, 20, 10)),
    ],
)
def test_a_meeting_of_another_length_keeps_the_proportions(minutes: int, parts: tuple[int, ...]) -> None:
    assert divided(minutes, tuple(PLAN.values())) == parts


@given(st.integers(12, 18).map(lambda steps: steps * 5), st.lists(st.integers(1, 60), min_size=1, max_size=6))
def test_the_parts_of_any_meeting_add_up_to_it(minutes: int, shares: list[int]) -> None:
    parts = divided(minutes, tuple(shares))
    assert sum(parts) == minutes
    assert min(parts) >= 5
    assert all(part % 5 == 0 for part in parts)


def test_parts_follow_each_other() -> None:
    found = agenda(incident("a")).parts
    assert [(part.stage, part.begins, part.minutes) for part in found] == [
        (Stage.OPENING, 0, 5),
        (Stage.TIMELINE, 5, 20),
        (Stage.CAUSES, 25, 25),
        (Stage.ACTIONS, 50, 20),
        (Stage.CLOSING, 70, 10),
    ]


def test_a_postmortem_with_nothing_in_it_has_questions_and_no_facts_that_it_does_not_give() -> None:
    bare = dated_incident("2025/a", status="draft")
    assert [point.topic for point in agenda(bare).points] == [
        Topic.TONE, Topic.RESPONDERS, Topic.SERVICE_OWNERS, Topic.STAKEHOLDERS, Topic.ENTRIES, Topic.MOMENTS_UNKNOWN,
        Topic.FIVE_WHYS, Topic.CAUSE_UNKNOWN, Topic.FACTORS, Topic.NO_ACTIONS, Topic.NO_LESSONS, Topic.SHARE,
        Topic.PUBLISH,
    ]  # fmt: skip


def test_a_near_miss_is_not_asked_for_what_its_short_form_has_not() -> None:
    matter = {"kind": "near-miss", "status": "draft"}
    short = dated_incident("2025/a", root_cause=None, **matter)
    asked = {Topic.ENTRIES, Topic.MOMENTS_UNKNOWN, Topic.CAUSE_UNKNOWN, Topic.NO_LESSONS}
    assert not asked.intersection(point.topic for point in agenda(short).points)
    written = {(key,): Place.at("x.md") for key in ("root_cause", "mitigated_at")}
    told = replace(incident("b", root_cause="unknown", **matter), timeline=Timeline((event(1),)), places=written)
    assert asked.intersection(point.topic for point in agenda(told).points) == {
        Topic.ENTRIES, Topic.MOMENTS_UNKNOWN, Topic.CAUSE_UNKNOWN
    }  # fmt: skip


@pytest.mark.parametrize(
    ("actors", "expected"),
    [
        (["On-call engineer", "on call", "Ada Lovelace (IC)"], (("on-call engineer", "incident commander"), 0)),
        (["Ada Lovelace", "ada lovelace", "Grace"], ((), 2)),
        (["Payments", "DBA team", "Monitoring", "DNS automation", ""], (("Payments", "database engineers"), 0)),
        (["Nico Picard", "Picture service", "Soc Nguyen", "SOC"], (("security engineers",), 3)),
        (["運用担当", "فريق"], ((), 2)),
    ],
)
def test_actors_are_named_by_role_or_team_and_never_by_name(actors: list[str], expected: object) -> None:
    assert roles_of(actors, {"Payments"}) == expected


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("On-call is paged", ["on-call engineer"]),
        ("Ada (DBA) and an SRE join", ["site reliability engineers", "database engineers"]),
        ("The incident coordinator asks the supplier", ["incident commander", "the provider"]),
        ("Tickets reach customer support", ["customer support"]),
        ("The primary is lost, metadata operations stop", []),
        ("Ada Lovelace gets on call with the AWS support team", []),
        ("The provider's network fails; users need support", []),
        ("当番が呼ばれる", []),
    ],
)
def test_roles_are_also_those_that_a_sentence_names(text: str, roles: list[str]) -> None:
    assert list(roles_told([text])) == roles
    found = agenda(with_events(event(1, "x", action=text, actor="On-call engineer"), event(2, text)))
    names = of(Topic.RESPONDERS, found)[0].names
    assert names[0] == "on-call engineer"
    assert set(names) == {"on-call engineer", *roles}


def test_the_owner_of_an_action_item_is_no_team() -> None:
    reviewed = replace(with_events(event(1, actor="Kim")), actions=ActionList((action_item(owner="Kim"),)))
    (point,) = of(Topic.RESPONDERS, agenda(reviewed))
    assert (point.names, point.number) == ((), 1)


def test_services_have_the_owner_that_the_catalogue_gives_them() -> None:
    reviewed = incident("a", services=["checkout", "cdn", "ledger"], owner="Payments")
    known = (CataloguedService("Checkout", owner="Shop"), CataloguedService("books", ("ledger",), "Finance"))
    made = Analysis(replace(corpus(reviewed), catalogue=Catalogue("x.yml", known)), Settings(), TODAY)
    (point,) = of(Topic.SERVICE_OWNERS, incident_agenda(reviewed, made))
    assert (point.names, point.unowned) == (("Shop (checkout)", "Finance (ledger)"), ("cdn",))
    (point,) = of(Topic.SERVICE_OWNERS, agenda(reviewed))
    assert (point.names, point.unowned) == (("Payments (owner of the postmortem)",), ())


def test_stakeholders_follow_from_facts() -> None:
    body = "## Impact Assessment\n\n### Business Impact\n\nAbout 300 orders were lost.\n"
    told = replace(
        incident("a", detected_by="customer", body=body), timeline=Timeline((event(1, phase=Phase.COMMUNICATION),))
    )
    assert of(Topic.STAKEHOLDERS, agenda(told))[0].names == ("customers", "communication", "business")
    assert of(Topic.STAKEHOLDERS, agenda(incident("a", body=body.replace("About 300", "None: no"))))[0].names == ()


def silences(*minutes: float | None, **values: Any) -> list[tuple[float, float]]:
    """The silences of a timeline, as the minutes at their ends."""
    reviewed = with_events(*map(event, minutes), **values)
    ends = [point.events for point in of(Topic.SILENCE, agenda(reviewed))]
    return [tuple((each.at - BEGIN) / timedelta(minutes=1) for each in pair if each.at) for pair in ends]  # type: ignore[misc]


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        ((0, 3, 10, 60), [(3, 10), (10, 60)]),
        ((0, 3, 20, 24, 60), [(3, 20), (24, 60)]),
        ((3, 13, 23, 35, 60), [(3, 13), (23, 35), (35, 60)]),
        ((0, 3, 60, 600), [(3, 60)]),
        ((0, 40, 60), [(0, 40), (40, 60)]),
        ((3, None, 60), []),
        ((60, 3), []),
        ((), []),
    ],
    ids=["longest", "in order", "three at most", "after the end", "across the detection", "unknown", "back", "none"],
)
def test_the_longest_silences_between_detection_and_resolution(
    minutes: tuple[float | None, ...], expected: list[tuple[float, float]]
) -> None:
    assert silences(*minutes) == expected


def test_a_long_entry_is_no_silence_and_a_short_incident_has_none() -> None:
    until = BEGIN + timedelta(minutes=55)
    assert of(Topic.SILENCE, agenda(with_events(event(3), event(4, until=until), event(58)))) == []
    assert silences(3, 7, resolved=8) == []


def test_no_entry_is_in_a_silence_whatever_the_order_of_the_text() -> None:
    assert silences(3, 60, 20) == [(3, 20)]
    during = event(5, until=BEGIN + timedelta(minutes=40))
    assert of(Topic.SILENCE, agenda(with_events(event(3), during, event(10), event(42), resolved=45))) == []


def test_where_all_moments_are_unknown_the_timeline_itself_is_measured() -> None:
    reviewed = replace(dated_incident("2024/a"), timeline=Timeline((event(0), event(50), event(53))))
    (point,) = of(Topic.SILENCE, agenda(reviewed))
    assert point.length == timedelta(minutes=50)


def test_a_phase_is_long_only_beside_enough_others() -> None:
    others = [incident(f"{number}", BEGIN - timedelta(days=number), mitigated=10) for number in range(1, 10)]
    slow = incident("slow", mitigated=300, resolved=310)
    (point,) = of(Topic.LONG_PHASE, agenda(slow, *others))
    assert point.comparison
    assert (point.comparison.name, point.comparison.shorter, point.comparison.others) == ("responding", 9, 9)
    assert of(Topic.LONG_PHASE, agenda(slow, *others[:5])) == []
    assert of(Topic.LONG_PHASE, agenda(others[0], *others[1:], slow)) == []


def test_detection_late_by_customers_and_moments_that_are_unknown() -> None:
    found = agenda(incident("a", detected=30, mitigated=None, detected_by="customer", detection_target="5m"))
    (late,) = of(Topic.DETECTED_LATE, found)
    assert (late.length, late.over_target) == (timedelta(minutes=30), timedelta(minutes=25))
    assert of(Topic.MOMENTS_UNKNOWN, found)[0].names == ("mitigated_at",)
    assert len(of(Topic.DETECTED_OUTSIDE, found)) == 1


def test_whys_for_the_trigger_the_primary_cause_and_each_factor() -> None:
    found = agenda(incident("a", body=CAUSES, trigger="a deploy", root_cause="small pool"))
    quoted = [
        (point.topic, quote.text, quote.section)
        for point in found.points
        for quote in point.quotes
        if point.topic is not Topic.LESSON
    ]
    assert quoted == [
        (Topic.TRIGGER, "a deploy", ""),
        (Topic.PRIMARY_CAUSE, "The pool was *smaller* than the number of workers.", "Primary Cause"),
        (Topic.FACTOR, "No alert on the pool.", "Contributing Factors"),
        (Topic.FACTOR, "Retries without a limit.", "Contributing Factors"),
    ]
    assert of(Topic.FACTORS, found)[0].number == 2
    assert of(Topic.DETECTION_GAP, found) == []  # "None: <reason>" is an answer
    assert of(Topic.CAUSE_UNKNOWN, found) == []


def test_what_the_template_left_is_quoted_nowhere() -> None:
    reviewed = incident("a", body="## Lessons Learned\n\n- [Key insight]\n", trigger="[what set it off]")
    made = replace(corpus(reviewed), template_texts=("## Lessons Learned\n\n- [Key insight]\n[what set it off]\n",))
    found = incident_agenda(reviewed, Analysis(made, Settings(), TODAY))
    assert [quote for point in found.points for quote in point.quotes] == []
    assert len(of(Topic.NO_LESSONS, found)) == 1


def test_open_items_of_what_it_repeats_and_of_earlier_ones_with_its_patterns() -> None:
    late, later = action_item("late", due=date(2025, 1, 1)), action_item("later", due=date(2026, 6, 1))
    done = action_item("done", ActionState.DONE)
    first = with_actions("first", done, later, start=BEGIN - timedelta(days=9), patterns=["database-issues"])
    other = with_actions("other", late, start=BEGIN - timedelta(days=5), patterns=["database-issues"])
    after = with_actions("after", late, start=BEGIN + timedelta(days=5), patterns=["database-issues"])
    reviewed = incident("a", patterns=["database-issues"], repeat_of=[first.id])
    found = agenda(reviewed, first, other, after, patterns=(pattern(),))
    (repeated,), (similar,) = of(Topic.OPEN_OF_REPEATED, found), of(Topic.OPEN_WITH_PATTERN, found)
    assert [action.item.text for action in repeated.actions] == ["later"]
    assert ([action.item.text for action in similar.actions], similar.overdue) == (["late"], 1)
    assert (of(Topic.PATTERN, found)[0].number, of(Topic.REPEATS, found)[0].incidents) == (2, (first,))


def test_own_items_that_lack_something() -> None:
    items = (
        action_item("owned", owner="Kim", kind=ActionKind.MITIGATE, due=date(2026, 6, 1)),
        action_item("by a heading", horizon=Horizon.IMMEDIATE),
        action_item("bare"),
        action_item("late", owner="Kim", due=date(2025, 1, 1)),
        action_item("unknown", ActionState.UNKNOWN),
        action_item("dropped", ActionState.DROPPED),
    )
    found = agenda(with_actions("a", *items))
    numbers = {point.topic: point.number for part in found.parts[3:4] for point in part.points}
    assert numbers == {
        Topic.NO_PREVENTION: 4, Topic.WITHOUT_OWNER: 2, Topic.WITHOUT_DATE: 1, Topic.PAST_DUE: 1, Topic.STATUS_UNKNOWN: 1
    }  # fmt: skip
    prevents = with_actions("b", action_item(owner="Kim", kind=ActionKind.PREVENT, due=date(2026, 6, 1)))
    (point,) = agenda(prevents).parts[3].points
    assert (point.topic, point.number) == (Topic.OWN_ACTIONS, 1)


def test_lessons_are_shared_with_owners_of_similar_incidents() -> None:
    same = {"root_cause": "small pool", "patterns": ["database-issues"]}
    others = [incident(owner, owner=owner, **same) for owner in ("Search", "Shop")]
    found = agenda(incident("a", owner="Payments", body=CAUSES, **same), *others, patterns=(pattern(),))
    (point,) = of(Topic.SHARE, found)
    assert sorted(point.names) == ["Search", "Shop"]
    assert [each.front_matter.owner for each in point.incidents] == list(point.names)
    assert [quote.text for quote in of(Topic.LESSON, found)[0].quotes] == ["A pool is a queue."]


def test_a_draft_is_asked_what_is_missing_by_its_deadline() -> None:
    draft = incident("a", datetime(2025, 12, 30, tzinfo=UTC), status="draft")
    (point,) = of(Topic.PUBLISH, agenda(draft, publish_within="7d"))
    assert point.day == date(2026, 1, 6)
    assert of(Topic.PUBLISH, agenda(incident("a"))) == []


def test_an_exercise_is_a_point_where_the_timeline_makes_one() -> None:
    long = with_events(*(event(number * 5, f"Step {number}") for number in range(1, 12)))
    assert len(of(Topic.EXERCISE, agenda(long))) == 1
    assert of(Topic.EXERCISE, agenda(with_events(event(3), event(60)))) == []


def test_a_timeline_of_hundreds_of_entries_has_a_short_agenda() -> None:
    found = agenda(with_events(*(event(number * 3) for number in range(400)), resolved=1200))
    assert of(Topic.ENTRIES, found)[0].number == 400
    assert len(found.points) < 30


def topics(found: Analysis, month: Month) -> list[Topic]:
    """The topics of a month beside the two that every month has."""
    beside, *others = (point.topic for point in month_agenda(month, found).points)
    assert (beside, others[0]) == (Topic.TONE, Topic.HAPPENED)
    return others[1:]


def test_a_month_has_its_points_in_the_order_of_the_meeting() -> None:
    times = {"started_at": "2024-03-01T00:00:00Z", "detected_at": "2024-03-01T01:00:00Z", "severity": "SEV1"}
    found = analysis(
        dated_incident("2023/x", day="2023-03-01", patterns=["p"], status="published"),
        dated_incident("2024/y", action_item("mine"), status="draft", patterns=["p"], repeat_of=["2023/x"], **times),
        dated_incident("2024/z", action_item(owner="Ada", due=date(2024, 4, 1)), day="2024-03-02", status="published"),
    )
    assert topics(found, (2024, 3)) == [
        Topic.UNPUBLISHED, Topic.NOTICED_LATE, Topic.NOTICED_UNKNOWN, Topic.REPEATED, Topic.SEEN_AGAIN, Topic.OVERDUE,
        Topic.OWNERLESS, Topic.ANNIVERSARY,
    ]  # fmt: skip
    by_topic = {point.topic: point for point in month_agenda((2024, 3), found).points}
    assert [each.id for each in by_topic[Topic.NOTICED_UNKNOWN].incidents] == ["2024/z"]
    assert (by_topic[Topic.OWNERLESS].number, by_topic[Topic.OVERDUE].number) == (1, 1)
    # What is overdue today is asked of the newest month alone.
    assert Topic.OVERDUE not in topics(found, (2023, 3))
    assert month_agenda((2024, 3), found).minutes == 60


def test_a_month_lists_all_that_happened_in_it() -> None:
    kinds = ("incident", "drill", "near-miss", "incident")
    members = [dated_incident(f"2024/{n}", day=f"2024-03-0{n + 1}", kind=kind) for n, kind in enumerate(kinds)]
    happened = month_agenda((2024, 3), analysis(*members)).points[1]
    assert [each.id for each in happened.incidents] == ["2024/0", "2024/1", "2024/2", "2024/3"]


def test_a_quiet_month_has_nothing_to_talk_about() -> None:
    times = {"started_at": "2024-03-01T00:00:00Z", "detected_at": "2024-03-01T00:01:00Z"}
    assert topics(analysis(dated_incident("a", action_item(owner="Ada"), status="published", **times)), (2024, 3)) == []


def test_a_suspected_repeat_is_a_point_of_its_month_and_of_its_own_review() -> None:
    same = {"root_cause": "full disk", "owner": "t", "status": "published"}
    first, second = (
        dated_incident("2024/x", day="2024-02-01", **same),
        dated_incident("2024/y", day="2024-03-01", **same),
    )
    assert Topic.SUSPECTED in topics(analysis(first, second), (2024, 3))
    (point,) = of(Topic.MAY_REPEAT, agenda(second, first))
    assert point.incidents == (first,)
