"""PM301, PM304 and PM402: an impact without a figure, or above its severity; an incident with one factor only."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from tests.growth import grows_with_its_length

from postmortems.check.figures import says_how_much
from postmortems.model.diagnostic import Diagnostic

Check = Callable[..., tuple[Diagnostic, ...]]

PATH = "postmortems/2024/01-database-connection-pool/postmortem.md"


def found_by(rule: str, found: tuple[Diagnostic, ...]) -> list[tuple[int, str]]:
    return [(one.place.line, one.message) for one in found if one.rule == rule]


@pytest.mark.parametrize(
    "text",
    [
        "4,200 requests failed",
        "response times rose to 8s",
        "12 % of requests timed out",
        "about ~30% of traffic",
        "in 2024 requests the pool was full",
        "$40,000 were refunded",
        "two customers called",
        "hundreds of orders",
        "a third of the queue",
        "one in five checkouts failed",
        "One customer was affected",
        "All customers were logged out",
        "every region",
        "the entire site was down",
        "Nobody was affected",
        "no data was lost",
        "No customer data has been exposed",
        "no data loss",
        "we found no evidence of misuse",
        "down from 14:23 to 14:45",
        "between 2pm and 4 pm",
        "Lost revenue: unknown, as retries are not recorded",
        "the number of users was not measured",
        "the loss cannot be quantified",
        "| Requests lost | 17 |",
        "latency (p99: 4 s)",
    ],
)
def test_what_says_how_much(text: str) -> None:
    assert says_how_much(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Some customers were affected",
        "many requests to S3 failed in us-east-1",
        "most users saw 502 errors",
        "users got HTTP 504 and 5xx responses",
        "status 500 was returned",
        "On 6 February 2024 checkout failed",
        "On February 6th, 2024 checkout failed",
        "On 2024-02-06 the site was slow",
        "In 2024 this happened again",
        "In May 2024 users noticed",
        "At 14:23 users began to complain",
        "clients of version 2 and release 4.2 failed",
        "clients of v3 and 4.2.1 failed",
        "see #123 and [1]",
        "a SEV2 incident, the 2nd of its kind",
        "not at all pleasant, and after all it was slow",
        "one of the services was slow",
        "[the graph](artifacts/2024-02-06-1423.png) and https://example.com/1/2",
        "Users could not log in and there was no way around it",
    ],
)
def test_what_does_not(text: str) -> None:
    assert not says_how_much(text)


@pytest.mark.large
@pytest.mark.parametrize(
    "piece", ["no ", "no a-", "1.", "12 ", "](", "http://", "a third ", "14:2", "not yet ", "-1", "two"]
)
def test_much_of_a_sign_costs_no_more_than_its_length(piece: str) -> None:
    assert grows_with_its_length(says_how_much, lambda length: piece * (length // len(piece)))
    assert grows_with_its_length(says_how_much, lambda length: piece.strip() * (length // len(piece)) + " x")


@pytest.mark.parametrize(
    ("technical", "business", "found"),
    [
        pytest.param("Slow.", "Users could not search.", 1, id="no figure"),
        pytest.param("Slow.", "4,200 searches failed.", 0, id="in the second part"),
        pytest.param("8 s instead of 80 ms.", "Users could not search.", 0, id="in the first part"),
        pytest.param("| What | How many |\n|---|---|\n| Searches | 4,200 |", "Slow.", 0, id="in a table"),
        pytest.param(
            "| What | 2024 users |\n|---|---|\n| Searches | many |", "Slow.", 1, id="in a table's header only"
        ),
        pytest.param("```\n4200\n```", "Slow.", 1, id="in code only"),
        pytest.param("Slow. <!-- 4200 -->", "Slow.", 1, id="in a comment only"),
        pytest.param("Slow.", "None: it was a test system.", 0, id="none, with a reason"),
    ],
)
def test_impact(technical: str, business: str, found: int, check: Check) -> None:
    reported = check(
        ("- Response times rose from 80 ms to 8 s.", technical), ("- 4,200 searches were not answered.", business)
    )
    expected = [(48, 'section "Impact Assessment" has no figure')] * found
    assert found_by("impact-without-a-number", reported) == expected
    assert len(reported) == found


def test_an_empty_impact_is_for_another_rule(check: Check) -> None:
    reported = check(("- Response times rose from 80 ms to 8 s.", ""), ("- 4,200 searches were not answered.", ""))
    assert {one.rule for one in reported} == {"empty-section"}


def test_a_part_that_stands_elsewhere_counts(check: Check, filled_template: str) -> None:
    begin, end = filled_template.index("### Business Impact"), filled_template.index("## Response Evaluation")
    text = filled_template[:begin] + filled_template[end:] + "\n\n## Business Impact\n\n4,200 searches failed.\n"
    assert check(files={PATH: text.replace("rose from 80 ms to 8 s", "rose")}) == ()


@pytest.mark.parametrize(
    ("factors", "found"),
    [
        pytest.param("- One.", 1, id="one item"),
        pytest.param("- One.\n- Two.", 0, id="two items"),
        pytest.param("These were the factors. All of them.\n\n- One.", 1, id="one item below a text"),
        pytest.param("- Several:\n    - One.\n    - Two.", 0, id="items below one"),
        pytest.param("1. One", 1, id="one numbered item"),
        pytest.param("The pool had no limit.", 1, id="one sentence"),
        pytest.param("The pool had no limit, e.g. none at all.", 0, id="in doubt, a text tells of several"),
        pytest.param("The pool had no limit. Tests ran without timeouts.", 0, id="two sentences"),
        pytest.param("The pool had no limit.\n\nTests ran without timeouts.", 0, id="two paragraphs"),
        pytest.param("| Factor |\n|---|\n| The pool |", 1, id="one row"),
        pytest.param("| Factor |\n|---|\n| The pool |\n| Tests |", 0, id="two rows"),
        pytest.param(
            "#### The pool\n\nIt had no limit. None.\n\n#### The tests\n\nNo timeouts.", 0, id="two subsections"
        ),
        pytest.param("None: the fault stood alone, as the search for others shows.", 0, id="none, with a reason"),
        pytest.param("<!-- more? -->\n\n- One.", 1, id="one item and a comment"),
        pytest.param("- One.\n\n### Contributing factors\n\n- Two.", 0, id="in two sections"),
    ],
)
def test_contributing_factors(factors: str, found: int, check: Check) -> None:
    old = "- The pool had no alert on waiting requests.\n- Load tests ran without timeouts."
    reported = check((old, factors), levels={"repeated-section": "off"})
    expected = [(43, 'section "Contributing Factors" lists only one factor')] * found
    assert found_by("single-cause", reported) == expected
    assert len(reported) == found


def test_a_worst_incident_may_need_several_factors(check: Check) -> None:
    one = ("- Load tests ran without timeouts.\n", "")
    levels = {"single-cause": {"SEV1": "error", "draft": "off"}}
    assert [found.level for found in check(one, levels=levels)] == ["warning"]
    worst = ("severity: SEV2", "severity: SEV1")
    assert [found.level for found in check(one, worst, levels=levels)] == ["error"]
    assert check(one, worst, ("status: published", "status: draft"), levels=levels) == ()


def below(check: Check, filled_template: str, text: str, severity: str = "SEV4", **settings: object) -> list[str]:
    """What PM304 finds of a text below Technical Impact."""
    begin = filled_template.index("### Technical Impact")
    end = filled_template.index("### Business Impact")
    whole = f"{filled_template[:begin]}### Technical Impact\n\n{text}\n\n{filled_template[end:]}"
    whole = re.sub(r"(?m)^severity: .*$", f"severity: {severity}", whole)
    found = check(files={PATH: whole}, **settings)
    return [message for _, message in found_by("severity-below-impact", found)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("A complete outage for 40 minutes.", "complete outage"),
        ("It ended in 40min of total outage.", "total outage"),
        ("The whole site was down for 314 minutes.", "whole site was down"),
        ("From 14:23 the platform was entirely unavailable.", "platform was entirely unavailable"),
        ("All customers were affected.", "All customers were affected"),
        ("This impacted all of our customers.", "impacted all of our customers"),
        ("Every user was locked out for an hour.", "Every user was locked out"),
        ("All users could not log in.", "All users could not log in"),
        ("100 % of requests failed for 12 minutes.", "100 % of requests failed"),
        ("All traffic\nwas dropped.", "All traffic was dropped"),
        ("- Two backups were empty, which meant data loss.", "data loss"),
        (
            "| Effect | Orders |\n|---|---|\n| 4,120 orders were permanently lost | 4,120 |",
            "orders were permanently lost",
        ),
    ],
)
def test_an_impact_above_the_severity(text: str, said: str, check: Check, filled_template: str) -> None:
    expected = f'severity is "SEV4", and the text says "{said}"'
    assert below(check, filled_template, text) == [expected]
    assert below(check, filled_template, text, "SEV2") == []


@pytest.mark.parametrize(
    "text",
    [
        "No data loss.",
        "Data loss: none.",
        "There was no evidence of data loss.",
        "The runbook prevented a complete outage.",
        "It could have become a full outage.",
        "A complete outage of the search page.",
        "All customers of one region were affected.",
        "All users in the beta were locked out.",
        "This affected all users of the export.",
        "All users could not export their orders.",
        "About 22 % of all requests failed.",
        "Not all customers were affected.",
        "The staging site was completely down.",
        "Metrics: data loss for 10 minutes.",
        "100 % of requests to the old endpoint failed.",
        "All customers were told.",
        "`complete outage` is the name of the alert.",
        "> A complete outage, wrote one of them.",
        "| Customer data loss | Sessions |\n|---|---|\n| None | 12 |",
        "| Customer data loss | None |\n|---|---|\n| Sessions | 12 |",
        "<!-- a complete outage? -->\n\n4 requests failed.",
    ],
)
def test_no_impact_above_the_severity(text: str, check: Check, filled_template: str) -> None:
    assert below(check, filled_template, text) == []


@pytest.mark.parametrize(
    ("scale", "severity", "found"),
    [
        (["P1", "P2", "P3"], "P2", 0),
        (["P1", "P2", "P3"], "P3", 1),
        (["P1", "P2", "P3", "P4", "P5"], "P3", 0),
        (["P1", "P2", "P3", "P4", "P5"], "P4", 1),
        (["high", "low"], "low", 1),
        (["any"], "any", 0),
    ],
)
def test_the_lower_half_of_any_scale(
    scale: list[str], severity: str, found: int, check: Check, filled_template: str
) -> None:
    said = below(check, filled_template, "A complete outage.", severity, severities=scale, detection_targets={})
    assert len(said) == found


@pytest.mark.large
@pytest.mark.parametrize("piece", ["all ", "complete ", "data ", "was ", "every user ", "100 % of ", "lost ", "no "])
def test_much_of_a_statement_costs_no_more_than_its_length(piece: str, check: Check, filled_template: str) -> None:
    assert below(check, filled_template, piece * 20_000) == []
