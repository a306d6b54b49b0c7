"""What was declared a repeat, and what looks like one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.recurrence import recurrences
from postmortems.analyse.related import RelatedIndex
from postmortems.model.corpus import Corpus
from postmortems.model.front_matter import FrontMatter
from postmortems.model.postmortem import Postmortem
from postmortems.model.related import Recurrence
from postmortems.model.source import Source
from postmortems.read.body import read_body
from postmortems.settings import Settings

STORY = "The anti wraparound autovacuum held a lock, and dropping the trigger queued every query behind it."
WINDOW = timedelta(days=180)


def incident(name: str, day: str | None = "2024-02-06", text: str = "", **matter: Any) -> Postmortem:
    values = {"title": "-", "owner": "team"} | ({"date": day} if day else {}) | matter
    body = read_body(Source("x.md", f"## Executive Summary\n\n{text}\n"), {})
    return Postmortem(name, f"postmortems/{name}.md", FrontMatter.model_validate(values), body)


def found(*members: Postmortem, window: timedelta = WINDOW) -> dict[str, Recurrence]:
    corpus = Corpus(tuple(sorted(members, key=lambda one: one.chronology)))
    by_path = recurrences(corpus, RelatedIndex(members), window)
    return {corpus.by_path[path].id: recurrence for path, recurrence in by_path.items()}


def suspected(*members: Postmortem, window: timedelta = WINDOW) -> dict[str, list[str]]:
    """Of each incident that resembles an earlier one, the ids of those, the most alike first."""
    return {
        name: [one.earlier.id for one in recurrence.suspected]
        for name, recurrence in found(*members, window=window).items()
        if recurrence.suspected
    }


@pytest.mark.parametrize(
    ("earlier", "later", "reasons"),
    [
        pytest.param({"root_cause": "leak"}, {"root_cause": "Leak"}, ["root cause"], id="the same root cause"),
        pytest.param({"root_cause": "unknown"}, {"root_cause": "unknown"}, None, id="unknown root causes"),
        pytest.param({}, {}, None, id="nothing"),
        pytest.param({"services": ["api"]}, {"services": ["api"]}, None, id="a service alone"),
        pytest.param({"patterns": ["x"]}, {"patterns": ["x"]}, None, id="a pattern alone"),
        pytest.param(
            {"services": ["api"], "patterns": ["x"]}, {"services": ["api"], "patterns": []}, None, id="empty patterns"
        ),
        pytest.param(
            {"services": ["web", "api"], "patterns": ["y", "x"]},
            {"services": ["API"], "patterns": [{"pattern": "x", "role": "detection"}]},
            ["pattern", "service"],
            id="a service and a pattern",
        ),
        pytest.param({"text": STORY}, {"text": STORY}, ["words"], id="the same story"),
        pytest.param(
            {"text": STORY, "root_cause": "leak", "owner": "team"},
            {"text": STORY, "root_cause": "leak", "owner": "another"},
            None,
            id="another owner",
        ),
        pytest.param(
            {"root_cause": "leak", "owner": "Team A"},
            {"root_cause": "leak", "owner": "team-a"},
            ["root cause"],
            id="two spellings of an owner",
        ),
        pytest.param(
            {"root_cause": "leak", "owner": None}, {"root_cause": "leak", "owner": None}, ["root cause"], id="no owner"
        ),
        pytest.param({"root_cause": "leak", "owner": None}, {"root_cause": "leak"}, None, id="one without an owner"),
        pytest.param({"root_cause": "leak", "kind": "drill"}, {"root_cause": "leak"}, None, id="after a drill"),
        pytest.param({"root_cause": "leak"}, {"root_cause": "leak", "kind": "drill"}, None, id="in a drill"),
        pytest.param(
            {"root_cause": "leak", "kind": "near-miss"}, {"root_cause": "leak"}, ["root cause"], id="after a near miss"
        ),
        pytest.param({"root_cause": "leak"}, {"root_cause": "leak", "repeat_of": "a"}, None, id="declared"),
        pytest.param(
            {"root_cause": "leak"},
            {"root_cause": "leak", "not_repeat_of": {"id": "a", "reason": "another pool"}},
            None,
            id="denied",
        ),
        pytest.param(
            {"root_cause": "leak"}, {"root_cause": "leak", "repeat_of": "c"}, ["root cause"], id="declared of nothing"
        ),
    ],
)
def test_what_looks_like_a_repeat(earlier: dict[str, Any], later: dict[str, Any], reasons: list[str] | None) -> None:
    recurrence = found(incident("a", "2024-01-01", **earlier), incident("b", "2024-02-01", **later))
    assert [
        [reason.kind.value for reason in one.reasons]
        for name in recurrence
        for one in recurrence[name].suspected
    ] == ([reasons] if reasons else [])  # fmt: skip


@pytest.mark.parametrize(
    ("days", "window", "is_suspected"),
    [(180, "180d", True), (181, "180d", False), (0, "180d", True), (1, "12h", False), (1, "1d", True)],
)
@pytest.mark.parametrize("shared", [{"root_cause": "leak"}, {"services": ["api"], "patterns": ["x"]}])
def test_the_window(days: int, window: str, is_suspected: bool, shared: dict[str, Any]) -> None:
    settings = Settings(repeat_window=window)
    later = str(date(2024, 1, 1) + timedelta(days=days))
    result = suspected(
        incident("a", "2024-01-01", **shared), incident("b", later, **shared), window=settings.repeat_window
    )
    assert result == ({"b": ["a"]} if is_suspected else {})


def test_the_same_story_counts_however_long_ago() -> None:
    recurrence = found(incident("a", "2014-01-01", STORY), incident("b", "2024-01-01", STORY))["b"]
    assert [(one.earlier.id, one.days_apart) for one in recurrence.suspected] == [("a", 3652)]


def test_an_unknown_day_is_in_no_window_but_a_year_is_enough_for_a_story() -> None:
    shared: dict[str, Any] = {"text": STORY, "root_cause": "leak"}
    recurrence = found(incident("2023/01-a", None, **shared), incident("2024/01-b", "2024-01-01", **shared))
    (one,) = recurrence["2024/01-b"].suspected
    assert [reason.kind.value for reason in one.reasons] == ["words"]
    assert one.days_apart is None
    assert recurrence["2023/01-a"].suspected == ()


def test_the_strongest_suspicion_comes_first_and_each_is_named_once() -> None:
    services: dict[str, Any] = {"services": ["api"], "patterns": ["x"]}
    assert suspected(
        incident("a", "2024-01-01", root_cause="leak", **services),
        incident("b", "2024-01-02", **services),
        incident("c", "2024-01-03", root_cause="leak"),
        incident("d", "2024-01-04", root_cause="leak", **services),
    ) == {"b": ["a"], "c": ["a"], "d": ["a", "c", "b"]}


@pytest.mark.parametrize(
    ("of_b", "of_c", "expected"),
    [
        pytest.param({}, {}, {"b": ["a"], "c": ["b", "a"]}, id="nothing said"),
        pytest.param({"repeat_of": "a"}, {}, {"c": ["b", "a"]}, id="said by the second alone"),
        pytest.param({"repeat_of": "a"}, {"repeat_of": "b"}, {}, id="a chain"),
        pytest.param({"repeat_of": "a"}, {"repeat_of": "a"}, {}, id="two of one"),
        pytest.param({"repeat_of": "a"}, {"not_repeat_of": {"id": "b", "reason": "!"}}, {}, id="a chain denied"),
        pytest.param(
            {"not_repeat_of": {"id": "a", "reason": "!"}}, {"repeat_of": "b"}, {"c": ["a"]}, id="what is denied ends it"
        ),
        pytest.param({}, {"repeat_of": ["a", "b"]}, {"b": ["a"]}, id="the third joins them for itself alone"),
    ],
)
def test_an_answer_holds_for_the_chain(of_b: dict[str, Any], of_c: dict[str, Any], expected: Any) -> None:
    assert (
        suspected(
            incident("a", "2024-01-01", root_cause="leak"),
            incident("b", "2024-01-02", root_cause="leak", **of_b),
            incident("c", "2024-01-03", root_cause="leak", **of_c),
        )
        == expected
    )


def test_declared_are_the_incidents_that_are_named_and_exist() -> None:
    drill, one, other = incident("a", kind="drill"), incident("b"), incident("c")
    recurrence = found(drill, one, other, incident("d", "2024-03-01", repeat_of=["c", "a", "gone", "d", "b"]))
    assert recurrence["d"].declared == (other, one)
    assert "a" not in recurrence


def test_repeats_that_name_each_other_end() -> None:
    assert suspected(
        incident("a", "2024-01-01", root_cause="leak", repeat_of="b"),
        incident("b", "2024-01-02", root_cause="leak", repeat_of=["a", "b"]),
    ) == {}  # fmt: skip


def test_one_label_on_everything_is_looked_back_at_so_far_and_no_further() -> None:
    begin = date(2024, 1, 1)
    members = [incident(f"x{n:02}", str(begin + timedelta(days=n)), root_cause="leak") for n in range(60)]
    assert len(suspected(*members)["x59"]) == 24


def test_rules_and_pages_are_told_the_same() -> None:
    members = (incident("a", "2024-01-01", root_cause="leak"), incident("b", "2024-01-02", root_cause="leak"))
    corpus, settings, today = Corpus(members), Settings(), date(2024, 3, 1)
    analysis = Analysis(corpus, settings, today)
    assert analysis.recurrences[members[1].path] is analysis.recurrence_of(members[1])
    assert analysis.recurrence_of(incident("c", kind="drill")) == Recurrence()


@given(
    st.lists(
        st.tuples(st.sampled_from(["leak", "full disk", "unknown"]), st.integers(0, 400), st.integers(-1, 9)),
        max_size=10,
    )
)
def test_a_suspicion_is_earlier_of_known_cause_and_not_answered(drawn: list[tuple[str, int, int]]) -> None:
    begin = date(2024, 1, 1)
    members = [
        incident(
            f"x{number}",
            str(begin + timedelta(days=days)),
            root_cause=cause,
            repeat_of=[f"x{named}"] if named >= 0 else [],
        )
        for number, (cause, days, named) in enumerate(drawn)
    ]
    recurrence = found(*members)
    for one in members:
        for suspicion in recurrence[one.id].suspected:
            assert one.root_cause == suspicion.earlier.root_cause is not None
            assert suspicion.earlier.chronology < one.chronology
            assert 0 <= (suspicion.days_apart or 0) <= 180
            assert suspicion.earlier.id not in one.front_matter.repeat_of
