"""What one incident can be found by, and what not."""

from __future__ import annotations

from typing import Any

import pytest
from tests.builders import TODAY, corpus, incident

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.facets import Facet, Group, State, facets
from postmortems.model.postmortem import Postmortem
from postmortems.settings import Settings


def found(one: Postmortem, group: Group) -> list[str]:
    every = facets(one, Analysis(corpus(one), Settings(), TODAY))
    return [facet.value for facet in every if facet.group is group]


@pytest.mark.parametrize(
    ("matter", "group", "expected"),
    [
        ({"severity": "SEV3"}, Group.SEVERITY, ["SEV3"]),
        ({"severity": None}, Group.SEVERITY, []),
        ({"owner": "Payments"}, Group.OWNER, ["Payments"]),
        ({}, Group.OWNER, []),
        ({"services": ["Checkout API", "checkout-api", "決済"]}, Group.SERVICE, ["checkout-api", "決済"]),
        ({"patterns": ["database-issues", "unwritten"]}, Group.PATTERN, ["database-issues", "unwritten"]),
    ],
)
def test_what_the_front_matter_says(matter: dict[str, Any], group: Group, expected: list[str]) -> None:
    assert found(incident("a", **matter), group) == expected


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        pytest.param(incident("a", mitigated=30), [], id="noticed in time, all known"),
        pytest.param(incident("a", mitigated=30, detected=6), [State.OVER], id="SEV1 asks for 5 min"),
        pytest.param(incident("a", mitigated=30, detected=6, severity="SEV2"), [], id="SEV2 for 15 min"),
        pytest.param(incident("a"), [State.UNKNOWN], id="mitigation unknown"),
        pytest.param(incident("a", None, date="2024-05-01"), [State.UNKNOWN], id="start unknown"),
        pytest.param(incident("a", mitigated=30, open_actions=2), [State.OPEN], id="open, without a date"),
        pytest.param(incident("a", mitigated=30, repeat_of=["2024/x"]), [State.REPEAT], id="repeat"),
        pytest.param(incident("a", mitigated=30, status="in-review"), [State.DRAFT], id="in review"),
        pytest.param(incident("a", mitigated=30, status="draft"), [State.DRAFT], id="draft"),
        pytest.param(incident("a", mitigated=30, kind="near-miss"), [State.APART], id="near miss"),
        pytest.param(incident("a", mitigated=30, kind="drill"), [State.APART], id="drill"),
    ],
)
def test_what_asks_for_attention(one: Postmortem, expected: list[State]) -> None:
    assert found(one, Group.STATE) == expected


def test_each_value_is_there_once() -> None:
    one = incident("a", patterns=["database-issues", "database-issues"], services=["a", "A"])
    every = facets(one, Analysis(corpus(one), Settings(), TODAY))
    assert len(every) == len(set(every))
    assert Facet(Group.SERVICE, "a") in every
