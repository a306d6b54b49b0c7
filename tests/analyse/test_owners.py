"""Who answers for what, and what some incidents have in common."""

from __future__ import annotations

from datetime import date

from tests.builders import TODAY, action_item, dated_incident

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.owners import open_with_others, owners_of_actions
from postmortems.analyse.profile import profile
from postmortems.model.action_item import ActionState
from postmortems.model.corpus import Corpus
from postmortems.model.dated_action import ActionStatus
from postmortems.model.pattern import Role
from postmortems.model.postmortem import Postmortem
from postmortems.settings import Settings


def analysis(*members: Postmortem) -> Analysis:
    return Analysis(Corpus(members), Settings(), TODAY)


def test_names_with_one_slug_are_one_owner() -> None:
    found = analysis(
        dated_incident("a", action_item(owner="API team"), owner="api-team"),
        dated_incident("b", action_item(owner="Ada"), owner="api-team"),
    ).owners
    assert [*found] == ["ada", "api-team"]
    team = found["api-team"]
    assert (team.name, team.spellings) == ("api-team", ("API team", "api-team"))
    assert [one.id for one in team.postmortems] == ["a", "b"]
    assert [one.postmortem.id for one in team.actions] == ["a"]
    assert found["ada"].postmortems == ()


def test_an_item_without_an_owner_is_not_its_postmortems_owners() -> None:
    found = analysis(dated_incident("a", action_item(), owner="api-team")).owners
    assert found["api-team"].actions == ()


def test_drills_are_listed_and_not_counted() -> None:
    found = analysis(dated_incident("a", action_item(owner="Ada"), owner="api-team", kind="drill")).owners
    assert [*found] == ["api-team"]
    assert len(found["api-team"].postmortems) == 1
    assert found["api-team"].incidents == ()


def test_what_incidents_have_in_common() -> None:
    found = profile(
        [
            dated_incident(
                "a", patterns=[{"pattern": "x", "role": "trigger"}, "y"], root_cause="Full disk", services=["S", "s"]
            ),
            dated_incident("b", patterns=["x", "x"], root_cause="full-disk", services=["t", "s"], owner="Team"),
            dated_incident("c", root_cause="unknown", owner="team"),
        ]
    )
    assert [(one.pattern, one.count, one.by_role) for one in found.patterns] == [
        ("x", 2, {Role.TRIGGER: 1, None: 1}),
        ("y", 1, {None: 1}),
    ]
    assert [(cause.name, len(cause.members)) for cause in found.causes] == [("Full disk", 2)]
    assert found.without_cause == 1
    assert found.services == (("s", 2), ("t", 1))
    assert (found.owners, found.without_owner) == ((("team", 2),), 1)


def test_the_profile_of_nothing() -> None:
    found = profile([])
    assert (found.total, found.patterns, found.causes, found.without_cause) == (0, (), (), 0)


def test_drafts_are_due_by_the_policy() -> None:
    moments = {"started_at": "2025-12-01T00:00:00Z", "resolved_at": "2025-12-02T00:00:00Z"}
    found = analysis(
        dated_incident("late", status="draft", **moments),
        dated_incident("unknown", status="in-review"),
        dated_incident("out", status="published", **moments),
        dated_incident("drill", status="draft", kind="drill", **moments),
    ).drafts_due
    assert [(one.postmortem.id, one.due) for one in found.values()] == [("late", date(2025, 12, 16)), ("unknown", None)]


def test_owners_of_actions_begin_with_most_overdue_ones_and_end_with_nobody() -> None:
    late, later = date(2025, 1, 1), date(2026, 6, 1)
    members = dated_incident(
        "a",
        action_item(),
        *(action_item(owner="Idle", due=later) for _ in range(3)),
        *(action_item(owner="Late", due=late) for _ in range(2)),
        action_item(owner="Ada", due=later),
        action_item(owner="Done", state=ActionState.DONE),
        owner="No items",
    )
    found = analysis(members)
    listed = owners_of_actions(found.owners.values(), found.incident_actions)
    assert [owner.name for owner in listed] == ["Late", "Idle", "Ada", "Done", ""]
    assert (listed[0].by_status[ActionStatus.OVERDUE], listed[0].by_status[ActionStatus.OPEN]) == (2, 0)
    assert owners_of_actions((), ()) == []


def test_open_with_others_are_the_items_that_name_somebody_else_or_nobody() -> None:
    items = (
        action_item("nobody"),
        action_item("own", owner="API team"),
        action_item("late", owner="Ada", due=date(2025, 1, 1)),
        action_item("done", owner="Ada", state=ActionState.DONE),
    )
    found = analysis(dated_incident("a", *items, owner="api-team"), dated_incident("b", *items, owner="other"))
    others = open_with_others(found.owners["api-team"], found.actions_of)
    assert [(action.postmortem.id, action.item.text) for action in others] == [("a", "late"), ("a", "nobody")]
