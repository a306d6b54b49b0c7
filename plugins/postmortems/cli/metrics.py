"""`postmortems metrics`: the figures of the metrics page."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click

from postmortems.analyse.actions import ActionCounts
from postmortems.analyse.clocks import ClockFigures
from postmortems.analyse.distribution import Distribution
from postmortems.analyse.findings.finding import Finding
from postmortems.analyse.history_figures import HistoryFigures
from postmortems.analyse.metrics import Metrics, metrics_of
from postmortems.analyse.statistics import Interval
from postmortems.cli.data_format import format_option, put, terminal_width, wants_colour
from postmortems.cli.knowledge import load_project
from postmortems.cli.project import config_option, today_option
from postmortems.cli.table import Column, table_text
from postmortems.render.data.csv_text import csv_text
from postmortems.render.data.metrics_file import LENGTH_COLUMNS, length_rows, metrics_json
from postmortems.render.words.actions import closure_words, rest_words
from postmortems.render.words.figures import (
    between_words,
    length_words,
    measure_words,
    severity_words,
    share_words,
    whole_days_words,
)
from postmortems.render.words.findings import claim_words
from postmortems.text.spelling import count_words
from postmortems.text.terminal import escape_controls

_LABELS = 5
_AFTER = " after the resolution"


@click.command("metrics")
@format_option
@today_option
@config_option
def command(form: str, today: datetime.date | None, config: Path | None) -> None:
    """Print metrics for all incidents: times, frequency, repeats and action items.

    Each shows how many values it uses. json is the site's data/metrics.json; csv has the times by year and severity.

    \b
    Examples:
      postmortems metrics
      postmortems metrics --format json > metrics.json
      postmortems metrics --today 2026-06-30
    """
    data_context = load_project(config, today).data_context
    metrics = data_context.pages.analysis.once(metrics_of)
    put(
        form,
        {
            "table": lambda: _tables(metrics),
            "json": lambda: metrics_json(data_context),
            "csv": lambda: csv_text(LENGTH_COLUMNS, length_rows(metrics)),
        },
    )


def _tables(metrics: Metrics) -> str:
    drafts = f", including {count_words(metrics.drafts, 'draft')}" if metrics.drafts else ""
    parts = [f"{count_words(metrics.incidents, 'incident')}{drafts}, as of {metrics.today}\n"]
    if metrics.incidents:
        if metrics.is_sample:
            parts.append("This is a sample collection: its times do not show how long incidents take.\n")
        parts += [
            _table("Length", ((measure_words(figures.clock), figures.all) for figures in metrics.clocks)),
            *(_by_severity(figures) for figures in metrics.clocks[:1]),
            "".join(f"{name:<13}{escape_controls(words)}\n" for name, words in _lines(metrics)),
            *_labels(metrics),
        ]
    return "\n".join(parts)


def _by_severity(figures: ClockFigures) -> str:
    return _table(
        measure_words(figures.clock).capitalize(),
        ((severity_words(of.severity), of.distribution) for of in figures.severities),
    )


def _table(head: str, lengths: Iterable[tuple[str, Distribution]]) -> str:
    listed = list(lengths)
    is_censored = any(distribution.summary.censored for _, distribution in listed)
    columns = [
        Column(head, may_be_cut=True),
        Column("Known", is_number=True),
        *([Column("At least", is_number=True)] if is_censored else []),
        Column("Missing", is_number=True),
        Column("Median", is_number=True),
        Column("95 % interval", is_number=True),
        Column("90th percentile", is_number=True),
        Column("Mean", is_number=True),
    ]
    rows = [
        [
            name,
            str(distribution.n),
            *([str(distribution.summary.censored)] if is_censored else []),
            str(distribution.missing - distribution.summary.censored),
            length_words(distribution.summary.median),
            between_words(distribution.summary.low, distribution.summary.high),
            length_words(distribution.p90),
            length_words(distribution.mean),
        ]
        for name, distribution in listed
    ]
    return table_text(columns, rows, terminal_width(), colour=wants_colour())


def _lines(metrics: Metrics) -> Iterator[tuple[str, str]]:
    target = metrics.detection.all
    unknown = f"; {target.unknown} unknown" if target.unknown else ""
    yield "Over target", f"{len(target.late)} of {target.n} detected late{_between(target.interval)}{unknown}"
    if metrics.is_sample:
        yield "Frequency", "not counted: this is a sample collection"
    elif metrics.frequency and metrics.frequency.rate is not None:
        found = metrics.frequency
        yield "Frequency", f"{found.rate:.1f} incidents per quarter over {count_words(found.whole, 'quarter')}"
    repeats = metrics.recurrence
    yield (
        "Recurrence",
        f"{len(repeats.declared)} of {repeats.incidents} declared repeats{_between(repeats.interval)}; "
        f"{len(repeats.suspected)} more suspected"
        f" within {repeats.window.days} days",
    )
    if completion := metrics.completion:
        yield (
            "Completion",
            f"{len(completion.in_time)} of {completion.n} published on time{_between(completion.interval)}; "
            f"{completion.missing} unknown",
        )
    yield "Actions", _actions(metrics.actions.all)
    yield from _history(metrics.history)
    yield from (("Finding", _sentence(finding.finding)) for finding in metrics.findings.standing_out)


def _history(history: HistoryFigures) -> Iterator[tuple[str, str]]:
    """Publication and follow-up: as stated, then as git's history shows them."""
    if history.stated.n:
        yield "Published", f"{_days(history.stated, _AFTER)}, as stated"
    if history.gap:
        yield "Git", f"history unknown: {history.gap}"
    if git := history.git:
        follow = git.follow_up
        yield "In git", f"publication: {_days(git.publication, _AFTER)}; review: {_days(git.review)}"
        yield (
            "Follow-up",
            f"{len(follow.moved)} of {follow.dated} due dates moved; {len(follow.reopened)} of {follow.done} done items"
            f" reopened; {follow.missing} unknown",
        )


def _days(length: Distribution, after: str = "") -> str:
    if length.summary.median is None:
        return f"too few for a median ({length.n} known, {length.missing} unknown)"
    return f"{whole_days_words(length.summary.median)}{after} (median of {length.n}, {length.missing} unknown)"


def _actions(counts: ActionCounts) -> str:
    rate = f"{closure_words(counts)}{_between(counts.interval)}"
    return "; ".join(
        filter(
            None,
            (
                rate,
                rest_words(counts),
                "no rate: too few known" if counts.unknown and not counts.tells_a_rate else "",
            ),
        )
    )


def _sentence(finding: Finding) -> str:
    among = ", ".join(subject.name for subject in finding.subjects)
    rest = f"; {claim_words(finding.others)}: {finding.rest_matching} of {finding.rest}"
    return (f"{among}: " if among else "") + f"{finding.support} of {finding.n} {claim_words(finding.claim)}{rest}"


def _between(interval: Interval | None) -> str:
    return f" ({share_words(interval)})" if interval else ""


def _labels(metrics: Metrics) -> Iterator[str]:
    for name, tallies in (("Root cause", metrics.labels.root_causes), ("Service", metrics.labels.services)):
        items: Sequence[tuple[str, int]] = [(tally.label, tally.count) for tally in tallies.items[:_LABELS]]
        if items:
            columns = [Column(name, may_be_cut=True), Column("Incidents", is_number=True)]
            rows = [[label, str(count)] for label, count in items]
            yield table_text(columns, rows, terminal_width(), colour=wants_colour())
