"""The metrics page: tiles, charts that are titled with what they show, and folded tables."""

from __future__ import annotations

from postmortems.analyse.actions import ActionCounts
from postmortems.analyse.analysis import Analysis
from postmortems.analyse.claims import detection_claim, length_claim
from postmortems.analyse.detection import furthest_over_first
from postmortems.analyse.measures import Measure
from postmortems.analyse.metrics import Metrics, metrics_of
from postmortems.analyse.overview import overview_of
from postmortems.analyse.passages import FACTORS, passages_of
from postmortems.analyse.recurrence import days_apart
from postmortems.model.front_matter import DetectedBy
from postmortems.render.base.context import PageContext
from postmortems.render.base.page import Body
from postmortems.render.charts.tile import share_parts
from postmortems.render.pages.layout import render_body
from postmortems.render.pages.metrics.filters import SCRIPT, metrics_filters
from postmortems.render.pages.metrics.panels import panel_row
from postmortems.render.pages.metrics.quarters import closure_columns, frequency_columns, repeat_columns
from postmortems.render.pages.metrics.tiles import tiles_of
from postmortems.render.words import metrics as words
from postmortems.render.words.figures import TOO_FEW
from postmortems.render.words.formats import apart_words, count_words, day_words, month_words, years_words

FEW = 10
"""The number of incidents from which there are charts: below it the page is a list."""

_LATEST = 5
"""The number of incidents whose contributing factors are listed, the newest first."""


def metrics_page(context: PageContext) -> Body:
    """The generated parts of `/metrics/`; looks at the whole corpus, once."""
    analysis = context.analysis
    metrics = analysis.once(metrics_of)
    shared = {
        "context": context,
        "metrics": metrics,
        "apart": apart_words(analysis.postmortems),
        "formulas": context.guide("metrics"),
        "survey": f"{context.addresses.reviews()}#team-survey" if context.corpus.surveys else "",
        "findings_guide": context.guide("systemic-findings"),
        "writing": context.guide("writing"),
        "register": context.guide("register"),
        "today": metrics.today,
        "too_few": TOO_FEW,
        "words": words,
    }
    if metrics.incidents < FEW:
        return render_body("metrics/few.html", _lede(metrics, analysis), **shared, few=FEW, share_parts=share_parts)
    overview = analysis.once(overview_of)
    return render_body(
        "metrics/page.html",
        _lede(metrics, analysis),
        **shared,
        overview=overview,
        filters=metrics_filters(metrics, context),
        script=context.addresses.file(SCRIPT),
        tiles=tiles_of(metrics, overview, context),
        detection_title=words.length_title(detection_claim(metrics, overview), Measure.DETECT),
        recovery_title=words.length_title(
            length_claim(Measure.RECOVER, metrics, overview.recover if overview else None), Measure.RECOVER
        ),
        rows={clock: panel_row(clock, context) for clock in (Measure.DETECT, Measure.MITIGATE, Measure.RECOVER)},
        measure=Measure,
        late=furthest_over_first(metrics.detection.all.late, analysis),
        frequency_columns=frequency_columns(overview, metrics.frequency, context)
        if overview and metrics.frequency
        else "",
        repeat_columns=repeat_columns(overview, context) if overview else "",
        closure_columns=closure_columns(overview.due_quarters, context) if overview and overview.due_quarters else "",
        noticed=_noticed(metrics),
        action_parts=_action_parts(metrics.actions.all),
        share_parts=share_parts,
        latest_factors=passages_of(FACTORS, analysis.incidents[-_LATEST:], context.corpus)[::-1],
        days_apart=days_apart,
    )


def _lede(metrics: Metrics, analysis: Analysis) -> str:
    """The collection in a line: `193 incidents, Oct 2023 to 28 Nov 2026; 7 drills excluded.`"""
    apart = apart_words(analysis.postmortems)
    excluded = f"; {apart} excluded" if apart else ""
    drafts = f", including {count_words(metrics.drafts, 'draft')}" if metrics.drafts else ""
    counted = f"{count_words(metrics.incidents, 'incident')}{drafts}"
    if not analysis.days or metrics.incidents < FEW:
        return f"{counted}, as of {day_words(metrics.today)}{excluded}."
    if metrics.is_sample:
        return f"{counted}, {years_words(analysis.days)}{excluded}."
    return f"{counted}, {month_words(analysis.days[0])} to {day_words(metrics.today)}{excluded}."


def _noticed(metrics: Metrics) -> tuple[tuple[str, int, str], ...]:
    """The incidents by what detected them first: the class of each part of the bar, its number and its name."""
    by = metrics.detection.detected_by
    return (
        ("pm-cl--done", by.get(DetectedBy.ALERT, 0), "alert"),
        ("pm-cl--staff", by.get(DetectedBy.STAFF, 0), "staff"),
        ("pm-cl--third", by.get(DetectedBy.THIRD_PARTY, 0), "third party"),
        ("pm-cl--late", by.get(DetectedBy.CUSTOMER, 0), "customer"),
        ("pm-cl--unk", metrics.detection.unknown_noticers, "unknown"),
    )


def _action_parts(counts: ActionCounts) -> tuple[tuple[str, int, str], ...]:
    """The action items by status: the class of each part of the bar, its number and its name."""
    return (
        ("pm-cl--done", counts.done, "done"),
        ("pm-cl--drop", counts.dropped, "dropped"),
        ("pm-cl--unk", counts.unknown, "unknown"),
        ("pm-cl--open", counts.open - counts.overdue, "not yet due"),
        ("pm-cl--late", counts.overdue, "overdue"),
    )
