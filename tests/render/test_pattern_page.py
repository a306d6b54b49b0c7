"""What a pattern's page says of its incidents."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from tests.builders import BEGIN, data_context, html, incident, pattern, site

from postmortems.model.postmortem import Postmortem
from postmortems.render.data.llms import llms_txt

SOURCE = "patterns/database-issues.md"


def with_role(name: str, role: str | None, days: int = 0, **values: Any) -> Postmortem:
    one: Any = {"pattern": "database-issues"} | ({"role": role} if role else {})
    return incident(name, BEGIN + timedelta(days=days), **({"patterns": [one]} | values))


def shown(*members: Postmortem, source: str = SOURCE) -> str:
    """The page's words, a blank for each tag."""
    text = html(site(*members, patterns=(pattern(), pattern("capacity", "capacity"))), source)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", text)))


def test_incidents_are_counted_by_role_without_drills() -> None:
    page = shown(
        with_role("a", "trigger"),
        with_role("b", "contributing"),
        with_role("c", None),
        with_role("d", "trigger", kind="drill"),
        incident("e"),
    )
    assert "3 of 4 incidents: trigger in 1, contributing factor in 1, no role given in 1" in page
    assert "The 3 incidents" in page
    assert "Near misses and drills 1 drill, not counted" in page


@pytest.mark.parametrize(
    ("resolved", "expected"),
    [
        pytest.param([60, 90], "Resolved: 2 known, too few for a median", id="two"),
        pytest.param([60, 90, None], "Resolved: 2 known, too few for a median", id="two of three"),
        pytest.param([60, 90, 600], "Resolved after 1 h 30 min Medians of 3; too few to compare", id="three"),
    ],
)
def test_a_median_rests_on_three(resolved: list[float | None], expected: str) -> None:
    members = [with_role(f"{n}", "trigger", resolved=minutes) for n, minutes in enumerate(resolved)]
    assert expected in shown(*members)


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        pytest.param([60] * 6, "Resolved after 1 h, all others after 1 h Medians of 6 and 6; no clear difference", id="alike"),
        pytest.param(
            [600, 610, 620, 630, 640, 650],
            "Resolved after 1 h, all others after 10 h 25 min Medians of 6 and 6; their 95 % intervals are apart",
            id="apart",
        ),
        pytest.param([60] * 3, "Medians of 6 and 3; too few to compare", id="too few others"),
    ],
)  # fmt: skip
def test_a_difference_is_claimed_only_where_the_intervals_are_apart(others: list[float], expected: str) -> None:
    own = [with_role(f"a{n}", None, n) for n in range(6)]
    page = shown(*own, *(incident(f"b{n}", BEGIN + timedelta(days=n), resolved=each) for n, each in enumerate(others)))
    assert expected in page


def test_the_days_since_the_last_one_end_today() -> None:
    assert "last: Outage a · 1 Dec 2025 , 30 days ago" in shown(with_role("a", None, days=664))


def test_in_a_sample_the_time_without_one_means_nothing() -> None:
    of = site(with_role("a", None), patterns=(pattern(),), corpus="sample")
    for source in (SOURCE, "patterns/index.md"):
        assert "6 Feb 2024" in html(of, source)
        assert not re.search(r"\d days|Since the last", html(of, source))


def test_others_are_compared() -> None:
    members = [with_role("a", None, detected=0), with_role("b", None, detected=None)]
    others = [incident(f"{n}", detected=n) for n in range(4)]
    assert "1 of 1 detected within a minute All others: 2 of 4; 1 unknown" in shown(*members, *others)


def test_its_incidents_are_links_and_all_others_are_drawn_in_pale_behind_them() -> None:
    members = [with_role(f"{n}", None, n * 40) for n in range(3)]
    page = html(site(*members, incident("x"), incident("y", resolved=None), patterns=(pattern(),)), SOURCE)
    wide, narrow = re.findall(r'<svg class="pm-chart pm-panel2 pm-(?:w2|n2)".*?</svg>', page, re.DOTALL)[:2]
    for picture in (wide, narrow):
        assert re.findall(r'<a class="pm-mark" href="([^"]+)"', picture) == [
            f"../postmortems/2024/{n}/" for n in range(3)
        ]
        assert picture.count("h0") == 1


def test_of_very_many_no_dot_is_a_link_and_each_is_drawn() -> None:
    members = [with_role(f"{n}", None, n * 5) for n in range(61)]
    page = html(site(*members, patterns=(pattern(),)), SOURCE)
    picture = re.findall(r'<svg class="pm-chart pm-panel2 pm-w2".*?</svg>', page, re.DOTALL)[0]
    assert "<a " not in picture
    assert picture.count("h0") == 61


def test_factors_stand_under_their_incident_with_a_link_to_them() -> None:
    body = "## Root Cause\n\n### Contributing Factors\n\n- The **pool** had [no](x.md) alert\n- `retry` storm\n  - not this one\n"
    text = html(site(with_role("a", None, body=body), with_role("b", None), patterns=(pattern(),)), SOURCE)
    assert 'href="../postmortems/2024/a/#contributing-factors"' in text
    assert '<li dir="auto">The pool had no alert</li><li dir="auto">retry storm</li></ul>' in text
    assert "Contributing" not in text.partition("What made it worse")[0]
    assert "from 1 of 2 incidents" in text


def test_factors_are_plain_words_whatever_marks_they_have() -> None:
    body = "## Contributing Factors\n\n- 5 \\* 3 <b>jobs</b> &amp; ~~no~~ [limit][docs]\n\n[docs]: x.md\n"
    assert "5 * 3 jobs & no [limit][docs]" in shown(with_role("a", None, body=body))


def test_the_index_of_patterns_opens_with_the_first_sentence_of_each() -> None:
    one = pattern(prose="# Database issues\n\nConnections run out, e.g. after a **failover**. And more.\n")
    page = html(site(incident("a"), patterns=(one,)), "patterns/index.md")
    assert "Connections run out, e.g. after a failover.<" in page


def test_open_actions_are_shown_newest_first_and_counted_whole() -> None:
    members = [with_role(f"{n}", None, days=n, open_actions=6) for n in range(5)]
    page = shown(*members)
    assert "30 in 5 postmortems. Showing the newest 20; see all" in page
    assert page.index("Promise 0 of 4") < page.index("Promise 0 of 2")
    assert "no due date Promise 0 of 4 no owner Outage 4 · 10 Feb 2024" in page
    assert "of 0 " not in page.partition("Promise")[2]


def test_patterns_that_come_along_are_counted_here_and_elsewhere() -> None:
    members = [with_role("a", None, patterns=["database-issues", "capacity"]), with_role("b", None)]
    assert re.search(
        "Capacity 1 of 2 1 of 3", shown(*members, incident("c", patterns=["capacity"]), incident("d"), incident("e"))
    )


def test_a_pattern_without_incidents_says_how_to_name_it() -> None:
    page = shown(incident("a"))
    assert "No incidents with this pattern yet" in page
    assert "{pattern: database-issues, role: trigger}" in page
    assert "Median" not in page


def test_a_pattern_with_drills_only_has_no_figures() -> None:
    page = shown(with_role("a", "trigger", kind="drill"))
    assert "Outage a" in page
    assert "last:" not in page
    assert "Evidence" not in page


def test_what_helped_and_detection_gaps_are_gathered_and_a_reason_for_none_is_not() -> None:
    body = (
        "## Response Evaluation\n\n### What Went Well\n\n- The **switch** worked\n\n"
        "## Root Cause Analysis\n\n### Detection Gaps\n\nNobody watched the queue.\n"
    )
    silent = "## Response Evaluation\n\n### What Went Well\n\nNone: it was all slow\n"
    members = (
        incident("a", patterns=["database-issues"], body=body),
        incident("b", patterns=["database-issues"], body=silent),
    )
    text = html(site(*members, patterns=(pattern(),)), "patterns/database-issues.md")
    fold = text.split("What helped<span>from 1 of 2 incidents</span>")[1]
    assert fold.index("</summary>") < fold.index('id="what-helped"') < fold.index("</details>")
    assert '<li dir="auto">The switch worked</li>' in text
    assert "Nobody watched the queue." in text
    assert 'href="../postmortems/2024/a/#detection-gaps"' in text
    assert "it was all slow" not in text


def test_services_that_a_pattern_touched_more_than_once() -> None:
    members = (
        incident("a", patterns=["database-issues"], services=["api", "web"]),
        incident("b", patterns=["database-issues"], services=["API"]),
        incident("c", services=["api"]),
    )
    text = html(site(*members, patterns=(pattern(),)), "patterns/database-issues.md")
    table = text.split('id="services"')[1].split("</table>")[0]
    assert ">api</a></th><td>2</td><td>3</td>" in table
    assert ">web</a>" not in table


def test_steps_are_asked_for_where_a_page_has_none() -> None:
    body = "## Response Evaluation\n\n### What Went Well\n\n- The switch worked\n"
    without, steps = pattern(), pattern(prose="## Right now\n\n1. **Do** stop it\n")
    asked = html(site(with_role("a", None, body=body), patterns=(without,)), SOURCE)
    assert "No steps for right now yet" in asked
    assert '<a href="#what-helped">' in asked
    assert '<a href="#what-helped">' not in html(site(incident("a"), patterns=(without,)), SOURCE)
    told = html(site(with_role("a", None, body=body), patterns=(steps,)), SOURCE)
    assert "No steps for right now yet" not in told
    assert 'src="../assets/postmortems/copy.js"' in told


def test_what_helps_now_is_told_to_assistants() -> None:
    told = pattern(prose="Words.\n\n## Right now\n\n1. **Check** it\n2. **Do** cut the intake: `x`\n")
    text = llms_txt(data_context(incident("a"), patterns=(told,)))
    assert "database, 0 incidents. Words. What helps now: cut the intake" in text
