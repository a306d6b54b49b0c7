"""PM302 and PM303: late detection without a word on it, and people who noticed before the system did."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from postmortems.model.diagnostic import Diagnostic

Check = Callable[..., tuple[Diagnostic, ...]]

LATE = ("detected_at: 2024-02-06T14:23:00Z", "detected_at: 2024-02-06T14:45:00Z")
FACTORS = "- The pool had no alert on waiting requests.\n- Load tests ran without timeouts."
UNSAID = (FACTORS, "- The pool was small.\n- Load tests ran without timeouts.")


def found_by(rule: str, found: tuple[Diagnostic, ...]) -> list[tuple[int, str]]:
    return [(one.place.line, one.message) for one in found if one.rule == rule]


@pytest.mark.parametrize(
    ("changes", "options", "expected"),
    [
        pytest.param(
            [LATE, UNSAID],
            {},
            ["detection took 25m, over the target of 15m (from the settings for SEV2), with no explanation"],
            id="over the severity's target",
        ),
        pytest.param(
            [LATE, UNSAID, ("owner: storage-team", "detection_target: 90s")],
            {},
            ["detection took 25m, over the target of 1m30s (its own detection_target), with no explanation"],
            id="over its own target",
        ),
        pytest.param([LATE, UNSAID, ("owner: storage-team", "detection_target: 25m")], {}, [], id="just in time"),
        pytest.param([LATE, UNSAID], {"detection_targets": {"SEV2": "1h"}}, [], id="the team's target"),
        pytest.param([LATE, UNSAID], {"detection_targets": {"SEV1": "1m"}}, [], id="no target for its severity"),
        pytest.param([UNSAID], {}, [], id="in time"),
        pytest.param([("detected_at: 2024-02-06T14:23:00Z", "detected_at: unknown"), UNSAID], {}, [], id="unknown"),
        pytest.param([LATE], {}, [], id="a factor speaks of the alert"),
        pytest.param([LATE, (FACTORS, "- The pool filled unseen.\n- Tests.")], {}, [], id="a factor speaks of seeing"),
        pytest.param(
            [LATE, (FACTORS, "- The pool.\n- Tests.\n\n### Detection Gaps\n\nThe mean hides it.")],
            {},
            [],
            id="Detection Gaps",
        ),
        pytest.param(
            [LATE, (FACTORS, "- The pool.\n- Tests.\n\n### Detection Gaps\n\nNone: it came within the hour agreed.")],
            {},
            [],
            id="Detection Gaps: None",
        ),
        pytest.param(
            [
                LATE,
                UNSAID,
                ("- The pool's size could be changed by a release only.", "- The dashboard shows the mean."),
            ],
            {},
            [],
            id="an area for improvement",
        ),
        pytest.param(
            [LATE, UNSAID, ("A pool is a queue, and a queue wants an alert on its length.", "Watch queues: alert.")],
            {},
            ["detection took 25m, over the target of 15m (from the settings for SEV2), with no explanation"],
            id="a lesson says what, not why",
        ),
        pytest.param([LATE, UNSAID, ("owner: storage-team", "kind: drill")], {}, [], id="a drill"),
    ],
)
def test_a_missed_target(
    changes: list[tuple[str, str]], options: dict[str, object], expected: list[str], check: Check
) -> None:
    reported = check(*changes, **options)
    assert found_by("missed-detection-target-unexplained", reported) == [(8, message) for message in expected]
    assert len(reported) == len(expected)


def test_an_empty_section_explains_nothing(check: Check) -> None:
    reported = check(LATE, (FACTORS, "- The pool.\n- Tests.\n\n### Detection Gaps\n"))
    assert {one.rule for one in reported} == {"empty-section", "missed-detection-target-unexplained"}


ALERT = "- [x] [storage-team] Alert when requests wait for a connection (kind: detect, done: 2024-02-09)"


@pytest.mark.parametrize(
    ("by", "item", "found"),
    [
        pytest.param("alert", "- [x] [a] Raise the limit (kind: prevent)", 0, id="an alert noticed"),
        pytest.param("customer", "- [x] [a] Raise the limit (kind: prevent)", 1, id="a customer noticed"),
        pytest.param("staff", "- [x] [a] Raise the limit (kind: prevent)", 1, id="a colleague noticed"),
        pytest.param("third-party", "- [x] [a] Raise the limit (kind: prevent)", 1, id="a third party noticed"),
        pytest.param("customer", ALERT, 0, id="an item detects"),
        pytest.param("customer", "- [x] [a] Count the errors (kind: detect)", 0, id="whatever its words"),
        pytest.param("customer", "- [x] [a] Alert at 80 % of the pool", 0, id="without a kind it plainly is an alert"),
        pytest.param("customer", "- [x] [a] Page on-call when it is full", 0, id="without a kind it plainly pages"),
        pytest.param("customer", "- [x] [a] Write a status page", 1, id="a page is not a pager"),
        pytest.param("customer", "- [x] [a] Monitor it (kind: docs)", 1, id="the kind outweighs the words"),
        pytest.param("customer", "- [ ] [a] Alert (kind: detect, wont-do: too dear)", 1, id="a dropped item"),
        pytest.param("customer", "- [ ] [a] Alert (kind: detect, state: unknown)", 0, id="an item of unknown state"),
    ],
)
def test_people_noticed_first(by: str, item: str, found: int, check: Check) -> None:
    reported = check(("detected_by: alert", f"detected_by: {by}"), (ALERT, item))
    expected = [(11, f'"detected_by" is {by}, but no action item has kind: detect')] * found
    assert found_by("human-detection-without-detect-action", reported) == expected
    assert len(reported) == found


def test_a_drill_is_no_surprise(check: Check) -> None:
    by_staff = ("detected_by: alert", "detected_by: staff\nkind: drill")
    assert check(by_staff, (ALERT, "- [x] [a] Raise the limit (kind: prevent)")) == ()


def test_without_action_items_another_rule_speaks(check: Check, filled_template: str) -> None:
    begin, end = filled_template.index("### Immediate"), filled_template.index("## Lessons")
    text = f"{filled_template[:begin]}Later.\n\n{filled_template[end:]}"
    path = "postmortems/2024/01-database-connection-pool/postmortem.md"
    found = check(files={path: text.replace("detected_by: alert", "detected_by: customer")})
    assert [one.rule for one in found] == ["no-action-items"]
