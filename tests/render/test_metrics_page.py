"""The metrics page: small, strange and large corpora, a sample and a complete collection."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from tests.builders import BEGIN, TODAY, corpus, html, incident, pattern, site
from tests.render.reader import Reader

from postmortems.analyse.analysis import Analysis
from postmortems.model.place import Place
from postmortems.model.postmortem import Postmortem
from postmortems.model.register import Register, RegisterEntry
from postmortems.render.base.addresses import HOME
from postmortems.render.base.addresses import METRICS as SOURCE
from postmortems.render.pages.metrics.clocks import MOST_DOTS
from postmortems.render.pages.site import Site
from postmortems.settings import Settings

SECTIONS = ["times", "detection", "frequency", "recurrence", "closure", "completion", "findings", "labels", "quality"]


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


@pytest.mark.parametrize(
    "members",
    [
        pytest.param([incident("a")], id="one"),
        pytest.param([incident("a"), incident("b")], id="two in the same minute"),
        pytest.param([incident("a", None, severity=None)], id="one of which nothing is known"),
        pytest.param([incident(f"{n}", None, detected=None, resolved=None) for n in range(9)], id="nine unknown"),
        pytest.param([incident(f"{n}", BEGIN + timedelta(minutes=n)) for n in range(30)], id="all in one day"),
        pytest.param([incident("a", resolved=3), incident("b", resolved=40 * 1440)], id="3 minutes beside 40 days"),
        pytest.param([incident("a", detected=0, mitigated=0, resolved=0)], id="over at once"),
        pytest.param([incident("a", BEGIN.replace(year=1)), incident("b", BEGIN.replace(year=9999))], id="far apart"),
        pytest.param([incident("a", services=[f"s{n}" for n in range(60)])], id="60 services"),
        pytest.param(
            [incident("a", title="決済" * 150, owner="خدمة", severity="x" * 300)], id="long and in other scripts"
        ),
    ],
)
@pytest.mark.parametrize("kind", ["complete", "sample"])
def test_small_and_strange_corpora_have_every_section(members: list[Postmortem], kind: str) -> None:
    page = shown(*members, corpus=kind)
    assert sections(page) == [name for name in SECTIONS if name != "completion" or kind == "complete"]
    read = Reader(page)
    assert not read.unclosed
    assert not read.open
    assert "None" not in plain(page)


def test_without_a_postmortem_the_next_step_is_said() -> None:
    page = shown()
    assert "No postmortem yet" in page
    assert sections(page) == []


def test_drills_alone_are_no_figure() -> None:
    page = shown(incident("a", kind="drill"), incident("b", kind="drill"))
    assert "No incident to count yet. There is only 2 drills, and drills and near misses are left out" in plain(page)
    assert sections(page) == []


def test_unknown_is_said_in_words_and_never_a_zero_or_a_dash() -> None:
    words = plain(shown(incident("a", detected=None, resolved=None)))
    assert (
        "Time to detect Unknown in the one incident. A postmortem tells it with started_at and detected_at ." in words
    )
    assert "of no incident with a target the time to detect is known" in words
    assert " – " not in words


def test_two_are_too_few_for_a_median_and_six_for_nothing() -> None:
    assert "Too few known 2 known, 0 unknown." in plain(shown(incident("a"), incident("b")))
    assert "3 min median of 3; 0 unknown. Mean 3 min." in plain(shown(*(incident(name) for name in "abc")))
    six = plain(shown(*(incident(name) for name in "abcdef")))
    assert "3 min median of 6, 95 % between 3 min and 3 min; 0 unknown. Mean 3 min." in six


def test_a_sample_says_in_one_sentence_what_it_does_not_count() -> None:
    members = [incident(f"{n}", BEGIN + timedelta(days=40 * n)) for n in range(12)]
    sample, complete = shown(*members, corpus="sample"), shown(*members)
    sentence = "These incidents were collected, so how many"
    assert sample.count(sentence) == 1
    assert sentence not in complete
    for words in ("incidents a quarter", "numbers-frequency", "What gets written", "recurrence rate"):
        assert words not in sample
    lengths = "These incidents were collected, and long ones"
    assert (sample.count(lengths), complete.count(lengths)) == (1, 0)
    assert "incidents a quarter" in complete
    assert "Completion cannot be counted yet" in complete


def test_repeats_are_told_with_their_reasons() -> None:
    members = [
        incident("a", owner="Payments", root_cause="pool <exhausted>"),
        incident("b", BEGIN + timedelta(days=9), owner="Payments", root_cause="pool <exhausted>"),
        incident("c", BEGIN + timedelta(days=20), owner="Search", repeat_of="2024/a"),
    ]
    words = plain(shown(*members))
    assert "1 of 3 incidents repeats an earlier one, as declared. 1 more is suspected." in words
    assert (
        "Outage a · 6 Feb 2024 → Outage b · 15 Feb 2024 same root cause: pool &lt;exhausted&gt;; 9 days apart" in words
    )
    assert "Outage a · 6 Feb 2024 → Outage c · 26 Feb 2024 20 days apart" in words
    assert "at most 180 d apart" in words
    assert "1 repeat declared, 1 suspected." in plain(shown(*members, corpus="sample"))


def test_completion_is_counted_from_the_register() -> None:
    entries = tuple(
        RegisterEntry(f"I{n}", Place.at("register.yml"), "SEV1", BEGIN, postmortem="2024/a" if n < 3 else None)
        for n in range(8)
    )
    made = replace(corpus(incident("a", published_on="2024-02-10")), register=Register(entries))
    settings = Settings()
    page = html(Site(made, Analysis(made, settings, TODAY), settings, TODAY), SOURCE)
    assert "3 of 8 postmortems that were due are published in time; 0 unknown." in plain(page)
    assert "Not published, although its time has passed 5" in plain(page)
    without = replace(made, postmortems=())
    alone = html(Site(without, Analysis(without, settings, TODAY), settings, TODAY), SOURCE)
    assert sections(alone) == ["completion"]


def test_a_change_is_told_in_words_and_no_arrow_is_drawn() -> None:
    quick = [incident(f"q{n}", BEGIN.replace(year=2023) + timedelta(days=n), detected=1 + n) for n in range(6)]
    slow = [incident(f"s{n}", BEGIN + timedelta(days=n), detected=100 + n) for n in range(6)]
    page = plain(shown(*quick, *slow))
    assert "The intervals of 2023 (1 min to 6 min) and 2024 (1 h 40 min to 1 h 45 min) do not overlap" in page
    assert "the median is longer" in page
    assert "The intervals of 2023 (1 h to 1 h) and 2024 (1 h to 1 h) overlap: no change can be told from chance" in page
    assert "No two periods have six known values each" in plain(shown(*quick))
    assert not re.search("[↑↓↗↘▲▼]", page)


def test_a_change_is_told_where_most_lengths_have_no_known_end() -> None:
    quick = [incident(f"q{n}", BEGIN.replace(year=2023) + timedelta(days=n), resolved=1 + n) for n in range(6)]
    slow = [incident(f"s{n}", BEGIN + timedelta(days=n), resolved=200 + n) for n in range(3)]
    open_ended = [incident(f"o{n}", BEGIN + timedelta(days=n), mitigated=300, resolved=None) for n in range(9)]
    page = plain(shown(*quick, *slow, *open_ended))
    assert "2023 (1 min to 6 min) and 2024 (at least 3 h 22 min) do not overlap: the median is longer." in page
    assert "All 9 9 0 1 3 h 22 min at least 5 min at least 5 min too few" in page


def test_a_stormy_quarter_is_framed() -> None:
    calm = [incident(f"c{n}", datetime(2020 + n, 5, 1, tzinfo=UTC)) for n in range(5)]
    storm = [incident(f"s{n}", datetime(2023, 8, n, tzinfo=UTC)) for n in range(1, 9)]
    page = shown(*calm, *storm)
    assert page.count("pm-flag") == 1
    assert "2023 Q3 8 (3.5 to 15.8), framed" in plain(page)
    assert "pm-flag" not in shown(*calm)


def test_the_running_quarter_is_shown_and_not_counted() -> None:
    today = date(2024, 2, 20)
    settings = Settings()
    made = corpus(incident("a", BEGIN - timedelta(days=100)), incident("b"))
    page = plain(html(Site(made, Analysis(made, settings, today), settings, today), SOURCE))
    assert "1.0 incidents a quarter 1 in 1 quarter;" in page
    assert "2024 Q1, so far" in page


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
    assert "Database issues : 9 of 9 incidents were noticed later than their target Of the others 0 of 20" in words
    assert "More often than elsewhere, and hardly by chance. The evidence" in words
    assert 'href="metrics/#findings"' in html(site(*late, *soon, patterns=(pattern(),)), HOME, "")


def test_where_nothing_stands_out_the_first_page_claims_nothing() -> None:
    assert learned(*[incident(f"{n}", BEGIN + timedelta(days=n), root_cause="pool") for n in range(30)]) == ""


@pytest.mark.parametrize("count", [0, 1, 4])
def test_of_too_few_incidents_the_first_page_claims_nothing(count: int) -> None:
    assert learned(*[incident(f"{n}", BEGIN + timedelta(days=n), root_cause="pool") for n in range(count)]) == ""


@pytest.mark.parametrize(
    ("count", "expected"), [(1, "1 is named in one incident."), (2, "2 are named in one incident each.")]
)
def test_labels_that_are_named_once_are_counted(count: int, expected: str) -> None:
    page = shown(*[incident(f"{n}", root_cause=f"cause {n}") for n in range(count)])
    assert expected in plain(page[page.index("Root causes") :])


def test_labels_that_are_not_listed_end_their_sentence() -> None:
    twice = [incident(f"{n}{again}", root_cause=f"cause {n}") for n in range(12) for again in "ab"]
    page = plain(shown(*twice))
    assert "more in several incidents." in page
    assert "more in several incidents;" not in page


def test_a_finding_is_a_sentence_with_its_support_and_links() -> None:
    late = [
        incident(f"l{n}", BEGIN + timedelta(days=n), detected=60, patterns=["database-issues"], root_cause=f"a{n}")
        for n in range(9)
    ]
    soon = [incident(f"s{n}", BEGIN + timedelta(days=n), detected=1, root_cause=f"b{n}") for n in range(20)]
    page = shown(*late, *soon, patterns=(pattern(),))
    words = plain(page)
    assert "Database issues : 9 of 9 incidents were noticed later than their target" in words
    assert re.search(r"Of the others 0 of 20; by chance in (1 of [\d,]+|less than 1 of a million) cases", words)
    assert '<a href="../patterns/database-issues/" dir="auto">Database issues</a>' in page
    block = page[page.index("were noticed later than their target") :]
    assert set(re.findall(r'href="\.\./postmortems/2024/(\w+)/"', block[: block.index("</li>")])) == {
        f"l{n}" for n in range(9)
    }


def test_a_finding_about_a_service_links_its_page() -> None:
    late = [incident(f"l{n}", BEGIN + timedelta(days=n), detected=60, services=["Search"]) for n in range(9)]
    soon = [incident(f"s{n}", BEGIN + timedelta(days=n), detected=1) for n in range(20)]
    assert '<a href="../services/search/" dir="auto">Search</a>: 9 of 9 incidents' in shown(*late, *soon)


def test_late_ones_say_whose_target_they_missed() -> None:
    words = plain(shown(incident("a", detected=60), incident("b", detected=60, detection_target="10m")))
    assert "Feb 2024 1 h 10 min (its own) 50 min" in words
    assert re.search(r"Feb 2024 1 h 5 min \(settings\) 55 min", words)


def test_without_a_finding_that_is_said() -> None:
    assert "Too few incidents to compare." in plain(shown(incident("a")))
    even = [incident(f"{n}", services=["x"] if n % 2 else ["y"], detected=1 + n % 2) for n in range(12)]
    assert "Nothing stands out beyond chance." in plain(shown(*even))


def test_every_mark_is_a_link_with_a_title() -> None:
    page = shown(*drawn_by_lot(MOST_DOTS), patterns=(pattern(),))
    marks = re.findall(r'<a class="pm-mark" href="([^"]+)">(<title>[^<]+</title>)?', page)
    assert len(marks) > 3 * MOST_DOTS
    assert all(href.startswith("../") and title for href, title in marks)


@pytest.mark.parametrize("count", [MOST_DOTS, 300, 2000])
def test_the_page_stays_light_however_many_there_are(count: int) -> None:
    page = shown(*drawn_by_lot(count), patterns=tuple(pattern(f"pattern-{n}") for n in range(12)))
    assert len(page.encode()) < 300_000
    assert ("pm-d" in re.findall(r'<circle class="([^"]+)" cx="\d+\.?\d*" cy="\d', page)) is (count <= MOST_DOTS)


def test_definitions_are_linked_where_the_site_has_them() -> None:
    with_guide = html(site(incident("a"), files=("guide/metrics.md",)), SOURCE)
    assert '<a href="../guide/metrics/#lengths">' in with_guide
    assert "guide/metrics" not in shown(incident("a"))


def test_an_authors_page_keeps_its_own_title() -> None:
    of = site(incident("a"), files=("metrics/index.md",))
    assert "<h1" not in html(of, SOURCE)
    assert "Three clocks" in html(of, SOURCE)
