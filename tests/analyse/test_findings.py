"""Findings: what each question says of a few incidents, and which comparisons are believed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from scipy import stats
from tests.analyse.made_metrics import metrics
from tests.render.made_up import BEGIN, incident

from postmortems.analyse.findings import registry
from postmortems.analyse.findings.finding import GROUP_FROM, SUPPORT, Finding
from postmortems.analyse.findings.registry import FALSE_DISCOVERIES, MAKERS, Comparison
from postmortems.model.action_item import ActionItem, ActionKind, ActionList, ActionState
from postmortems.model.place import Place
from postmortems.model.postmortem import Postmortem


def many(count: int, prefix: str, **matter: Any) -> list[Postmortem]:
    return [incident(f"{prefix}{n}", BEGIN + timedelta(days=n), **matter) for n in range(count)]


def with_kinds(postmortem: Postmortem, *kinds: ActionKind | None) -> Postmortem:
    items = [ActionItem(Place.at("x.md"), "Promise", ActionState.OPEN, 1, 1, kind=kind) for kind in kinds]
    return replace(postmortem, actions=ActionList(tuple(items)))


def compared(*members: Postmortem, maker: str) -> list[Comparison]:
    return [one for one in metrics(*members).findings.comparisons if one.finding.maker == maker]


def common(*members: Postmortem, maker: str) -> list[Finding]:
    return [one for one in metrics(*members).findings.common if one.maker == maker]


def told(finding: Finding) -> tuple[str, int, int, int | None, int | None]:
    """What a finding is about, in how many of how many it holds, and in how many of how many others."""
    return (
        " + ".join(one.key for one in finding.subjects),
        finding.support,
        finding.n,
        finding.rest_holds,
        finding.rest,
    )


def test_the_list_names_every_question_once() -> None:
    files = {
        path.stem
        for path in Path(registry.__file__).parent.glob("*.py")
        if path.stem not in ("__init__", "finding", "registry")
    }
    assert {maker.name.replace("-", "_") for maker in MAKERS} == files
    assert len(MAKERS) == len(files)


def test_late_detection_compares_a_pattern_with_all_others() -> None:
    found = compared(
        *many(6, "late", detected=30, patterns=["x"]),
        *many(2, "soon", detected=1, patterns=["x"]),
        *many(1, "unknown", detected=None, patterns=["x"]),
        *many(9, "other", detected=1),
        maker="late-detection",
    )
    assert [told(one.finding) for one in found] == [("x", 6, 8, 0, 9)]
    assert found[0].finding.missing == 1
    assert found[0].chance == pytest.approx(stats.fisher_exact([[6, 2], [0, 9]], alternative="greater").pvalue)


def test_a_service_is_compared_by_any_spelling() -> None:
    found = compared(
        *many(3, "a", detected=30, services=["API"]),
        *many(3, "b", detected=30, services=["api"]),
        *many(6, "c", detected=1),
        maker="late-detection",
    )
    assert [told(one.finding) for one in found] == [("api", 6, 6, 0, 6)]


def test_noticed_outside_counts_all_and_compares_groups() -> None:
    members = [
        *many(4, "a", detected_by="customer", patterns=["x"]),
        *many(1, "b", detected_by="third-party", patterns=["x"]),
        *many(6, "c", detected_by="alert"),
        *many(3, "d"),
    ]
    assert [told(one.finding) for one in compared(*members, maker="noticed-outside")] == [("x", 5, 5, 0, 6)]
    overall = common(*members, maker="noticed-outside")
    assert [told(one) for one in overall] == [("", 5, 11, None, None)]
    assert overall[0].missing == 3


def test_slow_recovery_is_longer_than_the_median_of_all() -> None:
    members = [*many(5, "slow", resolved=600, patterns=["x"]), *many(6, "quick", resolved=20)]
    assert [told(one.finding) for one in compared(*members, maker="slow-recovery")] == [("x", 5, 5, 0, 6)]


def test_slow_after_late_asks_how_long_the_response_took() -> None:
    members = [*many(5, "late", detected=60, resolved=600), *many(6, "soon", detected=1, resolved=20)]
    assert [told(one.finding) for one in compared(*members, maker="slow-after-late")] == [("", 5, 5, 0, 6)]


def test_of_two_patterns_the_rarer_is_asked_about_the_other() -> None:
    members = [*many(5, "both", patterns=["a", "b"]), *many(4, "a", patterns=["a"]), *many(6, "none")]
    assert [told(one.finding) for one in compared(*members, maker="patterns-together")] == [("b + a", 5, 5, 4, 10)]


def test_of_each_role_the_most_frequent_pattern_is_told() -> None:
    def role(pattern: str, name: str) -> list[dict[str, str]]:
        return [{"pattern": pattern, "role": name}]

    found = common(
        *many(4, "a", patterns=role("hides", "detection")),
        *many(3, "b", patterns=role("hides", "mitigation")),
        *many(3, "c", patterns=role("other", "detection")),
        *many(2, "d", patterns=role("rare", "trigger")),
        maker="pattern-roles",
    )
    assert [(told(one)[:3], one.claim) for one in found] == [
        (("hides", 4, 12), "were hidden by it"),
        (("hides", 3, 12), "took longer to repair because of it"),
    ]


def test_a_root_cause_is_shared_in_any_spelling() -> None:
    members = [
        incident("a", root_cause="Disk full"),
        incident("b", root_cause="disk-full"),
        incident("c", root_cause="disk full"),
        *(incident(name, root_cause=name) for name in "def"),
        incident("g", root_cause="unknown"),
        incident("h", root_cause="unknown"),
    ]
    found = common(*members, maker="shared-root-cause")
    assert [(told(one), one.missing) for one in found] == [(("", 3, 6, None, None), 2)]


def test_late_incidents_without_a_detect_action_are_counted_where_the_kinds_are_known() -> None:
    late = many(6, "late", detected=60)
    members = [
        *(with_kinds(one, ActionKind.PREVENT) for one in late[:3]),
        with_kinds(late[3], ActionKind.DETECT, None),
        with_kinds(late[4], ActionKind.PREVENT, None),
        late[5],
        *many(5, "soon", detected=1),
    ]
    found = common(*members, maker="late-without-detect-action")
    assert [(told(one), one.missing) for one in found] == [(("", 4, 5, None, None), 1)]


def test_incidents_without_a_preventing_action_are_counted_where_the_kinds_are_known() -> None:
    members = many(6, "a")
    found = common(
        *(with_kinds(one, ActionKind.DETECT) for one in members[:3]),
        *(with_kinds(one, ActionKind.PREVENT) for one in members[3:5]),
        with_kinds(members[5], None),
        maker="no-preventing-action",
    )
    assert [(told(one), one.missing) for one in found] == [(("", 3, 5, None, None), 1)]


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
    assert len(compared(*members, maker="late-detection")) == expected


def test_two_incidents_are_no_finding() -> None:
    members = [*many(SUPPORT - 1, "a", detected_by="customer"), *many(9, "b", detected_by="alert")]
    assert common(*members, maker="noticed-outside") == []


def test_what_is_strong_stands_out_and_says_how_many_comparisons_there_were() -> None:
    found = metrics(*many(9, "late", detected=60, patterns=["x"]), *many(20, "soon", detected=1, patterns=["y"]))
    assert [
        one.finding.subjects[0].key for one in found.findings.standing_out if one.finding.maker == "late-detection"
    ] == ["x"]
    assert [one.chance for one in found.findings.comparisons] == sorted(
        one.chance for one in found.findings.comparisons
    )


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
