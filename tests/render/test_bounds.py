"""No page grows with the knowledge base without end: four times the postmortems, and each kind of page as large as before.

The postmortems are made so that every list grows: all in one month, of one service, owner and pattern, each with
another service, owner, pattern and cause of its own, and every other one a repeat of the first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from tests.builders import BEGIN, action_item, html, incident, pattern, site

from postmortems.model.action_item import ActionList, ActionState
from postmortems.model.place import Place
from postmortems.model.postmortem import Postmortem
from postmortems.model.timeline import Event, Timeline
from postmortems.render.base.context import MANY
from postmortems.render.pages.site import Site

FEW, LOTS = 850, 3_400
"""Numbers of postmortems above all bounds: 500 overdue action items are the highest."""

MOST = 1.2
"""Times that a page may grow: a number has a digit more, and a long row may be among those that are listed."""

EXPECTED = {
    "", "postmortems", "patterns", "services", "actions", "owners", "reviews", "compare", "metrics", "exercises",
    "search", "postmortems/*", "postmortems/*/*", "postmortems/*/*/*", "patterns/*", "services/*", "owners/*",
    "services/*/*", "owners/*/*", "reviews/*", "exercises/*", "exercises/*/*",
}  # fmt: skip
"""Every kind of page but those of the guide, which say nothing of the postmortems."""

SECTIONS = "Contributing Factors|What Went Well|Detection Gaps|What Surprised Us|What Saved Us|Lessons Learned"
BODY = "".join(f"## {title}\n\n- Said of it\n\n" for title in SECTIONS.split("|"))
KINDS = {8: "drill", 9: "near-miss"}


def grown(count: int) -> Site:
    return site(*map(made, range(count)), patterns=(pattern(),))


def made(number: int) -> Postmortem:
    begin, name = BEGIN + timedelta(minutes=5 * number), f"{number:05}"
    matter: dict[str, Any] = {
        "services": ["api", f"s{name}"],
        "owner": "Shop",
        "patterns": [{"pattern": "database-issues", "role": "trigger"}, {"pattern": f"p{name}"}],
        "root_cause": f"cause {name}",
        "repeat_of": ["2024/00000"] if number % 2 else [],
        "kind": KINDS.get(number % 10, "incident"),
        "status": "draft" if number % 10 == 7 else "published",
    }
    items = [
        action_item("Do", owner=owner, state=state, due=due)
        for owner in ("Shop", f"o{name}")
        for state, due in (
            (ActionState.OPEN, date(2024, 3, 1)),
            (ActionState.OPEN, date(2026, 1, 5)),
            (ActionState.OPEN, None),
            (ActionState.DONE, None),
            (ActionState.DROPPED, None),
            (ActionState.UNKNOWN, None),
        )
    ]
    steps = tuple(Event(Place.at("x.md"), "step", begin + timedelta(minutes=3 + step)) for step in range(7))
    told = incident(name, begin, body=BODY, **matter)
    return replace(told, actions=ActionList(tuple(items)), timeline=Timeline(steps))


def largest(of: Site) -> Mapping[str, tuple[int, str]]:
    """The bytes of the largest page of each kind, of those of which there are many the first and the last three."""
    by_kind: dict[str, list[str]] = {}
    for source in (*of.pages, *of.corpus.by_path, *(each.path for each in of.corpus.patterns)):
        first, *others = source.removesuffix("index.md").removesuffix(".md").strip("/").split("/")
        if first != "guide":
            by_kind.setdefault("/".join([first, *("*" for _ in others)]), []).append(source)
    shared = {"services/api.md", "owners/shop.md"}
    found = {}
    for kind, sources in by_kind.items():
        chosen = {*sources[:3], *sources[-3:], *shared.intersection(sources)}
        found[kind] = max((len(html(of, source, "../../").encode()), source) for source in chosen)
    return found


@pytest.mark.large
def test_every_kind_of_page_has_a_bound() -> None:
    few, lots = largest(grown(FEW)), largest(grown(LOTS))
    assert set(lots) == EXPECTED
    growing = {
        kind: (few[kind][0], *lots[kind]) for kind in lots if lots[kind][0] > MOST * few.get(kind, lots[kind])[0]
    }
    assert growing == {}


def test_all_names_are_on_pages_of_their_own_where_one_cannot_list_them() -> None:
    count = MANY + 350
    members = [
        incident(f"{n}", BEGIN + timedelta(hours=n), services=[f"s{n:03}"], owner=f"o{n:03}") for n in range(count)
    ]
    of = site(*members)
    for folder, letter in (("services", "s"), ("owners", "o")):
        first = html(of, f"{folder}/index.md")
        assert len(re.findall(rf'href="../{folder}/{letter}\d+/"', first)) == MANY
        assert "350 more" in first
        parts = [source for source in of.pages if source.startswith(f"{folder}/by-name/")]
        assert parts == [f"{folder}/by-name/1.md", f"{folder}/by-name/2.md"]
        assert all(f'href="../{source.removesuffix(".md")}/"' in first for source in parts)
        listed = [
            name
            for source in parts
            for name in re.findall(rf'href="../../../{folder}/({letter}\d+)/"', html(of, source, "../../../"))
        ]
        assert listed == [f"{letter}{n:03}" for n in range(count)]


def test_all_exercises_are_on_pages_of_years_where_one_cannot_list_them() -> None:
    def played(number: int, year: int) -> Postmortem:
        begin = BEGIN.replace(year=year) + timedelta(hours=number)
        steps = tuple(Event(Place.at("x.md"), "step", begin + timedelta(minutes=3 + step)) for step in range(7))
        return replace(incident(f"{number}", begin), timeline=Timeline(steps))

    of = site(*(played(n, 2024) for n in range(MANY + 1)), played(0, 2023))
    index = html(of, "exercises/index.md")
    exercise = r'href="[./]*/exercises/(20\d\d/\d+)/"'
    assert len(re.findall(exercise, index)) == MANY
    assert f"the newest {MANY} of {MANY + 2} are above" in index
    assert re.findall(r'href="../(exercises/in-[^"]*)">', index) == ["exercises/in-2024-2/", "exercises/in-2023/"]
    sources = ["exercises/in-2023.md", "exercises/in-2024.md", "exercises/in-2024-2.md"]
    listed = [re.findall(exercise, html(of, source)) for source in sources]
    assert listed == [["2023/0"], [f"2024/{n}" for n in range(MANY)][::-1], [f"2024/{MANY}"]]


def test_a_rare_value_is_found_by_its_address() -> None:
    pairs = [[f"s{number:03} & b", f"s{number + 1:03} & b"] for number in range(0, 250, 2)]
    of = site(*(incident(f"{n}", BEGIN + timedelta(hours=n), services=["api", *pair]) for n, pair in enumerate(pairs)))
    page = html(of, "postmortems/2024/index.md")
    assert len(re.findall(r'name="service" value=', page)) == 200
    assert "51 rarer" in page
    assert page.count("data-others=") == 26
    assert re.search(r'data-others="service=s248-{1,2}and-b&amp;service=s249-{1,2}and-b"', page)
    assert 'href="../postmortems/?service=' not in page
