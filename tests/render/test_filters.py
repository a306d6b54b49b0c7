"""The filters above a list: which values stand where, and the numbers that rows carry."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.builders import BEGIN, html, incident, page_context, pattern, site
from tests.code_blocks import GUIDE

from postmortems.analyse.facets import Group, State
from postmortems.render.base.context import MANY
from postmortems.render.base.families import SHAPES
from postmortems.render.pages.filters import FilterGroup, filters

GLYPH = (
    '<svg class="pm-glyph pm-f-database" viewBox="-6.5 -6.5 13 13" aria-hidden="true">'
    f'<path d="{SHAPES["database"]}"/></svg>'
)


def groups(*members: object, **options: object) -> dict[str, FilterGroup]:
    context = page_context(*members, patterns=(pattern(),), **options)  # type: ignore[arg-type]
    return {group.group.value: group for group in filters(context.analysis.postmortems, context).groups}


def words(group: FilterGroup) -> str:
    return ", ".join(f"{choice.name} {choice.count}" for choice in group.choices)


def test_severities_keep_their_order_and_other_values_go_by_how_frequent_they_are() -> None:
    found = groups(
        incident("a", severity="SEV3", owner="Search", services=["b", "a"], patterns=["database-issues"]),
        incident("b", severity="SEV1", owner="Payments", services=["a"], patterns=["unwritten"]),
        incident("c", severity="P9", owner="Search", services=["c"], status="draft"),
    )
    assert {name: words(group) for name, group in found.items()} == {
        "severity": "SEV1 1, SEV3 1, P9 1",
        "state": "Incomplete times 3, Draft or in review 1",
        "pattern": "Database issues 1, unwritten 1",
        "service": "a 2, b 1, c 1",
        "owner": "Search 2, Payments 1",
    }


@pytest.mark.parametrize(("services", "shown"), [(8, 8), (14, 14), (15, 12), (60, 12)])
def test_of_many_values_the_first_are_shown_and_a_box_finds_the_rest(services: int, shown: int) -> None:
    members = [incident("a", services=[f"s{number}" for number in range(services)])]
    assert groups(*members)["service"].shown == shown
    menu = html(site(*members), "postmortems/index.md").partition('data-group="service"')[2].partition("</details>")[0]
    assert menu.count('type="checkbox"') == services
    assert menu.count("pm-choice is-rest") == services - shown
    assert menu.count('aria-label="Find in service"') == (services > shown)
    assert (f"{services - shown} more: type to find" in menu) is (services > shown)


def test_a_group_that_divides_nothing_is_hidden_yet_there() -> None:
    members = (incident("a", owner="Payments"), incident("b", owner="Payments", status="draft"))
    assert not groups(*members)["owner"].divides
    assert groups(*members)["state"].divides
    page = html(site(*members), "postmortems/index.md")
    assert re.search(r'data-group="owner" hidden>', page)
    assert re.search(r'data-group="state" ?>', page)


def test_choices_say_what_the_words_in_an_address_mean() -> None:
    members = (
        incident("a", status="in-review", detected=9, open_actions=1, patterns=["database-issues"]),
        incident("b", status="draft", kind="drill", repeat_of=["2024/a"]),
    )
    page = html(site(*members, patterns=(pattern(),)), "postmortems/index.md")
    choice = r'name="(\w+)" value="([^"]+)"><span>(<svg.*?</svg>)?<(?:bdi|span class="pm-sev[^>]*)>([^<]+)<'
    assert re.findall(choice, page) == [
        ("severity", "SEV1", "", "SEV1"),
        ("pattern", "database-issues", GLYPH, "Database issues"),
        ("state", "over", "", "Detected late"),
        ("state", "unknown", "", "Incomplete times"),
        ("state", "open", "", "Open action items"),
        ("state", "repeat", "", "Repeat incident"),
        ("state", "draft", "", "Draft or in review"),
        ("state", "apart", "", "Drill or near miss"),
    ]


def test_the_numbers_of_a_row_are_the_places_of_its_checkboxes() -> None:
    members = (
        incident("a", owner="Payments", services=["checkout", "search"], patterns=["database-issues"]),
        incident("b", BEGIN + timedelta(days=1), severity="SEV2", services=["search"]),
    )
    page = html(site(*members, patterns=(pattern(),)), "postmortems/index.md")
    boxes = re.findall(r'type="checkbox" name="(\w+)" value="([^"]*)"', page)
    rows = {
        title: {boxes[int(number)] for number in numbers.split()}
        for numbers, title in re.findall(r'data-filters="([^"]*)".*?pm-row__title[^>]*>([^<]*)<', page, re.DOTALL)
    }
    assert rows == {
        "Outage a": {
            ("severity", "SEV1"), ("state", "unknown"),
            ("pattern", "database-issues"), ("service", "checkout"), ("service", "search"), ("owner", "Payments"),
        },
        "Outage b": {("severity", "SEV2"), ("state", "unknown"), ("service", "search")},
    }  # fmt: skip


def test_free_text_finds_what_a_row_does_not_show() -> None:
    body = "## Executive Summary\n\nLogins failed for *an hour*. More.\n"
    one = incident("a", root_cause="expired certificate", trigger="midnight", services=["a", "b", "c", "d"], body=body)
    page = html(site(one), "postmortems/index.md")
    assert re.findall(r'data-words="([^"]*)"', page) == ["expired certificate midnight Logins failed for an hour. c d"]


def test_what_pictures_leave_out_says_so() -> None:
    of = site(incident("a", kind="drill"), incident("b", kind="near-miss"), incident("c"))
    page = html(of, "postmortems/index.md")
    assert re.findall(r'<li class="pm-row"[^>]*?( data-apart)?>', page) == ["", " data-apart", " data-apart"]


def test_lists_without_filters_carry_nothing_for_them() -> None:
    of = site(incident("a", services=["api"], patterns=["database-issues"]), patterns=(pattern(),))
    for source in ("services/api.md", "patterns/database-issues.md"):
        assert "data-filters" not in html(of, source)


def test_the_form_is_hidden_until_the_script_reveals_it() -> None:
    of = site(incident("a"))
    for source in ("postmortems/index.md", "postmortems/2024/index.md"):
        page = html(of, source)
        assert re.search(r'<form class="pm-filters"[^>]* method="get"[^>]* hidden>', page)
        assert page.count("<script") == 2
        assert (
            '<script src="../assets/postmortems/index_picture.js" defer></script><script src="../assets/postmortems/index.js" defer></script>'
            in page
        )
    assert "<script" not in html(site(), "postmortems/index.md")


def test_many_incidents_are_listed_by_their_years_and_the_undated_in_a_template() -> None:
    members = [incident(f"n{number}", BEGIN + timedelta(hours=number)) for number in range(MANY + 1)]
    of = site(*members, replace(incident("undated", None, status="draft"), id="archive/undated"))
    page = html(of, "postmortems/index.md")
    template = page.partition("<template>")[2].partition("</template>")[0]
    assert re.findall(r'<a class="pm-row__title"[^>]*>(.*?)</a>', template) == ["Outage undated"]
    assert page.count('<li class="pm-row"') == 1
    # Its numbers are those of the checkboxes of this page.
    boxes = re.findall(r'<input type="checkbox" name="(\w+)" value="([^"]*)">', page)
    numbers = re.findall(r'data-filters="([^"]*)"', template)[0].split()
    assert ("state", "draft") in [boxes[int(number)] for number in numbers]
    assert list(re.findall(r'<th scope="row"><a href="([^"]*)"', page)) == ["2024/"]
    assert "Select a cell to open its month" in page


def test_many_incidents_of_a_year_are_listed_by_their_months_and_those_of_a_month_in_parts() -> None:
    february = [incident(f"n{number}", BEGIN + timedelta(hours=number)) for number in range(MANY + 1)]
    march = incident("later", BEGIN + timedelta(days=40))
    undated = replace(incident("undated", None, status="draft"), id="2024/undated")
    of = site(*february, march, undated)
    year = html(of, "postmortems/2024/index.md", "../../")
    assert re.findall(r'<tr id="?([^ ">]*)"?[^>]*> ?<th scope="row"> ?<a href="([^"]*)">([^<]*)</a>', year) == [
        ("m03", "month-03/", "March"),
        ("m02", "month-02/", "February, part 1"),
        ("day-unknown", "day-unknown/", "Date unknown"),
    ]
    assert '<li class="pm-row"' not in year
    listed = {
        source: re.findall(r'<a class="pm-row__title"[^>]*>Outage (.*?)</a>', html(of, source, "../../../"))
        for source in of.pages
        if source.startswith("postmortems/2024/") and source != "postmortems/2024/index.md"
    }
    assert listed == {
        "postmortems/2024/day-unknown.md": ["undated"],
        "postmortems/2024/month-02.md": [f"n{number}" for number in range(MANY)][::-1],
        "postmortems/2024/month-02-2.md": [f"n{MANY}"],
        "postmortems/2024/month-03.md": ["later"],
    }
    assert of.pages["postmortems/2024/month-02-2.md"].title == "Postmortems in February 2024, part 2"


def test_every_name_in_an_address_is_explained_in_the_guide() -> None:
    for group in Group:
        assert f"| `{group.value}` |" in GUIDE
    for state in State:
        assert f"`{state.value}`" in GUIDE


def test_values_with_markup_stay_text() -> None:
    nasty = '"><script>alert(1)</script>'
    page = html(site(incident("a", owner=nasty, services=[nasty]), incident("b")), "postmortems/index.md")
    assert page.count("<script") == 2
    assert nasty not in page
