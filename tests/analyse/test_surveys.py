"""Surveys by quarter: all teams together, and no answers of so few that a reader could tell whose they are."""

from __future__ import annotations

import json
from dataclasses import replace

from jsonschema import Draft202012Validator
from tests.builders import TODAY, corpus, data_context, dated_incident, html, site

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.surveys import surveyed_quarters
from postmortems.model.place import Place
from postmortems.model.quarter import Quarter
from postmortems.model.survey import Statement, Survey
from postmortems.render.data.schema import schema_of
from postmortems.render.data.surveys import Surveys, surveys_json
from postmortems.render.pages.site import Site
from postmortems.render.words.survey import agree_words
from postmortems.settings import Settings


def survey(year: int, quarter: int, *counts: int, team: str = "", **others: tuple[int, ...]) -> Survey:
    answers = {statement: others.get(statement.name, counts) for statement in Statement}
    return Survey(Quarter(year, quarter), Place.at("reviews/x.yml"), answers, team)


TWO_TEAMS = (
    survey(2026, 1, 0, 1, 2, 5, 4, team="Orders"),
    survey(2026, 1, 1, 0, 0, 1, 0, team="Tiny"),
    survey(2025, 4, 1, 0, 0, 1, 1, team="Tiny"),
    survey(2026, 2, 0, 0, 1, 2, 1),
)


def test_teams_are_taken_together_newest_quarter_first() -> None:
    found = surveyed_quarters(TWO_TEAMS)
    assert [(str(one.quarter), one.surveys) for one in found] == [("2026-q2", 1), ("2026-q1", 2), ("2025-q4", 1)]
    assert [one.answers[0].counts for one in found] == [(0, 0, 1, 2, 1), (1, 1, 2, 6, 4), None]
    assert [agree_words(one.answers[0]) for one in found] == ["3 of 4 agree", "10 of 14 agree, 2 disagree", ""]


def test_a_statement_that_few_answered_is_not_shown_though_others_are() -> None:
    (found,) = surveyed_quarters([survey(2026, 1, 0, 0, 2, 2, 2, SAFE=(0, 0, 1, 1, 1))])
    assert [answers.n for answers in found.answers] == [None, 6, 6, 6]


def test_the_page_and_the_file_show_the_same_and_no_team() -> None:
    made = replace(corpus(dated_incident("a")), surveys=TWO_TEAMS)
    settings = Settings()
    page = html(Site(made, Analysis(made, settings, TODAY), settings, TODAY, directory_urls=True), "reviews/index.md")
    assert "It is safe to speak up about mistakes" in page
    assert page.count("10 of 14 agree, 2 disagree") == 4
    assert page.count("fewer than 4 answers: not shown") == 4
    assert "no survey " not in page
    metrics = html(
        Site(made, Analysis(made, settings, TODAY), settings, TODAY, directory_urls=True), "metrics/index.md"
    )
    assert 'href="../reviews/#team-survey"' in metrics
    assert "Orders" not in page
    assert "Tiny" not in page
    context = data_context(dated_incident("a"))
    pages = replace(context.pages, corpus=replace(context.pages.corpus, surveys=TWO_TEAMS))
    data = json.loads(surveys_json(replace(context, pages=pages)))
    Draft202012Validator(schema_of(Surveys, "x")).validate(data)
    assert [quarter["answers"][0]["n"] for quarter in data["quarters"]] == [4, 14, None]
    assert "Tiny" not in json.dumps(data)


def test_quarters_without_a_survey_are_named() -> None:
    made = replace(
        corpus(dated_incident("a")),
        surveys=(*TWO_TEAMS, survey(2025, 2, 0, 0, 1, 2, 1), survey(2024, 3, 0, 0, 1, 2, 1)),
    )
    settings = Settings()
    page = html(Site(made, Analysis(made, settings, TODAY), settings, TODAY, directory_urls=True), "reviews/index.md")
    assert page.count("no survey in Q3 2025<") == page.count("no survey from Q4 2024 to Q1 2025<") == 4
    assert page.count("no survey ") == 8


def test_without_a_survey_the_page_says_nothing_of_it() -> None:
    for source in ("reviews/index.md", "metrics/index.md"):
        assert "survey" not in html(site(dated_incident("a")), source)
