"""`/data/metrics.json`: the figures of analysis in their published form. Nothing is computed here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from postmortems.analyse.clocks import ClockFigures, PeriodLength
from postmortems.analyse.closure import ActionFigures, Closure
from postmortems.analyse.completion import Completion
from postmortems.analyse.detection import AgainstTarget, DetectionFigures
from postmortems.analyse.distribution import Distribution
from postmortems.analyse.findings.finding import Finding
from postmortems.analyse.findings.registry import Findings
from postmortems.analyse.frequency import Frequency, SeverityCount, YearCount
from postmortems.analyse.metrics import Metrics
from postmortems.analyse.recurrence_figures import RecurrenceFigures
from postmortems.analyse.statistics import Interval
from postmortems.analyse.tallies import LabelFigures, Tallies
from postmortems.model.postmortem import Postmortem
from postmortems.render.data import metrics_form as form
from postmortems.render.data.edition import Edition
from postmortems.render.data.json_text import lines_document, seconds

FILE = "data/metrics.json"
SCHEMA = "schema/metrics.schema.json"


def metrics_json(edition: Edition) -> str:
    """The text of the file, a part of the figures on each line."""
    return lines_document(f"../{SCHEMA}", metrics_file(edition))


def metrics_file(edition: Edition) -> form.MetricsFile:
    """All figures of an edition."""
    metrics = edition.around.analysis.metrics
    return {
        "version": 1,
        "today": metrics.today.isoformat(),
        "corpus": edition.around.settings.corpus.value,
        "incidents": metrics.incidents,
        "drafts": metrics.drafts,
        "clocks": [_clock(one) for one in metrics.clocks],
        "frequency": _frequency(metrics.frequency) if metrics.frequency else None,
        "recurrence": _recurrence(metrics.recurrence),
        "completion": _completion(metrics.completion) if metrics.completion else None,
        "actions": _actions(metrics.actions),
        "detection": _detection(metrics.detection),
        "labels": _labels(metrics.labels),
        "findings": _findings(metrics.findings),
        "quality": [
            {"value": one.value, "asked": one.asked, "known": one.known, "lacking": _ids(one.lacking)}
            for one in metrics.quality
        ],
    }


def length_rows(metrics: Metrics) -> Iterator[form.LengthRow]:
    """Every length as a row of a table."""
    for one in metrics.clocks:
        name = one.clock.value
        yield {"clock": name, "group": "all", "of": None, **_length(one.all)}
        for period in (*one.years, *one.quarters):
            year, quarter = period.period.year, period.period.quarter
            named = f"{year}-Q{quarter.number}" if quarter else str(year) if year is not None else None
            group = "quarter" if quarter else "year"
            yield {"clock": name, "group": group, "of": named, **_length(period.distribution)}
        for of in one.severities:
            yield {"clock": name, "group": "severity", "of": of.severity, **_length(of.distribution)}


def _clock(one: ClockFigures) -> form.ClockForm:
    change = one.change
    return {
        "clock": one.clock.value,
        "all": _length(one.all),
        "years": [_period(period) for period in one.years],
        "quarters": [_period(period) for period in one.quarters],
        "severities": [{"severity": of.severity, "length": _length(of.distribution)} for of in one.severities],
        "change": {"earlier": _period(change.earlier), "later": _period(change.later), "is_noise": change.is_noise}
        if change
        else None,
    }


def _period(one: PeriodLength) -> form.PeriodLength:
    quarter = one.period.quarter
    return {
        "year": one.period.year,
        "quarter": quarter.number if quarter else None,
        "length": _length(one.distribution),
    }


def _length(one: Distribution) -> form.Length:
    return {
        "n": one.n,
        "missing": one.missing,
        "median_seconds": seconds(one.summary.median),
        "median_low_seconds": seconds(one.summary.low),
        "median_high_seconds": seconds(one.summary.high),
        "lower_quartile_seconds": seconds(one.lower),
        "upper_quartile_seconds": seconds(one.upper),
        "p90_seconds": seconds(one.p90),
        "mean_seconds": seconds(one.mean),
        "within_a_minute": one.within_a_minute,
    }


def _frequency(one: Frequency) -> form.FrequencyForm:
    rate = one.rate_interval
    return {
        "quarters": [
            {
                "year": quarter.quarter.year,
                "quarter": quarter.quarter.number,
                "count": quarter.count,
                "low": quarter.interval.low,
                "high": quarter.interval.high,
                "is_over": quarter.is_over,
                "stands_out": quarter.stands_out,
                "severities": [_severity(of) for of in quarter.by_severity],
                "postmortems": _ids(quarter.members),
            }
            for quarter in one.quarters
        ],
        "severities": [_severity(of) for of in one.severities],
        "undated": one.undated,
        "whole": one.whole,
        "count": one.count,
        "rate": one.rate,
        "rate_low": _low(rate),
        "rate_high": _high(rate),
        "expected_most": one.expected_most,
        "latest": _year(one.latest) if one.latest else None,
        "before": _year(one.before) if one.before else None,
        "is_noise": one.is_noise,
    }


def _severity(one: SeverityCount) -> form.SeverityCount:
    return {"severity": one.severity, "count": one.count, "low": one.interval.low, "high": one.interval.high}


def _year(one: YearCount) -> form.YearCount:
    return {
        "last_year": one.last.year,
        "last_quarter": one.last.number,
        "count": one.count,
        "low": one.interval.low,
        "high": one.interval.high,
    }


def _recurrence(one: RecurrenceFigures) -> form.RecurrenceForm:
    return {
        "window_seconds": one.window.total_seconds(),
        "incidents": one.incidents,
        "rate": one.rate,
        "low": _low(one.interval),
        "high": _high(one.interval),
        "declared": [{"postmortem": of.postmortem.id, "earlier": _ids(of.earlier)} for of in one.declared],
        "suspected": [
            {
                "postmortem": of.postmortem.id,
                "earlier": of.suspicion.earlier.id,
                "shares": [{"kind": why.kind.value, "values": list(why.values)} for why in of.suspicion.reasons],
                "days_apart": of.suspicion.days_apart,
            }
            for of in one.suspected
        ],
    }


def _completion(one: Completion) -> form.CompletionForm:
    # Counts alone: the register names incidents that nobody may have told the site's readers about.
    return {
        "n": one.n,
        "missing": one.missing,
        "rate": one.rate,
        "low": _low(one.interval),
        "high": _high(one.interval),
        "in_time": len(one.in_time),
        "late": len(one.late),
        "unpublished": len(one.unpublished),
        "not_due": len(one.not_due),
        "waived": len(one.waived),
        "not_required": len(one.not_required),
    }


def _actions(one: ActionFigures) -> form.ActionsForm:
    return {
        "due": [
            {"year": of.quarter.year, "quarter": of.quarter.number, "closure": _closure(of.closure)} for of in one.due
        ],
        "fallen_due": _closure(one.fallen_due),
        "not_due": _closure(one.not_due),
        "undated": _closure(one.undated),
        "tells_a_rate": one.tells_a_rate,
        "incidents": one.incidents,
        "without_items": one.without_items,
    }


def _closure(one: Closure) -> form.ClosureForm:
    return {
        "done": one.done,
        "open": one.open,
        "dropped": one.dropped,
        "unknown": one.unknown,
        "rate": one.rate,
        "low": _low(one.interval),
        "high": _high(one.interval),
    }


def _detection(one: DetectionFigures) -> form.DetectionForm:
    return {
        "all": _against_target(one.all),
        "severities": [
            {"severity": severity, "against_target": _against_target(found)} for severity, found in one.severities
        ],
        "from_settings": one.from_settings,
        "detected_by": [
            {"detected_by": who.value if who else None, "count": count} for who, count in one.detected_by.items()
        ],
    }


def _against_target(one: AgainstTarget) -> form.AgainstTargetForm:
    return {
        "n": one.n,
        "in_time": len(one.in_time),
        "late": len(one.late),
        "low": _low(one.interval),
        "high": _high(one.interval),
        "unknown": one.unknown,
        "without_target": one.without_target,
        "late_postmortems": _ids(one.late),
    }


def _labels(one: LabelFigures) -> form.LabelsForm:
    factors = one.contributing
    return {
        "root_causes": _tallies(one.root_causes),
        "triggers": _tallies(one.triggers),
        "services": _tallies(one.services),
        "contributing": {
            "n": factors.n,
            "missing": factors.missing,
            "sentences": factors.sentences,
            "patterns": _tallies(factors.patterns),
        },
    }


def _tallies(one: Tallies) -> form.TalliesForm:
    return {
        "n": one.n,
        "missing": one.missing,
        "items": [
            {"key": of.key, "label": of.label, "count": of.count, "postmortems": _ids(of.members)} for of in one.items
        ],
    }


def _findings(one: Findings) -> form.FindingsForm:
    return {
        "comparisons": [
            {**_finding(of.finding), "stands_out": of.stands_out, "false_discoveries": of.rate}
            for of in one.comparisons
        ],
        "common": [_finding(of) for of in one.common],
    }


def _finding(one: Finding, *, with_members: bool = True) -> form.FindingForm:
    return {
        "maker": one.maker,
        "subjects": [{"kind": of.kind.value, "key": of.key, "name": of.name} for of in one.subjects],
        "claim": one.claim,
        "support": one.support,
        "n": one.n,
        "missing": one.missing,
        "low": _low(one.interval),
        "high": _high(one.interval),
        "rest_support": one.rest_holds,
        "rest": one.rest,
        "chance": one.chance,
        "postmortems": _ids(one.holds) if with_members else None,
    }


def _ids(members: Iterable[Postmortem]) -> list[str]:
    return [one.id for one in members]


def _low(interval: Interval | None) -> float | None:
    return interval.low if interval else None


def _high(interval: Interval | None) -> float | None:
    return interval.high if interval else None
