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
from postmortems.model.source import Source
from postmortems.read.body import read_body
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
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", without_pictures)).split())


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
        "Impact not stated Cause not stated Root cause: connection pool exhaustion Fix not stated "
        "Detected after 20 min 14:20 UTC, by customers 15 min over the SEV1 target (5 min) "
        "Mitigated after 1 h 15:00 UTC Resolved after 26 h 7 Feb, 16:00 UTC Action items none listed "
        "Set off by Database issues Patterns not-there Trigger a deployment Services Checkout API , Cart"
    )


def test_what_is_unknown_is_said() -> None:
    assert words(page(postmortem(root_cause="unknown")).before) == (
        "severity unknown date unknown Title of 2024/02-b Impact not stated Cause unknown Fix not stated "
        "Detected after unknown Mitigated after unknown Resolved after unknown Action items none listed"
    )


def test_a_near_miss_shows_what_is_known_of_it_and_asks_for_nothing() -> None:
    body = read_body(
        Source("x.md", "## Executive Summary\n\nNearly.\n\n## What Saved Us\n\n- A <b>limit</b>.\n- Luck.\n"), {}
    )
    near = {"kind": "near-miss", "root_cause": "full disk"}
    short = postmortem(**near, date="2024-02-06")
    before = page(replace(short, body=body)).before
    assert words(before) == (
        "severity unknown Near miss 6 Feb 2024 Title of 2024/02-b Summary Nearly. Cause full disk "
        "Saved by A limit. and 1 more Action items none listed"
    )
    assert '#what-saved-us"' in before
    timed = words(page(postmortem(**(KNOWN | near | {"mitigated_at": "unknown"}))).before)
    assert "Saved by not stated Detected after 20 min" in timed
    assert "Mitigated after" not in timed


@pytest.mark.parametrize(
    ("matter", "says"),
    [
        pytest.param({"detected_at": "2024-02-06T14:00:00Z"}, "Detected after 0 min 14:00 UTC, detected by unknown within the SEV1 target (5 min)", id="at once"),
        pytest.param({"detected_at": "unknown"}, "Detected after unknown the SEV1 target (5 min)", id="unknown"),
        pytest.param({"detection_target": "30m"}, "20 min 14:20 UTC, detected by unknown within its own target (30 min)", id="its own target"),
        pytest.param({"severity": "SEV4"}, "Detected after 20 min 14:20 UTC, detected by unknown Mitigated", id="without a target"),
        pytest.param({"kind": "drill", "status": "draft"}, "SEV1 Drill Draft 6 Feb", id="a draft of a drill"),
        pytest.param({"kind": "near-miss"}, "SEV1 Near miss 6 Feb", id="near miss"),
        pytest.param({"started_at": "unknown", "date": "2024-02-06"}, "6 Feb 2024, start time unknown", id="only a day"),
        pytest.param({"resolved_at": "2025-01-02T03:04:00Z"}, "2 Jan 2025, 03:04 UTC", id="another year"),
        pytest.param({"detected_at": "2024-02-08T14:00Z", "detected_by": "alert"}, "8 Feb, 14:00 UTC, by an alert",
                     id="another day"),
    ],
)  # fmt: skip
def test_the_card_says_what_it_rests_on(matter: dict[str, object], says: str) -> None:
    assert says in words(page(postmortem(**(KNOWN | matter))).before)


@pytest.mark.parametrize(
    ("items", "says"),
    [
        ([], "Action items none listed"),
        ([item(ActionState.DONE), item(ActionState.OPEN)], "Action items 1 of 1 due done 1 open as of 1 Jun 2024"),
        (
            [item(ActionState.OPEN, date(2024, 5, 1)), item(ActionState.UNKNOWN)],
            "Action items 1 open 1 unknown 1 overdue as of 1 Jun 2024",
        ),
        ([item(ActionState.DONE), item(ActionState.DROPPED)], "Action items 1 of 1 done 1 dropped as of 1 Jun 2024"),
        ([item(ActionState.DONE), item(ActionState.UNKNOWN)], "Action items 1 done 1 unknown as of 1 Jun 2024"),
        ([item(ActionState.UNKNOWN)], "Action items 1 listed status not public"),
    ],
)
def test_actions_are_counted_on_a_day(items: list[ActionItem], says: str) -> None:
    assert says in words(page(postmortem("2024/02-b", *items, **KNOWN)).before)


def test_the_incidents_before_and_after_are_one_row_and_patterns_and_owner_are_counted() -> None:
    def at(year: int, *patterns: str, owner: str = "Shop") -> Postmortem:
        return postmortem(f"{year}/01-x", date=f"{year}-03-01", patterns=list(patterns), owner=owner)

    made = page(at(2022, "database-issues"), at(2020, "database-issues"), at(2021), at(2023, owner="Other")).after
    html = made[made.index("<nav") :]
    assert words(html) == (
        "← Before · 1 Mar 2021 Title of 2021/01-x After · 1 Mar 2023 → Title of 2023/01-x "
        "More in Database issues (2) Shop (3) Review Agenda"
    )
    assert re.findall(r'<a rel="(\w+)" href="([^"]*)"', html) == [
        ("prev", "../../../postmortems/2021/01-x/"),
        ("next", "../../../postmortems/2023/01-x/"),
    ]
    assert '<a href="../../../postmortems/?owner=Shop"' in html


def test_the_first_and_the_only_one_of_a_group_have_no_way_there() -> None:
    html = page(postmortem(date="2024-02-06", owner="Shop"), postmortem("2025/01-x", date="2025-01-01")).after
    assert words(html[html.index("<nav") :]) == "After · 1 Jan 2025 → Title of 2025/01-x Review Agenda"


def test_a_repeat_links_to_the_earlier_incident_by_title_and_day() -> None:
    earlier = postmortem("2023/01-a", date="2023-01-01")
    html = page(postmortem(repeat_of=["2023/01-a", "2019/09-gone"]), earlier).before
    assert "repeat of Title of 2023/01-a · 1 Jan 2023 , 2019/09-gone" in words(html)
    assert 'href="../../../postmortems/2023/01-a/"' in html


def test_a_repeat_is_linked_from_the_earlier_incident() -> None:
    later = postmortem("2025/01-a", date="2025-01-01", repeat_of=["2024/02-b"])
    html = page(postmortem(), later).before
    assert "Repeated by Title of 2025/01-a · 1 Jan 2025" in words(html)
    assert 'href="../../../postmortems/2025/01-a/"' in html


def test_what_it_does_not_repeat_is_below_with_the_reason() -> None:
    told = postmortem(not_repeat_of={"id": "2023/01-a", "reason": "another cause"})
    assert "Not a repeat of 2023/01-a ( another cause )" in words(page(told).after)


def test_the_root_cause_leads_to_the_incidents_that_share_it() -> None:
    other = postmortem("2025/01-a", date="2025-01-01", root_cause="Retry storm")
    drill = postmortem("2025/02-b", date="2025-02-01", root_cause="retry storm", kind="drill")
    html = page(postmortem(root_cause="retry storm"), other, drill).before
    assert "Root cause: retry storm , seen in 2 incidents" in words(html)
    assert '<a href="../../../postmortems/?text=retry+storm">' in html
    alone = page(postmortem(root_cause="retry storm")).before
    assert "seen in" not in words(alone)
    assert "?text=" not in alone


def test_related_incidents_come_with_their_reasons_and_without_declared_repeats() -> None:
    shared = {"root_cause": "retry storm", "patterns": ["database-issues", "not-there"], "services": ["api"]}
    like = postmortem("2020/01-a", date="2020-01-01", owner="Payments", severity="SEV3", **shared)
    repeated = postmortem("2021/01-b", date="2021-01-01", **shared)
    others = [postmortem(f"2019/{n:02}-c", date=f"2019-01-{n:02}", **shared) for n in range(1, 9)]
    made = page(postmortem(repeat_of=["2021/01-b"], **shared), like, repeated, *others)
    listed = made.after[made.after.index('id="related-incidents"') : made.after.index("<nav")]
    assert 'href="../../../postmortems/2020/01-a/"' in listed
    assert "SEV3 Title of 2020/01-a · 1 Jan 2020 Payments same root cause, retry storm ; " in words(listed + ">")
    assert "2 patterns in common" in words(listed)
    assert "2021/01-b" not in listed
    assert listed.count("<li>") == 3
    assert made.headings[0] == Heading("related-incidents", "More like this")


def test_nothing_related_is_no_heading() -> None:
    assert "More like this" not in page(postmortem()).after


def test_a_near_miss_is_called_one_among_those_like_it() -> None:
    same = {"root_cause": "full disk", "owner": "X"}
    for kind, badge in (("near-miss", True), ("incident", False)):
        like = postmortem("2023/01-a", date="2023-01-01", kind=kind, **same)
        after = page(postmortem(**same), like).after
        assert "Title of 2023/01-a" in words(after)
        assert ("Near miss" in words(after)) is badge


def test_sources_stand_below_and_in_the_table_of_contents() -> None:
    made = page(postmortem(sources=["https://example.org/a?b=1&c=2"]))
    assert (
        '<a href="https://example.org/a?b=1&amp;c=2" rel="noopener noreferrer">example.org/a?b=1&amp;c=2</a>'
        in made.after
    )
    assert made.headings == (Heading("sources", "Sources"),)
    assert page(postmortem()).headings == ()


def test_a_lonely_postmortem_has_no_way_on() -> None:
    html = page(postmortem()).after.strip()
    assert words(html.partition("<details")[0]) == "Review Agenda"
    assert '<details class="pm-sec pm-response"' in html


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
    assert page(told).description == "SEV1, 6 Feb 2024, resolved after 26 h, root cause: pool <exhaustion>"


def test_the_questions_about_the_response_are_folded_and_their_evidence_is_escaped() -> None:
    nasty = "<img src=x onerror=alert(1)> Watch the queue"
    items = [
        replace(item(ActionState.OPEN), text="Fix it", owner="Kim"),
        replace(item(ActionState.OPEN), text=nasty, owner=""),
    ]
    after = collapsed(page(postmortem("2024/02-b", *items, detected_by="alert")).after)
    start = after.index('<details class="pm-sec pm-response"')
    card = after[start : after.index("</details>", start)]
    assert "Questions about the response<span>2 answered by the files, 13 for the review</span>" in card
    assert "No, 1 of 2 action items without an owner: " in card
    assert "Watch the queue</a>" in card
    assert "<img" not in card
    assert '<q dir="auto">detected_by: alert</q>' in card


def test_a_near_miss_has_no_questions_about_the_response() -> None:
    assert "pm-response" not in page(postmortem(kind="near-miss")).after
