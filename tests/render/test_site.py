"""The pages that exist without an author, and the generated parts of every page."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from tests.builders import BEGIN, TODAY, html, incident, pattern, site
from tests.render.reader import Reader

from postmortems.model.postmortem import Postmortem
from postmortems.render.base.addresses import HOME
from postmortems.render.base.context import MANY
from postmortems.render.pages.site import Site

NASTY = '"><img src=x onerror=alert(1)><script>alert(1)</script> {{ 7 * 7 }} & \u202eright'
PATTERNS = (pattern(), pattern("lonely", "of its own"))


def rich() -> Site:
    """A site with something of everything."""
    factors = "## Contributing Factors\n\n- The **pool** had `no` alert\n- [Nobody](x.md) watched\n"
    return site(
        incident("a", services=["api", "API"], patterns=["database-issues"], open_actions=2, body=factors),
        incident("b", BEGIN + timedelta(days=3), kind="drill", patterns=["database-issues"], services=["api"]),
        incident(
            "c",
            BEGIN - timedelta(days=400),
            detected=None,
            resolved=None,
            status="draft",
            patterns=[{"pattern": "database-issues", "role": "detection"}, "unwritten"],
        ),
        incident("d", BEGIN + timedelta(days=9), resolved=None, mitigated=30, severity="SEV3", services=["決済"]),
        incident(
            "e", None, title=NASTY, owner=NASTY, services=[NASTY], severity=NASTY, patterns=[NASTY], date="2024-05-01"
        ),
        incident("f", BEGIN, title="決済サービスが停止" * 30, owner="خدمة الدفع"),
        patterns=PATTERNS,
    )


def titles(of: Site) -> dict[str, str]:
    """The title of every page that exists without an author, save those of the guide, which are Markdown."""
    return {source: page.title for source, page in of.pages.items() if page.make}


def sources(of: Site) -> list[str]:
    """Every page with generated parts, save those of single postmortems."""
    return [*titles(of), *(one.path for one in PATTERNS)]


def test_every_page_has_a_plain_title() -> None:
    assert titles(rich()) == {
        "index.md": "Have we seen this before?",
        "postmortems/index.md": "Postmortems",
        "patterns/index.md": "Patterns",
        "services/index.md": "Services",
        "metrics/index.md": "Metrics",
        "search/index.md": "Search",
        "postmortems/2023/index.md": "Postmortems in 2023",
        "postmortems/2024/index.md": "Postmortems in 2024",
        "actions/index.md": "Action items",
        "compare/index.md": "Compare",
        "exercises/index.md": "Exercises",
        "owners/index.md": "Owners",
        "reviews/index.md": "Monthly reviews",
        "owners/img-src-x-onerror-alert-1-script-alert-1-script-7-7--and-right.md": NASTY,
        "owners/خدمة-الدفع.md": "خدمة الدفع",
        "reviews/2023-01.md": "Review of January 2023",
        "reviews/2024-02.md": "Review of February 2024",
        "reviews/2024-05.md": "Review of May 2024",
        "services/api.md": "api",
        "services/決済.md": "決済",
        "services/img-src-x-onerror-alert-1-script-alert-1-script-7-7--and-right.md": NASTY,
    }


def test_every_page_lights_a_tab_that_is_in_the_navigation() -> None:
    in_nav = {page.source for page in rich().pages.values() if page.in_nav} | {"guide/index.md"}
    assert {page.tab for page in rich().pages.values()} <= in_nav
    assert dict(rich().tabs) == {
        "postmortems/": "postmortems/index.md",
        "patterns/": "patterns/index.md",
        "services/": "services/index.md",
        "actions/": "actions/index.md",
        "compare/": "postmortems/index.md",
        "exercises/": "patterns/index.md",
        "owners/": "actions/index.md",
        "reviews/": "postmortems/index.md",
        "metrics/": "metrics/index.md",
        "search/": "index.md",
        "guide/": "guide/index.md",
        "templates/": "guide/index.md",
        "postmortems/2023/": "postmortems/index.md",
        "postmortems/2024/": "postmortems/index.md",
    }


def test_every_heading_on_a_page_is_in_its_table_of_contents() -> None:
    for source in sources(rich()):
        page = rich().page(source, "../../")
        assert page is not None
        printed = re.findall(r'<h2 id="([^"]+)"', page.after)
        assert [heading.id for heading in page.headings] == printed, source


def test_a_page_without_a_generated_part_is_none() -> None:
    assert rich().page("guide/writing.md", "../") is None


def test_a_postmortem_has_its_parts_too() -> None:
    page = rich().page("postmortems/2024/a/postmortem.md", "../../../")
    assert page is not None
    assert page.title == "Outage a"


@pytest.mark.parametrize("source", sources(rich()))
def test_pages_are_sound_and_harmless(source: str) -> None:
    page = rich().page(source, "../../")
    assert page is not None
    read = Reader(page.before + page.after)
    assert not read.unclosed
    assert not read.open
    assert not {"img", "iframe", "style", "object"} & set(read.tags)
    # Scripts of ours are files of the site's own.
    names = ("index", "index_picture", "find", "compare", "search_page")
    ours = {f"../../assets/postmortems/{name}.js" for name in names}
    assert read.tags.count("script") == len([src for src in read.values("src") if src in ours]) <= 2
    assert not [name for name, _ in read.attributes if name == "style" or name.startswith("on")]
    ids = read.values("id")
    assert len(ids) == len(set(ids))
    assert {heading.id for heading in page.headings} <= set(ids)
    anchors = [href[1:] for href in read.values("href") if href.startswith("#")]
    assert set(anchors) <= set(ids)
    outside = [href for href in read.values("href") if not href.startswith(("#", "../../"))]
    # The lists of incidents lead to what is below them.
    assert [href for href in outside if not re.fullmatch(r"(2\d{3}/)?([a-z]/)?(#m\d\d)?", href)] == []
    assert outside == [] or source.startswith("postmortems/")


@pytest.mark.parametrize("source", sources(rich()))
def test_one_h1_a_page_and_none_beside_an_authors(source: str) -> None:
    assert html(rich(), source).count("<h1") == 1
    if source in rich().pages:
        of = rich()
        authored = site(*of.analysis.postmortems, patterns=PATTERNS, files=(source,))
        assert "<h1" not in html(authored, source)
        assert "pm-defs" in html(authored, source)


def test_a_readme_stands_for_the_index() -> None:
    of = site(incident("a"), files=("postmortems/README.md",))
    assert "postmortems/index.md" not in of.pages
    assert "<h1" not in html(of, "postmortems/README.md")
    assert "Outage a" in html(of, "postmortems/README.md")


@pytest.mark.parametrize(
    "members",
    [
        pytest.param([], id="no postmortem"),
        pytest.param([incident("a")], id="one"),
        pytest.param([incident("a", kind="drill", services=["x"])], id="only a drill"),
        pytest.param([incident("a", None)], id="one without any moment"),
        pytest.param([incident("a"), incident("b")], id="two in the same minute"),
        pytest.param([incident("a", BEGIN.replace(year=1)), incident("b", BEGIN.replace(year=9999))], id="far apart"),
    ],
)
def test_small_and_strange_corpora_have_all_pages(members: list[Postmortem]) -> None:
    of = site(*members, patterns=PATTERNS)
    for source in sources(of):
        read = Reader(html(of, source))
        assert not read.unclosed


def test_an_empty_knowledge_base_says_what_to_do_next() -> None:
    of = site()
    assert "postmortems new" in html(of, HOME)
    assert "No postmortems yet" in html(of, "postmortems/index.md")
    assert "No patterns yet" in html(of, "patterns/index.md")
    assert "No services yet" in html(of, "services/index.md")


def test_a_list_splits_by_year_when_it_is_long() -> None:
    def index(count: int) -> str:
        return html(site(*(incident(f"{n}", BEGIN + timedelta(days=n)) for n in range(count))), "postmortems/index.md")

    whole, split = index(MANY), index(MANY + 1)
    assert whole.count('<li class="pm-row"') == MANY
    assert split.partition("<template")[0].count('<li class="pm-row"') == 0
    assert re.search(r'<a href="2024/">2024</a></th><td class="pm-num">\d+</td>', split)


def test_a_year_lists_its_months_newest_first_and_leads_on() -> None:
    years = [incident("a", BEGIN.replace(year=year, month=month)) for year in (2020, 2022, 2025) for month in (3, 11)]
    page = site(*years).page("postmortems/2022/index.md", "../../")
    assert page is not None
    assert [heading.title for heading in page.headings] == ["November", "March"]
    ways = re.findall(r'<a href="([^"]+)">([^<]+)</a>', page.after.split("</p>")[0])
    assert ways == [
        ("../../postmortems/2020/", "← 2020"),
        ("../../postmortems/", "All years"),
        ("../../postmortems/2025/", "2025 →"),
    ]


def test_rows_say_what_is_not_known() -> None:
    row = re.sub(r"<[^>]+>", " ", html(site(incident("c", detected=None, resolved=None)), "postmortems/index.md"))
    assert re.search(
        r"no times recorded\s+Resolved after\s+unknown\s+Detected after\s+unknown\s+Action items\s+none", row
    )


def test_a_row_shows_how_much_detection_was_late() -> None:
    assert '<span class="pm-over">7 min over</span>' in html(site(incident("a", detected=12)), "postmortems/index.md")


def test_a_sample_says_that_frequency_means_nothing() -> None:
    members = [incident("a", patterns=["database-issues"])]
    for source in ("postmortems/index.md", "patterns/index.md", "patterns/database-issues.md", HOME):
        assert "is a sample" in html(site(*members, patterns=PATTERNS, corpus="sample"), source)
        assert "is a sample" not in html(site(*members, patterns=PATTERNS), source)


def test_the_analysis_must_be_of_the_same_day() -> None:
    of = site()
    with pytest.raises(ValueError, match="another day"):
        Site(of.corpus, of.analysis, of.settings, TODAY + timedelta(days=1))


def test_patterns_that_grow_or_have_gone_quiet_are_named_and_a_sample_names_none() -> None:
    lately = [incident(f"n{n}", datetime(2025, 10, n, tzinfo=UTC), patterns=["database-issues"]) for n in range(1, 10)]
    before = [incident(f"o{n}", datetime(2020, 10, n, tzinfo=UTC), patterns=["lonely"]) for n in range(1, 10)]
    text = html(site(*lately, *before, patterns=PATTERNS), "patterns/index.md")
    assert "Growing: 9 of 9 in the last year, 0 of 9 earlier" in text
    assert "Quiet: 0 of 9 in the last year, 9 of 9 earlier" in text
    sample = html(site(*lately, *before, patterns=PATTERNS, corpus="sample"), "patterns/index.md")
    assert "Growing:" not in sample
    assert "Quiet:" not in sample


def test_a_services_page_gathers_what_saved_its_near_misses_apart() -> None:
    body = "## Response Evaluation\n\n### What Went Well\n\n- The *rail* held.\n- Kim looked twice.\n"
    of = site(
        incident("a", services=["api"]),
        incident("b", services=["api"], kind="near-miss", body=body),
        incident("c", services=["api"], kind="drill", body=body.replace("rail", "drill's rail")),
    )
    page = html(of, "services/api.md")
    words = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    saved = words.partition("What saved a near miss")[2].partition("Open actions")[0]
    assert "The rail held. Kim looked twice." in saved
    assert "drill's" not in saved
    assert "Near misses and drills 1 near miss and 1 drill, not counted" in words
    assert "Incidents 1 of 1 plus 1 near miss and 1 drill (not counted)" in words
    incidents = page.partition('id="incidents"')[2].partition('id="apart"')[0]
    assert incidents.count('class="pm-row"') == 1
