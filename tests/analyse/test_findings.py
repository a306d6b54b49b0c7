"""Findings: what each question says of a few incidents, and which comparisons are believed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from scipy import stats
from tests.builders import BEGIN, incident, metrics

from postmortems.analyse.findings import registry
from postmortems.analyse.findings.finding import GROUP_FROM, SUPPORT, Claim, Finding, Others
from postmortems.analyse.findings.registry import FALSE_DISCOVERIES, QUESTIONS, Comparison
from postmortems.model.action_item import ActionItem, ActionKind, ActionList, ActionState
from postmortems.model.front_matter import Status
from postmortems.model.place import Place
from postmortems.model.postmortem import Postmortem
from postmortems.render.words.findings import claim_words


def many(count: int, prefix: str, **matter: Any) -> list[Postmortem]:
    return [incident(f"{prefix}{n}", BEGIN + timedelta(days=n), **matter) for n in range(count)]


def with_kinds(postmortem: Postmortem, *kinds: ActionKind | None) -> Postmortem:
    items = [ActionItem(Place.at("x.md"), "Promise", ActionState.OPEN, 1, 1, kind=kind) for kind in kinds]
    return replace(postmortem, actions=ActionList(tuple(items)))


def compared(*members: Postmortem, question: str) -> list[Comparison]:
    return [one for one in metrics(*members).findings.comparisons if one.finding.question == question]


def told(finding: Finding) -> tuple[str, int, int, int | None, int | None]:
    """What a finding is about, in how many of how many it holds, and in how many of how many others."""
    return (
        " + ".join(one.key for one in finding.subjects),
        finding.support,
        finding.n,
        finding.rest_matching,
        finding.rest,
    )


def test_the_list_names_every_question_once() -> None:
    files = {
        path.stem
        for path in Path(registry.__file__).parent.glob("*.py")
        if path.stem not in ("__init__", "finding", "registry", "slow", "whole_list")
    }
    assert {question.name.replace("-", "_") for question in QUESTIONS} == files
    assert len(QUESTIONS) == len(files)


@pytest.mark.parametrize("claim", [*Claim, *Others], ids=str)
def test_every_claim_has_words(claim: Claim | Others) -> None:
    assert claim_words(claim)


def test_late_detection_compares_a_pattern_with_all_others() -> None:
    found = compared(
        *many(6, "late", detected=30, patterns=["x"]),
        *many(2, "soon", detected=1, patterns=["x"]),
        *many(1, "unknown", detected=None, patterns=["x"]),
        *many(9, "other", detected=1),
        question="late-detection",
    )
    assert [told(one.finding) for one in found] == [("x", 6, 8, 0, 9)]
    assert found[0].finding.missing == 1
    assert found[0].chance == pytest.approx(stats.fisher_exact([[6, 2], [0, 9]], alternative="greater").pvalue)


def test_a_service_is_compared_by_any_spelling() -> None:
    found = compared(
        *many(3, "a", detected=30, services=["API"]),
        *many(3, "b", detected=30, services=["api"]),
        *many(6, "c", detected=1),
        question="late-detection",
    )
    assert [told(one.finding) for one in found] == [("api", 6, 6, 0, 6)]


def test_noticed_outside_compares_groups_of_which_it_is_known() -> None:
    found = compared(
        *many(4, "a", detected_by="customer", patterns=["x"]),
        *many(1, "b", detected_by="third-party", patterns=["x"]),
        *many(1, "e", patterns=["x"]),
        *many(6, "c", detected_by="alert"),
        *many(3, "d"),
        question="noticed-outside",
    )
    assert [(told(one.finding), one.finding.missing) for one in found] == [(("x", 5, 5, 0, 6), 1)]


def test_slow_recovery_is_longer_than_the_median_of_all() -> None:
    members = [*many(5, "slow", resolved=600, patterns=["x"]), *many(6, "quick", resolved=20)]
    assert [told(one.finding) for one in compared(*members, question="slow-recovery")] == [("x", 5, 5, 0, 6)]


def test_an_incident_that_took_at_least_longer_than_the_median_is_slow() -> None:
    members = [
        *many(4, "slow", resolved=600, patterns=["x"]),
        *many(1, "open", mitigated=400, resolved=None, patterns=["x"]),
        *many(1, "unknown", mitigated=10, resolved=None, patterns=["x"]),
        *many(7, "quick", resolved=20),
    ]
    found = compared(*members, question="slow-recovery")
    assert [(told(one.finding), one.finding.missing) for one in found] == [(("x", 5, 5, 0, 7), 1)]


def test_slow_after_late_asks_how_long_the_response_took() -> None:
    members = [*many(5, "late", detected=60, resolved=600), *many(6, "soon", detected=1, resolved=20)]
    assert [told(one.finding) for one in compared(*members, question="slow-after-late")] == [("", 5, 5, 0, 6)]


def test_of_two_patterns_the_rarer_is_asked_about_the_other() -> None:
    members = [*many(5, "both", patterns=["a", "b"]), *many(4, "a", patterns=["a"]), *many(6, "none")]
    assert [told(one.finding) for one in compared(*members, question="patterns-together")] == [("b + a", 5, 5, 4, 10)]


def test_a_patterns_role_is_held_against_those_of_the_other_patterns() -> None:
    def role(pattern: str, name: str) -> list[dict[str, str]]:
        return [{"pattern": pattern, "role": name}]

    found = compared(
        *many(4, "a", patterns=role("hides", "detection")),
        *many(3, "b", patterns=role("hides", "mitigation")),
        *many(2, "c", patterns=["hides"]),
        *many(1, "d", patterns=role("other", "detection")),
        *many(4, "e", patterns=role("other", "trigger")),
        question="pattern-roles",
    )
    said = {(one.finding.subjects[0].key, one.finding.claim): one.finding for one in found}
    hidden = said["hides", Claim.HIDDEN_BY_PATTERN]
    assert (told(hidden)[1:], hidden.missing, hidden.others) == ((4, 7, 1, 5), 2, Others.OTHER_PATTERNS)
    assert told(said["hides", Claim.SLOWED_BY_PATTERN])[1:] == (3, 7, 0, 5)


def test_the_role_that_a_pattern_always_has_is_what_it_is() -> None:
    members = [
        *many(9, "a", patterns=[{"pattern": "hides", "role": "detection"}]),
        *many(9, "b", patterns=[{"pattern": "other", "role": "trigger"}]),
    ]
    assert [one.finding.claim for one in compared(*members, question="pattern-roles") if one.finding.support] == []


def test_a_services_root_causes_are_shared_in_any_spelling() -> None:
    def each(count: int, prefix: str, causes: list[str], **matter: Any) -> list[Postmortem]:
        members = many(count, prefix, **matter)
        return [
            incident(one.id.partition("/")[2], one.front_matter.started_at, root_cause=cause, **matter)
            for one, cause in zip(members, causes, strict=True)
        ]

    found = compared(
        *each(5, "in", ["Disk full", "disk-full", "disk full", "a", "unknown"], services=["api"]),
        *each(1, "more", ["lock"], services=["api"]),
        *each(6, "out", ["Lock", "b", "c", "d", "e", "unknown"]),
        question="shared-root-cause",
    )
    assert [(told(one.finding), one.finding.missing) for one in found] == [(("api", 4, 5, 1, 5), 1)]


DETECT, PREVENT = ActionKind.DETECT, ActionKind.PREVENT


def test_late_incidents_without_a_detect_action_are_held_against_those_in_time() -> None:
    late, soon = many(7, "late", detected=60), many(6, "soon", detected=1)
    found = compared(
        *(with_kinds(one, PREVENT) for one in late[:5]),
        with_kinds(late[5], DETECT, None),
        late[6],
        *(with_kinds(one, DETECT) for one in soon[:5]),
        with_kinds(soon[5], PREVENT),
        question="late-without-detect-action",
    )
    assert [(told(one.finding), one.finding.missing) for one in found] == [(("", 5, 6, 1, 6), 1)]


def none_prevents(*six: Postmortem, **options: Any) -> list[tuple[int, int]]:
    """Of how many of how many of these, and five that prevent, it is said that nothing prevents the next one."""
    others = [with_kinds(one, PREVENT) for one in many(5, "out")]
    found = metrics(*six, *others, **options).findings.comparisons
    return [(one.finding.support, one.finding.n) for one in found if one.finding.question == "no-preventing-action"]


def test_incidents_without_a_preventing_action_are_held_against_the_others() -> None:
    assert none_prevents(*(with_kinds(one, DETECT) for one in many(6, "in", services=["api"]))) == [(6, 6)]


@pytest.mark.parametrize(
    ("change", "options"),
    [
        pytest.param(lambda one: one, {}, id="no list"),
        pytest.param(lambda one: with_kinds(one, None), {}, id="an item of unknown kind"),
        pytest.param(lambda one: with_state(one, ActionState.UNKNOWN), {}, id="an item of unknown state"),
        pytest.param(lambda one: with_kinds(one, DETECT), {"corpus": "sample"}, id="a sample"),
        pytest.param(lambda one: with_kinds(draft(one), DETECT), {}, id="a draft"),
        pytest.param(lambda one: saying(one, "Some of the actions are public."), {}, id="said to be partial"),
        pytest.param(lambda one: saying(one, "The list is not complete."), {}, id="said to be incomplete"),
    ],
)
def test_nothing_is_said_of_what_a_list_lacks_that_is_not_known_to_be_whole(
    change: Any, options: dict[str, str]
) -> None:
    assert none_prevents(*(change(one) for one in many(6, "in", services=["api"])), **options) == []


def with_state(postmortem: Postmortem, state: ActionState) -> Postmortem:
    (item,) = with_kinds(postmortem, DETECT).actions.items
    return replace(postmortem, actions=ActionList((replace(item, state=state),)))


def draft(postmortem: Postmortem) -> Postmortem:
    return replace(postmortem, front_matter=postmortem.front_matter.model_copy(update={"status": Status.DRAFT}))


def saying(postmortem: Postmortem, words: str) -> Postmortem:
    body = incident("x", body=f"## Action Items\n\n{words}\n\n- [ ] Look\n").body
    return with_kinds(replace(postmortem, body=body), DETECT)


@pytest.mark.parametrize(
    ("late", "soon", "expected"),
    [
        pytest.param(8, 2, 1, id="eight of ten"),
        pytest.param(9, 1, 0, id="nine of ten share it"),
        pytest.param(10, 0, 0, id="all share it"),
    ],
)
def test_what_nearly_all_share_is_no_finding(late: int, soon: int, expected: int) -> None:
    members = many(5, "in", detected=30, patterns=["x"])
    others = [*many(late - 5, "late", detected=30), *many(soon, "soon", detected=1)]
    assert len(compared(*members, *others, question="late-detection")) == expected


@pytest.mark.parametrize(
    ("inside", "outside", "expected"),
    [
        pytest.param(GROUP_FROM, GROUP_FROM, 1, id="enough on both sides"),
        pytest.param(GROUP_FROM - 1, GROUP_FROM, 0, id="too few in the group"),
        pytest.param(GROUP_FROM, GROUP_FROM - 1, 0, id="too few beside it"),
    ],
)
def test_small_groups_are_not_compared(inside: int, outside: int, expected: int) -> None:
    members = [*many(inside, "in", detected=30, patterns=["x"]), *many(outside, "out", detected=1)]
    assert len(compared(*members, question="late-detection")) == expected


def test_two_incidents_are_no_finding() -> None:
    found = metrics(
        *many(2, "a", detected=60, patterns=["x"]),
        *many(3, "c", detected=1, patterns=["x"]),
        *many(400, "b", detected=1),
    )
    (one,) = [one for one in found.findings.comparisons if one.finding.question == "late-detection"]
    assert one.rate <= FALSE_DISCOVERIES
    assert one.finding.support < SUPPORT
    assert found.findings.standing_out == ()


def test_what_is_strong_stands_out_and_says_how_many_comparisons_there_were() -> None:
    found = metrics(*many(9, "late", detected=60, patterns=["x"]), *many(20, "soon", detected=1, patterns=["y"]))
    assert [
        one.finding.subjects[0].key for one in found.findings.standing_out if one.finding.question == "late-detection"
    ] == ["x"]
    assert [one.chance for one in found.findings.comparisons] == sorted(
        one.chance for one in found.findings.comparisons
    )


@pytest.mark.large
def test_noise_stands_out_in_few_histories() -> None:
    """Patterns, services and times drawn by lot: a history with anything standing out is the exception."""
    random = Random(7)
    with_any = 0
    for history in range(40):
        members = [
            incident(
                f"{history}-{n}",
                BEGIN + timedelta(days=n),
                detected=random.choice([1, 30]),
                resolved=random.choice([40, 400]),
                patterns=[name for name in "abcdef" if random.random() < 0.4],
                services=random.sample(["api", "web", "db", "mail"], 2),
                detected_by=random.choice(["alert", "customer"]),
            )
            for n in range(40)
        ]
        found = metrics(*members).findings
        assert len(found.comparisons) > 30
        with_any += bool(found.standing_out)
    # With a false discovery rate of one in ten, one noisy history in ten may show something; 12 of 40 would be too many
    # in all but one case of a thousand.
    assert FALSE_DISCOVERIES == 0.1
    assert with_any < 12
