"""The metrics page: how soon, how often, what comes back, what gets done, and what it all rests on."""

from __future__ import annotations

from postmortems.analyse.evidence import Clock
from postmortems.render.base.context import Surroundings
from postmortems.render.base.environment import render
from postmortems.render.base.page import Heading, Page
from postmortems.render.base.page_head import page_head
from postmortems.render.charts.units import MOST as MOST_UNITS
from postmortems.render.pages.metrics.actions import action_part, completion_part
from postmortems.render.pages.metrics.clocks import MOST_DOTS, clock_parts
from postmortems.render.pages.metrics.detection import FIRST_LATE, detection_part
from postmortems.render.pages.metrics.figure_words import TOO_FEW
from postmortems.render.pages.metrics.findings import findings_part
from postmortems.render.pages.metrics.frequency import frequency_part
from postmortems.render.pages.metrics.labels import labels_part
from postmortems.render.pages.metrics.quality import quality_rows
from postmortems.render.pages.metrics.recurrence import recurrence_part
from postmortems.render.words.formats import apart_words, day_words

SOURCE = "metrics/index.md"
TITLE = "Metrics"

_HEADINGS = (
    Heading("times", "Three clocks, one scale"),
    Heading("detection", "Noticing and responding"),
    Heading("frequency", "How often"),
    Heading("recurrence", "What comes back"),
    Heading("closure", "What gets done"),
    Heading("completion", "What gets written"),
    Heading("findings", "Systemic findings"),
    Heading("labels", "What they have in common"),
    Heading("quality", "What the figures rest on"),
)


def metrics_page(around: Surroundings) -> Page:
    """The generated parts of `/metrics/`; looks at the whole corpus, once."""
    metrics = around.analysis.metrics
    today = day_words(metrics.today)
    lede = f"How soon we notice, stop the harm and recover; what comes back; what gets done. As of {today}."
    clocks = clock_parts(around)
    headings = _headings(around)
    after = render(
        "metrics/page.html",
        metrics=metrics,
        apart=apart_words(around.analysis.postmortems),
        headings=headings,
        clocks=[one for one in clocks if one.figures.clock is not Clock.RESPONSE],
        response=next(one for one in clocks if one.figures.clock is Clock.RESPONSE),
        is_dotted=metrics.incidents <= MOST_DOTS,
        detection=detection_part(metrics.detection, around),
        frequency=frequency_part(metrics.frequency, around) if metrics.frequency else None,
        recurrence=recurrence_part(metrics.recurrence, around),
        actions=action_part(metrics.actions),
        completion=completion_part(metrics.completion) if metrics.completion else None,
        findings=findings_part(metrics.findings, around),
        labels=labels_part(metrics.labels, around),
        quality=quality_rows(metrics.quality, around),
        today=metrics.today,
        unsaid=around.unsaid,
        first_late=FIRST_LATE,
        too_few=TOO_FEW,
        most_units=MOST_UNITS,
        formulas=around.guide("metrics"),
        writing=around.guide("writing"),
        register=around.guide("register"),
    )
    return Page(
        title=TITLE,
        before=page_head(SOURCE, TITLE, lede, around, look="pm-metrics"),
        after=after,
        headings=headings,
        description=lede,
    )


def _headings(around: Surroundings) -> tuple[Heading, ...]:
    """The sections that there are: without an incident only what the register tells, in a sample nothing of it."""
    metrics = around.analysis.metrics
    if not metrics.incidents:
        return tuple(one for one in _HEADINGS if one.id == "completion" and metrics.completion)
    return tuple(one for one in _HEADINGS if one.id != "completion" or not metrics.is_sample)
