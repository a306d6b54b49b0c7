"""Titles without what a template puts around them, in any language. All are made up."""

from __future__ import annotations

import pytest

from postmortems.adopt.titles import without_prefix
from tests.adopt.documents import record


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("ポストモーテム: 検索が遅い", "検索が遅い"),
        ("【障害報告】検索が遅い", "検索が遅い"),
        ("事故报告：搜索变慢", "搜索变慢"),
        ("장애 보고서 - 검색이 느림", "검색이 느림"),
        ("Störungsbericht: Die Suche ist langsam", "Die Suche ist langsam"),
        ("Rapport d'incident – La recherche est lente", "La recherche est lente"),
        ("Informe de incidente: La búsqueda va lenta", "La búsqueda va lenta"),
        ("Hendelsesrapport: Søket er tregt", "Søket er tregt"),
        ("Search is slow: A post-mortem", "Search is slow"),
        ("検索が遅い - 障害報告書", "検索が遅い"),
        ("検索障害のポストモーテム", "検索障害"),
        ("Die Suche ist langsam am 11.01.2022", "Die Suche ist langsam"),
        ("Søket er tregt den 11.01.2022", "Søket er tregt"),
        ("Die Suche ist langsam - Update vom 11.01.2022", "Die Suche ist langsam - Update vom 11.01.2022"),
        ("Störung: Suche", "Störung: Suche"),
        ("Incident: search", "search"),
    ],
)
def test_what_a_template_puts_around_a_title_is_no_part_of_it(written: str, title: str) -> None:
    assert without_prefix(written) == title


@pytest.mark.parametrize(
    "title", ["Die Suche, Stand 12.01.2022 10:00", "Search - Update 2022-01-12", "搜索（更新 2022-01-12）"]
)
def test_the_day_of_an_update_is_not_that_of_the_incident(title: str) -> None:
    text = f"---\ntitle: {title}\ndate: 2022-01-10\n---\n\n## Summary\n\nSlow.\n"
    assert record(text).values["date"].value == "2022-01-10"


def test_an_update_that_went_wrong_has_its_day_in_the_title() -> None:
    one = record("# Failed update on 2022-01-12\n\n## Summary\n\nSlow.\n", "2022-01-20.md")
    assert one.values["date"].value == "2022-01-12"
