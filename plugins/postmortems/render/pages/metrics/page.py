"""The metrics page: how soon, how often, what comes back, what gets done, and what it all rests on."""

from __future__ import annotations

from postmortems.analyse.detection import furthest_over_first
from postmortems.analyse.measures import Measure
from postmortems.analyse.metrics import metrics_of
from postmortems.analyse.passages import FACTORS, passages_of
from postmortems.analyse.recurrence import days_apart
from postmortems.render.base.context import MANY, PageContext
from postmortems.render.base.page import Body
from postmortems.render.charts.units import MOST as MOST_UNITS
from postmortems.render.pages.layout import render_body
from postmortems.render.pages.metrics.clocks import MOST_DOTS, clock_pictures
from postmortems.render.pages.metrics.frequency import frequency_picture
from postmortems.render.pages.metrics.pictures import closure_picture, target_picture
from postmortems.render.words.figures import TOO_FEW
from postmortems.render.words.formats import apart_words, day_words

_LATEST = 5
"""The number of incidents whose contributing factors are listed, the newest first."""


def metrics_page(context: PageContext) -> Body:
    """The generated parts of `/metrics/`; looks at the whole corpus, once."""
    analysis = context.analysis
    metrics = analysis.once(metrics_of)
    today = day_words(metrics.today)
    lede = f"How soon we notice, stop the harm and recover; what comes back; what gets done. As of {today}."
    return render_body(
        "metrics/page.html",
        lede,
        context=context,
        metrics=metrics,
        apart=apart_words(analysis.postmortems),
        clocks=[figures for figures in metrics.clocks if figures.clock is not Measure.RESPONSE],
        response=metrics.clock(Measure.RESPONSE),
        clock_pictures=clock_pictures(metrics.clocks, context),
        is_dotted=metrics.incidents <= MOST_DOTS,
        late=furthest_over_first(metrics.detection.all.late, analysis),
        target_picture=target_picture(metrics.detection.all, context) if metrics.detection.all.n else "",
        most_units=MOST_UNITS,
        frequency_picture=frequency_picture(metrics.frequency, context) if metrics.frequency else "",
        many=MANY,
        closure_picture=closure_picture(metrics.actions) if metrics.actions.all.total else "",
        latest_factors=passages_of(FACTORS, analysis.incidents[-_LATEST:])[::-1],
        days_apart=days_apart,
        today=metrics.today,
        too_few=TOO_FEW,
        formulas=context.guide("metrics"),
        writing=context.guide("writing"),
        register=context.guide("register"),
    )
