"""metrics.json: each figure is that of analysis, with what it rests on, and keeps to the schema."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

from jsonschema import Draft202012Validator
from tests.builders import BEGIN, incident, pattern
from tests.builders import data_context as made

from postmortems.analyse.metrics import Metrics, metrics_of
from postmortems.render.data.data_context import DataContext
from postmortems.render.data.encoding import declaration
from postmortems.render.data.json_text import seconds
from postmortems.render.data.metrics_file import LENGTH_COLUMNS, length_rows, metrics_json
from postmortems.render.data.schema import schema_of


def read(data_context: DataContext) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(metrics_json(data_context))
    schema = schema_of(declaration(Metrics), "x")
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(found)
    return found


def many(**options: Any) -> DataContext:
    """Twenty-five incidents of two years and two severities, every fifth of unknown detection, and a drill."""
    members = [
        incident(
            f"{number:02d}", BEGIN + timedelta(days=20 * number), detected=None if number % 5 == 0 else number,
            resolved=100 + number, open_actions=number % 2, services=["api"], root_cause=f"cause {number % 3}",
            severity="SEV1" if number % 4 else "SEV2", patterns=["database-issues"] if number % 2 else [],
            detected_by="customer" if number % 2 else "alert",
        )
        for number in range(25)
    ]  # fmt: skip
    return made(*members, incident("drill", BEGIN, kind="drill"), patterns=(pattern(),), **options)


def test_every_length_is_that_of_analysis() -> None:
    data_context = many()
    metrics = data_context.pages.analysis.once(metrics_of)
    found = read(data_context)
    assert (found["incidents"], found["today"], found["corpus"]) == (25, "2025-12-31", "complete")
    for clock, told in zip(metrics.clocks, found["clocks"], strict=True):
        whole = clock.all
        assert told["clock"] == clock.clock
        assert told["all"] == {
            "n": whole.n, "missing": whole.missing, "censored": whole.summary.censored, "median_seconds": seconds(whole.summary.median),
            "median_low_seconds": seconds(whole.summary.low), "median_high_seconds": seconds(whole.summary.high),
            "lower_quartile_seconds": seconds(whole.lower), "upper_quartile_seconds": seconds(whole.upper),
            "p90_seconds": seconds(whole.p90), "mean_seconds": seconds(whole.mean), "within_a_minute": whole.within_a_minute,
        }  # fmt: skip
        assert [period["year"] for period in told["years"]] == [one.period.year for one in clock.years]
    detect = found["clocks"][0]["all"]
    assert (detect["n"], detect["missing"]) == (20, 5)
    assert detect["p90_seconds"] is not None


def test_counts_and_shares_are_those_of_analysis() -> None:
    data_context = many()
    metrics, found = data_context.pages.analysis.once(metrics_of), read(data_context)
    assert metrics.frequency is not None
    assert sum(quarter["count"] for quarter in found["frequency"]["quarters"]) == 25
    assert found["frequency"]["rate"] == metrics.frequency.rate
    assert found["recurrence"]["window_seconds"] == 180 * 86400
    assert [len(one["lacking"]) for one in found["quality"]] == [len(one.lacking) for one in metrics.quality]
    assert found["detection"]["all"]["late"] == len(found["detection"]["all"]["late_postmortems"])
    assert found["labels"]["services"]["items"] == [
        {
            "key": "api",
            "label": "api",
            "count": 25,
            "postmortems": [f"{2024 + (number > 16)}/{number:02d}" for number in range(25)],
        }
    ]
    assert len(found["findings"]["comparisons"]) == len(metrics.findings.comparisons)


def test_of_a_sample_nothing_is_said_about_how_often() -> None:
    found = read(many(corpus="sample"))
    assert (found["corpus"], found["frequency"], found["completion"], found["recurrence"]["rate"]) == (
        "sample",
        None,
        None,
        None,
    )


def test_too_few_values_have_no_figures_and_no_zeros() -> None:
    found = read(made(incident("a")))["clocks"][0]["all"]
    assert {name for name, value in found.items() if value is None} == set(found) - {
        "n",
        "missing",
        "censored",
        "within_a_minute",
    }


def test_no_incident_at_all() -> None:
    found = read(made())
    assert (found["incidents"], found["labels"]["services"]["items"]) == (0, [])


def test_a_row_of_lengths_has_the_declared_names() -> None:
    rows = list(length_rows(many().pages.analysis.once(metrics_of)))
    assert all(tuple(row) == LENGTH_COLUMNS for row in rows)
    assert {row["group"] for row in rows} >= {"all", "year", "severity"}


def test_the_register_is_counted_and_never_named() -> None:
    from postmortems.analyse.analysis import Analysis
    from postmortems.read.register import read_register

    data_context = many()
    register, problems = read_register(
        "r.yml", b"- {id: SECRET-7, severity: SEV1, resolved_at: 2024-03-01T10:00:00Z}\n"
    )
    assert problems == []
    corpus = replace(data_context.pages.corpus, register=register)
    settings, today = data_context.pages.settings, data_context.pages.analysis.today
    analysis = Analysis(corpus, settings, today)
    with_register = replace(data_context, pages=replace(data_context.pages, corpus=corpus, analysis=analysis))
    assert read(with_register)["completion"]["unpublished"] == 1
    assert "SECRET-7" not in metrics_json(with_register)
