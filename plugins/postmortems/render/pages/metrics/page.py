"""The metrics page: how soon, how often, what comes back, what gets done, and what it all rests on."""

from __future__ import annotations

from postmortems.analyse.measures import Measure
from postmortems.analyse.metrics import metrics_of
from postmortems.render.base.context import PageContext
from postmortems.render.base.environment import render_body
from postmortems.render.base.page import Body
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


def metrics_page(context: PageContext) -> Body:
    """The generated parts of `/metrics/`; looks at the whole corpus, once."""
    metrics = context.analysis.once(metrics_of)
    today = day_words(metrics.today)
    lede = f"How soon we notice, stop the harm and recover; what comes back; what gets done. As of {today}."
    clocks = clock_parts(context)
    return render_body(
        "metrics/page.html",
        lede,
        metrics=metrics,
        apart=apart_words(context.analysis.postmortems),
        clocks=[one for one in clocks if one.figures.clock is not Measure.RESPONSE],
        response=next(one for one in clocks if one.figures.clock is Measure.RESPONSE),
        is_dotted=metrics.incidents <= MOST_DOTS,
        detection=detection_part(metrics.detection, context),
        frequency=frequency_part(metrics.frequency, context) if metrics.frequency else None,
        recurrence=recurrence_part(metrics.recurrence, context),
        actions=action_part(metrics.actions),
        completion=completion_part(metrics.completion) if metrics.completion else None,
        findings=findings_part(metrics.findings, context),
        labels=labels_part(metrics.labels, context),
        quality=quality_rows(metrics.quality, context),
        today=metrics.today,
        unsaid=context.unsaid,
        first_late=FIRST_LATE,
        too_few=TOO_FEW,
        most_units=MOST_UNITS,
        formulas=context.guide("metrics"),
        writing=context.guide("writing"),
        register=context.guide("register"),
    )
