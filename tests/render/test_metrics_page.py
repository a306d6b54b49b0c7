"""The metrics page: small, strange and large corpora, a sample and a complete collection."""

from __future__ import annotations

import gzip
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from tests.builders import BEGIN, TODAY, action_item, corpus, dated_incident, html, incident, pattern, site
from tests.render.reader import Reader

from postmortems.analyse.analysis import Analysis
from postmortems.model.action_item import ActionState
from postmortems.model.place import Place
from postmortems.model.postmortem import Postmortem
from postmortems.model.register import Register, RegisterEntry
from postmortems.render.base.addresses import HOME
from postmortems.render.base.addresses import METRICS as SOURCE
from postmortems.render.pages.metrics.page import FEW
from postmortems.render.pages.metrics.panels import MOST_DOTS, MOST_FOLDED
from postmortems.render.pages.site import Site
from postmortems.settings import Settings

COMPLETE = [
    "detection", "times", "frequency", "recurrence", "closure", "detected-by", "completion", "labels", "contributing",
    "findings", "tables",
]  # fmt: skip
SAMPLE = [name for name in COMPLETE if name not in ("frequency", "recurrence", "completion")]
OLD_ANCHORS = [
    "times", "detection", "frequency", "recurrence", "closure", "findings", "labels", "quality",
    "numbers-detect", "numbers-mitigate", "numbers-recover", "numbers-response", "numbers-target", "numbers-noticed",
    "numbers-closure", "numbers-labels",
]  # fmt: skip


def shown(*members: Postmortem, **options: Any) -> str:
    return html(site(*members, **options), SOURCE)


def plain(page: str) -> str:
    """The words of a page as a reader sees them."""
    return " ".join(re.sub(r"<(title|svg)\b.*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL).split())


def sections(page: str) -> list[str]:
    return re.findall(r'<h2 id="([^"]+)"', page)


def drawn_by_lot(count: int, years: int = 6) -> list[Postmortem]:
    """A history like that of a large organisation: everything known, many services and causes."""
    random = Random(3)
    return [
        incident(
            f"{place:04}-{random.choice(['checkout', 'search', 'billing'])}-returns-errors-under-load",
            datetime(2025 - place % years, 1, 1, tzinfo=UTC) + timedelta(days=random.randrange(360)),
            detected=random.choice([0, 1, 4, 9, 30]),
            mitigated=random.lognormvariate(4, 1) + 30,
            resolved=random.lognormvariate(5, 1) + 40,
            title=f"Checkout returns errors under load because of reason number {place}",
            severity=f"SEV{random.randint(1, 4)}",
            owner=f"team-{random.randrange(20)}",
            services=[f"service-{random.randrange(60)}", f"service-{random.randrange(60)}"],
            patterns=[{"pattern": f"pattern-{random.randrange(12)}", "role": "contributing"}],
            root_cause=f"cause {random.randrange(80)}",
            trigger=f"trigger {random.randrange(200)}",
            detected_by=random.choice(["alert", "customer"]),
            open_actions=2,
        )
        for place in range(count)
    ]


def several(count: int, **matter: Any) -> list[Postmortem]:
    """Enough incidents for charts, a day apart."""
    return [incident(f"{n}", BEGIN + timedelta(days=n), **matter) for n in range(count)]


STRANGE = [
    pytest.param([incident("a")], id="one"),
    pytest.param([incident("a"), incident("b")], id="two in the same minute"),
    pytest.param([incident("a", None, severity=None)], id="one of which nothing is known"),
    pytest.param([incident(f"{n}", None, detected=None, resolved=None) for n in range(12)], id="twelve unknown"),
    pytest.param(several(12, detected=None, resolved=None, severity=None), id="twelve with a day alone"),
    pytest.param([incident(f"{n}", BEGIN + timedelta(minutes=n)) for n in range(30)], id="all in one day"),
    pytest.param([*several(9, resolved=3), incident("b", resolved=40 * 1440)], id="3 minutes beside 40 days"),
    pytest.param(several(11, detected=0, mitigated=0, resolved=0), id="over immediately"),
    pytest.param(
        [*several(10), incident("a", BEGIN.replace(year=1)), incident("b", BEGIN.replace(year=9999))], id="far apart"
    ),
    pytest.param(several(10, services=[f"s{n}" for n in range(60)]), id="60 services"),
    pytest.param(several(10, title="決済" * 150, owner="خدمة", severity="x" * 300), id="long and in other scripts"),
    pytest.param([incident(f"{n}", severity=f"P{n}") for n in range(40)], id="forty severities"),
    pytest.param(several(10, root_cause="<script>alert(1)</script>", title="<b>&"), id="markup"),
]


@pytest.mark.parametrize("members", STRANGE)
@pytest.mark.parametrize("kind", ["complete", "sample"])
def test_small_and_strange_corpora_have_every_section(members: list[Postmortem], kind: str) -> None:
    page = shown(*members, corpus=kind)
    assert sections(page) == ([] if len(members) < FEW else COMPLETE if kind == "complete" else SAMPLE)
    read = Reader(page)
    assert not read.unclosed
    assert not read.open
    assert not re.search(r"\bNone\b(?! yet)", plain(page))
    assert "<script>" not in page
    assert "nan" not in re.findall(r'(?: [xy]| d|width|height)="[^"]*(nan)', page)


@pytest.mark.parametrize("kind", ["complete", "sample"])
def test_anchors_of_the_first_edition_still_lead_somewhere(kind: str) -> None:
    page = shown(*several(12), corpus=kind)
    ids = re.findall(r' id="([^"]+)"', page)
    assert [name for name in OLD_ANCHORS if name not in ids] == []
    assert len(ids) == len(set(ids))
    assert [name for name in re.findall(r'href="#([^"]+)"', page) if name not in ids] == []


def test_without_a_postmortem_the_next_step_is_said() -> None:
    page = shown()
    assert "No postmortem" in page
    assert sections(page) == []


def test_drills_alone_are_no_figure() -> None:
    page = shown(incident("a", kind="drill"), incident("b", kind="drill"))
    assert "No incidents to count yet. Not counted: 2 drills." in plain(page)
    assert sections(page) == []


def test_below_ten_incidents_the_page_is_a_sentence_and_a_list() -> None:
    nine = several(9)
    page = shown(*nine[:-1], incident("z", BEGIN + timedelta(days=99), detected=60, resolved=None, owner="Payments"))
    words = plain(page)
    assert "Too few to measure. Medians need 3 known values" in words
    assert "Outage z · 15 May 2024 Payments SEV1 1 h 55 min over target unknown unknown none listed" in words
    assert words.index("Outage z") < words.index("Outage 7")
    assert 'class="pm-tile"' not in page
    assert "Too few to measure" not in plain(shown(*several(10)))


def test_unknown_is_said_in_words_and_never_a_zero_or_a_dash() -> None:
    words = plain(shown(*several(10, detected=None, resolved=None)))
    assert "Time to detect Too few 0 known; 10 unknown" in words
    assert "Unknown in all 10 incidents with a date. To record it, set started_at and detected_at ." in words
    assert "Time to detect is known for 0 of 10 incidents" in words
    assert " – " not in words


def test_two_are_too_few_for_a_median_and_six_for_nothing() -> None:
    def page(known: int) -> str:
        others = [incident(f"u{n}", BEGIN, detected=None, resolved=None) for n in range(12 - known)]
        return plain(shown(*several(known), *others))

    assert "Time to detect Too few 2 known; 10 unknown" in page(2)
    assert "Time to detect 3 min median of 3; 9 unknown" in page(3)
    assert "Time to detect 3 min median of 6, 95 % interval 3 min; 6 unknown" in page(6)


def test_a_sample_says_in_one_sentence_what_it_does_not_count() -> None:
    members = [incident(f"{n}", BEGIN + timedelta(days=40 * n)) for n in range(12)]
    sample, complete = shown(*members, corpus="sample"), shown(*members)
    sentence = "These incidents are a sample. Frequency, repeat rate and completion are not shown"
    assert sample.count(sentence) == 1
    assert sentence not in complete
    assert (sample.count('class="pm-tile"'), complete.count('class="pm-tile"')) == (4, 5)
    for words in ("ncidents per quarter", "numbers-frequency", "ompletion is", "the year before"):
        assert words not in sample
        assert words in complete


def test_repeats_are_told_with_their_reasons() -> None:
    members = [
        incident("a", owner="Payments", root_cause="pool <exhausted>"),
        incident("b", BEGIN + timedelta(days=9), owner="Payments", root_cause="pool <exhausted>"),
        incident("c", BEGIN + timedelta(days=20), owner="Search", repeat_of="2024/a"),
        *[incident(f"x{n}", BEGIN - timedelta(days=400 * n), owner=f"o{n}") for n in range(1, 10)],
    ]
    words = plain(shown(*members))
    assert "1 of 12 incidents repeats an earlier one" in words
    assert "1 declared repeat of 12 incidents (95 % interval 1–35 %). 1 more suspected." in words
    assert (
        "Outage a · 6 Feb 2024 → Outage b · 15 Feb 2024 same root cause: pool &lt;exhausted&gt;; 9 days apart" in words
    )
    assert "Outage a · 6 Feb 2024 → Outage c · 26 Feb 2024 20 days apart" in words
    assert "within 180 d" in words
    assert "1 declared repeat. 1 more suspected." in plain(shown(*members, corpus="sample"))


def test_completion_is_counted_from_the_register() -> None:
    entries = tuple(
        RegisterEntry(f"I{n}", Place.at("register.yml"), "SEV1", BEGIN, postmortem="2024/a" if n < 3 else None)
        for n in range(8)
    )
    made = replace(corpus(incident("a", published_on="2024-02-10")), register=Register(entries))
    settings = Settings()
    page = html(Site(made, Analysis(made, settings, TODAY), settings, TODAY), SOURCE)
    assert "3 of 8 due postmortems were published on time" in plain(page)
    assert "published on time 3 overdue 5" in plain(page)
    without = replace(made, postmortems=())
    alone = html(Site(without, Analysis(without, settings, TODAY), settings, TODAY), SOURCE)
    assert sections(alone) == ["completion"]


def test_a_change_is_told_in_words_and_no_arrow_is_drawn() -> None:
    day = datetime(2024, 2, 1, tzinfo=UTC)  # today is 31 Dec 2025: the years begin with Q4 2023 and Q4 2024
    quick = [incident(f"q{n}", day + timedelta(days=n), detected=1 + n) for n in range(6)]
    slow = [incident(f"s{n}", day.replace(year=2025) + timedelta(days=n), detected=100 + n) for n in range(6)]
    page = plain(shown(*quick, *slow, detection_targets={}))
    assert "Longer than the year before: 1 h 42 min, was 3 min 30 s" in page
    assert "Incidents take longer to detect than the year before: 1 h 42 min, was 3 min 30 s" in page
    assert "No clear change: 1 h, was 1 h" in page
    assert "Too few to compare with the year before" in plain(shown(*several(11)))
    assert not re.search("[↑↓↗↘▲▼]", page)


def test_a_change_is_told_where_most_lengths_have_no_known_end() -> None:
    day = datetime(2024, 2, 1, tzinfo=UTC)
    later = day.replace(year=2025)
    quick = [incident(f"q{n}", day + timedelta(days=n), resolved=1 + n) for n in range(6)]
    slow = [incident(f"s{n}", later + timedelta(days=n), resolved=200 + n) for n in range(3)]
    open_ended = [incident(f"o{n}", later + timedelta(days=n), mitigated=300, resolved=None) for n in range(9)]
    page = plain(shown(*quick, *slow, *open_ended))
    assert "Longer than the year before: at least 3 h 22 min, was 3 min 30 s" in page
    assert "All 9 9 0 1 3 h 22 min at least 5 min at least 5 min too few" in page


def test_a_stormy_quarter_is_framed() -> None:
    calm = [incident(f"c{n}", datetime(2020 + n, 5, 1, tzinfo=UTC)) for n in range(5)]
    storm = [incident(f"s{n}", datetime(2023, 8, n, tzinfo=UTC)) for n in range(1, 9)]
    page = shown(*calm, *storm)
    assert "Q3 2023 had 8 incidents, more than chance explains" in plain(page)
    assert page.count("pm-flag") == 2  # one in each width
    assert "Q3 2023 8 (3.5–15.8), framed" in plain(page)
    assert "pm-flag" not in shown(*[incident(f"x{n}", datetime(2012 + n, 5, 1, tzinfo=UTC)) for n in range(12)])


def test_the_running_quarter_is_shown_and_not_counted() -> None:
    today = date(2024, 2, 20)
    settings = Settings()
    made = corpus(incident("a", BEGIN - timedelta(days=100)), *(incident(f"{n}") for n in range(9)))
    page = plain(html(Site(made, Analysis(made, settings, today), settings, today), SOURCE))
    assert "Incidents per quarter 1.0 95 % interval 0.0–5.6; 1 in 1 whole quarter" in page
    assert "Q1 2024, so far" in page


def learned(*members: Postmortem) -> str:
    """What the first page says of findings; empty where it says nothing."""
    page = html(site(*members, patterns=(pattern(),)), HOME, "")
    assert ('id="learned"' in page) == ("What we keep learning" in page)
    return plain(page.partition('<h2 id="learned">')[2].partition("</section>")[0])


def test_the_first_page_tells_the_strongest_finding_with_its_support() -> None:
    late = [
        incident(f"l{n}", BEGIN + timedelta(days=n), detected=60, patterns=["database-issues"], root_cause=f"a{n}")
        for n in range(9)
    ]
    soon = [incident(f"s{n}", BEGIN + timedelta(days=n), detected=1, root_cause=f"b{n}") for n in range(20)]
    words = learned(*late, *soon)
    assert "Database issues : 9 of 9 incidents were detected late All others: 0 of 20" in words
    assert 'href="metrics/#findings"' in html(site(*late, *soon, patterns=(pattern(),)), HOME, "")


def test_where_nothing_stands_out_the_first_page_claims_nothing() -> None:
    assert learned(*[incident(f"{n}", BEGIN + timedelta(days=n), root_cause="pool") for n in range(30)]) == ""


@pytest.mark.parametrize("count", [0, 1, 4])
def test_of_too_few_incidents_the_first_page_claims_nothing(count: int) -> None:
    assert learned(*[incident(f"{n}", BEGIN + timedelta(days=n), root_cause="pool") for n in range(count)]) == ""


@pytest.mark.parametrize(("count", "expected"), [(10, "10 in one incident each."), (1, "1 in one incident.")])
def test_labels_that_are_named_once_are_counted(count: int, expected: str) -> None:
    named = [incident(f"{n}", root_cause=f"cause {n}") for n in range(count)]
    page = shown(*named, *(incident(f"x{n}") for n in range(10)))
    assert expected in plain(page[page.index("Root causes <") :])


def test_a_label_shows_its_newest_incidents_and_the_way_to_all() -> None:
    members = [incident(f"{n}", BEGIN + timedelta(days=n), root_cause="pool & co", services=["API"]) for n in range(12)]
    page = shown(*members)
    labels = page[page.index("Root causes <") :]
    for asked in ("text=pool+%26+co", "service=api"):
        assert f'and <a href="../postmortems/?{asked}">8 more</a>' in labels
    shown_of_cause = plain(labels.partition("<p>")[2].partition("</p>")[0])
    assert re.findall(r"Outage (\d+)", shown_of_cause) == ["11", "10", "9", "8"]


def test_labels_that_are_not_listed_end_their_sentence() -> None:
    twice = [incident(f"{n}{again}", root_cause=f"cause {n}") for n in range(12) for again in "ab"]
    page = plain(shown(*twice))
    assert "more in several incidents." in page
    assert "more in several incidents;" not in page


def test_bars_of_labels_are_scaled_to_the_longest() -> None:
    members = [incident(f"{n}", root_cause="pool" if n < 4 else "disk" if n < 6 else f"c{n}") for n in range(20)]
    page = shown(*members)
    widths = re.findall(r'<rect class="pm-bar" x="0" y="0" width="([\d.]+)"', page)
    assert widths[:2] == ["140", "70"]
    assert "Most frequent root cause: pool, 4 of 20 incidents" in plain(page)


def test_unknown_action_items_are_a_part_of_their_own_and_in_no_rate() -> None:
    items = [action_item(state=ActionState.DONE, due=date(2025, 5, 5))] * 2
    unknown = [action_item(state=ActionState.UNKNOWN, due=date(2025, 5, 5))] * 3
    page = shown(dated_incident("2025/a", *items, *unknown), *several(10))
    assert "2 of 5 action items done, 3 unknown" in plain(page)
    assert "pm-cl--unk" in page
    assert "Q2 2025: 2 done, 0 overdue, 3 unknown, 0 dropped" in page
    assert "2 of 2" not in plain(page)


def test_a_finding_is_a_sentence_with_its_support_and_links() -> None:
    late = [
        incident(f"l{n}", BEGIN + timedelta(days=n), detected=60, patterns=["database-issues"], root_cause=f"a{n}")
        for n in range(9)
    ]
    soon = [incident(f"s{n}", BEGIN + timedelta(days=n), detected=1, root_cause=f"b{n}") for n in range(20)]
    page = shown(*late, *soon, patterns=(pattern(),))
    words = plain(page)
    assert "Database issues : 9 of 9 incidents were detected late" in words
    assert re.search(r"All others: 0 of 20; a (1-in-[\d,]+ coincidence|coincidence of less than 1 in a million)", words)
    assert '<a href="../patterns/database-issues/" dir="auto">Database issues</a>' in page
    block = page[page.index("incidents were detected late") :]
    assert set(re.findall(r'href="\.\./postmortems/2024/(\w+)/"', block[: block.index("</li>")])) == {
        f"l{n}" for n in range(9)
    }


def test_a_finding_about_a_service_links_its_page() -> None:
    late = [incident(f"l{n}", BEGIN + timedelta(days=n), detected=60, services=["Search"]) for n in range(9)]
    soon = [incident(f"s{n}", BEGIN + timedelta(days=n), detected=1) for n in range(20)]
    assert '<a href="../services/search/" dir="auto">Search</a>: 9 of 9 incidents' in shown(*late, *soon)


def test_late_ones_say_whose_target_they_missed() -> None:
    late = (incident("a", detected=60), incident("b", detected=60, detection_target="10m"))
    words = plain(shown(*late, *(incident(f"{n}") for n in range(8))))
    assert "Feb 2024 1 h 10 min (own) 50 min" in words
    assert re.search(r"Feb 2024 1 h 5 min \(settings\) 55 min", words)


def test_without_a_finding_that_is_said() -> None:
    assert "Too few incidents to compare groups" in plain(shown(*several(10)))
    even = [incident(f"{n}", services=["x"] if n % 2 else ["y"], detected=1 + n % 2) for n in range(12)]
    assert "No statistically unusual groups" in plain(shown(*even))


def test_every_mark_is_a_link_with_a_title() -> None:
    page = shown(*drawn_by_lot(MOST_FOLDED), patterns=(pattern(),))
    marks = re.findall(r'<a class="pm-mark"[^>]* href="([^"]+)">(<title>[^<]+</title>)?', page)
    assert len(marks) > 3 * MOST_FOLDED
    assert all(href.startswith("../") and title for href, title in marks)


@pytest.mark.parametrize("count", [MOST_DOTS, 300, 2000])
def test_the_page_stays_light_however_many_there_are(count: int) -> None:
    page = shown(*drawn_by_lot(count), patterns=tuple(pattern(f"pattern-{n}") for n in range(12)))
    assert len(gzip.compress(page.encode())) < 50_000
    assert ('class="pm-mdot' in page.partition('id="times"')[0].partition("pm-key")[0]) is (count <= MOST_DOTS)


def test_definitions_are_linked_where_the_site_has_them() -> None:
    with_guide = html(site(*several(10), files=("guide/metrics.md",)), SOURCE)
    assert '<a href="../guide/metrics/#lengths">' in with_guide
    assert "guide/systemic-findings" not in with_guide
    assert "guide/metrics" not in shown(*several(10))


def test_an_authors_page_keeps_its_own_title() -> None:
    of = site(*several(10), files=("metrics/index.md",))
    assert "<h1" not in html(of, SOURCE)
    assert "Data and methods" in html(of, SOURCE)


def test_what_is_not_there_is_no_empty_chart() -> None:
    page = shown(*several(12))
    assert "No action items yet" in page
    assert "Action items by due quarter and status" not in page
    assert "Columns: overdue" not in page
    assert "Action items by due quarter and status" in shown(
        *several(12), dated_incident("2025/a", action_item(due=date(2025, 5, 5)))
    )


def test_cells_of_a_crowd_stay_within_their_panel() -> None:
    page = shown(*drawn_by_lot(300))
    panel = page[page.index('id="times"') :].partition("<svg")[2].partition("</svg>")[0]
    right = float(re.findall(r'class="pm-axis" d="M[\d.]+ [\d.]+H([\d.]+)"', panel)[0])
    lefts = [float(x) for x in re.findall(r"M([\d.]+) [\d.]+h7", panel)]
    assert lefts
    assert max(lefts) + 7 <= right
