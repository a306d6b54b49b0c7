"""The page of one incident: what stands above and below the authored text."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape
from html.parser import HTMLParser

import pytest
from tests.collapsed import collapsed

from postmortems.analyse.analysis import Analysis
from postmortems.model.action_item import ActionItem, ActionList, ActionState
from postmortems.model.corpus import Corpus
from postmortems.model.front_matter import FrontMatter
from postmortems.model.pattern import Pattern
from postmortems.model.place import Place
from postmortems.model.postmortem import Postmortem
from postmortems.model.section import Body
from postmortems.render.base.addresses import Addresses
from postmortems.render.base.context import PageContext
from postmortems.render.base.page import Heading, Page
from postmortems.render.pages.postmortem_page import postmortem_page
from postmortems.settings import Settings

TODAY = date(2024, 6, 1)
KNOWN = {
    "severity": "SEV1",
    "started_at": "2024-02-06T14:00:00Z",
    "detected_at": "2024-02-06T14:20:00Z",
    "mitigated_at": "2024-02-06T15:00:00Z",
    "resolved_at": "2024-02-07T16:00:00Z",
}
DATABASE = Pattern("database-issues", "patterns/database-issues.md", "Database issues", "database", Body(1, ()))


def postmortem(identity: str = "2024/02-b", *items: ActionItem, **matter: object) -> Postmortem:
    return Postmortem(
        identity,
        f"postmortems/{identity}/postmortem.md",
        FrontMatter.model_validate({"title": f"Title of {identity}", **matter}),
        Body(1, ()),
        actions=ActionList(items),
    )


def page(told: Postmortem, *others: Postmortem, settings: Settings | None = None) -> Page:
    used = settings or Settings()
    corpus = Corpus(tuple(sorted((told, *others), key=lambda one: one.chronology)), (DATABASE,))
    context = PageContext(corpus, Analysis(corpus, used, TODAY), used, Addresses(True, "../../../"))
    made = postmortem_page(told, context=context)
    return replace(made, before=collapsed(made.before), after=collapsed(made.after))


def words(html: str) -> str:
    without_pictures = re.sub(r"(?s)<svg.*?</svg>|<details.*?</details>", " ", html)
    return unescape(" ".join(re.sub(r"<[^>]*>", " ", without_pictures).split()))


def item(state: ActionState, due: date | None = None) -> ActionItem:
    return ActionItem(Place.at("x.md"), "Do it", state, 1, 1, due=due)


def test_the_head_and_the_card_say_what_happened() -> None:
    told = postmortem(
        **KNOWN,
        status="in-review",
        owner="Checkout",
        services=["Checkout API", "Cart"],
        root_cause="connection pool exhaustion",
        trigger="a deployment",
        detected_by="customer",
        patterns=[{"pattern": "database-issues", "role": "trigger"}, "not-there"],
    )
    assert words(page(told).before) == (
        "SEV1 In review 6 Feb 2024, 14:00 UTC Checkout Title of 2024/02-b "
        "Database issues trigger not-there "
        "Detected after 20 min 15 min over SEV1 target 5 min "
        "Mitigated after 1 h 15:00 UTC Resolved after 26 h 7 Feb, 16:00 UTC Actions none listed "
        "Root cause connection pool exhaustion Trigger a deployment Services Checkout API , Cart "
        "Noticed by customers"
    )


def test_what_is_unknown_is_said() -> None:
    assert words(page(postmortem(root_cause="unknown")).before) == (
        "severity unknown date unknown Title of 2024/02-b Detected after unknown Mitigated after unknown "
        "Resolved after unknown Actions none listed Root cause unknown Noticed by unknown"
    )


@pytest.mark.parametrize(
    ("matter", "says"),
    [
        pytest.param({"detected_at": "2024-02-06T14:00:00Z"}, "Detected after 0 min SEV1 target 5 min: met", id="at once"),
        pytest.param({"detected_at": "unknown"}, "Detected after unknown SEV1 target 5 min", id="unknown"),
        pytest.param({"detection_target": "30m"}, "20 min its own target 30 min: met", id="its own target"),
        pytest.param({"severity": "SEV4"}, "Detected after 20 min Mitigated", id="without a target"),
        pytest.param({"kind": "drill", "status": "draft"}, "SEV1 Drill Draft 6 Feb", id="a draft of a drill"),
        pytest.param({"kind": "near-miss"}, "SEV1 Near miss 6 Feb", id="near miss"),
        pytest.param({"started_at": "unknown", "date": "2024-02-06"}, "6 Feb 2024, start unknown", id="only a day"),
        pytest.param({"resolved_at": "2025-01-02T03:04:00Z"}, "2 Jan 2025, 03:04 UTC", id="another year"),
        pytest.param({"not_repeat_of": {"id": "2023/01-a", "reason": "another cause"}},
                     "No repeat of 2023/01-a another cause", id="no repeat"),
    ],
)  # fmt: skip
def test_the_card_says_what_it_rests_on(matter: dict[str, object], says: str) -> None:
    assert says in words(page(postmortem(**(KNOWN | matter))).before)


@pytest.mark.parametrize(
    ("items", "says"),
    [
        ([], "Actions none listed"),
        ([item(ActionState.DONE), item(ActionState.OPEN)], "Actions 1 of 1 done 1 open, as of 1 Jun 2024"),
        (
            [item(ActionState.OPEN, date(2024, 5, 1)), item(ActionState.UNKNOWN)],
            "Actions 1 overdue, 1 unknown as of 1 Jun 2024",
        ),
        ([item(ActionState.DONE), item(ActionState.DROPPED)], "Actions 1 of 1 done 1 dropped, as of 1 Jun 2024"),
        ([item(ActionState.DONE), item(ActionState.UNKNOWN)], "Actions 1 done, 1 unknown as of 1 Jun 2024"),
        ([item(ActionState.UNKNOWN)], "Actions 1 named closure not public"),
    ],
)
def test_actions_are_counted_on_a_day(items: list[ActionItem], says: str) -> None:
    assert says in words(page(postmortem("2024/02-b", *items, **KNOWN)).before)


def test_earlier_and_later_incidents_are_linked_in_time_and_by_pattern() -> None:
    def at(year: int, *patterns: str) -> Postmortem:
        return postmortem(f"{year}/01-x", date=f"{year}-03-01", patterns=list(patterns))

    after = page(at(2022, "database-issues"), at(2020, "database-issues"), at(2021), at(2023)).after
    html = after[after.index("<nav") :]
    assert words(html) == (
        "All incidents ← Mar 2021 Title of 2021/01-x Mar 2023 → Title of 2023/01-x "
        "Database issues ← Mar 2020 Title of 2020/01-x the latest one"
    )
    assert re.findall(r'rel="(\w+)" href="([^"]*)"', html) == [
        ("prev", "../../../postmortems/2021/01-x/"),
        ("next", "../../../postmortems/2023/01-x/"),
        ("prev", "../../../postmortems/2020/01-x/"),
    ]


def test_a_repeat_links_to_the_earlier_incident() -> None:
    earlier = postmortem("2023/01-a", date="2023-01-01")
    html = page(postmortem(repeat_of=["2023/01-a", "2019/09-gone"]), earlier).before
    assert '<a href="../../../postmortems/2023/01-a/" dir="auto">Title of 2023/01-a</a>' in html
    assert "2019/09-gone" in words(html)


def test_a_repeat_is_linked_from_the_earlier_incident_too() -> None:
    later = postmortem("2025/01-a", date="2025-01-01", repeat_of=["2024/02-b"])
    html = page(postmortem(), later).before
    assert "Repeated by Title of 2025/01-a" in words(html)
    assert '<a href="../../../postmortems/2025/01-a/" dir="auto">' in html


def test_the_root_cause_says_in_how_many_incidents_it_is_counted() -> None:
    other = postmortem("2025/01-a", date="2025-01-01", root_cause="Retry storm")
    drill = postmortem("2025/02-b", date="2025-02-01", root_cause="retry storm", kind="drill")
    assert "retry storm counted in 2 incidents" in words(
        page(postmortem(root_cause="retry storm"), other, drill).before
    )
    assert "counted in" not in words(page(postmortem(root_cause="retry storm")).before)


def test_related_incidents_come_with_their_reasons_and_without_declared_repeats() -> None:
    shared = {"root_cause": "retry storm", "patterns": ["database-issues"], "services": ["api"]}
    like = postmortem("2020/01-a", date="2020-01-01", owner="Payments", **shared)
    repeated = postmortem("2021/01-b", date="2021-01-01", **shared)
    made = page(postmortem(repeat_of=["2021/01-b"], **shared), like, repeated)
    listed = made.after[made.after.index('id="related-incidents"') : made.after.index("<nav")]
    assert 'href="../../../postmortems/2020/01-a/"' in listed
    assert "Payments · 1 Jan 2020 · duration unknown Because " in words(listed)
    assert "same root cause retry storm" in words(listed)
    assert "same pattern Database issues" in words(listed)
    assert "2021/01-b" not in listed
    assert made.headings[0] == Heading("related-incidents", "Related incidents")


def test_nothing_related_is_no_heading() -> None:
    assert "Related incidents" not in page(postmortem()).after


def test_sources_stand_below_and_in_the_table_of_contents() -> None:
    made = page(postmortem(sources=["https://example.org/a?b=1&c=2"]))
    assert (
        '<a href="https://example.org/a?b=1&amp;c=2" rel="noopener noreferrer">example.org/a?b=1&amp;c=2</a>'
        in made.after
    )
    assert made.headings == (Heading("sources", "Sources"),)
    assert page(postmortem()).headings == ()


def test_a_lonely_postmortem_has_no_way_on() -> None:
    assert page(postmortem()).after.strip() == ""


class _Tags(HTMLParser):
    """Collects tags, and checks that they nest."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert not [name for name, _ in attrs if name.startswith("on") or name == "style"]
        self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


HOSTILE = '"><script>alert(1)</script><b onclick=x style=y>{{ 7*7 }}'


def test_nothing_that_authors_write_becomes_markup() -> None:
    told = postmortem(
        **KNOWN | {"severity": HOSTILE, "title": HOSTILE * 5},
        owner=HOSTILE,
        authors=[HOSTILE],
        services=[HOSTILE],
        root_cause=HOSTILE,
        trigger=HOSTILE,
        patterns=[HOSTILE],
        repeat_of=HOSTILE,
        not_repeat_of={"id": HOSTILE, "reason": HOSTILE},
        sources=[f"https://example.org/{HOSTILE.replace(' ', '')}"],
    )
    made = page(told, postmortem("2023/01-a", date="2023-01-01", title=HOSTILE))
    parser = _Tags()
    parser.feed(f"<div>{made.before}{made.after}</div>")
    assert parser.open == []
    assert not parser.tags & {"script", "style", "img"}
    assert "{{ 7*7 }}" in made.before


def test_the_description_is_one_plain_sentence() -> None:
    told = postmortem(**KNOWN, root_cause="pool <exhaustion>")
    assert page(told).description == "SEV1, 6 Feb 2024, recovered after 26 h, root cause: pool <exhaustion>"
