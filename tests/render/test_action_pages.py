"""The pages of actions, owners, services and reviews, and what the first page says of them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from tests.builders import BEGIN, TODAY, html, incident, pattern, site

from postmortems.analyse.analysis import Analysis
from postmortems.model.action_item import ActionItem, ActionKind, ActionList, ActionState, Horizon
from postmortems.model.catalogue import Catalogue, CataloguedService
from postmortems.model.corpus import Corpus
from postmortems.model.place import Place
from postmortems.model.postmortem import Postmortem
from postmortems.render.base.action_ids import action_anchor, action_ids
from postmortems.render.base.addresses import HOME
from postmortems.render.pages.site import Site
from postmortems.settings import Settings

ACTIONS = "actions/index.md"


def item(text: str = "Promise", state: ActionState = ActionState.OPEN, **values: Any) -> ActionItem:
    return ActionItem(Place.at("x.md"), text, state, 1, 1, **values)


def promising(name: str, *items: ActionItem, **matter: Any) -> Postmortem:
    return replace(incident(name, **matter), actions=ActionList(items))


def words(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def items_of(text: str) -> list[str]:
    """The words of each row of a list of action items."""
    return [words(one) for one in re.findall(r'<li class="is-(?!head)[a-z-]+"[^>]*>(.*?)</li>', text, re.DOTALL)]


def test_a_row_says_when_what_who_and_why() -> None:
    of = site(
        promising(
            "a",
            item(
                "Cap the **pool** at `max`", due=TODAY - timedelta(days=1200), owner="api-team", kind=ActionKind.PREVENT
            ),
            item("Watch it", horizon=Horizon.SHORT_TERM, ticket="OPS-1"),
            item("Try it", ActionState.DROPPED, dropped_because="the *driver* does"),
            item("Ask", ActionState.UNKNOWN, ticket="https://tracker.example/issues/42"),
            owner="Shop",
            patterns=["database-issues"],
            published_on="2024-02-06",
        ),
        patterns=(pattern(),),
    )
    assert items_of(html(of, ACTIONS)) == [
        "1,200 days overdue Cap the pool at max api-team prevent Outage a · 6 Feb 2024",
        "664 days overdue Watch it OPS-1 no owner Outage a · 6 Feb 2024",
        "unknown Ask 42 no owner Outage a · 6 Feb 2024",
        "dropped Try it Dropped: the driver does no owner Outage a · 6 Feb 2024",
    ]
    assert 'title="due 7 Mar 2024; derived from the heading “short-term”"' in html(of, ACTIONS)


@pytest.mark.parametrize(
    "source",
    ["index.md", ACTIONS, "owners/kim.md", "services/api.md", "patterns/database-issues.md", "reviews/2024-02.md"],
)
def test_an_item_leads_to_its_place_on_the_postmortems_page(source: str) -> None:
    late = item("Cap the pool", due=TODAY - timedelta(days=40), owner="Kim")
    one = promising("a", item("Else", ActionState.DONE), late, services=["api"], patterns=["database-issues"])
    of = site(one, patterns=(pattern(),))
    assert f'postmortems/2024/a/#{action_anchor(action_ids(one)[1])}"' in html(of, source)


def test_only_a_web_address_is_a_link() -> None:
    page = html(site(promising("a", item(ticket="javascript:alert(1)"), item(ticket="https://x.example/7"))), ACTIONS)
    assert "javascript:alert(1)" in words(page)
    assert 'href="javascript' not in page
    assert '<a href="https://x.example/7">7</a>' in page


def test_states_are_counted_and_unknown_is_no_zero() -> None:
    states = [ActionState.DONE] * 2 + [ActionState.UNKNOWN] * 3 + [ActionState.DROPPED, ActionState.OPEN]
    page = words(html(site(promising("a", *(item(state=state, due=date(2024, 1, 1)) for state in states))), ACTIONS))
    assert "7 action items from 1 postmortem: 2 done, 1 open, 1 dropped, 3 unknown" in page
    assert "The one open action item is overdue, 1 for more than a year" in page
    assert not re.search(r"\d+ of \d+ done", page)
    assert "Unknown 3, not counted as open or done" in page


def test_thirty_are_shown_and_the_others_are_folded() -> None:
    late = [item(f"Late {n}", due=date(2024, 1, 1), owner="Ada") for n in range(57)]
    done = [item(f"Done {n}", ActionState.DONE) for n in range(57)]
    page = html(site(promising("a", *late, *done)), ACTIONS)
    shown, _, folded = page.partition("pm-closed--more")
    assert (shown.count('<li class="is-overdue"'), folded.count('<li class="is-overdue"')) == (30, 27)
    assert "27 more" in words(folded)
    assert page.count('<li class="is-done"') == 10
    assert "47 more not shown: see the owner's page, or actions.csv" in words(page)


def test_of_more_than_a_page_bears_the_oldest_are_there_and_the_way_to_all() -> None:
    late = [item(f"Late {n}", due=date(2024, 1, 1) + timedelta(days=n), owner="Ada") for n in range(155)]
    page = html(site(promising("a", *late, item("Ahead"))), ACTIONS)
    assert (page.count('<li class="is-overdue"'), page.count('<li class="is-open"')) == (150, 1)
    assert "Late 149" in page
    assert "Late 150" not in page
    told = (
        "5 more not shown: see the owner's page or the postmortems with open items , or actions.csv for the full list"
    )
    assert told in words(page)
    assert '<a href="../postmortems/?state=open">postmortems with open items</a>' in page
    assert '<span class="pm-count" role="status">151 of 156 open</span>' in page


def test_what_is_overdue_is_told_by_owner_and_age() -> None:
    days = {"Ada": (10, 400), "Bob": (31, 91, 365), "": (366,)}
    late = [item(due=TODAY - timedelta(days=late), owner=owner) for owner, each in days.items() for late in each]
    page = html(site(promising("a", *late, item())), ACTIONS)
    assert "6 of 7 open action items are overdue, 2 for more than a year" in words(page)
    rows = re.findall(r"<li>(.*?)</li>", page.partition('class="pm-ageowners"')[2].partition("</ul>")[0])
    assert [words(row) for row in rows] == [
        "Bob 3 oldest 365 days",
        "Ada 2 oldest 400 days",
        "no owner 1 oldest 366 days",
    ]
    assert "up to 30 days, 1" in words(page)
    assert "31–91 days, 2" in words(page)
    assert "92–365 days, 1" in words(page)
    assert "more than a year, 2" in words(page)
    # All bars are on one scale: as long as the most items of an owner.
    widths = [sum(map(float, re.findall(r' width="([\d.]+)"', row))) for row in rows]
    assert widths[0] > widths[1] > widths[2] > 90


def test_the_filters_number_what_each_row_has() -> None:
    items = [
        item(f"Item {n}", owner=("Ada", "Bob", "")[n % 3], kind=(ActionKind.DETECT, None)[n % 2]) for n in range(13)
    ]
    page = html(site(promising("a", *items)), ACTIONS)
    values = re.findall(r'<input type="checkbox" name="(\w+)" value="([^"]*)">', page)
    assert sorted(values) == [("kind", "-"), ("kind", "detect"), ("owner", "-"), ("owner", "ada"), ("owner", "bob")]
    rows = re.findall(r'<li class="is-open" data-find="([\d ]+)">.*?Item (\d+)<', page, re.DOTALL)
    assert len(rows) == 13
    for numbers, name in rows:
        expected = {("owner", ("ada", "bob", "-")[int(name) % 3]), ("kind", ("detect", "-")[int(name) % 2])}
        assert {values[int(number)] for number in numbers.split()} == expected


def test_few_items_have_no_filter() -> None:
    assert "data-find" not in html(site(promising("a", *(item(f"{n}", owner=f"o{n}") for n in range(12)))), ACTIONS)


def test_where_nothing_is_overdue_the_next_day_is_told() -> None:
    ahead = [item(due=TODAY + timedelta(days=days)) for days in (90, 40)]
    assert "Nothing is overdue Next due date: 9 Feb 2026." in words(html(site(promising("a", *ahead)), ACTIONS))
    assert "No open action item has a due date." in words(html(site(promising("a", item())), ACTIONS))


def test_the_page_of_actions_does_not_grow_with_the_corpus() -> None:
    def size(count: int) -> int:
        members = [
            promising(f"{n:04}", *(item(due=date(2024, 1, 1), owner=f"team-{n}") for _ in range(7)))
            for n in range(count)
        ]
        return len(html(site(*members), ACTIONS))

    assert size(200) < size(100) * 1.02
    assert size(200) < 400_000


def test_owners_are_listed_by_what_is_late_and_nobody_comes_last() -> None:
    page = html(
        site(
            promising(
                "a",
                item(owner="Calm"),
                item(owner="Busy", due=date(2024, 1, 1)),
                item(),
                item("x", ActionState.UNKNOWN, owner="Silent"),
            )
        ),
        ACTIONS,
    )
    rows = re.findall(r"<tr><th scope=\"row\">(.*?)</tr>", page)
    assert [words(row) for row in rows] == [
        "Busy 1 0 0 0 0",
        "Calm 0 0 1 0 0",
        "Silent 0 0 0 0 1",
        "no owner 0 0 1 0 0",
    ]
    assert 'href="../owners/busy/#actions"' in page


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        pytest.param([], "No postmortems yet", id="no postmortem"),
        pytest.param([incident("a")], "No action items yet", id="no item"),
        pytest.param(
            [promising("a", item(state=ActionState.UNKNOWN))], "No action items are known to be open", id="unknown"
        ),
        pytest.param(
            [promising("a", item(state=ActionState.DONE))],
            "No open action items: all are done or dropped",
            id="all done",
        ),
    ],
)
def test_empty_states_say_what_there_is(members: list[Postmortem], expected: str) -> None:
    assert expected in words(html(site(*members), ACTIONS))


def test_an_owner_page_says_where_its_further_items_are() -> None:
    late = [item(f"Late {n}", due=date(2024, 1, 1), owner="Ada") for n in range(57)]
    page = html(site(promising("a", *late)), "owners/ada.md")
    assert "7 more not shown: see each postmortem, or actions.csv for the full list" in words(page)
    assert '<a href="../data/actions.csv">' in page


def test_an_owner_page_keeps_its_items_apart_from_those_of_others() -> None:
    of = site(
        promising(
            "a", item("Ours", owner="api-team"), item("Of nobody"), item("Of another", owner="Ada"), owner="API team"
        ),
        promising("b", item("Ours elsewhere", owner="api team"), owner="Other"),
        incident("c", owner="api-team", status="draft"),
    )
    page = html(of, "owners/api-team.md")
    own, _, rest = page.partition('id="others"')
    assert ["Ours elsewhere" in row or "Ours" in row for row in items_of(own)] == [True, True]
    assert items_of(rest.partition('id="incidents"')[0]) == [
        "no due date Of nobody no owner Outage a · 6 Feb 2024",
        "no due date Of another Ada Outage a · 6 Feb 2024",
    ]
    assert "Outage c draft" in words(page)
    assert "due 20 Feb 2024" in words(page)
    assert "Outage b" not in words(page.partition('id="incidents"')[2].partition('id="causes"')[0])


def test_a_service_says_what_the_catalogue_knows() -> None:
    listed = CataloguedService("Checkout API", ("pay",), "Shop", "Takes <b>money</b>")
    members = (incident("a", services=["pay"], owner="Shop"), incident("b", services=["checkout-api", "mail"]))
    corpus = Corpus(members, catalogue=Catalogue("services.yml", (listed,)))
    of = Site(corpus, Analysis(corpus, Settings(), TODAY), Settings(), TODAY)
    page = html(of, "services/pay.md")
    assert "Takes &lt;b&gt;money&lt;/b&gt;" in page
    assert '<a href="../owners/shop/">Shop</a>' in page
    assert '<a href="../services/checkout-api/" dir="auto">Checkout API</a>' in html(of, "owners/shop.md")


def test_a_service_tells_causes_roles_and_company() -> None:
    of = site(
        incident(
            "a",
            services=["api", *(f"s{n}" for n in range(60))],
            root_cause="Full disk",
            patterns=[{"pattern": "database-issues", "role": "trigger"}],
        ),
        incident("b", services=["api"], root_cause="unknown"),
        patterns=(pattern(),),
    )
    page = words(html(of, "services/api.md"))
    assert "Full disk 1 of 2" in page
    assert "Root cause unknown in 1 of 2 incidents." in page
    assert "Database issues in 1 of 2&nbsp;· trigger 1" in page
    assert "and 48 more" in page


def test_only_the_newest_review_tells_what_is_overdue_today() -> None:
    old = BEGIN - timedelta(days=400)
    of = site(promising("old", item("Late", due=date(2024, 2, 9)), start=old), promising("new"))
    newest, older = html(of, "reviews/2024-02.md"), html(of, "reviews/2023-01.md")
    assert 'id="overdue"' in newest
    assert 'id="overdue"' not in older
    assert "1 action item overdue" not in words(older)
    assert "1 action item overdue" in words(newest)
    assert "Late" in words(newest.partition('id="fell-due"')[2])
    assert "No action items due in January 2023" in words(older)


def test_a_review_leads_to_the_ones_beside_it() -> None:
    months = [incident(f"{month}", BEGIN.replace(month=month)) for month in (1, 3, 7)]
    page = html(site(*months), "reviews/2024-03.md")
    ways = re.findall(r'<a href="([^"]+)">([^<]+)</a>', page.partition('class="pm-years">')[2].partition("</p>")[0])
    assert ways == [
        ("../reviews/2024-01/", "← January 2024"),
        ("../reviews/", "All reviews"),
        ("../reviews/2024-07/", "July 2024 →"),
    ]


def test_the_first_page_says_what_is_late_and_leads_there() -> None:
    of = site(promising("a", item("Cap it", due=date(2024, 1, 1), owner="Ada"), status="draft"))
    page = html(of, HOME, "")
    assert '<a class="pm-all" href="actions/#overdue">All 1, by owner</a>' in page
    assert "1 for more than a year Cap it 730 days" in words(page)
    assert "1 postmortem unpublished. Show it" in words(page)
    assert 'href="postmortems/?state=draft"' in page
    assert '<a href="reviews/2024-02/">Review of February 2024</a>' in page


@pytest.mark.parametrize("source", [HOME, "reviews/2024-02.md", "services/api.md", "owners/shop.md"])
def test_a_sample_makes_no_claim_about_frequency(source: str) -> None:
    common: dict[str, Any] = {"services": ["api"], "owner": "Shop", "patterns": ["database-issues"]}
    of = site(
        incident("a", BEGIN - timedelta(days=90), **common),
        incident("b", **common),
        patterns=(pattern(),),
        corpus="sample",
    )
    assert "is a sample" in html(of, source)
    assert "Since the last one" not in html(of, source)


def test_open_items_of_near_misses_stand_apart_and_in_no_figure() -> None:
    late = {"due": date(2024, 1, 1), "owner": "Kim"}
    of = site(
        promising("a", item("Cap the pool", **late)),
        promising("b", item("Widen the rail", **late), item("Ask", ActionState.DONE), kind="near-miss"),
    )
    page = html(of, ACTIONS)
    counted, apart = page.split('<h2 id="apart">')
    assert "Widen the rail" not in counted
    assert "Widen the rail" in apart
    assert "1 open, not counted" in words(apart)
    assert "1 action item from 1 postmortem: 1 open" in words(counted)


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ([ActionState.UNKNOWN, ActionState.DONE], ["unknown", "unknown"]),
        ([ActionState.DONE], ["0", "0"]),
        ([ActionState.OPEN, ActionState.UNKNOWN], ["0", "1 and 1 unknown"]),
    ],
)
def test_the_list_of_owners_never_says_zero_of_what_is_unknown(states: list[ActionState], expected: list[str]) -> None:
    items = [item(state=state, owner="Kim", due=TODAY) for state in states]
    page = html(site(promising("a", *items)), "owners/index.md")
    cells = [words(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", page, re.DOTALL)]
    assert cells[-2:] == expected


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (1, "1 incident with detection time unknown."),
        (2, "2 incidents with detection time unknown."),
    ],
)
def test_a_review_asks_for_times_that_are_not_known(count: int, expected: str) -> None:
    members = [incident(f"{n}", BEGIN, detected=None) for n in range(count)]
    assert expected in words(html(site(*members), "reviews/2024-02.md"))


def test_a_point_of_the_agenda_is_told_once() -> None:
    years = [BEGIN.replace(year=year) for year in (2021, 2022, 2023)]
    first = [incident(f"old-{start.year}", start) for start in years]
    again = [incident(f"new-{n}", repeat_of=[first[0].id], severity="SEV2") for n in range(4)]
    page = html(site(*first, *again), "reviews/2024-02.md")
    agenda = re.findall(r"<li> ?<b dir=\"auto\">(.*?)</b>", page.partition('class="pm-agenda"')[2].partition("<h2")[0])
    assert agenda == ["4 repeats of earlier incidents.", "This month in earlier years: 2 incidents."]
