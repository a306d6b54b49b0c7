"""The first page: its timeline and title, its figures, and its columns from none to many incidents."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from tests.builders import BEGIN, html, incident, pattern, site

from postmortems.model.postmortem import Postmortem

HOME = "index.md"
INVOLVED = {"patterns": [{"pattern": "database-issues", "role": "contributing"}]}
PATTERNS = (pattern("database-issues"), pattern("slow-queries"))


def words(page: str) -> str:
    """What a reader sees."""
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


def home(*members: Postmortem, **options: Any) -> str:
    return html(site(*members, patterns=PATTERNS, **options), HOME, "")


def several(count: int, step: int = 20, **matter: Any) -> list[Postmortem]:
    return [incident(f"{n}{len(matter)}", BEGIN + timedelta(days=step * n), **matter) for n in range(count)]


def hero(page: str) -> str:
    return page.partition('<figure class="pm-figure pm-hero">')[2].partition("</figure>")[0]


def form(page: str, look: str) -> str:
    found = re.search(rf'<svg class="pm-chart pm-chart--{look}".*?</svg>', hero(page), re.DOTALL)
    return found[0] if found else ""


def test_solid_marks_are_those_that_the_title_counts() -> None:
    page = home(*several(6, **INVOLVED), *several(5))
    assert "<b>Database issues in 6 of 11 incidents</b>" in page
    for look in ("wide", "mid", "narrow"):
        assert form(page, look).count('<circle r="4.6"/>') == 6
        assert form(page, look).count('<circle class="pm-off" r="4.6"/>') == 5
    assert "SEV1 11 6" in words(hero(page))


@pytest.mark.parametrize(
    ("count", "step", "title"),
    [(1, 1, "1 incident in 2024"), (3, 1, "3 incidents in 2024"), (3, 300, "3 incidents in 2 years")],
)
def test_without_a_headline_the_title_counts_and_all_are_solid(count: int, step: int, title: str) -> None:
    page = home(*several(count, step))
    assert f"<b>{title}</b>" in page
    assert form(page, "wide").count('<circle r="4.6"/>') == count
    assert "pm-off" not in hero(page)
    assert "Solid" not in hero(page)


def test_some_marks_have_a_short_name_that_meets_no_mark() -> None:
    page = home(*[incident(f"{n}", BEGIN + timedelta(days=40 * n), title=f"Queue {n} is full") for n in range(9)])
    wide = form(page, "wide")
    assert "Queue 0" in wide
    names = re.findall(r'<text x="([\d.]+)" y="([\d.]+)" class="pm-t-label"', wide)
    dots = re.findall(r'class="pm-mark" transform="translate\(([\d.]+) ([\d.]+)\)"', wide)
    assert len(dots) == 9
    assert len(names) >= 5
    for _, y in names:
        assert all(abs(float(y) - float(cy)) > 6 for _, cy in dots)
    assert "pm-t-label" not in form(page, "mid")


def test_many_in_a_month_are_a_column() -> None:
    page = home(*[incident(f"{n}", BEGIN + timedelta(hours=n)) for n in range(60)])
    wide = form(page, "wide")
    assert "February 2024: 60 SEV1 incidents" in wide
    assert wide.count("<a ") == 1
    assert 'href="postmortems/2024/#m02"' in wide
    assert "One column per month" in words(hero(page))


def test_a_month_is_one_link_that_tells_each_severity() -> None:
    begins = [BEGIN + timedelta(hours=n) for n in range(30)]
    solid = [incident(f"s{n}", begin, severity="SEV1", **INVOLVED) for n, begin in enumerate(begins)]
    page = home(*solid, *(incident(f"n{n}", begin, severity="SEV3") for n, begin in enumerate(begins[:20])))
    wide = form(page, "wide")
    assert "<title>February 2024: 50 incidents, 30 of them solid SEV1 30, 30 solid; SEV3 20, 0 solid</title>" in wide
    assert (wide.count("<a "), wide.count('class="pm-off"')) == (1, 1), "all of SEV1 is solid"


@pytest.mark.parametrize(
    ("years", "unit", "title", "columns"),
    [
        pytest.param(6, "month", "February 2024: 20 SEV1 incidents", 12, id="six years"),
        pytest.param(7, "quarter", "Q1 2024: 20 SEV1 incidents", 14, id="more"),
    ],
)
def test_in_many_years_a_column_is_a_quarter(years: int, unit: str, title: str, columns: int) -> None:
    months = [BEGIN.replace(year=2024 + year, month=month) for year in range(years) for month in (2, 11)]
    page = home(*(incident(f"{at:%m}-{n}", at + timedelta(hours=n)) for at in months for n in range(20)))
    wide = form(page, "wide")
    assert f"<title>{title}</title>" in wide
    assert (wide.count("<a "), wide.count("v-")) == (columns, columns)
    assert 'href="postmortems/2024/#m02"' in wide
    assert f"One column per {unit}" in words(hero(page))


def test_a_phone_shows_six_years_and_counts_the_others() -> None:
    page = home(*[incident(f"{n}", BEGIN + timedelta(days=365 * n)) for n in range(9)])
    assert re.findall(r'class="pm-t-year">(\d{4})<', form(page, "narrow")) == [
        "2032", "2031", "2030", "2029", "2028", "2027",
    ]  # fmt: skip
    assert '<a href="postmortems/2026/">3 earlier, 2024–2026</a>' in hero(page)


def test_figures_are_those_of_a_complete_corpus_of_some_size() -> None:
    names = ["Time to detect", "Time to resolve", "Repeat incidents", "Overdue action items", "Incidents per quarter"]
    page = home(*several(10))
    assert re.findall(r'<dt><a href="metrics/#[a-z-]+">(.*?)</a></dt>', page) == names
    assert "3 min median of 10" in words(page)
    assert "pm-figures5" not in home(*several(9))
    assert "pm-figures5" not in home(*several(10), corpus="sample")


def test_a_new_site_has_the_next_step_in_each_column() -> None:
    page = home()
    assert "pm-hero" not in page
    shown = words(page)
    assert "No incidents list a pattern yet." in shown
    assert "No postmortems yet. Start one in ten minutes: postmortems new" in shown
    assert "No action items yet." in shown
    assert "What we keep learning" not in shown
    assert shown.count("postmortems new") == 1


def test_what_is_unknown_of_the_latest_is_said() -> None:
    page = words(home(incident("a", None, severity=None)))
    assert "severity unknown Outage a date unknown" in page


def test_no_two_postmortems_of_the_page_carry_the_same_words() -> None:
    page = home(*several(5, title="Checkout was down"))
    names = [words(name) for name in re.findall(r'<a\s+class="pm-name".*?</a>', page, re.DOTALL)]
    assert len(names) == len(set(names)) == 5


def test_words_of_authors_stay_words() -> None:
    nasty = "<img src=x onerror=alert(1)>"
    page = home(*[incident(f"{n}", title=nasty, severity=nasty, owner=nasty, root_cause=nasty) for n in range(12)])
    assert "<img" not in page
