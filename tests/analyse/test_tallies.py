"""Labels counted by incident, and which values are lacking."""

from __future__ import annotations

import pytest
from tests.builders import incident, metrics

from postmortems.analyse.passages import FACTORS, passages
from postmortems.analyse.tallies import Tallies


def counts(tallies: Tallies) -> list[tuple[str, int]]:
    return [(one.label, one.count) for one in tallies.items]


def test_two_spellings_are_one_label_by_the_more_frequent_one() -> None:
    found = metrics(
        incident("a", root_cause="Retry storm", trigger="a deploy"),
        incident("b", root_cause="retry-storm", trigger="unknown"),
        incident("c", root_cause="retry-storm"),
        incident("d", root_cause="unknown"),
        incident("e", root_cause="disk full"),
    ).labels
    assert counts(found.root_causes) == [("retry-storm", 3), ("disk full", 1)]
    assert (found.root_causes.n, found.root_causes.missing) == (4, 1)
    assert (counts(found.triggers), found.triggers.missing) == ([("a deploy", 1)], 4)


def test_a_service_named_twice_in_one_incident_counts_once() -> None:
    found = metrics(incident("a", services=["API", "api"]), incident("b", services=["api", "web"])).labels.services
    assert counts(found) == [("api", 2), ("web", 1)]


def test_contributing_patterns_are_counted_and_sentences_only_summed() -> None:
    factors = "## Contributing Factors\n\n- One\n- Two\n  - with a detail\n"
    found = metrics(
        incident("a", body=factors, patterns=[{"pattern": "x", "role": "contributing"}, "y"]),
        incident("b", patterns=[{"pattern": "x", "role": "trigger"}]),
        patterns=("x",),
    ).labels.contributing
    assert counts(found.patterns) == [("X", 1)]
    assert (found.patterns.n, found.patterns.missing) == (1, 1)
    assert (found.sentences, found.n, found.missing) == (2, 1, 1)


@pytest.mark.parametrize(
    ("body", "points"),
    [
        pytest.param("- One\n- Two\n  - nested", ("One", "Two"), id="the outermost items"),
        pytest.param("In **prose**.\n\nAnd more.", ("In **prose**.", "And more."), id="paragraphs without any item"),
        pytest.param("None: the disk alone", (), id="an answer that is no point"),
        pytest.param("", (), id="an empty section"),
    ],
)
def test_the_points_of_a_section(body: str, points: tuple[str, ...]) -> None:
    assert passages(incident("a", body=f"## Contributing Factors\n\n{body}\n"), FACTORS) == points


def test_drills_are_not_counted() -> None:
    found = metrics(incident("a", kind="drill", root_cause="x", services=["api"])).labels
    assert found.root_causes == found.services == Tallies((), 0, 0)


def test_what_is_unknown_is_lacking() -> None:
    found = {
        one.value: (one.known, one.asked, [lacking.id for lacking in one.lacking])
        for one in metrics(
            incident("a", detected=None, root_cause="unknown", trigger="unknown", published_on="2024-03-01"),
            incident("b", owner="Payments", root_cause="x", trigger="y", status="draft"),
        ).quality
    }
    assert found["detected_at"] == (1, 2, ["2024/a"])
    assert found["root_cause"] == found["trigger"] == found["owner"] == (1, 2, ["2024/a"])
    assert found["published_on"] == (1, 1, [])
    assert found["started_at"] == (2, 2, [])
    assert found["Action Items"] == found["Contributing Factors"] == (0, 2, ["2024/a", "2024/b"])
