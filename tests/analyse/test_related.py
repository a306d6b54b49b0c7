"""Which incidents resemble one, how much, and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortems.analyse.related import COMPARED, RelatedIndex
from postmortems.analyse.similarity import LINKED, VERY_ALIKE, WEIGHTS, Likeness
from postmortems.model.front_matter import FrontMatter
from postmortems.model.link import Link
from postmortems.model.place import Place
from postmortems.model.postmortem import Postmortem
from postmortems.model.related import ReasonKind, Related
from postmortems.model.source import Source
from postmortems.read.body import read_body

Shares = dict[str, Any]


def incident(name: str, day: str | None = "2024-02-06", text: str = "", **matter: Any) -> Postmortem:
    """An incident with a summary; its title says nothing unless it is given."""
    values = {"title": name} | ({"date": day} if day else {}) | matter
    body = read_body(Source("x.md", f"## Executive Summary\n\n{text}\n"), {})
    return Postmortem(name, f"postmortems/{name}.md", FrontMatter.model_validate(values), body)


def ids(found: tuple[Related, ...]) -> list[str]:
    return [one.postmortem.id for one in found]


def kinds(found: Related) -> dict[str, tuple[str, ...]]:
    return {reason.kind.value: reason.values for reason in found.reasons}


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        pytest.param(
            {"root_cause": "Pool exhaustion"},
            {"root_cause": "pool-exhaustion"},
            {"root cause": ("Pool exhaustion",)},
            id="two spellings of a root cause",
        ),
        pytest.param({"root_cause": "unknown"}, {"root_cause": "unknown"}, {}, id="unknown root causes"),
        pytest.param({"root_cause": "?"}, {"root_cause": "?"}, {}, id="no words"),
        pytest.param(
            {"root_cause": "[short label]", "services": ["[service-name]"], "patterns": ["[pattern-id]"]},
            {"root_cause": "[short label]", "services": ["[service-name]"], "patterns": ["[pattern-id]"]},
            {},
            id="a template's placeholders",
        ),
        pytest.param({"trigger": "Unknown"}, {"trigger": "Unknown"}, {}, id="unknown triggers"),
        pytest.param(
            {"trigger": "4.2", "services": ["API", "web"]},
            {"trigger": "4.2", "services": ["mail", "Web", "api"]},
            {"service": ("API", "web"), "trigger": ("4.2",)},
            id="services by their slug, as the first spells them",
        ),
        pytest.param(
            {"patterns": ["a", {"pattern": "b", "role": "trigger"}]},
            {"patterns": [{"pattern": "b", "role": "detection"}, "c"]},
            {"pattern": ("b",)},
            id="a pattern in another role",
        ),
        pytest.param(
            {"text": "The autovacuum froze the wraparound."},
            {"text": "A wraparound stopped autovacuum, and autovacuum alone."},
            {"words": ("autovacuum", "wraparound")},
            id="words",
        ),
        pytest.param({"text": "It was there."}, {"text": "It was there."}, {}, id="words without content"),
        pytest.param(
            {"owner": "Storage", "text": "storage storage"},
            {"owner": "Storage", "text": "storage"},
            {},
            id="the owner's name",
        ),
    ],
)
def test_what_two_share(one: Shares, other: Shares, shared: dict[str, tuple[str, ...]]) -> None:
    first, second = incident("x1", **one), incident("x2", **other)
    index = RelatedIndex([first, second, incident("x3")])
    assert {reason.kind.value: reason.values for reason in index.compare(first, second)} == shared
    assert ids(index.nearest(first)) == (["x2"] if shared else [])


@pytest.mark.parametrize("fillers", range(12))
def test_words_that_add_the_same_are_named_by_the_alphabet(fillers: int) -> None:
    more = " ".join(f"filler{chr(97 + number)}" for number in range(fillers))
    first, second = incident("x1", text=f"zebra zebra apple {more}"), incident("x2", text="zebra apple apple")
    index = RelatedIndex([first, second, *(incident(f"other{number}", text="other") for number in range(6))])
    for one, other in ((first, second), (second, first)):
        assert [reason.values for reason in index.compare(one, other)] == [("apple", "zebra")]


def test_everything_shared_is_one_and_a_score_is_the_sum_of_its_reasons() -> None:
    same: Shares = {
        "root_cause": "leak",
        "trigger": "release",
        "services": ["api"],
        "patterns": ["pools"],
        "text": "autovacuum wraparound",
    }
    (found,) = RelatedIndex([incident("x1", **same), incident("x2", **same)]).nearest(incident("x1"))
    assert found.score == 1
    assert found.is_strong
    assert {reason.kind: reason.weight for reason in found.reasons} == WEIGHTS
    assert [reason.kind for reason in found.reasons] == sorted(WEIGHTS, key=lambda kind: -WEIGHTS[kind])


def test_a_rarer_pattern_counts_more_and_a_shared_role_too() -> None:
    trigger = {"pattern": "often", "role": "trigger"}
    asked = incident("x0", patterns=[trigger, "rare"])
    others = [
        incident("x1", patterns=["rare"]),
        incident("x2", patterns=[trigger]),
        incident("x3", patterns=[{"pattern": "often", "role": "detection"}]),
        incident("x4", patterns=["rare", trigger]),
        *(incident(f"y{number}", patterns=["often"], day="1999-01-01") for number in range(5)),
    ]
    index = RelatedIndex([asked, *others])
    weights = {other.id: index.compare(asked, other)[0].weight for other in others[:4]}
    assert sorted(weights, key=weights.__getitem__, reverse=True) == ["x4", "x1", "x2", "x3"]
    assert weights["x3"] == pytest.approx(weights["x2"] / 2, abs=1e-3)
    assert weights["x4"] < WEIGHTS[ReasonKind.PATTERN]


def test_strong_ones_are_worth_reading_and_a_few_where_none_is() -> None:
    same: Shares = {"root_cause": "leak", "trigger": "release", "services": ["api"], "patterns": ["pools"]}
    asked = incident("x0", **same)
    strong = [incident(f"s{number}", **same) for number in range(6)]
    weak = [incident(f"w{number}", services=["api"]) for number in range(4)]
    unlike = [incident(f"u{number}", root_cause=f"cause {number}") for number in range(40)]

    def worth_reading(*others: Postmortem, named: frozenset[str] = frozenset()) -> list[str]:
        return ids(RelatedIndex([asked, *unlike, *others]).worth_reading(asked, named))

    assert len(worth_reading(*strong)) == 4
    assert len(worth_reading(*weak)) == 2
    assert set(worth_reading(*weak, strong[0])) >= {"s0"}
    assert "s0" not in worth_reading(*strong, named=frozenset({"s0"}))
    assert worth_reading() == []


def test_drills_are_no_answer_but_may_ask() -> None:
    drill = incident("x1", kind="drill", services=["api"])
    real, other = incident("x2", services=["api"]), incident("x3", services=["api"])
    index = RelatedIndex([drill, real, other])
    assert ids(index.nearest(real)) == ["x3"]
    assert ids(index.nearest(drill)) == ["x3", "x2"]
    assert ids(index.earlier(other)) == ["x2"]


@pytest.mark.parametrize(
    ("asked", "earlier"),
    [
        ("2023/01-begin", []),
        ("2023/02-end", ["2023/01-begin"]),
        ("2024/01-spring", ["2023/03-unknown", "2023/02-end", "2023/01-begin"]),
        ("2024/02-spring", ["2024/01-spring", "2023/03-unknown", "2023/02-end", "2023/01-begin"]),
        ("2024/03-unknown", ["2023/03-unknown", "2023/02-end", "2023/01-begin"]),
        ("never", []),
        ("0000/01-nonsense", []),
    ],
)
def test_what_is_earlier_when_days_are_unknown(asked: str, earlier: list[str]) -> None:
    days = {
        "2023/01-begin": "2023-01-02",
        "2023/02-end": "2023-12-31",
        "2023/03-unknown": None,
        "0000/01-nonsense": None,
    }
    days |= {"2024/01-spring": "2024-04-01", "2024/02-spring": "2024-04-01", "2024/03-unknown": None, "never": None}
    everything = {name: incident(name, day, title="-", services=["api"]) for name, day in days.items()}
    index = RelatedIndex(everything.values())
    assert [name for name in ids(index.earlier(everything[asked], 9)) if not name.startswith("0000")] == earlier
    assert len(index.nearest(everything[asked], 9)) == 7


def test_equals_come_latest_first() -> None:
    days = ["2024-02-06", "2024-02-08", "2024-02-07", "2024-02-09"]
    members = [incident(day, day, title="-", services=["api"]) for day in days]
    assert ids(RelatedIndex(members).nearest(members[0])) == ["2024-02-09", "2024-02-08", "2024-02-07"]


def test_two_postmortems_with_one_id_are_two() -> None:
    one = incident("x1", services=["api"])
    other = Postmortem("x1", "postmortems/x1/postmortem.md", one.front_matter, one.body)
    assert [found.postmortem.path for found in RelatedIndex([one, other]).nearest(one)] == [other.path]


def test_one_that_is_not_in_the_index_is_an_error() -> None:
    with pytest.raises(KeyError):
        RelatedIndex([]).earlier(incident("x1"))


STORY = "The anti wraparound autovacuum held a lock, and dropping the trigger queued every query behind it."


def test_a_story_that_was_told_before_is_found_whatever_the_labels_say() -> None:
    told = incident("x1", "2019-01-01", STORY, root_cause="vacuum")
    again = incident("x2", "2024-01-01", STORY, root_cause="lock queue")
    other = incident("x3", "2024-02-01", "Certificates expired on the load balancers.")
    index = RelatedIndex([told, again, other])
    assert index.earlier_similar(again) == (told,)
    assert index.earlier_similar(told) == index.earlier_similar(other) == ()


def test_a_common_label_does_not_hide_a_rare_one_in_a_large_corpus() -> None:
    """Far more incidents share the pattern than are ever looked at, and the one that matters is the oldest."""
    begin = date(2000, 1, 1)
    common = [
        incident(f"x{number:03}", str(begin + timedelta(days=number)), patterns=["often"]) for number in range(300)
    ]
    story = incident("told", "1999-01-01", STORY, patterns=["often"])
    asked = incident("asked", "2030-01-01", STORY, patterns=["often"])
    found = RelatedIndex([*common, story, asked]).earlier(asked)
    assert ids(found) == ["told", "x299", "x298"]
    assert found[0].score > found[1].score


label = st.sampled_from(["unknown", "a", "b", "c"])
roles = st.sampled_from([None, "trigger", "detection"])
vocabulary = st.lists(st.sampled_from(["autovacuum", "wraparound", "certificates", "balancer", "failover"]), max_size=6)


@st.composite
def corpora(draw: Callable[..., Any], most: int = COMPARED) -> list[Postmortem]:
    return [
        incident(
            f"x{number:02}",
            draw(st.sampled_from(["2024-02-06", "2024-02-07", "2025-01-01", None])),
            " ".join(draw(vocabulary)),
            title="-",
            kind=draw(st.sampled_from(["incident", "incident", "drill"])),
            root_cause=draw(label),
            trigger=draw(label),
            services=draw(st.lists(label, max_size=2)),
            patterns=[{"pattern": one, "role": draw(roles)} for one in draw(st.lists(label, max_size=2))],
        )
        for number in range(draw(st.integers(1, most)))
    ]


@given(corpora())
def test_a_score_is_symmetric_and_between_nothing_and_all(members: list[Postmortem]) -> None:
    likeness = Likeness(members)
    for one in range(len(members)):
        for other in range(len(members)):
            score = likeness.score(one, likeness.text(one), other)
            assert 0 <= score <= 1
            assert score == pytest.approx(likeness.score(other, likeness.text(other), one), abs=2e-4)
            reasons = likeness.reasons(one, other)
            assert sum(reason.weight for reason in reasons) == pytest.approx(score, abs=1e-3)
            assert [reason.weight for reason in reasons] == sorted((r.weight for r in reasons), reverse=True)
            for reason in reasons:
                assert reason.values
                assert not {"unknown"}.intersection(reason.values)


@given(corpora())
def test_the_nearest_are_those_that_a_look_at_all_finds(members: list[Postmortem]) -> None:
    index = RelatedIndex(members)
    for asked in members:
        found = index.nearest(asked, len(members))
        every = [one for one in members if one is not asked and not one.is_drill and index.compare(asked, one)]
        assert {one.postmortem.path for one in found} == {one.path for one in every}
        assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
        assert found[:2] == index.nearest(asked, 2)
        assert all(one.postmortem is not asked for one in found)


@given(corpora(), st.randoms())
def test_the_answer_does_not_depend_on_the_order_of_reading(members: list[Postmortem], random: Any) -> None:
    shuffled = list(members)
    random.shuffle(shuffled)
    one, other = RelatedIndex(members), RelatedIndex(shuffled)
    for asked in members:
        assert [(x.postmortem.id, x.score) for x in one.earlier(asked)] == [
            (x.postmortem.id, x.score) for x in other.earlier(asked)
        ]


@given(corpora())
def test_what_is_earlier_never_has_a_later_day(members: list[Postmortem]) -> None:
    index = RelatedIndex(members)
    for asked in members:
        for found in index.earlier(asked, len(members)):
            assert found.postmortem.day
            assert asked.day
            assert found.postmortem.chronology < asked.chronology


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_can_be_compared(one: str, other: str) -> None:
    members = [incident("x1", text=one), incident("x2", text=other), incident("x3", text=one)]
    likeness = Likeness(members)
    assert 0 <= likeness.similarity(likeness.text(0), 1) <= 1 + 1e-9
    assert likeness.similarity(likeness.text(0), 0) <= 1 + 1e-9
    assert VERY_ALIKE < 1


def linking(name: str, *targets: str, repeat_of: tuple[str, ...] = ()) -> Postmortem:
    """An incident whose text links to these targets."""
    made = incident(name, repeat_of=list(repeat_of))
    path = f"postmortems/{name}/postmortem.md"
    return replace(made, path=path, links=tuple(Link(target, Place(path, 1, 1, 1, 1)) for target in targets))


@pytest.mark.parametrize(
    "target",
    [
        "../02-b/postmortem.md",
        "../02-b/postmortem.md#timeline",
        "../02-b/",
        "../02-b",
        "../02-b/index.html",
        "/postmortems/2024/02-b/",
        "../../2024/02-b/postmortem.md?plain=1",
    ],
)
def test_a_link_relates_both_whatever_form_it_has(target: str) -> None:
    one, other = linking("2024/01-a", target), linking("2024/02-b")
    index = RelatedIndex([one, other, incident("2024/03-c")])
    (found,), (back,) = index.nearest(one), index.nearest(other)
    assert (found.postmortem, kinds(found)) == (other, {"link": ("out",)})
    assert (back.postmortem, kinds(back)) == (one, {"link": ("in",)})
    assert found.score == back.score == LINKED
    assert found.is_strong
    assert found.is_linked


@pytest.mark.parametrize(
    "target", ["../02-b/notes.md", "https://example.com/2024/02-b/", "#02-b", "", "../../../etc", "postmortem.md"]
)
def test_other_links_relate_nothing(target: str) -> None:
    one, other = linking("2024/01-a", target), linking("2024/02-b")
    assert RelatedIndex([one, other]).nearest(one) == ()


def test_a_declared_repeat_is_a_link() -> None:
    one, other = linking("2024/02-b", repeat_of=("2024/01-a",)), linking("2024/01-a")
    assert kinds(RelatedIndex([one, other]).nearest(other)[0]) == {"link": ("in",)}


def test_what_is_linked_stands_before_what_only_resembles() -> None:
    one = linking("2024/01-a", "../09-z/postmortem.md")
    similarity = [
        incident(f"2024/0{number}-b", root_cause="x", patterns=["p"], services=["s"]) for number in range(2, 7)
    ]
    own = replace(one, front_matter=incident("2024/01-a", root_cause="x", patterns=["p"], services=["s"]).front_matter)
    found = RelatedIndex([own, *similarity, linking("2024/09-z")]).nearest(own)
    assert found[0].postmortem.id == "2024/09-z"
    assert all(0 <= one.score <= 1 for one in found)
